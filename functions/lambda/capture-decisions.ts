// Lambda entry: what those who may decide post: decisions on identities and on the accounts of leads, lists, and what CRMs are to do.

import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createLog } from '../../lib/adapters/aws/log.ts';
import { createMeter } from '../../lib/adapters/aws/meter.ts';
import { createQueue } from '../../lib/adapters/aws/queue.ts';
import { createSecrets } from '../../lib/adapters/aws/secrets.ts';
import { createSignIn } from '../../lib/adapters/aws/sign-in.ts';
import { createTable } from '../../lib/adapters/aws/table.ts';
import { systemClock as clock } from '../../lib/adapters/system-clock.ts';
import { accessPolicy } from '../../lib/domain/access.ts';
import { connections as ofTenant } from '../../lib/domain/connection.ts';
import { playbookReader } from '../../lib/steps/playbooks.ts';
import { createHandler } from '../capture-decisions.ts';
import { createHandler as createImport } from '../capture-import.ts';
import { createHandler as createCrmRequests } from '../crm-requests.ts';
import type { HttpHandler } from '../http/api.ts';

const env = readEnvironment([
  ...(['TENANT', 'TABLE_NAME', 'PROMPT_QUEUE_URL', 'SYNC_CRM_QUEUE_URL', 'DECISION_SECRET_ID', 'CONNECTIONS'] as const),
  ...(['ACCESS', 'USER_POOL_ID', 'USER_POOL_CLIENT_ID', 'USER_POOL_KEYS_URL'] as const),
]);
const table = createTable(env.TABLE_NAME);

const ports = {
  table,
  access: accessPolicy.parse(env.ACCESS),
  signIn: createSignIn(env),
  queue: createQueue(env.PROMPT_QUEUE_URL),
  secrets: createSecrets({ decisions: env.DECISION_SECRET_ID }),
  clock,
  log: createLog(env.TENANT),
  meter: createMeter(env.TENANT),
};
const decide = createHandler({ ...ports, playbook: playbookReader({ table, clock }) });
const connections = ofTenant.parse(env.CONNECTIONS);
const take = createImport({ ...ports, connections });
const toCrm = env.SYNC_CRM_QUEUE_URL === undefined ? undefined : createQueue(env.SYNC_CRM_QUEUE_URL);
const ask = createCrmRequests({ ...ports, connections, queue: toCrm });

export const handler: HttpHandler = (event, context) => {
  if (event.rawPath.endsWith('/crm-requests')) return ask(event, context);
  return (event.rawPath.includes('/import/') ? take : decide)(event, context);
};
