// What the two functions that keep clocks are wired to.
import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createLog } from '../../lib/adapters/aws/log.ts';
import { createMeter } from '../../lib/adapters/aws/meter.ts';
import { createTable } from '../../lib/adapters/aws/table.ts';
import { createTimers } from '../../lib/adapters/aws/timers.ts';
import { systemClock as clock } from '../../lib/adapters/system-clock.ts';
import { playbookReader } from '../../lib/steps/playbooks.ts';
import type { SlaPorts } from '../../lib/steps/sla.ts';

export const slaPorts = (): { ports: SlaPorts; timersQueueArn: string } => {
  const env = readEnvironment(['TENANT', 'TABLE_NAME', 'TIMERS_QUEUE_ARN', 'TIMERS_ROLE_ARN', 'SCHEDULE_GROUP']);
  const table = createTable(env.TABLE_NAME);
  const timers = createTimers({
    queueArn: env.TIMERS_QUEUE_ARN,
    roleArn: env.TIMERS_ROLE_ARN,
    group: env.SCHEDULE_GROUP,
  });
  const ports = {
    table,
    timers,
    playbook: playbookReader({ table, clock }),
    clock,
    log: createLog(env.TENANT),
    meter: createMeter(env.TENANT),
  };
  return { ports, timersQueueArn: env.TIMERS_QUEUE_ARN };
};
