// `muster tenant`: says what is wrong with a tenant's file before anything is deployed by it.
import { Command } from 'commander';
import { checkTenantFile, loadTenant } from '../infra/tenant.ts';
import { tenantJsonSchemaText } from '../infra/tenant-schema.ts';
import { checkWriteBack } from './check-write-back.ts';
import { loadPlaybook } from './load-playbook.ts';
import { checkOtherTenants } from './other-tenants.ts';
import { playbookFileOf } from './tenant-playbook.ts';
import { tenantsOption } from './tenants-option.ts';

const isFile = (asked: string): boolean => /[/\\]|\.ya?ml$/.test(asked);

const checkCommand = (): Command =>
  new Command('check')
    .description('say what is wrong with a tenant, with line and column; of a name with its playbook')
    .argument('<name-or-file>', 'a tenant, named as its file; or a file')
    .addOption(tenantsOption())
    .action((asked: string, { tenants }: { tenants?: string }) => {
      if (isFile(asked)) {
        checkTenantFile(asked);
        console.log(`${asked} is in order.`);
        return;
      }
      const tenant = loadTenant(asked, tenants);
      checkOtherTenants(tenant, tenants);
      const { region, crm } = tenant;
      const file = playbookFileOf(asked, tenants);
      const { playbook } = loadPlaybook(file);
      checkWriteBack(crm, playbook);
      console.log(`Tenant ${asked} is in order: ${region}, playbook "${playbook.name}".`);
    });

const schemaCommand = (): Command =>
  new Command('schema')
    .description('print the JSON Schema of tenants’ files, by which editors complete them')
    .action(() => {
      process.stdout.write(tenantJsonSchemaText());
    });

export const tenantCommand = (): Command =>
  new Command('tenant').description('work with tenants’ files').addCommand(checkCommand()).addCommand(schemaCommand());
