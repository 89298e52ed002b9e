// Files of accounts: what stands in the lists of their names is the same whether they came one by one or all at once.
import { expect, test } from 'vitest';
import { listed } from '../../lib/domain/account-matching/blocks.ts';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import { allOf } from '../../lib/table/items.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { account, asks, at } from './matching-lines.ts';

const inWorld = async <Value>(look: (world: World, writes: () => number) => Promise<Value>): Promise<Value> => {
  let writes = 0;
  const world = await openWorld(at('12:00'), {
    wrapPorts: (ports) => ({
      ...ports,
      table: {
        ...ports.table,
        write: (write) => {
          if ('put' in write && write.put.type === 'block') writes += 1;
          return ports.table.write(write);
        },
      },
    }),
  });
  try {
    return await look(world, () => writes);
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

const companies = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    account(`a${n}`, '09:00', `${n}`, { name: `Acme ${'abcdefgh'[n & 7]}${n >> 3} Bearings Ltd` }),
  );

test('of 40 with a word in common, in far fewer writes', async () => {
  const lines = companies(40);
  const [together, few] = await inWorld(async (world, writes) => {
    await world.deliver([lines]);
    return [listsOf(world), writes()] as const;
  });
  const [alone, many] = await inWorld(async (world, writes) => {
    for (const line of lines) await world.deliver([line]);
    return [listsOf(world), writes()] as const;
  });

  expect(together.length).toBeGreaterThan(10);
  expect(together).toEqual(alone);
  // Each list once, and none again for each that comes to it.
  expect(few).toBe(together.length);
  expect(many).toBeGreaterThan(few);
});

test('of more than a list takes, and whoever asked by it is told', async () => {
  const lines = companies(listed + 8);
  const after = async (deliveries: (typeof lines)[][]) =>
    inWorld(async (world) => {
      await world.deliver([asks('1', '08:00', 'dan@gmail.com', 'Acme a0 Bearings Ltd')]);
      for (const messages of deliveries) await world.deliver(messages);
      const dan = allOf('lead', world.items()).find(({ leadId }) => leadId === leadIdOfEmail('dan@gmail.com'));
      return {
        lists: listsOf(world)
          .filter(({ isTooLong }) => isTooLong)
          .map(({ pk }) => pk),
        accountId: dan?.accountId,
      };
    });
  const chunks = (size: number) =>
    Array.from({ length: Math.ceil(lines.length / size) }, (_, n) => lines.slice(n * size, (n + 1) * size));

  const together = await after([chunks(100)]);
  expect(together.lists.length).toBeGreaterThan(0);
  expect(together).toEqual(await after(chunks(41).map((chunk) => [chunk])));
}, 60_000);
