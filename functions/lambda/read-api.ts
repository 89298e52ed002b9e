// Lambda entry: the read API.

import { createEdge } from '../../lib/adapters/aws/edge.ts';
import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createLog } from '../../lib/adapters/aws/log.ts';
import { createSecrets } from '../../lib/adapters/aws/secrets.ts';
import { createSignIn } from '../../lib/adapters/aws/sign-in.ts';
import { createTable } from '../../lib/adapters/aws/table.ts';
import { systemClock as clock } from '../../lib/adapters/system-clock.ts';
import { accessPolicy } from '../../lib/domain/access.ts';
import { playbookReader } from '../../lib/steps/playbooks.ts';
import { createHandler } from '../read-api.ts';

const env = readEnvironment([
  ...(['TENANT', 'EDGE_SECRET_ID', 'TABLE_NAME', 'ALLOWED_ORIGINS', 'READ_SECRET_ID', 'ACCESS'] as const),
  ...(['USER_POOL_ID', 'USER_POOL_CLIENT_ID', 'USER_POOL_KEYS_URL'] as const),
]);
const table = createTable(env.TABLE_NAME);

export const handler = createHandler({
  edge: createEdge(env.EDGE_SECRET_ID),
  table,
  playbook: playbookReader({ table, clock }),
  secrets: createSecrets({ read: env.READ_SECRET_ID }),
  signIn: createSignIn(env),
  access: accessPolicy.parse(env.ACCESS),
  allowedOrigins: env.ALLOWED_ORIGINS,
  clock,
  log: createLog(env.TENANT),
});
