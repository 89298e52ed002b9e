// HubSpot's webhooks: up to 100 events of contacts, companies and deals in one delivery, signed by the app's client secret. Answered
// 4xx HubSpot does not send again: one event that cannot be read does not keep out the others.

import type { CrmMapping } from '../domain/playbook/crm.ts';
import { fieldProblems } from './field-problems.ts';
import { hubspotEvent, hubspotEvents, readEvent } from './hubspot/events.ts';
import { isSigned } from './hubspot/signature.ts';
import { linesOf, unreadBecause } from './hubspot/told.ts';
import { maximumItems, type Reading, type WebhookDelivery, type WebhookSource } from './source.ts';

const read = ({ source, connection, now }: WebhookDelivery, document: unknown, mapping: CrmMapping): Reading => {
  if (Array.isArray(document) && document.length > maximumItems) return { tooMany: document.length };
  const parsed = hubspotEvents.safeParse(document);
  const readable = Array.isArray(document) ? document.flatMap((one) => hubspotEvent.safeParse(one).data ?? []) : [];
  if (!parsed.success && readable.length === 0) return { problems: fieldProblems(parsed.error) };
  const portalId = 'portalId' in connection ? connection.portalId : undefined;
  const own = readable.filter((event) => event.portalId === portalId);
  if (own.length === 0) {
    const refused = [{ field: '[0].portalId', detail: 'is not the account of this connection' }];
    return { refused, detail: 'These events are of another HubSpot account than the one this connection is for' };
  }
  const ours = 'writeBack' in connection ? connection.writeBack : undefined;
  // An app that several accounts have installed may send events of all of them together.
  const others =
    own.length < readable.length ? [unreadBecause('portalId', 'is not the account of this connection')] : [];
  const unreadable = parsed.success ? [] : [unreadBecause('an event', 'is none as HubSpot describes them')];
  return linesOf([...own.map((event) => readEvent(event, mapping, ours)), ...others, ...unreadable], source, now);
};

export const hubspot: WebhookSource = {
  body: 'json',
  verify: isSigned,
  read,
  // A hundred events of a company's technologies are 120 KB, and HubSpot sends none again that was refused.
  maximumBytes: 1_024 * 1_024,
};

export { hubspotProperties, hubspotRecords } from './hubspot/records.ts';
