// `muster diff`: what deploying a tenant would change, without changing anything.
import { Command } from 'commander';
import { loadTenant } from '../infra/tenant.ts';
import { stackOutputsOf } from '../lib/adapters/aws/stack-outputs.ts';
import { checkWriteBack } from './check-write-back.ts';
import { CommandError } from './command-error.ts';
import { eachTenant, type Which, withTenants } from './each-tenant.ts';
import { loadPlaybook } from './load-playbook.ts';
import { nextStepAfter } from './next-step.ts';
import { checkOtherTenants } from './other-tenants.ts';
import { diffStack, environmentOf, folderOf, synthesise } from './stack.ts';
import { playbookFileOf } from './tenant-playbook.ts';

export const diffCommand = (): Command =>
  withTenants(new Command('diff').description('say what deploying a tenant would change; changes nothing')).action(
    (which: Which) =>
      eachTenant(which, 'compared', async (tenant) => {
        const { text, outcome } = await changesOf(tenant, which.tenants);
        console.log(text);
        return outcome;
      }),
  );

/** What would change, in the CDK's words, and in a few. */
export const changesOf = async (name: string, tenants?: string): Promise<{ text: string; outcome: string }> => {
  const tenant = loadTenant(name, tenants);
  checkOtherTenants(tenant, tenants);
  checkWriteBack(tenant.crm, loadPlaybook(playbookFileOf(name, tenants)).playbook);
  const folder = folderOf(name);
  const env = environmentOf(tenant);
  try {
    await synthesise({ tenant: name, tenants, folder, localCloud: Boolean(env.AWS_ENDPOINT_URL) });
    const isThere = (await stackOutputsOf(name, tenant.region, tenant.account)) !== undefined;
    const text = await diffStack({ tenant: name, folder, env });
    if (!isThere) return { text: `${text}\nThere is no stack muster-${name} yet: all of it is new.`, outcome: 'new' };
    const isSame = /There were no differences/.test(text);
    return { text, outcome: isSame ? 'nothing to change' : 'would change' };
  } catch (error) {
    throw new CommandError(`\n${error instanceof Error ? error.message : error}\n\n${nextStepAfter(error, tenant)}`);
  }
};
