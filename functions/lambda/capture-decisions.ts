// Lambda entry: decisions on identities.

import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createLog } from '../../lib/adapters/aws/log.ts';
import { createQueue } from '../../lib/adapters/aws/queue.ts';
import { createSecrets } from '../../lib/adapters/aws/secrets.ts';
import { systemClock as clock } from '../../lib/adapters/system-clock.ts';
import { createHandler } from '../capture-decisions.ts';

const env = readEnvironment(['TENANT', 'PROMPT_QUEUE_URL', 'READ_SECRET_ID']);

export const handler = createHandler({
  queue: createQueue(env.PROMPT_QUEUE_URL),
  secrets: createSecrets({ read: env.READ_SECRET_ID }),
  clock,
  log: createLog(env.TENANT),
});
