// What the two functions that call CRMs are wired to.
import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createLog } from '../../lib/adapters/aws/log.ts';
import { createMeter } from '../../lib/adapters/aws/meter.ts';
import { createSecrets } from '../../lib/adapters/aws/secrets.ts';
import { createTable } from '../../lib/adapters/aws/table.ts';
import { createCrms } from '../../lib/adapters/crm/crms.ts';
import { systemClock as clock } from '../../lib/adapters/system-clock.ts';
import { connections as ofTenant } from '../../lib/domain/connection.ts';
import { playbookReader } from '../../lib/steps/playbooks.ts';
import type { SyncPorts } from '../../lib/steps/sync-crm/sync-crm.ts';

export const crmPorts = (): SyncPorts => {
  const env = readEnvironment(['TENANT', 'TABLE_NAME', 'CRM_API_SECRET_ID', 'CONNECTIONS']);
  const table = createTable(env.TABLE_NAME);
  const connections = ofTenant.parse(env.CONNECTIONS);
  const crmOf = createCrms({ connections, secrets: createSecrets({ crmApi: env.CRM_API_SECRET_ID }) });
  return {
    table,
    playbook: playbookReader({ table, clock }),
    clock,
    log: createLog(env.TENANT),
    meter: createMeter(env.TENANT),
    connections,
    crmOf,
  };
};
