// Leads and contacts are persons, accounts are accounts. Which field says what: developer.salesforce.com, "Object Reference".
import { type ProfileFields, profileField } from '../../../events/touch-captured.v1.ts';
import type { accountFields, CrmMapping, personFields } from '../../domain/playbook/crm.ts';
import { filled, line } from '../contract-shapes.ts';
import { type Fields, flagIn, idIn, numberIn, textIn } from './fields.ts';
import { type Outcome, ownerIn, placesOf, type SalesforceRecord, said } from './record.ts';

type PersonField = (typeof personFields)[number];
type AccountField = (typeof accountFields)[number];

const ofBoth: Partial<Record<PersonField, string>> = {
  firstName: 'FirstName',
  lastName: 'LastName',
  name: 'Name',
  jobTitle: 'Title',
  phone: 'Phone',
  email: 'Email',
  owner: 'OwnerId',
};
const usualOfPersons: Readonly<Record<string, Partial<Record<PersonField, string>>>> = {
  Lead: {
    ...ofBoth,
    company: 'Company',
    country: 'Country',
    industry: 'Industry',
    employees: 'NumberOfEmployees',
    stage: 'Status',
  },
  // A contact has no stage of its own: the playbook may name a field.
  Contact: { ...ofBoth, company: 'Account.Name', country: 'MailingCountry' },
};

/** The record that took this one in: by conversion of a lead, or by merge, which only the bin tells (`MasterRecordId`). */
const mergedInto = ({ fields, deleted }: SalesforceRecord): string | null | undefined => {
  const contact = idIn(fields, 'ConvertedContactId');
  if (typeof contact === 'string') return contact;
  const master = idIn(fields, 'MasterRecordId');
  // Whoever is taken out of the bin is a record of its own again.
  return master ?? (deleted === false || master === null ? null : undefined);
};

export const readPerson = (record: SalesforceRecord, { fields: mapped }: CrmMapping): Outcome => {
  const { fields, sObject, id, deleted } = record;
  const place = placesOf(usualOfPersons[sObject]!, mapped.person);
  const typed = (field: PersonField, length = 500) => textIn(fields, place(field), length);
  const profile: ProfileFields = {};
  for (const field of profileField.options) profile[field] = typed(field);
  return said({
    object: 'person',
    externalId: id,
    email: typed('email', 320),
    // A lead that is not converted has no account, and nobody needs to hear that.
    accountExternalId:
      sObject === 'Lead' ? (idIn(fields, 'ConvertedAccountId') ?? undefined) : idIn(fields, 'AccountId'),
    profile: filled(profile),
    unsubscribed: flagIn(fields, 'HasOptedOutOfEmail'),
    crmStage: typed('stage', 200),
    ...ownerIn(fields, place('owner')),
    mergedInto: mergedInto(record),
    deleted,
  });
};

const usualOfAccounts: Partial<Record<AccountField, string>> = {
  name: 'Name',
  domain: 'Website',
  owner: 'OwnerId',
  industry: 'Industry',
  employees: 'NumberOfEmployees',
  revenue: 'AnnualRevenue',
  country: 'BillingCountry',
  parent: 'ParentId',
  stage: 'Type',
};

/** One field holds several sites, and several things chosen with semicolons between. */
const listIn = (fields: Fields, place: string, between: RegExp, length: number, most: number): string[] | undefined => {
  const parts = textIn(fields, place, 5_000)?.split(between) ?? [];
  const list = parts.map((part) => line(part, length)).filter((part) => part !== undefined);
  return list.length === 0 ? undefined : list.slice(0, most);
};

export const readAccount = (record: SalesforceRecord, { fields: mapped }: CrmMapping): Outcome => {
  const { fields, id, deleted } = record;
  const place = placesOf(usualOfAccounts, mapped.account);
  const employees = numberIn(fields, place('employees'));
  return said({
    object: 'account',
    externalId: id,
    name: textIn(fields, place('name'), 300),
    domains: listIn(fields, place('domain'), /[\s,;]+/, 253, 50),
    ...ownerIn(fields, place('owner')),
    industry: textIn(fields, place('industry'), 200),
    employees: employees === undefined ? undefined : Math.round(employees),
    revenue: numberIn(fields, place('revenue')),
    technologies: listIn(fields, place('technologies'), /;/, 100, 100),
    country: textIn(fields, place('country'), 100),
    parentExternalId: idIn(fields, place('parent')),
    crmStage: textIn(fields, place('stage'), 200),
    mergedInto: mergedInto(record),
    deleted,
  });
};
