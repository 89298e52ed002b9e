// Records as HubSpot's API lists them, for the reconciliation pull: what a webhook that never came would have said.
import * as z from 'zod';
import type { CrmChange, CrmChangeCaptured } from '../../../events/crm-change-captured.v1.ts';
import type { CrmMapping } from '../../domain/playbook/crm.ts';
import { sha256 } from '../contract-shapes.ts';
import type { Unread } from '../source.ts';
import { activityPropertyNames, readActivity } from './activities.ts';
import { mergedInto } from './events.ts';
import { propertiesRead, readProperties } from './properties.ts';
import { type HubspotKind, linesOf, ourKind, recordId, type Saying, type Told, unreadBecause } from './told.ts';

/** HubSpot's client for Node makes dates of them. */
const moment = z.union([z.date(), z.iso.datetime({ offset: true })]).transform((at) => new Date(at).getTime());

const associated = z.looseObject({ results: z.array(z.looseObject({ id: recordId, type: z.string() })) });

const version = z.looseObject({ value: z.string().nullish(), timestamp: moment });

/** Made with the first that comes, as all that CRMs send is: mostly a tenant has one of three. */
const record = z.lazy(() =>
  z.looseObject({
    id: recordId,
    properties: z.record(z.string(), z.string().nullish()),
    updatedAt: moment,
    archived: z.boolean().nullish(),
    archivedAt: moment.nullish(),
    propertiesWithHistory: z.record(z.string(), z.array(version)).nullish(),
    associations: z.record(z.string(), associated).nullish(),
  }),
);
type HubspotRecord = z.infer<typeof record>;

/** Whose ids have become this record's, parted by semicolons. */
const mergedIds = 'hs_merged_object_ids';

/** What to ask HubSpot for: `properties` of its list and search calls. */
export const hubspotProperties = (kind: HubspotKind, mapping: CrmMapping): string[] => [
  ...new Set([
    ...propertiesRead(ourKind[kind], mapping),
    ...(kind === 'contact' ? activityPropertyNames : []),
    mergedIds,
  ]),
];

/** People of a deal are at most 50 in a change of the contract. */
const contactsAtOnce = 50;

const ofAssociations = (kind: HubspotKind, { id, associations }: HubspotRecord): CrmChange[] => {
  if (kind !== 'deal') return [];
  const contacts = [...new Set((associations?.contacts?.results ?? []).map((contact) => contact.id))];
  return Array.from({ length: Math.ceil(contacts.length / contactsAtOnce) }, (_, page) => ({
    object: 'opportunity',
    externalId: id,
    contacts: contacts
      .slice(page * contactsAtOnce, (page + 1) * contactsAtOnce)
      .map((externalId) => ({ externalId, is: 'other' as const })),
  }));
};

const ofMerges = (kind: HubspotKind, { id, properties }: HubspotRecord): CrmChange[] =>
  (properties[mergedIds] ?? '')
    .split(';')
    .map((merged) => merged.trim())
    .filter((merged) => /^\d{1,20}$/.test(merged) && merged !== id)
    .map((merged) => mergedInto(kind, merged, id));

/** What became so at a moment of its own: of a property whose history came along, since when it is what it is. */
const ofHistory = (kind: HubspotKind, { id, properties, ...one }: HubspotRecord, mapping: CrmMapping) => {
  const dated = new Map<string, Saying>();
  for (const [name, versions] of Object.entries(one.propertiesWithHistory ?? {})) {
    const is = properties[name];
    const past = [...versions].sort((a, b) => a.timestamp - b.timestamp);
    const since = past[past.findLastIndex(({ value }) => value !== is) + 1]?.timestamp;
    const { change } = readProperties(ourKind[kind], id, new Map([[name, is ?? '']]), mapping);
    if (since === undefined || change === undefined) continue;
    dated.set(name, { id: `${kind}.${id}.${name}.${since}`, at: since, change });
  }
  return dated;
};

/** Not every change moves a record's time: whom it is associated with does not, nor how the playbook now reads it. */
const contentOf = (change: CrmChange): string => sha256(JSON.stringify(change)).slice(0, 16);

const readRecord = (kind: HubspotKind, one: HubspotRecord, mapping: CrmMapping): Told => {
  const { id, properties, archived } = one;
  const at = Math.max(one.updatedAt, one.archivedAt ?? 0);
  const dated = ofHistory(kind, one, mapping);
  const undated = Object.entries(properties).filter(([name]) => !dated.has(name));
  const typed = new Map(undated.map(([name, value]) => [name, value ?? '']));
  const { change, unclear } = readProperties(ourKind[kind], id, typed, mapping);
  const said = { ...(change ?? { object: ourKind[kind], externalId: id }), deleted: archived ?? false };
  const changes = [said, ...ofAssociations(kind, one), ...ofMerges(kind, one)];
  const activities = kind === 'contact' ? [...typed].map(([name, value]) => readActivity(id, name, value, at)) : [];
  return {
    sayings: [
      ...changes.map((each): Saying => ({ id: `${kind}.${id}.${at}.${contentOf(each)}`, at, change: each })),
      ...dated.values(),
      ...activities.flatMap((activity) => (activity !== undefined && 'id' in activity ? [activity] : [])),
    ],
    // What is empty was mostly never filled in.
    unread: unclear.flatMap(({ property, why }) =>
      typed.get(property) === '' ? [] : unreadBecause(`${kind} ${property}`, why).unread,
    ),
  };
};

/** `records` of one kind as the API's list and search calls answer them, in the lines a webhook would have become. Pulled again
 * unchanged they are the same lines. `now` is in milliseconds since 1970. */
export const hubspotRecords = (
  kind: HubspotKind,
  records: readonly unknown[],
  source: string,
  now: number,
  mapping: CrmMapping,
): { lines: CrmChangeCaptured[]; unread: Unread[] } => {
  const all = records.map((each) => {
    const { success, data } = record.safeParse(each);
    return success ? readRecord(kind, data, mapping) : unreadBecause(kind, 'is no record as the API describes them');
  });
  return linesOf(all, source, now);
};
