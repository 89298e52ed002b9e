// What somebody asked a CRM to do, who and why, and how far it has come.
import type { Table } from '../ports.ts';
import { as } from '../table/items.ts';
import { crmRequestKey } from '../table/keys.ts';

/** Undefined where nobody asked that, or it has not been taken from its queue yet. */
export const readCrmRequest = async (table: Table, requestId: string) => {
  const stored = as('crm-request', await table.get(crmRequestKey(requestId)));
  if (stored === undefined) return undefined;
  const { request, state, detail, since, contact, account, tries, before = [] } = stored;
  const { source: connection, wants, by, why, at } = request;
  const outcome = { state, detail, since, ...(contact || account ? { gave: { contact, account } } : {}) };
  return { id: requestId, connection, wants, by, why, at, ...outcome, tries, before };
};
