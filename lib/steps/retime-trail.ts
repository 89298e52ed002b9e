// Gives the days of a trail the time they are kept now: of a visitor who became somebody, or who was written by other settings.
import type { Captured } from '../../events/catalogue.ts';
import type { Item, Table } from '../ports.ts';
import { allOf, replacing } from '../table/items.ts';
import { linesOf } from '../table/trail.ts';

/** The last second of a day's trail by the lines in it; undefined where it has none. */
export type UntilOf = (day: string, lines: readonly Captured[]) => number | undefined;

export const retimeTrail = async (table: Table, trail: readonly Item[], untilOf: UntilOf): Promise<void> => {
  for (const item of allOf('trail', trail)) {
    const ttl = untilOf(item.day, linesOf(item));
    if (ttl !== item.ttl) await table.write(replacing(item, { ...item, ttl }));
  }
};
