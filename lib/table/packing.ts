// Keeps large items small in the table: what grows with a person is deflated into one attribute where that makes it cheaper.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Item } from '../ports.ts';

/** What grows with what people do, by kind of item. All else, keys and versions first, stays where the table can see it. */
const growing: Readonly<Record<string, readonly string[]>> = {
  lead: ['own', 'parts', 'earlier', 'links', 'aliases', 'matching'],
  member: ['state'],
  account: ['filedUnder'],
  block: ['accounts', 'gone'],
};

/** Characters of JSON: an item of as many takes some 1,000 bytes of the table, one write unit, and below it packing saves none.
 * Ten days of visits are 1,300 bytes as they are and 850 packed; forty are 4,100 and 2,000. */
const packFrom = 1_100;

/** Most items are small: a window of the whole size, 256 KB to clear for each, takes longer than deflating them. */
const forSmall = { windowBits: 11, memLevel: 4 };

export const deflated = (json: string): string =>
  deflateRawSync(json, json.length <= 2_048 ? forSmall : undefined).toString('base64');
export const inflated = (packed: string): string => inflateRawSync(Buffer.from(packed, 'base64')).toString();

/** The item as it is written: plain below the limit. */
export const packed = (item: Item): Item => {
  const names = growing[item.type];
  if (names === undefined || JSON.stringify(item).length < packFrom) return item;
  const json = JSON.stringify(Object.fromEntries(names.map((name) => [name, item[name]])));
  const rest = Object.entries(item).filter(([name]) => !names.includes(name));
  return { ...(Object.fromEntries(rest) as Item), packed: deflated(json) };
};

/** The item as it was before it was packed. */
export const unpacked = (item: Item): Item => {
  if (growing[item.type] === undefined || typeof item.packed !== 'string') return item;
  const { packed, ...rest } = item;
  // Written above, from an item.
  return { ...(rest as Item), ...(JSON.parse(inflated(packed as string)) as object) };
};
