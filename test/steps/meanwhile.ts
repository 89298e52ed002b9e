// A table in which something else happens right before or after a certain write: what two processes at work at once come to, each time
// the same way.
import type { Captured } from '../../events/catalogue.ts';
import type { Item, Table } from '../../lib/ports.ts';
import { createFold } from '../../lib/steps/fold/fold.ts';
import { message } from '../simulation/lines.ts';
import { silent, type World } from '../simulation/world.ts';

/** Folds one line by itself, on that table. */
export const foldOn = (world: World, table: Table, line: Captured) =>
  createFold({ table, playbook: world.playbook, clock: world.embedded.clock, log: silent })([
    { id: line.id, body: message([line]), attempt: 1 },
  ]);

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
