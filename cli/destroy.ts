// `muster destroy`: takes a tenant's stack away. Its data is kept unless told otherwise, and what was kept is said.
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { loadTenant, type Tenant } from '../infra/tenant.ts';
import { deleteStack, stackResources } from '../lib/adapters/aws/stack-contents.ts';
import { stackOutputsOf } from '../lib/adapters/aws/stack-outputs.ts';
import { CommandError } from './command-error.ts';
import { eachTenant, type Which, withTenants } from './each-tenant.ts';
import { isBehindFirewall, isFirewallLeft, removeFirewall } from './firewall.ts';
import { holdsData, linesOf, noteKept } from './kept.ts';
import { nextStepAfter } from './next-step.ts';
import { deployStack, environmentOf, folderOf, synthesise } from './stack.ts';

interface Options extends Which {
  deleteData?: boolean;
  yesDelete?: string[];
}

export const destroyCommand = (): Command =>
  withTenants(
    new Command('destroy').description('take a tenant’s stack away; its data is kept unless --delete-data is given'),
  )
    .option('--delete-data', 'delete its table, secrets and users too: nothing brings them back but a backup')
    .option('--yes-delete <name...>', 'the tenants that may go, instead of asking for each name')
    .action((options: Options) => eachTenant(options, 'destroyed', (tenant) => destroy(tenant, options)));

const confirm = async (tenant: string, { yesDelete }: Options): Promise<void> => {
  if (yesDelete?.includes(tenant)) return;
  if (yesDelete !== undefined) throw new CommandError(`--yes-delete does not name ${tenant}: nothing was destroyed.`);
  if (!process.stdin.isTTY)
    throw new CommandError(`Nobody is there to type the name: give --yes-delete ${tenant}. Nothing was destroyed.`);
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const typed = await lines.question(`Type the tenant's name to go on: `).finally(() => lines.close());
  if (typed.trim() !== tenant) throw new CommandError(`"${typed.trim()}" is not ${tenant}: nothing was destroyed.`);
};

const destroy = async (name: string, options: Options): Promise<string> => {
  const tenant = loadTenant(name, options.tenants);
  try {
    const outputs = await stackOutputsOf(name, tenant.region, tenant.account);
    return await (outputs === undefined ? destroyLeftFirewall : destroyStack)(tenant, options, outputs ?? {});
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`\n${error instanceof Error ? error.message : error}\n\n${nextStepAfter(error, tenant)}`);
  }
};

const destroyStack = async (tenant: Tenant, options: Options, outputs: Record<string, string>): Promise<string> => {
  const { name, region } = tenant;
  const stack = `muster-${name}`;
  const data = (await stackResources(stack, region)).filter(holdsData);
  const kept = options.deleteData ? [] : data.filter(({ kept }) => kept);
  const lost = data.filter((one) => !kept.includes(one));
  console.log(`${stack} in ${region} is about to be destroyed.`);
  if (kept.length > 0) console.log(`Kept:\n${linesOf(kept)}`);
  if (lost.length > 0) console.log(`Deleted for good:\n${linesOf(lost)}`);
  await confirm(name, options);
  if (options.deleteData && data.some(({ kept }) => kept)) await unprotect(name, options.tenants, tenant);
  // Before: of a stack that could be deleted in part only, CloudFormation may not name again what it has let go.
  const note = kept.length > 0 ? noteKept(name, kept) : undefined;
  await deleteStack(stack, region);
  console.log(`${stack} is gone.`);
  if (note !== undefined)
    console.log(`Take what was kept over with: npm run deploy -- --tenant ${name} --take-over ${note}`);
  if (isBehindFirewall(outputs)) await removeFirewall(name);
  if (kept.length > 0) return `gone; kept ${kept.length}`;
  return lost.length > 0 ? 'gone, with its data' : 'gone';
};

/** What a destruction leaves that ended after the stack and before its firewall: it costs by the month. */
const destroyLeftFirewall = async (tenant: Tenant, options: Options): Promise<string> => {
  const { name, region } = tenant;
  if (!(await isFirewallLeft(tenant)))
    throw new CommandError(`There is no stack muster-${name} in ${region}: nothing was destroyed.`);
  console.log(`Of muster-${name} only its firewall is left; it is about to be destroyed.`);
  await confirm(name, options);
  await removeFirewall(name);
  return 'its firewall is gone';
};

/** What is protected from deletion has to be told first that it may go: by deploying the stack as one that keeps nothing. */
const unprotect = async (
  tenant: string,
  tenants: string | undefined,
  { region }: { region: string },
): Promise<void> => {
  const folder = folderOf(tenant);
  const env = environmentOf({ region });
  const direct = Boolean(env.AWS_ENDPOINT_URL);
  await synthesise({ tenant, tenants, folder, localCloud: direct, keepData: false });
  await deployStack({ tenant, folder, direct, env });
};
