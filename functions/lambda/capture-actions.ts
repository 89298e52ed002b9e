// Lambda entry: the pages behind the links of mails, by which sellers say what they did.

import { createEdge } from '../../lib/adapters/aws/edge.ts';
import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createLog } from '../../lib/adapters/aws/log.ts';
import { createMeter } from '../../lib/adapters/aws/meter.ts';
import { createQueue } from '../../lib/adapters/aws/queue.ts';
import { createSecrets } from '../../lib/adapters/aws/secrets.ts';
import { createTable } from '../../lib/adapters/aws/table.ts';
import { systemClock as clock } from '../../lib/adapters/system-clock.ts';
import { accessPolicy } from '../../lib/domain/access.ts';
import { playbookReader } from '../../lib/steps/playbooks.ts';
import { createHandler } from '../capture-actions.ts';

const env = readEnvironment([
  'TENANT',
  'EDGE_SECRET_ID',
  'TABLE_NAME',
  'PROMPT_QUEUE_URL',
  'LINKS_SECRET_ID',
  'ACCESS',
]);
const table = createTable(env.TABLE_NAME);

export const handler = createHandler({
  edge: createEdge(env.EDGE_SECRET_ID),
  queue: createQueue(env.PROMPT_QUEUE_URL),
  secrets: createSecrets({ links: env.LINKS_SECRET_ID }),
  table,
  access: accessPolicy.parse(env.ACCESS),
  playbook: playbookReader({ table, clock }),
  clock,
  log: createLog(env.TENANT),
  meter: createMeter(env.TENANT),
});
