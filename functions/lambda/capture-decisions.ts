// Lambda entry: what those who may decide post: decisions on identities and on the accounts of leads, lists, and what CRMs are to do.

import { createEdge } from '../../lib/adapters/aws/edge.ts';
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
import { createHandler } from '../deciding.ts';

const env = readEnvironment([
  ...(['TENANT', 'EDGE_SECRET_ID', 'TABLE_NAME', 'PROMPT_QUEUE_URL', 'SYNC_CRM_QUEUE_URL'] as const),
  ...(['DECISION_SECRET_ID', 'CONNECTIONS', 'ACCESS'] as const),
  ...(['USER_POOL_ID', 'USER_POOL_CLIENT_ID', 'USER_POOL_KEYS_URL'] as const),
]);
const table = createTable(env.TABLE_NAME);

export const handler = createHandler({
  clock,
  log: createLog(env.TENANT),
  meter: createMeter(env.TENANT),
  edge: createEdge(env.EDGE_SECRET_ID),
  table,
  playbook: playbookReader({ table, clock }),
  queue: createQueue(env.PROMPT_QUEUE_URL),
  toCrm: env.SYNC_CRM_QUEUE_URL === undefined ? undefined : createQueue(env.SYNC_CRM_QUEUE_URL),
  connections: ofTenant.parse(env.CONNECTIONS),
  secrets: createSecrets({ decisions: env.DECISION_SECRET_ID }),
  signIn: createSignIn(env),
  access: accessPolicy.parse(env.ACCESS),
});
