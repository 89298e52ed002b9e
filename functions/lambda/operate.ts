// Lambda entry: runs operations, a slice at a time.
import { createBackups } from '../../lib/adapters/aws/backups.ts';
import { createBus } from '../../lib/adapters/aws/bus.ts';
import { createDeadLetters } from '../../lib/adapters/aws/dead-letters.ts';
import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createLog } from '../../lib/adapters/aws/log.ts';
import { createQueue } from '../../lib/adapters/aws/queue.ts';
import { createScan } from '../../lib/adapters/aws/scan.ts';
import { createStreamPlaces } from '../../lib/adapters/aws/stream-places.ts';
import { createTable } from '../../lib/adapters/aws/table.ts';
import { createTimers } from '../../lib/adapters/aws/timers.ts';
import { systemClock as clock } from '../../lib/adapters/system-clock.ts';
import { createOperate } from '../../lib/steps/operate.ts';
import { playbookReader } from '../../lib/steps/playbooks.ts';
import { queueHandler } from '../queue-handler.ts';

const env = readEnvironment([
  ...(['TENANT', 'TABLE_NAME', 'BUS_NAME', 'PROMPT_QUEUE_URL', 'DEAD_LETTERS'] as const),
  ...(['TIMERS_QUEUE_ARN', 'TIMERS_ROLE_ARN', 'SCHEDULE_GROUP', 'RETENTION'] as const),
]);
const table = { ...createTable(env.TABLE_NAME), ...createScan(env.TABLE_NAME) };
const { TIMERS_QUEUE_ARN: queueArn, TIMERS_ROLE_ARN: roleArn, SCHEDULE_GROUP: group } = env;

export const handler = queueHandler(
  createOperate({
    table,
    bus: createBus(env.BUS_NAME),
    prompt: createQueue(env.PROMPT_QUEUE_URL),
    deadLetters: createDeadLetters(env.DEAD_LETTERS),
    stream: createStreamPlaces(),
    backups: createBackups(env.TABLE_NAME),
    timers: createTimers({ queueArn, roleArn, group }),
    playbook: playbookReader({ table, clock }),
    clock,
    log: createLog(env.TENANT),
    retention: env.RETENTION,
  }),
);
