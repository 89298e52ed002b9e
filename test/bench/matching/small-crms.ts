// Few accounts and many strangers: what a CRM of a hundred accounts sees, where most leads' companies are nobody's. On a list of
// all organisations the right one stands beside the wrong; here the wrong one stands alone.
import { createHash } from 'node:crypto';
import type { LabelledLead, LabelledSet } from './labelled.ts';

const orderOf = (draw: number, id: string): string => createHash('sha256').update(`crm ${draw}:${id}`).digest('hex');

/** So many CRMs of so many accounts each, drawn by hash from the accounts that leads of this half belong to. Every lead of the half
 * is asked about in each; one whose account was not drawn belongs to nobody. */
export const smallCrms = (
  { accounts, leads }: LabelledSet,
  half: LabelledLead['half'],
  { crms, size }: { crms: number; size: number },
): LabelledSet[] => {
  const asked = leads.filter((lead) => lead.half === half);
  const customers = new Set(asked.map(({ expected }) => expected));
  const known = accounts.filter(({ id }) => customers.has(id));
  return Array.from({ length: crms }, (_, draw) => {
    const order = new Map(known.map(({ id }) => [id, orderOf(draw, id)]));
    const drawn = known.toSorted((a, b) => (order.get(a.id)! < order.get(b.id)! ? -1 : 1)).slice(0, size);
    const ids = new Set(drawn.map(({ id }) => id));
    return {
      accounts: drawn,
      leads: asked.map((lead) => (ids.has(lead.expected) ? lead : { ...lead, expected: '' })),
    };
  });
};
