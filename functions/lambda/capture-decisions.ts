// Lambda entry: decisions on identities and on the accounts of leads.

import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createLog } from '../../lib/adapters/aws/log.ts';
import { createQueue } from '../../lib/adapters/aws/queue.ts';
import { createSecrets } from '../../lib/adapters/aws/secrets.ts';
import { createTable } from '../../lib/adapters/aws/table.ts';
import { systemClock as clock } from '../../lib/adapters/system-clock.ts';
import { playbookReader } from '../../lib/steps/playbooks.ts';
import { createHandler } from '../capture-decisions.ts';

const env = readEnvironment(['TENANT', 'TABLE_NAME', 'PROMPT_QUEUE_URL', 'DECISION_SECRET_ID']);
const table = createTable(env.TABLE_NAME);

export const handler = createHandler({
  table,
  playbook: playbookReader({ table, clock }),
  queue: createQueue(env.PROMPT_QUEUE_URL),
  secrets: createSecrets({ decisions: env.DECISION_SECRET_ID }),
  clock,
  log: createLog(env.TENANT),
});
