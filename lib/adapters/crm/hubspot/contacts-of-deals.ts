// Whom HubSpot associates with each deal: its search does not say, so it is asked for a page of deals at once (associations, v4).
import * as z from 'zod';
import { answer } from '../answers.ts';
import type { HubspotClient } from './client.ts';

const id = z.union([z.int(), z.string()]).transform(String);
const associations = z.looseObject({
  results: z.array(
    z.looseObject({
      from: z.looseObject({ id }),
      to: z.array(z.looseObject({ toObjectId: id })),
      paging: z.looseObject({ next: z.looseObject({ after: z.string() }).nullish() }).nullish(),
    }),
  ),
});

/** The deals with `associations` beside them, as HubSpot's list gives them. */
export const withContacts = async <Deal extends { id: string }>(
  client: HubspotClient,
  deals: readonly Deal[],
): Promise<(Deal & { associations?: object })[]> => {
  const contacts = new Map<string, string[]>();
  let inputs: { id: string; after?: string }[] = deals.map((deal) => ({ id: deal.id }));
  while (inputs.length > 0) {
    const ask = { inputs };
    const { results } = await answer('HubSpot: contacts of deals', associations, () =>
      client.post('/crm/v4/associations/deals/contacts/batch/read', ask),
    );
    for (const { from, to } of results) {
      contacts.set(from.id, [...(contacts.get(from.id) ?? []), ...to.map(({ toObjectId }) => toObjectId)]);
    }
    inputs = results.flatMap(({ from, paging }) => (paging?.next ? [{ id: from.id, after: paging.next.after }] : []));
  }
  return deals.map((deal) => {
    const own = contacts.get(deal.id);
    if (own === undefined) return deal;
    return {
      ...deal,
      associations: { contacts: { results: own.map((contact) => ({ id: contact, type: 'deal_to_contact' })) } },
    };
  });
};
