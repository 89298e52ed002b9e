// Writes what an account is to know of something that has an item of its own: each snapshot as of a version of that item.
import type { Published } from '../../../events/catalogue.ts';
import { ConflictError, type Item, type Table } from '../../ports.ts';
import { type NewItem, outboxOf } from '../../table/items.ts';
import { packed } from '../../table/packing.ts';

/** The attribute that has the version. */
const versionIn = { member: 'leadVersion', opportunity: 'dealVersion', contract: 'dealVersion' } as const;

type Snapshot = NewItem<keyof typeof versionIn>;

/** Unless one of this or a later version is there. A conflict alone does not say that it is: the item may just have been busy. */
export const writeSnapshot = async (table: Table, snapshot: Snapshot, event: Published): Promise<void> => {
  const attribute = versionIn[snapshot.type];
  const versionOf = (item: Item): number => Number(item[attribute]);
  const item = { ...snapshot, ...outboxOf([event]), version: 0 } as Item;
  const put = packed({ ...item, version: versionOf(item) });
  try {
    await table.write({ put, condition: { if: 'newer', attribute } });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const stored = await table.get(snapshot);
    if (stored === undefined || versionOf(stored) < put.version) throw error;
  }
};
