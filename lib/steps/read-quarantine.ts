// The lines that could not be applied, with the reason; of each its kind, source and moments, nothing of what it says.
import type { Table } from '../ports.ts';
import { allOf } from '../table/items.ts';
import { quarantinePartition } from '../table/keys.ts';

const pageSize = 100;

/** In the order of their ids; `next` is where the page after it begins. */
export const readQuarantine = async (table: Table, after = '') => {
  const all = allOf('quarantine', await table.query(quarantinePartition));
  const rest = all.filter(({ sk }) => sk > after);
  const page = rest.slice(0, pageSize);
  return {
    size: all.length,
    lines: page.map(({ sk: id, line, reason, at }) => {
      const { type, source, occurredAt, receivedAt } = line;
      return { id, type, source, occurredAt, receivedAt, reason, quarantinedAt: at };
    }),
    next: rest.length > pageSize ? page.at(-1)!.sk : null,
  };
};
