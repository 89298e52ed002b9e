// A day of what one identity did or the CRM said of it: the set that drops repeats, and the record that rebuilds the rest.
//
// Bounded however active somebody is: the day's own item takes the first 500 lines (25 KB packed); further ones go to one of
// 16 overflow items by the hash of their id. A line stays where it is, so each stands in exactly one item. An item holds
// 400 KB, about 8,000 page views packed, so a day holds 128,000 of one identity; beyond that writing fails and the lines rest
// in the dead-letter queue.
import { createHash } from 'node:crypto';
import type { Captured } from '../../events/catalogue.ts';
import type { Key } from '../ports.ts';
import type { NewItem, StoredItem } from './items.ts';
import { deflated, inflated } from './packing.ts';

/** Larger days are packed: a day of ten page views is 4.5 KB as JSON and under 1 KB, one write unit, packed. */
const packFrom = 700;

export const linesOf = (item: StoredItem<'trail'> | undefined): Captured[] => {
  if (item === undefined) return [];
  if (item.packed === undefined) return item.lines ?? [];
  // Written below, from lines that were parsed on their way in: checking 500 of them again would take 5 ms.
  return JSON.parse(inflated(item.packed)) as Captured[];
};

export const trailItem = (key: Key, owner: string, day: string, lines: Captured[]): NewItem<'trail'> => {
  const json = JSON.stringify(lines);
  return json.length < packFrom
    ? { ...key, type: 'trail', owner, day, lines }
    : { ...key, type: 'trail', owner, day, packed: deflated(json) };
};

const fullFrom = 500;
/** How many lines the day's own item still takes. */
export const roomIn = (lines: readonly Captured[]): number => Math.max(0, fullFrom - lines.length);

/** The overflow item a line belongs in once the day's own is full: one hexadecimal digit. */
export const overflowOf = ({ id }: Pick<Captured, 'id'>): string =>
  createHash('sha256').update(id).digest('hex').charAt(0);
