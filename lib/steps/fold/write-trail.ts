// Adds lines to the trail of their days, each where it belongs, and answers those days whole.
import type { Captured, Published } from '../../../events/catalogue.ts';
import { dayOf } from '../../domain/days.ts';
import {
  dayNextTo,
  distinctLines,
  firstDelivered,
  isAcrossMidnight,
  unionOfLines,
} from '../../domain/journal/union-of-lines.ts';
import type { Item, Key, Table } from '../../ports.ts';
import { isSame } from '../../table/is-same.ts';
import { as, replacing, type StoredItem } from '../../table/items.ts';
import { linesOf, overflowOf, roomIn, trailItem } from '../../table/trail.ts';
import type { UntilOf } from '../retime-trail.ts';

export type TrailKey = (day: string, overflow?: string) => Key;

const daysOf = (lines: readonly Captured[]): string[] => [...new Set(lines.map(({ occurredAt }) => dayOf(occurredAt)))];

/** The days to be read for these lines: their own, and those a repeat may lie on. */
export const daysToRead = (lines: readonly Captured[]): string[] => [
  ...new Set([...daysOf(lines), ...lines.flatMap((line) => dayNextTo(line) ?? [])]),
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

type Days = ReadonlyMap<string, readonly StoredItem<'trail'>[]>;

/** Lines whose first coming lies on the day next to theirs are no news; those that came before what lies there take its
 * place. */
const acrossMidnight = (lines: readonly Captured[], days: Days) => {
  const fresh: Captured[] = [];
  const superseded = new Map<string, Set<string>>();
  for (const line of distinctLines(lines)) {
    const day = dayNextTo(line);
    const there = (day === undefined ? [] : (days.get(day) ?? []))
      .flatMap(linesOf)
      .find((other) => other.id === line.id && isAcrossMidnight(other, line));
    if (day === undefined || there === undefined) fresh.push(line);
    else if (firstDelivered(there, line) === line) {
      fresh.push(line);
      superseded.set(day, (superseded.get(day) ?? new Set()).add(line.id));
    }
  }
  return { fresh, superseded };
};

interface TrailOptions {
  /** What follows from lines that are new. */
  eventsOf?: (added: readonly Captured[]) => readonly Published[];
  untilOf?: UntilOf;
}

/** `stored` holds the own items of `daysToRead`. Answers the days that
 * were touched, whole. Throws ConflictError when an item was written since. */
export const writeTrail = async (
  table: Table,
  owner: string,
  keyOf: TrailKey,
  lines: readonly Captured[],
  stored: readonly Item[],
  { eventsOf = () => [], untilOf = () => undefined }: TrailOptions = {},
): Promise<Map<string, Captured[]>> => {
  const days = new Map<string, StoredItem<'trail'>[]>();
  for (const day of daysToRead(lines)) {
    const own = stored.find(({ sk }) => sk === keyOf(day).sk);
    days.set(day, await itemsOfDay(table, as('trail', own)));
  }
  const whole = new Map<string, Captured[]>();
  const { fresh, superseded } = acrossMidnight(lines, days);
  for (const day of daysOf(fresh)) {
    const items = days.get(day) ?? [];
    const heard = fresh.filter(({ occurredAt }) => dayOf(occurredAt) === day);
    const now = new Map(items.map((item) => [item.sk, linesOf(item)]));
    for (const { key, lines } of placed(heard, items, keyOf(day), (digit) => keyOf(day, digit))) {
      const known = now.get(key.sk) ?? [];
      const all = unionOfLines(known, lines);
      now.set(key.sk, all);
      const item = items.find(({ sk }) => sk === key.sk);
      const ttl = untilOf(day, all);
      if (isSame(all, known) && item?.ttl === ttl) continue;
      const added = lines.filter(({ id }) => !known.some((line) => line.id === id));
      await table.write(replacing(item, { ...trailItem(key, owner, day, all), ttl }, eventsOf(added)));
    }
    whole.set(day, [...now.values()].flat());
  }
  // Afterwards: what dies in between is in both days until its message comes again, and never in none.
  for (const [day, ids] of superseded) {
    for (const item of days.get(day) ?? []) {
      const known = linesOf(item);
      const left = known.filter(({ id }) => !ids.has(id));
      const key = { pk: item.pk, sk: item.sk };
      if (left.length === known.length) continue;
      await table.write(replacing(item, { ...trailItem(key, owner, day, left), ttl: untilOf(day, left) }));
    }
    const kept = (whole.get(day) ?? (days.get(day) ?? []).flatMap(linesOf)).filter(({ id }) => !ids.has(id));
    whole.set(day, kept);
  }
  return whole;
};
