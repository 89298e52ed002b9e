// Lambda entry: gives leads to people.
import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createLog } from '../../lib/adapters/aws/log.ts';
import { createTable } from '../../lib/adapters/aws/table.ts';
import { createTimers } from '../../lib/adapters/aws/timers.ts';
import { systemClock as clock } from '../../lib/adapters/system-clock.ts';
import { playbookReader } from '../../lib/steps/playbooks.ts';
import { createRoute } from '../../lib/steps/route.ts';
import { queueHandler } from '../queue-handler.ts';

const env = readEnvironment(['TENANT', 'TABLE_NAME', 'TIMERS_QUEUE_ARN', 'TIMERS_ROLE_ARN', 'SCHEDULE_GROUP']);
const table = createTable(env.TABLE_NAME);
const timers = createTimers({
  queueArn: env.TIMERS_QUEUE_ARN,
  roleArn: env.TIMERS_ROLE_ARN,
  group: env.SCHEDULE_GROUP,
});
const playbook = playbookReader({ table, clock });
const log = createLog(env.TENANT);

export const handler = queueHandler(createRoute({ table, timers, playbook, clock, log }));
