// The lines that could not be applied, with the reason; of each its kind, source and moments, nothing of what it says.
import type { Scan } from '../mending.ts';
import { allOf } from '../table/items.ts';
import { quarantinePartition } from '../table/keys.ts';

const pageSize = 100;

/** In the order of their ids; `next` is where the page after it begins. A list of another year, say, is refused line by line: there may
 * be more of them than fit into memory. */
export const readQuarantine = async (table: Scan, after = '') => {
  const found = allOf('quarantine', await table.page(quarantinePartition, after, pageSize + 1));
  const page = found.slice(0, pageSize);
  return {
    lines: page.map(({ sk: id, line, reason, at }) => {
      const { type, source, occurredAt, receivedAt } = line;
      return { id, type, source, occurredAt, receivedAt, reason, quarantinedAt: at };
    }),
    next: found.length > pageSize ? page.at(-1)!.sk : null,
  };
};
