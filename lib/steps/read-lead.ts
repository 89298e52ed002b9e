// One lead by any id it ever had: a browser's, a CRM record's, or that of somebody merged into it.
import type { Table } from '../ports.ts';
import { getAll } from '../table/get-all.ts';
import { allOf, type StoredItem } from '../table/items.ts';
import { leadKey } from '../table/keys.ts';
import { identitiesOf, survivorOf } from './views/identities.ts';
import { matchView } from './views/match-view.ts';

const decisionsOf = ({ leadId, decisions = {}, byRecords = {} }: StoredItem<'lead'>) => {
  const byCrm = Object.values(byRecords).map(({ other, decision }) => [other, decision] as const);
  return [...Object.entries(decisions), ...byCrm].map(([other, { decision, at, by, why, first, lineId }]) => {
    const [a, b] = first === leadId ? [leadId, other] : [other, leadId];
    return { id: lineId, decision, a, b, at, by, why };
  });
};

/** Undefined when nobody ever had that id. */
export const readLead = async (table: Table, askedFor: string) => {
  const lead = await survivorOf(table, askedFor);
  if (lead === undefined) return undefined;
  // A decision stands with both it is about; those it was taken back from have it too.
  const concerned = [lead, ...allOf('lead', await getAll(table, Object.keys(lead.parts).map(leadKey)))];
  const decisions = new Map(concerned.flatMap(decisionsOf).map((decision) => [decision.id, decision]));
  return {
    leadId: lead.leadId,
    askedFor,
    email: lead.email ?? null,
    accountId: lead.match?.accountId ?? null,
    identities: await identitiesOf(table, lead.leadId),
    ...matchView(lead),
    /** What people decided of them, and what follows from records the CRM merged, with who and why, the latest first. */
    merges: [...decisions.values()].sort((x, y) => (x.at === y.at ? (x.id < y.id ? 1 : -1) : x.at < y.at ? 1 : -1)),
  };
};
