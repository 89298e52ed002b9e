// Which property of HubSpot's says what of ours: the usual ones, and those a playbook names instead (`crm.<connection>.fields`).
import type { CrmChange, OpportunityState } from '../../../events/crm-change-captured.v1.ts';
import type { ProfileField } from '../../../events/touch-captured.v1.ts';
import type { ChangeOf } from '../../domain/crm-change.ts';
import type { accountFields, CrmMapping, opportunityFields, personFields } from '../../domain/playbook/crm.ts';
import { amount, checkbox, headcount, list, reference, text, type Value } from './values.ts';

type Kind = 'person' | 'account' | 'opportunity';
type Said<Of extends Kind> = Omit<Partial<ChangeOf<Of>>, 'object' | 'externalId'>;
type Reading<Of extends Kind> = { said: Said<Of> } | { why: string };

interface Field<Of extends Kind> {
  /** HubSpot's usual property for it; none where it has none. */
  property?: string;
  read: (typed: string, mapping: CrmMapping) => Reading<Of>;
}
type FieldsOf<Of extends Kind, Name extends string> = Readonly<Record<Name, Field<Of>>>;

const as =
  <Ours, Our>(value: (typed: string) => Value<Ours>, said: (value: Ours) => Our) =>
  (typed: string): { said: Our } | { why: string } => {
    const read = value(typed);
    return 'why' in read ? read : { said: said(read.value) };
  };

const profile = (field: ProfileField) => as(text(500), (value) => ({ profile: { [field]: value } }));
const crmStage = as(text(200), (value) => ({ crmStage: value }));
const ownerExternalId = as(reference, (value) => ({ ownerExternalId: value }));
const accountExternalId = as(reference, (value) => ({ accountExternalId: value }));

/** "Unsubscribed from all email". Those of single subscriptions (`hs_email_optout_<id>`) say nothing of what Muster sends. */
export const optOutProperty = 'hs_email_optout';

const person: FieldsOf<'person', (typeof personFields)[number] | 'account' | 'unsubscribed'> = {
  email: { property: 'email', read: as(text(320), (email) => ({ email })) },
  firstName: { property: 'firstname', read: profile('firstName') },
  lastName: { property: 'lastname', read: profile('lastName') },
  name: { read: profile('name') },
  company: { property: 'company', read: profile('company') },
  jobTitle: { property: 'jobtitle', read: profile('jobTitle') },
  country: { property: 'country', read: profile('country') },
  phone: { property: 'phone', read: profile('phone') },
  industry: { property: 'industry', read: profile('industry') },
  // Of contacts, and a choice of ranges there; companies have `numberofemployees`.
  employees: { property: 'numemployees', read: profile('employees') },
  owner: { property: 'hubspot_owner_id', read: ownerExternalId },
  stage: { property: 'hs_lead_status', read: crmStage },
  account: { property: 'associatedcompanyid', read: accountExternalId },
  unsubscribed: { property: optOutProperty, read: as(checkbox, (unsubscribed) => ({ unsubscribed })) },
};

const account: FieldsOf<'account', (typeof accountFields)[number]> = {
  name: { property: 'name', read: as(text(300), (name) => ({ name })) },
  domain: { property: 'domain', read: as(list(253, 50), (domains) => ({ domains })) },
  owner: { property: 'hubspot_owner_id', read: ownerExternalId },
  industry: { property: 'industry', read: as(text(200), (industry) => ({ industry })) },
  employees: { property: 'numberofemployees', read: as(headcount, (employees) => ({ employees })) },
  revenue: { property: 'annualrevenue', read: as(amount, (revenue) => ({ revenue })) },
  technologies: { property: 'web_technologies', read: as(list(100, 100), (technologies) => ({ technologies })) },
  country: { property: 'country', read: as(text(100), (country) => ({ country })) },
  parent: { property: 'hs_parent_company_id', read: as(reference, (id) => ({ parentExternalId: id })) },
  stage: { property: 'type', read: crmStage },
};

