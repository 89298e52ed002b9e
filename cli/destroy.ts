// `muster destroy`: takes a tenant's stack away. Its data is kept unless told otherwise, and what was kept is said.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { firewallRegion, firewallStackOf } from '../infra/firewall-names.ts';
import { loadTenant } from '../infra/tenant.ts';
import { deleteStack, type StackResource, stackResources } from '../lib/adapters/aws/stack-contents.ts';
import { stackOutputsOf } from '../lib/adapters/aws/stack-outputs.ts';
import { CommandError } from './command-error.ts';
import { eachTenant, type Which, withTenants } from './each-tenant.ts';
import { deployStack, environmentOf, folderOf, nextStepAfter, root, synthesise } from './stack.ts';

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

/** What holds data, or opens it, and what CloudFormation knows each by when it takes it over; logs and alarms are none. */
const dataTypes: Readonly<Record<string, { what: string; identifier: string }>> = {
  'AWS::DynamoDB::Table': { what: 'table', identifier: 'TableName' },
  'AWS::SecretsManager::Secret': { what: 'secret', identifier: 'Id' },
  'AWS::Cognito::UserPool': { what: 'users', identifier: 'UserPoolId' },
  'AWS::KMS::Key': { what: 'key', identifier: 'KeyId' },
};

/** Which resource of the stack each of them was: what `deploy --take-over` reads. */
const noteKept = (tenant: string, kept: readonly StackResource[]): string => {
  const folder = join(root, '.muster', 'kept');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${tenant}.json`);
  const mapping = kept.map(({ logicalId, type, id }) => [logicalId, { [dataTypes[type]!.identifier]: id }]);
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(mapping), null, 2)}\n`);
  return file;
};

const linesOf = (resources: readonly StackResource[]): string =>
  resources.map(({ type, id }) => `  ${(dataTypes[type]?.what ?? type).padEnd(8)}${id}`).join('\n');

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
  const { region } = tenant;
  const stack = `muster-${name}`;
  if ((await stackOutputsOf(name, region)) === undefined) {
    throw new CommandError(`There is no stack ${stack} in ${region}: nothing was destroyed.`);
  }
  const data = (await stackResources(stack, region)).filter(({ type }) => type in dataTypes);
  const kept = options.deleteData ? [] : data.filter(({ kept }) => kept);
  const lost = data.filter((one) => !kept.includes(one));
  console.log(`${stack} in ${region} is about to be destroyed.`);
  if (kept.length > 0) console.log(`Kept:\n${linesOf(kept)}`);
  if (lost.length > 0) console.log(`Deleted for good:\n${linesOf(lost)}`);
  await confirm(name, options);
  try {
    if (options.deleteData && data.some(({ kept }) => kept)) await unprotect(name, options.tenants, tenant);
    await deleteStack(stack, region);
    console.log(`${stack} is gone.`);
    if (kept.length > 0) {
      const file = noteKept(name, kept);
      console.log(`Take what was kept over with: npm run deploy -- --tenant ${name} --take-over ${file}`);
    }
    // Only after the tenant's, whose CloudFront uses it. Deleting a stack that is not there is nothing.
    if (!process.env.AWS_ENDPOINT_URL) await deleteStack(firewallStackOf(name), firewallRegion);
  } catch (error) {
    throw new CommandError(`\n${error instanceof Error ? error.message : error}\n\n${nextStepAfter(error, tenant)}`);
  }
  return kept.length > 0 ? `gone; kept ${kept.length}` : 'gone, with its data';
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
