// A HubSpot to test against: contacts, companies and deals, by the calls and webhooks that api.hubapi.com has.
import { hubspotAnswer } from './hubspot/api.ts';
import * as events from './hubspot/events.ts';
import type { HubspotObject, HubspotOptions, StubHubspot } from './stub-crm.ts';
import { StubRecords } from './stub-records.ts';
import { openStubServer } from './stub-server.ts';

const failureBody = (status: number): unknown =>
  status === 429
    ? {
        ...{ status: 'error', message: 'You have reached your ten_secondly_rolling limit.', errorType: 'RATE_LIMIT' },
        policyName: 'TEN_SECONDLY_ROLLING',
      }
    : { status: 'error', message: 'internal error', correlationId: 'a43683b0-5717-4ceb-80b4-104d02915d8c' };

export const openStubHubspot = async (options: HubspotOptions): Promise<StubHubspot> => {
  const { clientSecret, portalId, accessToken, properties, now = Date.now } = options;
  let who = events.byPeople;
  let eventId = 0;

  const send = (happened: readonly events.HubspotEvent[]): void => {
    const told = happened.map((one) => {
      eventId += 1;
      const of = { eventId, subscriptionId: 4849549, portalId, appId: 25681700, occurredAt: now(), attemptNumber: 0 };
      return { ...of, ...one, ...who };
    });
    // HubSpot sends up to a hundred events at once.
    for (let from = 0; from < told.length; from += 100) {
      void server.send(events.signed(told.slice(from, from + 100), clientSecret));
    }
  };
  const records = new StubRecords<HubspotObject>(
    {
      created: (object, record) => send(events.creation(object, record)),
      changed: (object, record, before) => send(events.propertyChanges(object, record, Object.keys(before))),
      removed: (object, record) => send(events.deletion(object, record)),
      merged: (object, into, from) => {
        const before = String(into.properties.hs_merged_object_ids ?? '');
        into.properties.hs_merged_object_ids = [before, from.id].filter((ids) => ids !== '').join(';');
        send(events.merge(object, into, from));
      },
    },
    now,
  );
  const server = await openStubServer((request) => {
    who = events.byApi;
    try {
      return hubspotAnswer(request, { records, accessToken, properties });
    } finally {
      who = events.byPeople;
    }
  }, failureBody);

  return {
    ...server,
    record: (object, id) => records.of(object).get(id),
    create: async (object, given, id) => {
      const created = records.create(object, given, id);
      await server.settled();
      return created;
    },
    change: async (object, id, changed) => {
      records.change(object, id, changed);
      await server.settled();
    },
    remove: async (object, id) => {
      records.remove(object, id);
      await server.settled();
    },
    merge: async (object, into, from) => {
      records.merge(object, into, from);
      await server.settled();
    },
    associate: async (deal, { contacts = [], companies = [] }) => {
      const record = records.living('deals', deal);
      if (record === undefined) throw new Error(`the stub has no deal ${deal}`);
      for (const [kind, ids] of Object.entries({ contacts, companies })) {
        record.associations[kind] = new Set([...(record.associations[kind] ?? []), ...ids]);
      }
      // The first company is the primary one, which a property tells too.
      if (companies[0] !== undefined) record.properties.hs_primary_associated_company ??= companies[0];
      send([
        ...contacts.map((id) => events.association(deal, 'CONTACT', id)),
        ...companies.map((id) => events.association(deal, 'COMPANY', id)),
      ]);
      await server.settled();
    },
  };
};
