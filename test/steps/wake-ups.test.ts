// Events that are due later: told once, at their moment or when the sweep finds them, whatever timers do.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventIdOf } from '../../lib/domain/ids.ts';
import { ConflictError, type Table, type Timer } from '../../lib/ports.ts';
import { createWakeUpSweep, hintAt, wakeUp, wakeUpBody, wakeUpWrite } from '../../lib/steps/wake-ups.ts';
import { allOf, as } from '../../lib/table/items.ts';
import { wakeUpKey } from '../../lib/table/keys.ts';
import { openWorld, silent, type World } from '../simulation/world.ts';

const at = (time: string): string => `2026-11-23T${time}.000Z`;
const due = { type: 'routing-due.v1' as const, accountId: 'acct_a', leadId: 'lead_a', because: 'waited' as const };
const name = 'route.acct_a.lead_a';

let world: World;
let table: Table;
beforeEach(async () => {
  world = await openWorld(at('08:00:00'), { wrapConsumer: () => async () => ({ failed: [] }), sweepEveryMs: 1e12 });
  ({ table } = world.embedded);
});
afterEach(() => world.close());

const ports = (other: Table = table) => ({ table: other, clock: world.embedded.clock, log: silent });
const stored = () => allOf('wake-up', world.items())[0]!;
const told = () => (stored().outbox === undefined ? [] : (JSON.parse(stored().outbox!) as object[]));
const setFor = async (moment: string) => {
  await table.write(wakeUpWrite(as('wake-up', await table.get(wakeUpKey(name))), name, moment, due));
};

it('is told at its moment, not before, and once', async () => {
  await setFor(at('09:00:00'));
  await wakeUp(ports(), name);
  expect(told()).toEqual([]);
  await world.advanceTo(at('09:00:00'));
  await wakeUp(ports(), name);

  const event = { ...due, id: eventIdOf('wake-up', name, at('09:00:00'), '1'), at: at('09:00:00') };
  expect(told()).toEqual([event]);
  const { version } = stored();
  await wakeUp(ports(), name);
  expect(await createWakeUpSweep(ports())()).toBe(0);
  expect(stored().version).toBe(version);
});

it('is found by the sweep when no timer fired', async () => {
  await setFor(at('09:00:00'));
  const sweep = createWakeUpSweep(ports());
  expect(await sweep()).toBe(0);
  await world.advanceTo(at('09:04:00'));

  expect(await sweep()).toBe(1);
  expect(told()).toMatchObject([{ type: 'routing-due.v1', at: at('09:04:00') }]);
});

it('set again under its name is moved: a timer of before tells nothing', async () => {
  await setFor(at('09:00:00'));
  await setFor(at('10:00:00'));
  await world.advanceTo(at('09:30:00'));
  await wakeUp(ports(), name);
  expect(told()).toEqual([]);
  await world.advanceTo(at('10:00:00'));
  await wakeUp(ports(), name);

  expect(told()).toHaveLength(1);
});

it('set again after it was told is another event', async () => {
  const ids: unknown[] = [];
  for (const moment of [at('09:00:00'), at('09:00:00')]) {
    await setFor(moment);
    await world.advanceTo(at('09:00:00'));
    await wakeUp(ports(), name);
    ids.push(...told().map((event) => (event as { id: string }).id));
  }
  expect(new Set(ids).size).toBe(2);
});

it('is forgotten a month after it was told, unless it is set again', async () => {
  await setFor(at('09:00:00'));
  expect(stored().ttl).toBeUndefined();
  await world.advanceTo(at('09:00:00'));
  await wakeUp(ports(), name);
  expect(stored().ttl).toBe(Date.parse('2026-12-23T09:00:00.000Z') / 1_000);
  await setFor(at('10:00:00'));

  expect(stored().ttl).toBeUndefined();
});

it('of a timer and a sweep at once one tells', async () => {
  await setFor(at('09:00:00'));
  await world.advanceTo(at('09:00:00'));
  const [, found] = await Promise.all([wakeUp(ports(), name), createWakeUpSweep(ports())()]);

  expect(stored().version).toBe(2);
  expect(found).toBeLessThanOrEqual(1);
});

it('that cannot be told holds up no other', async () => {
  const other = 'route.acct_b.lead_b';
  await table.write(wakeUpWrite(undefined, other, at('09:00:00'), { ...due, accountId: 'acct_b', leadId: 'lead_b' }));
  await setFor(at('09:00:00'));
  await world.advanceTo(at('09:00:00'));
  const failing = (error: Error): Table => ({
    ...table,
    write: async (write) => {
      if ('put' in write && write.put.name === other) throw error;
      await table.write(write);
    },
  });
  expect(await createWakeUpSweep(ports(failing(new Error('throttled'))))()).toBe(1);
  await expect(wakeUp(ports(failing(new Error('throttled'))), other)).rejects.toThrow('throttled');
  await expect(wakeUp(ports(failing(new ConflictError('moved'))), other)).resolves.toBeUndefined();

  expect(await createWakeUpSweep(ports())()).toBe(1);
});

it('that fails always hides none behind it, be they more than a page', async () => {
  const failed = Array.from({ length: 600 }, (_, n) => `bad.${n}`);
  for (const bad of failed) await table.write(wakeUpWrite(undefined, bad, at('08:30:00'), due));
  await setFor(at('09:00:00'));
  await world.advanceTo(at('09:00:00'));
  const logged: unknown[] = [];
  const failing: Table = {
    ...table,
    write: async (write) => {
      if ('put' in write && String(write.put.name).startsWith('bad.')) throw new Error('too large');
      await table.write(write);
    },
  };
  const log = { ...silent, error: (_: string, fields?: Record<string, unknown>) => void logged.push(fields?.name) };
  expect(await createWakeUpSweep({ ...ports(failing), log })()).toBe(1);
  expect(logged.sort()).toEqual(failed.sort());
});

it('hints at its moment by a timer, and does without where that fails', async () => {
  const set: Timer[] = [];
  const timers = { set: async (timer: Timer) => void set.push(timer), cancel: async () => undefined };
  await hintAt({ timers, log: silent }, name, at('09:00:00'));
  expect(set).toEqual([{ name: `wake-up.${name}`, at: at('09:00:00'), body: wakeUpBody(name) }]);
  const warned: string[] = [];
  const failing = { ...timers, set: () => Promise.reject(new Error('throttled')) };
  const log = { ...silent, warn: (message: string) => void warned.push(message) };
  await hintAt({ timers: failing, log }, name, at('09:00:00'));

  expect(warned).toEqual(['a timer could not be set']);
});
