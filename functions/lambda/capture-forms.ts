// Lambda entry: forms of the tenant's site.

import { createEdge } from '../../lib/adapters/aws/edge.ts';
import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createLog } from '../../lib/adapters/aws/log.ts';
import { createMeter } from '../../lib/adapters/aws/meter.ts';
import { createQueue } from '../../lib/adapters/aws/queue.ts';
import { createTable } from '../../lib/adapters/aws/table.ts';
import { systemClock as clock } from '../../lib/adapters/system-clock.ts';
import { playbookReader } from '../../lib/steps/playbooks.ts';
import { createHandler } from '../capture-forms.ts';

const env = readEnvironment(['TENANT', 'EDGE_SECRET_ID', 'TABLE_NAME', 'PROMPT_QUEUE_URL', 'ALLOWED_ORIGINS']);

export const handler = createHandler({
  edge: createEdge(env.EDGE_SECRET_ID),
  queue: createQueue(env.PROMPT_QUEUE_URL),
  playbook: playbookReader({ table: createTable(env.TABLE_NAME), clock }),
  allowedOrigins: env.ALLOWED_ORIGINS,
  clock,
  log: createLog(env.TENANT),
  meter: createMeter(env.TENANT),
});
