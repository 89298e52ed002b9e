// HubSpot's webhooks of what happens to records, each as its documentation has it: https://developers.hubspot.com/docs/api/webhooks
import { Signature } from '@hubspot/api-client/lib/src/utils/signature.js';
import type { HubspotObject, StubRecord } from '../stub-crm.ts';
import type { Webhook } from '../stub-server.ts';

const nameOf = { contacts: 'contact', companies: 'company', deals: 'deal' } as const;

/** Who did it: somebody in HubSpot, or an app by the API, as Muster is one. */
export const byPeople = { changeSource: 'CRM_UI', sourceId: 'userId:882761034' };
export const byApi = { changeSource: 'INTEGRATION', sourceId: '25681700' };

export type HubspotEvent = Record<string, unknown>;

export const propertyChanges = (object: HubspotObject, { id, properties }: StubRecord, names: readonly string[]) =>
  names.map(
    (name): HubspotEvent => ({
      ...{ subscriptionType: `${nameOf[object]}.propertyChange`, objectId: Number(id) },
      ...{ propertyName: name, propertyValue: properties[name] ?? '', isSensitive: false },
    }),
  );

export const creation = (object: HubspotObject, record: StubRecord): HubspotEvent[] => [
  { subscriptionType: `${nameOf[object]}.creation`, objectId: Number(record.id), changeFlag: 'CREATED' },
  ...propertyChanges(object, record, Object.keys(record.properties)),
];

export const deletion = (object: HubspotObject, { id }: StubRecord): HubspotEvent[] => [
  { subscriptionType: `${nameOf[object]}.deletion`, objectId: Number(id), changeFlag: 'DELETED' },
];

export const merge = (object: HubspotObject, into: StubRecord, from: StubRecord): HubspotEvent[] => [
  {
    ...{ subscriptionType: `${nameOf[object]}.merge`, objectId: Number(into.id), primaryObjectId: Number(into.id) },
    ...{ mergedObjectIds: [Number(from.id)], newObjectId: Number(into.id), numberOfPropertiesMoved: 0 },
  },
];

export const association = (deal: string, to: 'CONTACT' | 'COMPANY', id: string): HubspotEvent => ({
  ...{ subscriptionType: 'deal.associationChange', associationType: `DEAL_TO_${to}`, associationRemoved: false },
  ...{ fromObjectId: Number(deal), toObjectId: Number(id), isPrimaryAssociation: true },
});

/** Signed by HubSpot's own client, at the moment it is sent. */
export const signed =
  (events: readonly HubspotEvent[], clientSecret: string) =>
  (url: string): Webhook => {
    const body = JSON.stringify(events);
    // The signature is of this moment, whatever clock the records have: the receiver compares with the clock on the wall.
    const timestamp = Date.now();
    const signature = Signature.getSignature('POST', 'v3', {
      clientSecret,
      url,
      requestBody: body,
      timestamp,
      signature: '',
    });
    const headers = { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': String(timestamp) };
    return { headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'HubSpot Connect 2.0' }, body };
  };
