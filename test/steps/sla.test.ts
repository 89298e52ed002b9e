// A lead's clock on the embedded adapters: whatever timers do, each step is taken once, when it is due.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Timer, Timers } from '../../lib/ports.ts';
import { createSlaSweep, createSlaTimers } from '../../lib/steps/sla.ts';
import { allOf } from '../../lib/table/items.ts';
import { crm, demoRequest } from '../simulation/lines.ts';
import { openWorld, silent, type World } from '../simulation/world.ts';

// A Friday in Berlin; an A1 is due after four working hours, reminded after two.
const at = (time: string): string => `2026-11-20T${time}.000Z`;
const asked = at('09:00:00');
const remindAt = at('11:00:00');
const dueAt = at('13:00:00');
let world: World;
/** Timers set and not cancelled; with `lose`, none reaches the scheduler. */
let set: Map<string, Timer>;
let lose: boolean;
beforeEach(async () => {
  set = new Map();
  lose = false;
  const watched = (timers: Timers): Timers => ({
    set: async (timer) => {
      set.set(timer.name, timer);
      if (!lose) await timers.set(timer);
    },
    cancel: async (name) => {
      set.delete(name);
      await timers.cancel(name);
    },
  });
  world = await openWorld(asked, { wrapPorts: (ports) => ({ ...ports, timers: watched(ports.timers) }) });
});
afterEach(() => world.close());

const ask = () => world.deliver([demoRequest('f', asked, 'bea@acme.example', { profile: { jobTitle: 'Head of IT' } })]);
const call = (id: string, time: string) =>
  crm(id, at(time), { object: 'activity', externalId: id, personEmail: 'bea@acme.example', kind: 'call' });
const clock = () => allOf('sla', world.items())[0]!.clock;
const subjects = () =>
  world.embedded.mailer
    .outbox()
    .map(
      ({ to, subject, sentAt }) =>
        `${new Date(sentAt).toISOString().slice(11, 16)} ${to.split('@')[0]} ${subject.split(':')[0]}`,
    )
    .filter((line) => !line.includes(' bea '));
const ports = () => ({
  ...{ table: world.embedded.table, timers: world.embedded.timers, clock: world.embedded.clock },
  ...{ playbook: world.playbook, log: silent },
});

it('starts when a lead is routed, with a timer for each step', async () => {
  await ask();

  expect(clock()).toMatchObject({ startedAt: asked, remindAt, dueAt, conversation: 'Offer two times today.' });
  expect([...set.values()].map(({ at }) => at)).toEqual([remindAt, dueAt]);
});

it('reminds the rep, then tells the manager, each at its moment and once', async () => {
  await ask();
  await world.advanceTo('2026-11-23T12:00:00.000Z');

  expect(subjects()).toEqual(['09:00 ada New lead', '11:00 ada Reminder', '13:00 grace Overdue']);
  expect(clock()).toMatchObject({ remindedAt: remindAt, breachedAt: dueAt });
});

it('stops at the follow-up, and says that it was met', async () => {
  await ask();
  await world.advanceTo(at('10:00:00'));
  await world.deliver([call('c', '09:45:00')]);
  await world.advanceTo('2026-11-23T12:00:00.000Z');

  expect(clock()).toMatchObject({ stoppedAt: at('09:45:00'), met: true });
  expect(set.size).toBe(0);
  expect(subjects()).toEqual(['09:00 ada New lead']);
});

it('is put right by a follow-up heard of after the breach', async () => {
  await ask();
  await world.advanceTo(at('14:00:00'));
  await world.deliver([call('c', '12:00:00')]);

  expect(clock()).toMatchObject({ breachedAt: dueAt, stoppedAt: at('12:00:00'), met: true });
});

