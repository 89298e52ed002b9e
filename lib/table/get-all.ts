// Any number of items by their keys; the port takes a hundred at a time.
import type { Item, Key, Table } from '../ports.ts';

const atOnce = 100;

export const getAll = async (table: Table, keys: readonly Key[]): Promise<Item[]> => {
  const chunks: Promise<Item[]>[] = [];
  for (let from = 0; from < keys.length; from += atOnce) chunks.push(table.getMany(keys.slice(from, from + atOnce)));
  return (await Promise.all(chunks)).flat();
};
