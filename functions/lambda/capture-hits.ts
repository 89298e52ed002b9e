// Lambda entry: web hits.

import { createEdge } from '../../lib/adapters/aws/edge.ts';
import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createLog } from '../../lib/adapters/aws/log.ts';
import { createMeter } from '../../lib/adapters/aws/meter.ts';
import { createQueue } from '../../lib/adapters/aws/queue.ts';
import { systemClock as clock } from '../../lib/adapters/system-clock.ts';
import { createHandler } from '../capture-hits.ts';

const env = readEnvironment(['TENANT', 'EDGE_SECRET_ID', 'HITS_QUEUE_URL', 'ALLOWED_ORIGINS', 'WRITE_KEYS']);

export const handler = createHandler({
  edge: createEdge(env.EDGE_SECRET_ID),
  queue: createQueue(env.HITS_QUEUE_URL),
  writeKeys: env.WRITE_KEYS,
  allowedOrigins: env.ALLOWED_ORIGINS,
  clock,
  log: createLog(env.TENANT),
  meter: createMeter(env.TENANT),
});
