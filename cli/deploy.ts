// `muster deploy`: one tenant's file becomes one stack, on AWS or on whatever AWS_ENDPOINT_URL names.
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { Listr } from 'listr2';
import { loadTenant } from '../infra/tenant.ts';
import { stackOutputsOf } from '../lib/adapters/aws/stack-outputs.ts';
import { checkWriteBack } from './check-write-back.ts';
import { CommandError } from './command-error.ts';
import { changesOf } from './diff.ts';
import { eachTenant, type Which, withTenants } from './each-tenant.ts';
import { isBehindFirewall, removeFirewall } from './firewall.ts';
import { checkKept } from './kept.ts';
import { loadPlaybook } from './load-playbook.ts';
import { nextStepAfter } from './next-step.ts';
import { checkOtherTenants } from './other-tenants.ts';
import { bootstrap, type Deployed, deployStack, environmentOf, folderOf, synthesise, takeOver } from './stack.ts';
import { playbookFileOf, savePlaybookFile } from './tenant-playbook.ts';

interface Options extends Which {
  dryRun?: boolean;
  synthOnly?: boolean;
  bootstrap?: boolean;
  takeOver?: string;
}

export const deployCommand = (): Command =>
  withTenants(
    new Command('deploy').description('deploy a tenant: infra/tenants/<name>.yaml becomes the stack muster-<name>'),
  )
    .option('--dry-run', 'synthesise, say what would change, and change nothing')
    .option('--synth-only', 'stop after synthesising, and say where the template is: asks no cloud')
    .option('--bootstrap', 'prepare the account and region for the CDK first (once; an emulator always is)')
    .option('--take-over <file>', 'begin with what an earlier stack left, by the file that `destroy` wrote')
    .action((options: Options) =>
      eachTenant(options, whatOf(options), async (tenant) => {
        if (!options.dryRun) return deploy(tenant, options);
        const { text, outcome } = await changesOf(tenant, options.tenants);
        console.log(`${text}\nNothing was changed: this was a dry run.`);
        return outcome;
      }),
    );

const whatOf = ({ dryRun, synthOnly }: Options): string => {
  if (dryRun) return 'compared';
  return synthOnly ? 'synthesised' : 'deployed';
};

async function deploy(
  name: string,
  { tenants, synthOnly, bootstrap: asked, takeOver: mapping }: Options,
): Promise<string> {
  const tenant = loadTenant(name, tenants);
  const folder = folderOf(name);
  // Told before anything is deployed.
  checkOtherTenants(tenant, tenants);
  const playbook = playbookFileOf(name, tenants);
  checkWriteBack(tenant.crm, loadPlaybook(playbook).playbook);
  if (mapping !== undefined) checkKept(mapping);
  const endpoint = process.env.AWS_ENDPOINT_URL;
  const env = environmentOf(tenant);
  let deployed: Deployed | undefined;
  let playbookNow = '';

  await new Listr([
    {
      title: 'Bundle the functions and synthesise the stack',
      task: () => synthesise({ tenant: name, tenants, folder, localCloud: Boolean(endpoint) }),
    },
    {
      title: 'Prepare the account for the CDK',
      enabled: () => !synthOnly && Boolean(asked || endpoint),
      // An emulator where the tenant's stack is has been prepared.
      skip: async () => !asked && (await stackOutputsOf(name, tenant.region, tenant.account)) !== undefined,
      task: () => bootstrap({ folder }, { env, cwd: folder }),
    },
    {
      title: 'Take over what an earlier stack left',
      enabled: () => !synthOnly && mapping !== undefined,
      task: async () => {
        await takeOver({ tenant: name, folder, mapping: resolve(mapping!), env });
      },
    },
    {
      title: `Deploy muster-${name} to ${endpoint ?? `AWS, ${tenant.region}`}`,
      enabled: () => !synthOnly,
      task: async (_, task) => {
        const wasBehindFirewall = isBehindFirewall(await stackOutputsOf(name, tenant.region, tenant.account));
        deployed = await deployStack({ tenant: name, folder, direct: Boolean(endpoint), env });
        if (!deployed.changed) task.title = `muster-${name} is so already: nothing was changed`;
        if (wasBehindFirewall && !isBehindFirewall(deployed.outputs)) await removeFirewall(name);
      },
    },
    {
      title: 'Make its playbook live',
      enabled: () => !synthOnly,
      task: async (_, task) => {
        process.env.AWS_REGION = tenant.region;
        const { number, saved } = await savePlaybookFile(playbook, deployed!.outputs.TableName);
        playbookNow = `playbook version ${number} is live${saved ? '' : ' already'}`;
        task.title = playbookNow.replace('p', 'P');
      },
    },
  ])
    .run()
    .catch((error: unknown) => {
      throw new CommandError(`\n${error instanceof Error ? error.message : error}\n\n${nextStepAfter(error, tenant)}`);
    });

  if (synthOnly) console.log(`\nThe template is ${join(folder, 'cdk.out', `muster-${name}.template.json`)}`);
  for (const [key, value] of Object.entries(deployed?.outputs ?? {})) console.log(`${key.padEnd(24)}${value}`);
  return synthOnly ? 'synthesised' : `${deployed!.changed ? 'deployed' : 'nothing to change'}, ${playbookNow}`;
}
