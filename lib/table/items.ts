// An item as its kind's shape. Steps trust what they read: only steps write, and each kind has one writer.
import type { Published } from '../../events/catalogue.ts';
import type { Condition, Item, Key, Write } from '../ports.ts';
import { traced } from '../trace.ts';
import type { DoneShapes } from './done-shapes.ts';
import type { KnownShapes } from './known-shapes.ts';
import { packed, unpacked } from './packing.ts';
import { schemaOf, upcast } from './upcasters.ts';

type Shapes = KnownShapes & DoneShapes;

export type ItemType = keyof Shapes;
type OfType<Type extends ItemType> = { type: Type } & Shapes[Type];
export type StoredItem<Type extends ItemType> = Item & OfType<Type>;
/** An item to be written: its version is given by `replacing`. */
export type NewItem<Type extends ItemType> = Key & OfType<Type> & { ttl?: number; listPk?: string; listSk?: string };

/** The item as its type, or undefined where there is none. A different type under the key is a defect. */
export const as = <Type extends ItemType>(type: Type, item: Item | undefined): StoredItem<Type> | undefined => {
  if (item === undefined) return undefined;
  if (item.type !== type) throw new Error(`item ${item.pk} / ${item.sk} is a ${item.type}, not a ${type}`);
  return upcast(unpacked(item)) as StoredItem<Type>;
};

export const allOf = <Type extends ItemType>(type: Type, items: readonly Item[]): StoredItem<Type>[] =>
  items.flatMap((item) => (item.type === type ? [upcast(unpacked(item)) as StoredItem<Type>] : []));

export const outboxOf = (events: readonly Published[]): { outbox?: string } =>
  events.length === 0 ? {} : { outbox: JSON.stringify(events.map(traced)) };

/** Puts the next version of an item, with the events that brings about, on condition that nobody wrote it since `previous`
 * was read. */
export const replacing = <Type extends ItemType>(
  previous: Item | undefined,
  next: NewItem<Type>,
  events: readonly Published[] = [],
): Extract<Write, { put: Item }> => {
  const condition: Condition = previous === undefined ? { if: 'absent' } : { if: 'version', is: previous.version };
  // `next` may be spread from what is stored: the events of that write were published then.
  const { outbox: _, ...item } = next as NewItem<Type> & { outbox?: string };
  return {
    put: packed({
      ...item,
      ...schemaOf(item.type),
      ...outboxOf(events),
      version: (previous?.version ?? 0) + 1,
    } as Item),
    condition,
  };
};

/** The people of an account, without those who moved away. */
export const membersOf = (items: readonly Item[]): StoredItem<'member'>[] =>
  allOf('member', items).filter(({ gone }) => !gone);

/** The judgement on a lead as it stands in this account; undefined once the lead has moved away. */
export const standing = (item: Item | undefined): StoredItem<'lead-assessment'> | undefined => {
  const stored = as('lead-assessment', item);
  return stored?.gone ? undefined : stored;
};
