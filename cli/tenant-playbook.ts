// A tenant's playbook, checked and saved into its stack's table.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadTenant, tenantsFolder } from '../infra/tenant.ts';
import { stackOutputsOf } from '../lib/adapters/aws/stack-outputs.ts';
import { createTable } from '../lib/adapters/aws/table.ts';
import { systemClock as clock } from '../lib/adapters/system-clock.ts';
import { defaultAccess } from '../lib/domain/access.ts';
import { savePlaybook } from '../lib/steps/playbooks.ts';
import { checkWriteBack } from './check-write-back.ts';
import { CommandError } from './command-error.ts';
import { loadPlaybook } from './load-playbook.ts';
import { typist } from './typist.ts';

/** The playbook beside a tenant's file. */
export const playbookFileOf = (tenant: string, folder = tenantsFolder): string => {
  const file = join(folder, `${tenant}.playbook.yaml`);
  if (!existsSync(file))
    throw new CommandError(`Tenant ${tenant} has no playbook: write ${file} (demo.playbook.yaml is an example)`);
  return file;
};

/** Makes the file's playbook the live one of the table; answers its version's number. */
export const savePlaybookFile = async (
  file: string,
  tableName: string,
  auditDays = defaultAccess.auditDays,
): Promise<{ number: number; saved: boolean }> => {
  const { source, playbook } = loadPlaybook(file);
  return savePlaybook({ table: createTable(tableName), clock }, source, playbook, { who: typist(), auditDays });
};

/** The same for a tenant that is deployed, wherever this is typed. */
export const savePlaybookOf = async (
  name: string,
  file: string,
  folder?: string,
): Promise<{ number: number; saved: boolean }> => {
  const { region, account, crm, access } = loadTenant(name, folder);
  checkWriteBack(crm, loadPlaybook(file).playbook);
  const outputs = await stackOutputsOf(name, region, account);
  if (outputs?.TableName === undefined) {
    throw new CommandError(
      `There is no stack muster-${name} in ${region}: deploy it with npm run deploy -- --tenant ${name}`,
    );
  }
  process.env.AWS_REGION = region;
  return savePlaybookFile(file, outputs.TableName, access.auditDays);
};
