// A day of what one identity did or the CRM said of it: the set that drops repeats, and the record that rebuilds the rest.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { type Captured, captured } from '../../events/catalogue.ts';
import type { Key } from '../ports.ts';
import type { NewItem, StoredItem } from './items.ts';

/** Larger days are packed: a day of ten page views is 4.5 KB as JSON and under 1 KB, one write unit, packed. */
const packFrom = 700;

const packedLines = z.array(captured);

export const linesOf = (item: StoredItem<'trail'> | undefined): Captured[] => {
  if (item === undefined) return [];
  if (item.packed === undefined) return item.lines ?? [];
  return packedLines.parse(JSON.parse(inflateRawSync(Buffer.from(item.packed, 'base64')).toString()));
};

export const trailItem = (key: Key, owner: string, day: string, lines: Captured[]): NewItem<'trail'> => {
  const json = JSON.stringify(lines);
  return json.length < packFrom
    ? { ...key, type: 'trail', owner, day, lines }
    : { ...key, type: 'trail', owner, day, packed: deflateRawSync(json).toString('base64') };
};

const earlier = (a: Captured, b: Captured): Captured => {
  if (a.receivedAt !== b.receivedAt) return a.receivedAt < b.receivedAt ? a : b;
  return JSON.stringify(a) <= JSON.stringify(b) ? a : b;
};

/** The union by id, in order of ids; of two deliveries of one line the first received stays. */
export const unionOfLines = (known: readonly Captured[], heard: readonly Captured[]): Captured[] => {
  const byId = new Map<string, Captured>(known.map((line) => [line.id, line]));
  for (const line of heard) {
    const own = byId.get(line.id);
    byId.set(line.id, own === undefined ? line : earlier(own, line));
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
};
