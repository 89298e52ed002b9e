// Lambda entry: what those who operate the tenant ask for, and look at.
import { createDeadLetters } from '../../lib/adapters/aws/dead-letters.ts';
import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createLog } from '../../lib/adapters/aws/log.ts';
import { createQueue } from '../../lib/adapters/aws/queue.ts';
import { createSecrets } from '../../lib/adapters/aws/secrets.ts';
import { createTable } from '../../lib/adapters/aws/table.ts';
import { systemClock as clock } from '../../lib/adapters/system-clock.ts';
import { createHandler } from '../operations.ts';

const env = readEnvironment(['TENANT', 'TABLE_NAME', 'OPERATE_QUEUE_URL', 'DEAD_LETTERS', 'OPERATOR_SECRET_ID']);

export const handler = createHandler({
  clock,
  log: createLog(env.TENANT),
  table: createTable(env.TABLE_NAME),
  queue: createQueue(env.OPERATE_QUEUE_URL),
  deadLetters: createDeadLetters(env.DEAD_LETTERS),
  secrets: createSecrets({ operators: env.OPERATOR_SECRET_ID }),
});
