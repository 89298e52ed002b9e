// Fifty who give away a lead each, at once, on one table: every call of it takes a random while, the same for the same seed.
import { expect, it } from 'vitest';
import type { PlaybookInput } from '../../lib/domain/playbook/playbook.ts';
import type { Message, Table } from '../../lib/ports.ts';
import { createRoute } from '../../lib/steps/route.ts';
import { allOf } from '../../lib/table/items.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { demoRequest } from '../simulation/lines.ts';
import { openWorld, silent, type World } from '../simulation/world.ts';

/** Friday, 13:00 in Berlin, 7:00 in New York. */
const noon = '2026-11-20T12:00:00.000Z';
const leads = 50;

/** Mulberry32. */
const randomOf = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

/** Lets others go first, up to six times. */
const slowly = (table: Table, random: () => number, seen: { conflicts: number }): Table => {
  const wait = async () => {
    for (let turns = Math.floor(random() * 7); turns > 0; turns -= 1) await new Promise(setImmediate);
  };
  return {
    ...table,
    get: (key) => wait().then(() => table.get(key)),
    getMany: (keys) => wait().then(() => table.getMany(keys)),
    query: (...given) => wait().then(() => table.query(...given)),
    list: (...given) => wait().then(() => table.list(...given)),
    write: (write) => wait().then(() => table.write(write)),
    transact: async (writes) => {
      await wait();
      await table.transact(writes).catch((error: unknown) => {
        seen.conflicts += 1;
        throw error;
      });
    },
  };
};

/** Fifty leads that have qualified, and what the step heard of it, kept back. */
const prepared = async (changes: Partial<PlaybookInput>): Promise<{ world: World; heard: Message[] }> => {
  const bodies: string[] = [];
  const world = await openWorld(noon, {
    playbook: testPlaybook(changes),
    wrapConsumer: (name, consumer) =>
      name !== 'route'
        ? consumer
        : async (batch) => {
            bodies.push(...batch.map(({ body }) => body));
            return { failed: [] };
          },
  });
  await world.deliver(
    Array.from({ length: leads }, (_, n) =>
      demoRequest(`f${n}`, noon, `buyer@company${n}.example`, { profile: { country: n % 2 === 0 ? 'US' : 'DE' } }),
    ),
  );
  return { world, heard: bodies.map((body, n) => ({ id: `m${n}`, body, attempt: 1 })) };
};

/** All at once; whoever lost too often comes again, as the queue would have it. */
const routeAll = async (world: World, heard: readonly Message[], random: () => number): Promise<number> => {
  const seen = { conflicts: 0 };
  const table = slowly(world.embedded.table, random, seen);
  const route = createRoute({ ...world.embedded, table, playbook: world.playbook, log: silent });
  for (let left = heard; left.length > 0; ) {
    const answers = await Promise.all(left.map((message) => route([message])));
    const failed = new Set(answers.flatMap(({ failed }) => failed));
    left = left.filter(({ id }) => failed.has(id));
  }
  return seen.conflicts;
};

const people = (changes: Record<string, object>) =>
  Object.entries(changes).map(([name, change]) => ({ name, email: `${name}@x.example`, ...change }));
const membersOf = (weights: Record<string, number>) =>
  Object.entries(weights).map(([name, weight]) => ({ email: `${name}@x.example`, weight }));
const given = (world: World): Record<string, number> => {
  const owners = allOf('assignment', world.items()).flatMap(({ owner }) => owner?.email.split('@')[0] ?? []);
  return Object.fromEntries(
    [...new Set(owners)].sort().map((name) => [name, owners.filter((one) => one === name).length]),
  );
};

const newYork = {
  timezone: 'America/New_York',
  hours: { friday: [{ from: '09:00', to: '17:00' }], monday: [{ from: '09:00', to: '17:00' }] },
};

it.each([1, 2, 3, 4, 5])('spreads them within one lead of everybody’s share (seed %i)', async (seed) => {
  const weights = { ada: 3, ben: 2, cem: 1, dee: 1 };
  const { world, heard } = await prepared({
    people: people({ ada: {}, ben: {}, cem: {}, dee: {} }),
    routing: { pools: { all: { members: membersOf(weights), whenNobody: 'wait' } }, defaultPool: 'all' },
  });
  expect(heard).toHaveLength(leads);
  const conflicts = await routeAll(world, heard, randomOf(seed));

  const counts = given(world);
  for (const [name, weight] of Object.entries(weights)) {
    expect(Math.abs(counts[name]! - (leads * weight) / 7)).toBeLessThan(1);
  }
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(leads);
  // They really met.
  expect(conflicts).toBeGreaterThan(leads);
  await world.close();
});

it.each([6, 7, 8, 9, 10])('gives none to who is full, off or on leave, and loses none (seed %i)', async (seed) => {
  const { world, heard } = await prepared({
    calendars: { 'new-york': newYork },
    people: people({
      ada: { capacity: 9 },
      ben: { capacity: 4 },
      cem: { away: [{ from: '2026-11-16', to: '2026-11-20' }] },
      nora: { calendar: 'new-york' },
      dee: { capacity: 13 },
    }),
    routing: {
      pools: {
        one: {
          members: membersOf({ ada: 2, ben: 1, cem: 5, nora: 5, dee: 1 }),
          whenNobody: 'wait',
        },
      },
      defaultPool: 'one',
    },
  });
  await routeAll(world, heard, randomOf(seed));

  expect(given(world)).toEqual({ ada: 9, ben: 4, dee: 13 });
  const waiting = allOf('assignment', world.items()).filter((one) => one.waiting !== undefined);
  expect(waiting).toHaveLength(leads - 26);
  expect(new Set(waiting.map((one) => one.waiting?.until))).toEqual(new Set(['2026-11-20T14:00:00.000Z']));
  const loads = allOf('load', world.items()).map(({ email, open }) => [email.split('@')[0], open]);
  expect(Object.fromEntries(loads)).toEqual({ ada: 9, ben: 4, dee: 13 });
  await world.close();
});

it.each([11, 12, 13])('gives nobody too many who is in several pools (seed %i)', async (seed) => {
  const pool = { members: membersOf({ ada: 1 }), whenNobody: 'wait' as const };
  const { world, heard } = await prepared({
    people: people({ ada: { capacity: 1 } }),
    routing: {
      rules: [{ name: 'americas', when: { country: 'US' }, to: { pool: 'two' } }],
      pools: { one: pool, two: pool },
      defaultPool: 'one',
    },
  });
  await routeAll(world, heard, randomOf(seed));

  expect(given(world)).toEqual({ ada: 1 });
  await world.close();
});
