// Files of accounts: what stands in the lists of their names is the same whether they came one by one or all at once.
import { expect, test } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { listed } from '../../lib/domain/account-matching/blocks.ts';
import { accountIdOfCrm, leadIdOfEmail } from '../../lib/domain/ids.ts';
import type { Table } from '../../lib/ports.ts';
import { allOf, membersOf } from '../../lib/table/items.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { account, asks, at } from './matching-lines.ts';
import { beforeEachCall, foldAll, foldOn } from './meanwhile.ts';

/** How often an item of a list was read or written. */
interface Counts {
  reads: number;
  writes: number;
}

const inWorld = async <Value>(look: (world: World, counts: Counts) => Promise<Value>): Promise<Value> => {
  const counts = { reads: 0, writes: 0 };
  const world = await openWorld(at('12:00'), {
    wrapPorts: (ports) => ({
      ...ports,
      table: {
        ...ports.table,
        get: (key) => {
          if (key.pk.startsWith('BLOCK#')) counts.reads += 1;
          return ports.table.get(key);
        },
        write: (write) => {
          if ('put' in write && write.put.type === 'block') counts.writes += 1;
          return ports.table.write(write);
        },
      },
    }),
  });
  try {
    return await look(world, counts);
  } finally {
    await world.close();
  }
};

/** As lists are asked: who is in them, who was, and which are too long. */
const listsOf = (world: World) =>
  allOf('block', world.items()).map(({ pk, accounts, gone, more }) => ({
    pk,
    in: Object.keys(accounts ?? {}).sort(),
    gone: Object.keys(gone ?? {}).sort(),
    isTooLong: more !== undefined,
  }));

const accountOfDan = (world: World): string | undefined =>
  membersOf(world.items()).find(({ leadId }) => leadId === leadIdOfEmail('dan@gmail.com'))?.accountId;

const companies = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    account(`a${n}`, '09:00', `${n}`, { name: `Acme ${'abcdefgh'[n & 7]}${n >> 3} Bearings Ltd` }),
  );

test('of 40 with a word in common, in far fewer reads and writes', async () => {
  const lines = companies(40);
  const [together, few] = await inWorld(async (world, counts) => {
    await world.deliver([lines]);
    return [listsOf(world), counts] as const;
  });
  const [alone, many] = await inWorld(async (world, counts) => {
    for (const line of lines) await world.deliver([line]);
    return [listsOf(world), counts] as const;
  });

  expect(together.length).toBeGreaterThan(10);
  expect(together).toEqual(alone);
  // Each list once, and none again for each that comes to it.
  expect(few).toEqual({ reads: together.length, writes: together.length });
  expect(many.writes).toBeGreaterThan(few.writes);
});

test('of more than a list takes, and whoever asked by it is told', async () => {
  const lines = companies(listed + 8);
  const after = async (deliveries: (typeof lines)[][]) =>
    inWorld(async (world) => {
      await world.deliver([asks('1', '08:00', 'dan@gmail.com', 'Acme a0 Bearings Ltd')]);
      for (const messages of deliveries) await world.deliver(messages);
      return {
        lists: listsOf(world)
          .filter(({ isTooLong }) => isTooLong)
          .map(({ pk }) => pk),
        accountId: accountOfDan(world),
      };
    });
  const chunks = (size: number) =>
    Array.from({ length: Math.ceil(lines.length / size) }, (_, n) => lines.slice(n * size, (n + 1) * size));

  const together = await after([chunks(100)]);
  expect(together.lists.length).toBeGreaterThan(0);
  expect(together.accountId).toBe(accountIdOfCrm('crm', '0'));
  expect(together).toEqual(await after(chunks(41).map((chunk) => [chunk])));
}, 60_000);

const dan = asks('1', '08:00', 'dan@gmail.com', 'Acme Bearings Ltd');
const filed = [
  account('a', '09:00', 'A', { name: 'Acme Bearings Ltd' }),
  account('b', '09:00', 'B', { name: 'Acme Brass Ltd' }),
];

const renamed = account('c', '09:30', 'A', { name: 'Initech' });

/** Heard, and not listed: its message comes again. */
const cutShort = (world: World, line: Captured) => {
  const { table } = world.embedded;
  const write: Table['write'] = async (one) => {
    if ('put' in one && one.put.type === 'block') throw new Error('cut short');
    return table.write(one);
  };
  return foldOn(world, { ...table, write }, line);
};
const whole = (world: World, line: Captured) => foldAll(world, [line]);

const stateOf = (world: World) => ({
  lists: listsOf(world).flatMap((list) => (list.in.length > 0 ? [{ pk: list.pk, in: list.in }] : [])),
  accountId: accountOfDan(world),
});

test.each([
  ['somebody asks', [], dan, whole],
  ['one of them is renamed', [dan], renamed, whole],
  ['one of them is renamed, which is cut short', [dan], renamed, cutShort],
])('of two while %s, before whichever call', { timeout: 60_000 }, async (_, before, other, happens) => {
  const inTurn = await inWorld(async (world) => {
    await foldAll(world, [...before, ...filed, other]);
    return stateOf(world);
  });
  let calls = 0;
  for (let happened = true; happened; ) {
    calls += 1;
    happened = false;
    const state = await inWorld(async (world) => {
      await foldAll(world, before);
      let count = 0;
      // All that are side by side wait for it.
      let gate: Promise<unknown> | undefined;
      const table = beforeEachCall(world.embedded.table, async () => {
        count += 1;
        if (count === calls) gate = happens(world, other);
        await gate;
      });
      expect(await foldOn(world, table, ...filed)).toEqual({ failed: [] });
      happened = gate !== undefined;
      if (!happened || happens === cutShort) await foldAll(world, [other]);
      return stateOf(world);
    });
    expect(state, `before call ${calls}`).toEqual(inTurn);
  }
  expect(calls).toBeGreaterThan(40);
});
