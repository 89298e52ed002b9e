// One event of a HubSpot webhook, read by what changed: `contact.propertyChange`, or `object.propertyChange` with the kind's id beside it.
import * as z from 'zod';
import type { CrmChange } from '../../../events/crm-change-captured.v1.ts';
import type { CrmMapping } from '../../domain/playbook/crm.ts';
import { readActivity } from './activities.ts';
import { associationChange, readAssociation } from './associations.ts';
import { readProperties } from './properties.ts';
import {
  type HubspotKind,
  kindNamed,
  kindOfTypeId,
  ourKind,
  recordId,
  type Told,
  told,
  unreadBecause,
} from './told.ts';

const anyId = z.union([z.int(), z.string().max(100)]);

/** Made with the first that comes, as all that CRMs send is: mostly a tenant has one of three. */
export const hubspotEvent = z.lazy(() =>
  z.looseObject({
    subscriptionType: z.string().max(200),
    portalId: z.int(),
    occurredAt: z.number(),
    eventId: anyId.nullish(),
    subscriptionId: anyId.nullish(),
    objectTypeId: z.string().max(30).nullish(),
  }),
);
export type HubspotEvent = z.infer<typeof hubspotEvent>;

export const hubspotEvents = z.array(hubspotEvent).min(1);

interface Telling {
  kind: HubspotKind;
  event: HubspotEvent;
  /** What is said of it in the log. */
  what: string;
  /** Of the event: neither HubSpot's own id nor the record's is unique alone. */
  id: string;
  mapping: CrmMapping;
  ours: OurProperties;
}

/** Those that the connection writes to. */
export type OurProperties = Readonly<Record<'person' | 'account', Readonly<Record<string, string>>>> | undefined;

const isOurs = (ours: OurProperties, kind: HubspotKind, property: string): boolean =>
  kind !== 'deal' && ours !== undefined && Object.values(ours[ourKind[kind]]).includes(property);

const ofRecord = z.looseObject({ objectId: recordId });
const withoutRecord = 'does not say of which record';

const ofOneRecord =
  (read: (telling: Telling, record: string) => Told) =>
  (telling: Telling): Told => {
    const { success, data } = ofRecord.safeParse(telling.event);
    return success ? read(telling, data.objectId) : unreadBecause(telling.what, withoutRecord);
  };

const creation = ofOneRecord(({ kind, event, id }, record) =>
  told({ id: `${id}.${record}`, at: event.occurredAt, change: { object: ourKind[kind], externalId: record } }),
);

const gone = (deleted: boolean) =>
  ofOneRecord(({ kind, event, id }, record) =>
    told({
      id: `${id}.${record}`,
      at: event.occurredAt,
      change: { object: ourKind[kind], externalId: record, deleted },
    }),
  );

const privacyDeletion = (telling: Telling): Told => {
  const { sayings, unread } = gone(true)(telling);
  const why = 'somebody asked to be forgotten: what is kept of them here is yet to be erased';
  return { sayings, unread: [...unread, ...unreadBecause(telling.what, why).unread] };
};

const changedProperty = z.lazy(() =>
  z.looseObject({
    propertyName: z.string().min(1).max(100),
    propertyValue: z.union([z.string(), z.number(), z.boolean()]).nullish(),
    isSensitive: z.boolean().nullish(),
  }),
);

const propertyChange = ofOneRecord(({ kind, event, what, id, mapping, ours }, record) => {
  const { success, data } = changedProperty.safeParse(event);
  if (!success) return unreadBecause(what, 'does not say of which property');
  const { propertyName, propertyValue, isSensitive } = data;
  // Every judgement that is written comes back so.
  if (isOurs(ours, kind, propertyName)) return told();
  const property = `${what} ${propertyName}`;
  const typed = String(propertyValue ?? '');
  // Who may not see a sensitive value is sent this word for it.
  if (isSensitive || typed === 'REDACTED')
    return unreadBecause(property, 'is sensitive: HubSpot keeps the value to itself');
  const activity = kind === 'contact' ? readActivity(record, propertyName, typed, event.occurredAt) : undefined;
  if (activity !== undefined) return 'why' in activity ? unreadBecause(property, activity.why) : told(activity);
  const { change, unclear } = readProperties(ourKind[kind], record, new Map([[propertyName, typed]]), mapping);
  if (change === undefined && unclear.length === 0) return unreadBecause(property, 'says nothing here');
  return {
    sayings: change === undefined ? [] : [{ id: `${id}.${record}.${propertyName}`, at: event.occurredAt, change }],
    unread: unclear.flatMap(({ why }) => unreadBecause(property, why).unread),
  };
});

const merged = z.lazy(() =>
  z.looseObject({
    primaryObjectId: recordId,
    mergedObjectIds: z.array(recordId),
    newObjectId: recordId.nullish().catch(undefined),
  }),
);

/** Two records are united under the id of the one, or, in newer accounts, of a third that is made of both. */
const merge = ({ kind, event, what, id }: Telling): Told => {
  const { success, data } = merged.safeParse(event);
  if (!success) return unreadBecause(what, 'does not say which records');
  const survivor = data.newObjectId ?? data.primaryObjectId;
  const gone = new Set([data.primaryObjectId, ...data.mergedObjectIds]);
  gone.delete(survivor);
  if (gone.size === 0) return unreadBecause(what, 'names no record that another took in');
  const sayings = [...gone].map((externalId) => ({
    id: `${id}.${externalId}`,
    at: event.occurredAt,
    change: mergedInto(kind, externalId, survivor),
  }));
  return { sayings, unread: [] };
};

/** A deal has nothing of its own that would go to another: it counts as deleted. */
export const mergedInto = (kind: HubspotKind, externalId: string, survivor: string): CrmChange =>
  kind === 'deal'
    ? { object: ourKind[kind], externalId, deleted: true }
    : { object: ourKind[kind], externalId, mergedInto: survivor };

/** Of two records, whose kinds it tells itself. */
const association = (event: HubspotEvent, what: string, id: string): Told => {
  const { success, data } = associationChange.safeParse(event);
  return success
    ? readAssociation(data, what, event.occurredAt, id)
    : unreadBecause(what, 'does not say between which records');
};

const readers: Readonly<Record<string, (telling: Telling) => Told>> = {
  creation,
  propertyChange,
  deletion: gone(true),
  restore: gone(false),
  merge,
  privacyDeletion,
};

export const readEvent = (event: HubspotEvent, mapping: CrmMapping, ours: OurProperties): Told => {
  const [object = '', change = ''] = event.subscriptionType.split('.');
  const typeId = object === 'object' ? (event.objectTypeId ?? '') : '';
  const what = `${event.subscriptionType} ${typeId}`.trim();
  // None of these is unique alone; a delivery sent again has them all the same.
  const id = [event.eventId, event.subscriptionId, event.occurredAt, change].join('.');
  if (change === 'associationChange') return association(event, what, id);
  const read = Object.hasOwn(readers, change) ? readers[change] : undefined;
  if (read === undefined) return unreadBecause(what, 'is no kind of event that says something here');
  const kind = object === 'object' ? kindOfTypeId(typeId) : kindNamed(object);
  if (kind === undefined) return unreadBecause(what, 'is of neither a contact nor a company nor a deal');
  return read({ kind, event, what, id, mapping, ours });
};
