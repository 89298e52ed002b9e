// What the CDK runs: bundles the functions and synthesises a stack for the tenant asked for (`-c tenant=demo`), or for
// every tenant that has a file, here or in another folder (`-c tenants=FOLDER`). `-c functions=FOLDER` takes the entries from
// elsewhere, for trials of the stack itself.
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import * as z from 'zod';
import { bundle } from './bundle.ts';
import { FirewallStack } from './firewall.ts';
import { functionNames } from './function-sizes.ts';
import { packOwnersInto } from './packed-owners.ts';
import { loadTenant, tenantNames, tenantsFolder } from './tenant.ts';
import { TenantStack } from './tenant-stack.ts';

const root = join(import.meta.dirname, '..');
const app = new App({ analyticsReporting: false });
const context = z
  .object({
    tenant: z.string().optional(),
    tenants: z.string().default(tenantsFolder),
    functions: z.string().default(join(root, 'functions', 'lambda')),
    /** Two synthesising at once (two tests, say) must not bundle into one folder. */
    bundles: z.string().default(join(root, '.muster', 'bundles')),
    /** `-c localCloud=true`: for MiniStack and its like; tenant-stack.ts says what it leaves out. */
    localCloud: z.stringbool().default(false),
    /** `-c keepData=false`: whatever the tenant's file says, so that all of a stack can be deleted. */
    keepData: z.stringbool().optional(),
  })
  .parse({
    tenant: app.node.tryGetContext('tenant'),
    tenants: app.node.tryGetContext('tenants'),
    functions: app.node.tryGetContext('functions'),
    bundles: app.node.tryGetContext('bundles'),
    localCloud: app.node.tryGetContext('localCloud'),
    keepData: app.node.tryGetContext('keepData'),
  });

const names = context.tenant === undefined ? tenantNames(context.tenants) : [context.tenant];
const tenants = names.map((name) => loadTenant(name, context.tenants));
await bundle({ entries: context.functions, names: functionNames, out: context.bundles });
packOwnersInto(context.bundles);
for (const tenant of tenants) {
  if (tenant.edge !== 'none' && !context.localCloud) new FirewallStack(app, { ...tenant, edge: tenant.edge });
  new TenantStack(app, {
    tenant: { ...tenant, keepData: context.keepData ?? tenant.keepData },
    code: (name) => Code.fromAsset(join(context.bundles, name)),
    localCloud: context.localCloud,
  });
}
// What AWS's own rules find stops it here; what a construct acknowledges says why, beside the construct.
if (!context.localCloud) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
