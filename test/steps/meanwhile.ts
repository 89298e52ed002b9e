// A table in which something else happens right before or after a certain write, or before a certain call: what two processes at work at
// once come to, each time the same way.
import { expect } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import type { Item, Table } from '../../lib/ports.ts';
import { createFold } from '../../lib/steps/fold/fold.ts';
import { message } from '../simulation/lines.ts';
import { openWorld, silent, stateOf, type World } from '../simulation/world.ts';

/** Folds one line by itself, or those of one message, on that table. */
export const foldOn = (world: World, table: Table, ...lines: Captured[]) =>
  createFold({ table, playbook: world.playbook, clock: world.embedded.clock, log: silent })([
    { id: lines[0]!.id, body: message(lines), attempt: 1 },
  ]);

/** Each by itself, one after the other. */
export const foldAll = async (world: World, lines: readonly Captured[]): Promise<void> => {
  for (const line of lines) expect(await foldOn(world, world.embedded.table, line)).toEqual({ failed: [] });
};

/** The world's table, in which something else happens before or after the nth write of such an item. */
export const meanwhile = (
  world: World,
  { when, nth = 1, of }: { when: 'before' | 'after'; nth?: number; of: (item: Item) => boolean },
  happens: () => Promise<unknown>,
): Table => {
  const { table } = world.embedded;
  let count = 0;
  return {
    get: (key) => table.get(key),
    getMany: (keys) => table.getMany(keys),
    query: (...given) => table.query(...given),
    list: (...given) => table.list(...given),
    count: (...given) => table.count(...given),
    transact: (writes) => table.transact(writes),
    write: async (write) => {
      const isOne = 'put' in write && of(write.put);
      if (isOne) count += 1;
      const isHere = isOne && count === nth;
      if (isHere && when === 'before') await happens();
      await table.write(write);
      if (isHere && when === 'after') await happens();
    },
  };
};

/** The table, of which each call waits for something else first. */
export const beforeEachCall = (table: Table, happens: () => Promise<unknown>): Table => {
  const after =
    <Given extends unknown[], Answer>(call: (...given: Given) => Promise<Answer>) =>
    async (...given: Given): Promise<Answer> => {
      await happens();
      return call(...given);
    };
  return {
    get: after((key) => table.get(key)),
    getMany: after((keys) => table.getMany(keys)),
    query: after((...given) => table.query(...given)),
    list: after((...given) => table.list(...given)),
    count: after((...given) => table.count(...given)),
    write: after((write) => table.write(write)),
    transact: after((writes) => table.transact(writes)),
  };
};

/** The world's table, in which something else happens before the nth call of it. */
const beforeCall = (world: World, nth: number, happens: () => Promise<unknown>): Table => {
  let count = 0;
  return beforeEachCall(world.embedded.table, async () => {
    count += 1;
    if (count === nth) await happens();
  });
};

const stateAfter = async (at: string, work: (world: World) => Promise<void>) => {
  const world = await openWorld(at);
  try {
    await work(world);
    return stateOf(world.items());
  } finally {
    await world.close();
  }
};

/** After those before them a line is folded, and the other before the first call the one makes, before its second, and so on: all must stand
 * each time as if one had come after the other. Answers how many calls there were, and what stands. */
export const foldBoth = async (
  at: string,
  before: readonly Captured[],
  [line, other]: readonly [Captured, Captured],
) => {
  const inTurn = await stateAfter(at, (world) => foldAll(world, [...before, line, other]));
  for (let calls = 0; ; calls += 1) {
    let happened = false;
    const state = await stateAfter(at, async (world) => {
      await foldAll(world, before);
      const table = beforeCall(world, calls + 1, async () => {
        happened = true;
        await foldAll(world, [other]);
      });
      expect(await foldOn(world, table, line)).toEqual({ failed: [] });
    });
    if (!happened) return { calls, inTurn };
    expect(state, `${other.id} before call ${calls + 1} of ${line.id}`).toEqual(inTurn);
  }
};
