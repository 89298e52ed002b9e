// One tenant, or all that have a file: with all of them one that fails holds up no other, and a table says what became of each.
import type { Command } from 'commander';
import { tenantNames } from '../infra/tenant.ts';
import { CommandError } from './command-error.ts';
import { resultsTable, type TenantResult } from './results-table.ts';
import { tenantsOption } from './tenants-option.ts';

export interface Which {
  tenant?: string;
  all?: boolean;
  tenants?: string;
}

export const withTenants = (command: Command): Command =>
  command
    .option('--tenant <name>', 'the tenant, named as its file')
    .option('--all', 'every tenant that has a file, one after the other; one that fails holds up no other')
    .addOption(tenantsOption());

const namesOf = ({ tenant, all, tenants }: Which): string[] => {
  if ((tenant === undefined) === !all)
    throw new CommandError('Say which tenant: --tenant <name>, or --all for every tenant that has a file.');
  return tenant === undefined ? tenantNames(tenants) : [tenant];
};

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).trim().split('\n')[0] ?? '';

/** `act` answers a few words on what came of it. Throws CommandError at the end when any failed. */
export const eachTenant = async (
  which: Which,
  what: string,
  act: (tenant: string) => Promise<string>,
): Promise<void> => {
  const names = namesOf(which);
  if (!which.all) {
    await act(names[0]!);
    return;
  }
  const results: TenantResult[] = [];
  for (const tenant of names) {
    console.log(`\n${tenant}`);
    const start = performance.now();
    const [outcome, failed] = await act(tenant).then(
      (said): [string, boolean] => [said, false],
      (error: unknown): [string, boolean] => {
        console.error(error instanceof Error ? error.message : String(error));
        return [`failed: ${firstLine(error)}`, true];
      },
    );
    results.push({ tenant, what, seconds: (performance.now() - start) / 1_000, outcome, failed });
  }
  console.log(`\n${resultsTable(results)}`);
  const failures = results.filter(({ failed }) => failed).length;
  if (failures > 0) throw new CommandError(`\n${failures} of ${results.length} tenants failed.`);
};
