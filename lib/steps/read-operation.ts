// How far an operation has come, and what it did.
import type { Table } from '../ports.ts';
import { as } from '../table/items.ts';
import { operationKey } from '../table/keys.ts';

/** Undefined where nobody asked for it, or it has not been taken from its queue yet. */
export const readOperation = async (table: Table, operationId: string) => {
  const stored = as('operation', await table.get(operationKey(operationId)));
  if (stored === undefined) return undefined;
  const { asked, by, why, at, state, since, slices, report, failed } = stored;
  return { operationId, asked, by, why, at, state, since, slices, report, failed };
};
