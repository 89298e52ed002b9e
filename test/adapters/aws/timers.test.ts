// What the timers ask of EventBridge Scheduler.
import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createTimers, scheduleName } from '../../../lib/adapters/aws/timers.ts';

const scheduler = mockClient(SchedulerClient);
const target = { group: 'muster-demo', queueArn: 'arn:aws:sqs:::timers', roleArn: 'arn:aws:iam:::role/timers' };
const clock = { now: () => Date.parse('2026-11-20T09:30:00.000Z') };
const timers = createTimers(target, new SchedulerClient({ region: 'eu-central-1' }), clock);
const timer = { name: 'sla-1', at: '2026-11-20T10:30:00.000Z', body: '{"n":1}' };
const exists = new ConflictException({ message: 'exists', Message: 'exists', $metadata: {} });
const missing = new ResourceNotFoundException({ message: 'missing', Message: 'missing', $metadata: {} });
const calls = () => scheduler.calls().map((call) => call.args[0].constructor.name);
const expression = () => scheduler.commandCalls(CreateScheduleCommand)[0]?.args[0].input.ScheduleExpression;

describe('timers on EventBridge Scheduler', () => {
  beforeEach(() => {
    scheduler.reset();
    scheduler.on(CreateScheduleCommand).resolves({});
    scheduler.on(UpdateScheduleCommand).resolves({});
    scheduler.on(DeleteScheduleCommand).resolves({});
  });

  it('creates a schedule for one moment, which then deletes itself', async () => {
    await timers.set(timer);
    expect(scheduler.commandCalls(CreateScheduleCommand)[0]?.args[0].input).toMatchObject({
      Name: 'sla-1',
      GroupName: 'muster-demo',
      ScheduleExpression: 'at(2026-11-20T10:30:00)',
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target: { Arn: target.queueArn, RoleArn: target.roleArn, Input: '{"n":1}' },
    });
  });

  it('rounds up to the second: a timer is never early', async () => {
    await timers.set({ ...timer, at: '2026-11-20T10:29:59.001Z' });
    expect(expression()).toBe('at(2026-11-20T10:30:00)');
  });

  it('asks for a moment a little ahead when the timer’s is over', async () => {
    await timers.set({ ...timer, at: '2026-11-19T10:30:00.000Z' });
    expect(expression()).toBe('at(2026-11-20T09:30:05)');
  });

  it('moves a schedule that exists', async () => {
    scheduler.on(CreateScheduleCommand).rejects(exists);
    await timers.set(timer);
    expect(calls()).toEqual(['CreateScheduleCommand', 'UpdateScheduleCommand']);
    expect(scheduler.commandCalls(UpdateScheduleCommand)[0]?.args[0].input).toMatchObject({ Name: 'sla-1' });
  });

  it('creates again one that fired between the two calls', async () => {
    scheduler.on(CreateScheduleCommand).rejectsOnce(exists).resolves({});
    scheduler.on(UpdateScheduleCommand).rejects(missing);
    await timers.set(timer);
    expect(calls()).toEqual(['CreateScheduleCommand', 'UpdateScheduleCommand', 'CreateScheduleCommand']);
  });

  it('cancels by name, and what is not there with success', async () => {
    scheduler.on(DeleteScheduleCommand).rejects(missing);
    await timers.cancel('sla-1');
    expect(scheduler.commandCalls(DeleteScheduleCommand)[0]?.args[0].input).toEqual({
      Name: 'sla-1',
      GroupName: 'muster-demo',
    });
    scheduler.on(DeleteScheduleCommand).rejects(new Error('throttled'));
    await expect(timers.cancel('sla-1')).rejects.toThrow('throttled');
  });

  it('makes any name one that Scheduler takes, the same each time and for no other name', () => {
    const names = ['a', 'A-z_0.9', 'sla/lead#1', 'sla lead#1', '日本', 'x'.repeat(64), 'x'.repeat(65), 'x'.repeat(66)];
    const made = names.map(scheduleName);
    for (const name of made) expect(name).toMatch(/^[0-9a-zA-Z\-_.]{1,64}$/);
    expect(new Set(made).size).toBe(names.length);
    expect(names.map(scheduleName)).toEqual(made);
    expect(made[1]).toBe('A-z_0.9');
  });
});
