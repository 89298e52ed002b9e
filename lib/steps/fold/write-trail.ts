// Adds lines to the trail of their days, each where it belongs, and answers those days whole.
import type { Captured, Published } from '../../../events/catalogue.ts';
import { dayOf } from '../../domain/facts.ts';
import type { Item, Key, Table } from '../../ports.ts';
import { isSame } from '../../table/is-same.ts';
import { as, replacing, type StoredItem } from '../../table/items.ts';
import { linesOf, overflowOf, roomIn, trailItem, unionOfLines } from '../../table/trail.ts';

export type TrailKey = (day: string, overflow?: string) => Key;

export const daysOf = (lines: readonly Captured[]): string[] => [
  ...new Set(lines.map(({ occurredAt }) => dayOf(occurredAt))),
];

/** The items a day's lines are in: usually its own alone; once that is full, the overflow items too. */
const itemsOfDay = async (table: Table, own: StoredItem<'trail'> | undefined): Promise<StoredItem<'trail'>[]> => {
  if (own === undefined) return [];
  if (roomIn(linesOf(own)) > 0) return [own];
  return (await table.query(own.pk, own.sk)).map((item) => as('trail', item)!);
};

/** Which item each heard line goes to: where it already is, else the day's own until that is full. The own item comes first:
 * the others are only looked for once it is full. */
const placed = (
  heard: readonly Captured[],
  items: readonly StoredItem<'trail'>[],
  own: Key,
  overflow: (digit: string) => Key,
) => {
  const home = new Map(items.flatMap((item) => linesOf(item).map(({ id }) => [id, item.sk] as const)));
  let room = roomIn(linesOf(items.find(({ sk }) => sk === own.sk)));
  const ownPlace = { key: own, lines: [] as Captured[] };
  const bySortKey = new Map([[own.sk, ownPlace]]);
  for (const line of heard) {
    let sk = home.get(line.id);
    if (sk === undefined) {
      sk = room > 0 ? own.sk : overflow(overflowOf(line)).sk;
      room -= 1;
      home.set(line.id, sk);
    }
    const place = bySortKey.get(sk) ?? { key: { pk: own.pk, sk }, lines: [] };
    place.lines.push(line);
    bySortKey.set(sk, place);
  }
  return [...bySortKey.values()];
};

/** `stored` holds the days' own items as they were read; `eventsOf` says what follows from lines that are new. Throws ConflictError when one was written since. */
export const writeTrail = async (
  table: Table,
  owner: string,
  keyOf: TrailKey,
  lines: readonly Captured[],
  stored: readonly Item[],
  eventsOf: (added: readonly Captured[]) => readonly Published[] = () => [],
): Promise<Map<string, Captured[]>> => {
  const whole = new Map<string, Captured[]>();
  for (const day of daysOf(lines)) {
    const own = keyOf(day);
    const items = await itemsOfDay(
      table,
      as(
        'trail',
        stored.find(({ sk }) => sk === own.sk),
      ),
    );
    const heard = lines.filter(({ occurredAt }) => dayOf(occurredAt) === day);
    const now = new Map(items.map((item) => [item.sk, linesOf(item)]));
    for (const { key, lines } of placed(heard, items, own, (digit) => keyOf(day, digit))) {
      const known = now.get(key.sk) ?? [];
      const all = unionOfLines(known, lines);
      now.set(key.sk, all);
      if (isSame(all, known)) continue;
      const item = items.find(({ sk }) => sk === key.sk);
      const added = lines.filter(({ id }) => !known.some((line) => line.id === id));
      await table.write(replacing(item, trailItem(key, owner, day, all), eventsOf(added)));
    }
    whole.set(day, [...now.values()].flat());
  }
  return whole;
};
