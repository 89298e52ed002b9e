// What one of Pipedrive's records says of people, accounts, opportunities and activities, and since when.
//
// A change comes with the whole record, whatever changed in it. What only the CRM says may be said again at each change. Stages, states
// and what people say of themselves too may not: what sales did last is compared with what a person did last, and an edited
// telephone number sends nobody back, nor takes back a title that was given in a form since.
import type { CrmChange } from '../../../events/crm-change-captured.v1.ts';
import { type ProfileFields, profileField } from '../../../events/touch-captured.v1.ts';
import { filled } from '../contract-shapes.ts';
import { dealTells } from './deal.ts';
import { isDeleted, justNow, type Seen, type Telling, type Told } from './seen.ts';
import {
  amount,
  countryOf,
  names,
  primaryOf,
  referenceIn,
  textOf,
  textsOf,
  timeOf,
  valueAt,
  wholeNumber,
} from './values.ts';

const usualOfPerson: Record<string, string> = {
  ...{ firstName: 'first_name', lastName: 'last_name', name: 'name', jobTitle: 'job_title' },
  ...{ country: 'postal_address', phone: 'phones', email: 'emails', owner: 'owner_id' },
};

/** People say of themselves what they are in forms too: what stood in the record before is no later word than theirs. */
const profileOf = (seen: Seen): ProfileFields | undefined => {
  const { record, previous, mapping } = seen;
  return filled(
    Object.fromEntries(
      profileField.options.flatMap((field) => {
        const property = mapping.fields.person[field] ?? usualOfPerson[field];
        if (property === undefined || (previous !== undefined && !justNow(seen, property))) return [];
        const value = valueAt(record, property);
        return [[field, field === 'country' ? countryOf(value) : primaryOf(value, 500)]];
      }),
    ),
  );
};

/** Only `unsubscribed` is somebody's own word: `no_consent` is what everybody begins with, and who is `archived` had subscribed. */
const unsubscribed = new Map([
  ['unsubscribed', true],
  ...['subscribed', 'no_consent', 'archived'].map((word) => [word, false] as const),
]);

const personTells = (seen: Seen): Told[] => {
  const { id: externalId, record, at, previous, mapping } = seen;
  const { fields } = mapping;
  const person: CrmChange = {
    object: 'person',
    externalId,
    email: primaryOf(valueAt(record, fields.person.email ?? 'emails'), 320),
    accountExternalId: referenceIn(record, 'org_id'),
    profile: profileOf(seen),
    unsubscribed: unsubscribed.get(textOf(record.marketing_status, 20) ?? ''),
    ownerExternalId: referenceIn(record, fields.person.owner ?? 'owner_id'),
    deleted: isDeleted(seen),
  };
  const property = fields.person.stage;
  // A list does not say since when: it is believed as of the record's last change, for it may be news.
  const news = property !== undefined && (previous === undefined || justNow(seen, property));
  return [{ at, change: { ...person, crmStage: news ? textOf(valueAt(record, property), 200) : undefined } }];
};

const accountTells = (seen: Seen): Told[] => {
  const { id: externalId, record, at, previous, mapping } = seen;
  const { account: fields } = mapping.fields;
  const of = (property: string | undefined): unknown =>
    property === undefined ? undefined : valueAt(record, property);
  const site = fields.domain ?? 'website';
  const sites = textsOf(of(site), 253);
  const technologies = textsOf(of(fields.technologies), 200).slice(0, 100);
  const news = fields.stage !== undefined && (previous === undefined || justNow(seen, fields.stage));
  const change: CrmChange = {
    object: 'account',
    externalId,
    name: textOf(of(fields.name ?? 'name'), 300),
    ...((sites.length > 0 || (previous && names(previous, site))) && { domains: sites.slice(0, 50) }),
    ownerExternalId: referenceIn(record, fields.owner ?? 'owner_id'),
    industry: textOf(of(fields.industry ?? 'industry'), 200),
    employees: wholeNumber(of(fields.employees ?? 'employee_count')),
    revenue: amount(of(fields.revenue ?? 'annual_revenue')),
    ...(technologies.length > 0 && { technologies }),
    country: countryOf(of(fields.country ?? 'address')) ?? textOf(record.country_code, 100),
    parentExternalId: fields.parent === undefined ? undefined : referenceIn(record, fields.parent),
    crmStage: news ? textOf(of(fields.stage), 200) : undefined,
    deleted: isDeleted(seen),
  };
  return [{ at, change }];
};

const leadTells = (seen: Seen): Telling => {
  const { record, previous } = seen;
  const externalId = referenceIn(record, 'person_id');
  if (!externalId) return 'a lead of no person says nothing of anybody';
  const news = previous === undefined || justNow(seen, 'is_archived') || justNow(seen, 'person_id');
  if (!news) return 'the lead is as open or archived as before';
  if (record.is_archived === true) {
    return [{ at: seen.at, change: { object: 'person', externalId, crmStage: 'archived' } }];
  }
  // A list's time is of the lead's last change, which may be of its title.
  const at = previous === undefined ? (timeOf(record.add_time) ?? seen.at) : seen.at;
  return [{ at, change: { object: 'person', externalId, stage: 'open' } }];
};

const activityKinds: ReadonlyMap<unknown, 'call' | 'email' | 'meeting'> = new Map([
  ['call', 'call'],
  ['email', 'email'],
  ['meeting', 'meeting'],
  ['lunch', 'meeting'],
] as const);

const activityTells = (seen: Seen): Telling => {
  const { id: externalId, record, previous } = seen;
  if (record.done !== true) return 'an activity counts once it is done';
  if (previous !== undefined && !justNow(seen, 'done')) return 'the activity was done before';
  const personExternalId = referenceIn(record, 'person_id');
  if (!personExternalId) return 'an activity with no person is nobody’s follow-up';
  const kind = activityKinds.get(record.type) ?? 'other';
  const at = Math.min(timeOf(record.marked_as_done_time) ?? seen.at, seen.at);
  return [{ at, change: { object: 'activity', externalId, personExternalId, kind } }];
};

/** By Pipedrive's names. Anything else means nothing here. */
export const tellings: ReadonlyMap<string, (seen: Seen) => Telling> = new Map([
  ['person', personTells],
  ['organization', accountTells],
  ['deal', dealTells],
  ['lead', leadTells],
  ['activity', activityTells],
]);

/** A record is gone: taken in by another, or deleted. Leads and activities leave what they said. */
export const goneTells = (
  entity: string,
  externalId: string,
  mergedInto: string | undefined,
): CrmChange | undefined => {
  const end = mergedInto === undefined ? { deleted: true } : { mergedInto };
  if (entity === 'person') return { object: 'person', externalId, ...end };
  if (entity === 'organization') return { object: 'account', externalId, ...end };
  if (entity === 'deal') return { object: 'opportunity', externalId, deleted: true };
  return undefined;
};
