// Since when contacts are unsubscribed: HubSpot's search says that they are, with a time of the record's last change, whatever that was.
// Who agreed in a form between the two would never be heard of as having agreed. So of those it is asked for what the property was when.
import * as z from 'zod';
import { optOutProperty } from '../../../sources/hubspot/properties.ts';
import { answer } from '../answers.ts';
import type { HubspotClient } from './client.ts';

/** HubSpot reads 100 at once, or 50 with what they were before. */
const atOnce = 50;

const histories = z.looseObject({
  results: z.array(
    z.looseObject({ id: z.string(), propertiesWithHistory: z.record(z.string(), z.unknown()).nullish() }),
  ),
});

interface Contact {
  id: string;
  properties: Readonly<Record<string, string | null | undefined>>;
}

/** The contacts with `propertiesWithHistory` beside those that are unsubscribed, as HubSpot's list gives it. */
export const withOptOuts = async <Found extends Contact>(
  client: HubspotClient,
  contacts: readonly Found[],
): Promise<(Found & { propertiesWithHistory?: object })[]> => {
  const ids = contacts.flatMap(({ id, properties }) => (properties[optOutProperty] === 'true' ? [{ id }] : []));
  const known = new Map<string, object>();
  for (let from = 0; from < ids.length; from += atOnce) {
    const ask = { inputs: ids.slice(from, from + atOnce), properties: [], propertiesWithHistory: [optOutProperty] };
    const { results } = await answer('HubSpot: history of contacts', histories, () =>
      client.post('/crm/v3/objects/contacts/batch/read', ask),
    );
    for (const { id, propertiesWithHistory } of results) {
      if (propertiesWithHistory) known.set(id, propertiesWithHistory);
    }
  }
  return contacts.map((contact) => {
    const propertiesWithHistory = known.get(contact.id);
    return propertiesWithHistory === undefined ? contact : { ...contact, propertiesWithHistory };
  });
};