it('stops, unmet, when the lead leaves for another account', async () => {
  await ask();
  await world.deliver([crm('a', asked, { object: 'account', externalId: 'A', domains: ['acme.example'] })]);
  const [before, now] = [...allOf('sla', world.items())].sort((a) => (a.clock.stoppedAt === undefined ? 1 : -1));

  expect(before?.clock.stoppedAt).toBe(asked);
  expect(before?.clock.met).toBeUndefined();
  expect(now?.clock.stoppedAt).toBeUndefined();
});

describe('a timer', () => {
  const fire = async (times = 1) => {
    const [{ body }] = [...set.values()] as [Timer];
    const messages = Array.from({ length: times }, (_, n) => ({ id: `t${n}`, body, attempt: 1 }));
    expect(await createSlaTimers(ports())(messages)).toEqual({ failed: [] });
    await world.runtime.settle();
  };

  it('that fires early takes no step, and is set again', async () => {
    lose = true;
    await ask();
    set.clear();
    lose = false;
    const body = JSON.stringify({
      accountId: allOf('sla', world.items())[0]!.accountId,
      leadId: allOf('sla', world.items())[0]!.leadId,
      generation: clock().generation,
    });
    await createSlaTimers(ports())([{ id: 't', body, attempt: 1 }]);

    expect(clock().remindedAt).toBeUndefined();
    expect(world.embedded.timers.nextAt()).toBe(Date.parse(remindAt));
  });

  it('that fires twice takes the step once', async () => {
    lose = true;
    await ask();
    await world.advanceTo(at('11:01:00'));
    await fire(3);
    await world.advanceTo(at('11:30:00'));

    expect(subjects().filter((line) => line.includes('Reminder'))).toHaveLength(1);
  });

  it('that fires after everything is over does nothing', async () => {
    await ask();
    const kept = [...set.values()];
    await world.deliver([call('c', '09:00:00')]);
    const before = clock();
    await createSlaTimers(ports())(kept.map(({ body }, n) => ({ id: `t${n}`, body, attempt: 1 })));

    expect(clock()).toEqual(before);
  });

  it('that is no timer of ours fails alone', async () => {
    await ask();
    const [{ body }] = [...set.values()] as [Timer];
    const { failed } = await createSlaTimers(ports())([
      { id: 'bad', body: '{}', attempt: 1 },
      { id: 'good', body, attempt: 1 },
    ]);

    expect(failed).toEqual(['bad']);
  });
});

describe('the sweep', () => {
  it('takes the steps of timers that never fired, late and once, passing a reminder over', async () => {
    lose = true;
    await ask();
    await world.advanceTo('2026-11-23T12:00:00.000Z');

    expect(clock().remindedAt! >= remindAt).toBe(true);
    expect(clock().breachedAt! >= dueAt && clock().breachedAt! <= at('13:05:00')).toBe(true);
    expect(subjects().map((line) => line.slice(6))).toEqual(['ada New lead', 'ada Reminder', 'grace Overdue']);
  });

  it('goes on after a clock it cannot move', async () => {
    lose = true;
    await world.deliver([demoRequest('f', asked, 'bea@acme.example'), demoRequest('g', asked, 'cyd@globex.example')]);
    world.embedded.clock satisfies { now(): number };
    const { table } = world.embedded;
    const [first] = await table.list('SLA-DUE');
    const broken = {
      ...table,
      getMany: async (keys: Parameters<typeof table.getMany>[0]) => {
        if (keys.some(({ sk }) => sk === first!.sk)) throw new Error('throttled');
        return table.getMany(keys);
      },
    };
    const later = { now: () => Date.parse('2026-11-24T12:00:00.000Z') };

    expect(await createSlaSweep({ ...ports(), table: broken, clock: later })()).toBe(1);
    const clocks = allOf('sla', world.items()).map((item) => item.clock.breachedAt);
    expect(clocks.filter((breachedAt) => breachedAt !== undefined)).toHaveLength(1);
  });

  it('finds nothing when nothing is due', async () => {
    await ask();
    expect(await createSlaSweep(ports())()).toBe(0);
  });
});
