// Lambda entry: what those who operate the tenant ask for, and look at.
import { createDeadLetters } from '../../lib/adapters/aws/dead-letters.ts';
import { createEdge } from '../../lib/adapters/aws/edge.ts';
import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createLog } from '../../lib/adapters/aws/log.ts';
import { createQueue } from '../../lib/adapters/aws/queue.ts';
import { createScan } from '../../lib/adapters/aws/scan.ts';
import { createSecrets } from '../../lib/adapters/aws/secrets.ts';
import { createSignIn } from '../../lib/adapters/aws/sign-in.ts';
import { createTable } from '../../lib/adapters/aws/table.ts';
import { systemClock as clock } from '../../lib/adapters/system-clock.ts';
import { accessPolicy } from '../../lib/domain/access.ts';
import { createHandler } from '../operations.ts';

const env = readEnvironment([
  ...(['TENANT', 'EDGE_SECRET_ID', 'TABLE_NAME', 'OPERATE_QUEUE_URL', 'DEAD_LETTERS', 'OPERATOR_SECRET_ID'] as const),
  ...(['ACCESS', 'USER_POOL_ID', 'USER_POOL_CLIENT_ID', 'USER_POOL_KEYS_URL'] as const),
]);

export const handler = createHandler({
  edge: createEdge(env.EDGE_SECRET_ID),
  clock,
  log: createLog(env.TENANT),
  table: { ...createTable(env.TABLE_NAME), ...createScan(env.TABLE_NAME) },
  queue: createQueue(env.OPERATE_QUEUE_URL),
  deadLetters: createDeadLetters(env.DEAD_LETTERS),
  secrets: createSecrets({ operators: env.OPERATOR_SECRET_ID }),
  signIn: createSignIn(env),
  access: accessPolicy.parse(env.ACCESS),
});
