// The Timers port on EventBridge Scheduler: one-time schedules that put their body on the timers queue and delete themselves.
import { createHash } from 'node:crypto';
import {
  ConflictException,
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import type { Clock, Timer, Timers } from '../../ports.ts';
import { systemClock } from '../system-clock.ts';

export interface TimersTarget {
  group: string;
  queueArn: string;
  roleArn: string;
}

/** A moment that is over, or over before the call arrives, is no longer taken: this far ahead is. */
const soonestMs = 5_000;

export function createTimers(target: TimersTarget, client = new SchedulerClient(), clock: Clock = systemClock): Timers {
  const { group, queueArn, roleArn } = target;

  function schedule({ name, at, body }: Timer): CreateScheduleCommandInput {
    const moment = Date.parse(at);
    if (Number.isNaN(moment)) throw new RangeError(`timer ${name}: not a moment: ${at}`);
    return {
      Name: scheduleName(name),
      GroupName: group,
      ScheduleExpression: atExpression(Math.max(moment, clock.now() + soonestMs)),
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target: { Arn: queueArn, RoleArn: roleArn, Input: body },
    };
  }

  return {
    async set(timer) {
      const input = schedule(timer);
      try {
        await client.send(new CreateScheduleCommand(input));
      } catch (error) {
        if (!(error instanceof ConflictException)) throw error;
        await client.send(new UpdateScheduleCommand(input)).catch(async (gone: unknown) => {
          // It fired and deleted itself between the two calls.
          if (!(gone instanceof ResourceNotFoundException)) throw gone;
          await client.send(new CreateScheduleCommand(input));
        });
      }
    },

    async cancel(name) {
      try {
        await client.send(new DeleteScheduleCommand({ Name: scheduleName(name), GroupName: group }));
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
      }
    },
  };
}

/** Scheduler knows whole seconds: rounded up, so that no timer is ever early. */
const atExpression = (moment: number) =>
  `at(${new Date(Math.ceil(moment / 1000) * 1000).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length)})`;

/** Scheduler takes 1 to 64 of `0-9a-zA-Z-_.`; any other name becomes its own beginning and a hash of the whole. */
export function scheduleName(name: string): string {
  if (/^[0-9a-zA-Z\-_.]{1,64}$/.test(name)) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 40);
  return `${name.replaceAll(/[^0-9a-zA-Z\-_.]/g, '-').slice(0, 23)}-${hash}`;
}