/** The stages of the pipeline every HubSpot account begins with. */
const usualStages: Readonly<Record<string, OpportunityState>> = {
  appointmentscheduled: 'open',
  qualifiedtobuy: 'open',
  presentationscheduled: 'open',
  decisionmakerboughtin: 'open',
  contractsent: 'open',
  closedwon: 'won',
  closedlost: 'lost',
};

/** What a usual stage means is known without a mapping; where the playbook has one, that alone says. */
const dealStage = (typed: string, { stages }: CrmMapping): Reading<'opportunity'> => {
  const stage = text(200)(typed);
  if ('why' in stage) return stage;
  const { value } = stage;
  const usual = Object.hasOwn(usualStages, value) && !Object.hasOwn(stages.opportunity, value);
  return { said: { crmStage: value, ...(usual && { state: usualStages[value]! }) } };
};

const primaryContactEmail = (typed: string): Reading<'opportunity'> => {
  const email = text(320)(typed);
  if ('why' in email) return email;
  return email.value.includes('@') ? { said: { primaryContactEmail: email.value } } : { why: 'is no e-mail address' };
};

const opportunity: FieldsOf<'opportunity', (typeof opportunityFields)[number]> = {
  account: { property: 'hs_primary_associated_company', read: accountExternalId },
  contact: { read: primaryContactEmail },
  owner: { property: 'hubspot_owner_id', read: ownerExternalId },
  stage: { property: 'dealstage', read: dealStage },
  type: { property: 'pipeline', read: as(text(200), (crmType) => ({ crmType })) },
};

const fields: { readonly [Of in Kind]: Readonly<Record<string, Field<Of>>> } = { person, account, opportunity };

const propertyOf = <Of extends Kind>(kind: Of, name: string, { property }: Field<Of>, mapping: CrmMapping) => {
  const named: Readonly<Record<string, string | undefined>> = mapping.fields[kind];
  return Object.hasOwn(named, name) ? named[name] : property;
};

/** All properties that say something here. */
export const propertiesRead = (kind: Kind, mapping: CrmMapping): string[] =>
  Object.entries<Field<Kind>>(fields[kind]).flatMap(([name, field]) => propertyOf(kind, name, field, mapping) ?? []);

export interface PropertiesRead {
  /** Undefined where they say nothing here. */
  change: CrmChange | undefined;
  /** Those that say something here, but not in a way that can be taken. */
  unclear: { property: string; why: string }[];
}

/** One says one field of ours mostly, or several where the playbook names it for several. */
const readAs = <Of extends Kind>(kind: Of, properties: ReadonlyMap<string, string>, mapping: CrmMapping) => {
  const saids: Said<Of>[] = [];
  const unclear: PropertiesRead['unclear'] = [];
  for (const [name, field] of Object.entries<Field<Of>>(fields[kind])) {
    const property = propertyOf(kind, name, field, mapping);
    const typed = property === undefined ? undefined : properties.get(property);
    if (property === undefined || typed === undefined) continue;
    const reading = field.read(typed, mapping);
    if ('said' in reading) saids.push(reading.said);
    else unclear.push({ property, why: reading.why });
  }
  return { said: saids.length === 0 ? undefined : together(saids), unclear };
};

/** Several as one; profiles field by field. */
const together = <Of extends Kind>(saids: readonly Said<Of>[]): Said<Of> => {
  const profiles = saids.flatMap((said) => ('profile' in said ? [said.profile] : []));
  const all: Said<Of> = Object.assign({}, ...saids);
  return profiles.length === 0 ? all : Object.assign(all, { profile: Object.assign({}, ...profiles) });
};

/** What properties of a record say of it. */
export const readProperties = (
  kind: Kind,
  externalId: string,
  properties: ReadonlyMap<string, string>,
  mapping: CrmMapping,
): PropertiesRead => {
  switch (kind) {
    case 'person': {
      const { said, unclear } = readAs(kind, properties, mapping);
      return { change: said && { object: kind, externalId, ...said }, unclear };
    }
    case 'account': {
      const { said, unclear } = readAs(kind, properties, mapping);
      return { change: said && { object: kind, externalId, ...said }, unclear };
    }
    case 'opportunity': {
      const { said, unclear } = readAs(kind, properties, mapping);
      return { change: said && { object: kind, externalId, ...said }, unclear };
    }
  }
};
