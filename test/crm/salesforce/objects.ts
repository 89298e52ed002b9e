// What the stub knows of Salesforce's objects: how their ids begin, which fields an organisation has without making any, and which of
// them follow from others (developer.salesforce.com, "Object Reference").
import { recordId } from '../../../lib/sources/salesforce/record-id.ts';

export const prefixes = {
  Lead: '00Q',
  Contact: '003',
  Account: '001',
  Opportunity: '006',
  OpportunityContactRole: '00K',
  Contract: '800',
  Task: '00T',
  Event: '00U',
} as const;
export type SalesforceObject = keyof typeof prefixes;

export const objectOf = (id: string): SalesforceObject | undefined =>
  (Object.keys(prefixes) as SalesforceObject[]).find((one) => id.startsWith(prefixes[one]));

/** 18 characters. */
export const idNumbered = (object: SalesforceObject, number: number): string =>
  recordId(`${prefixes[object]}5e${String(number).padStart(10, '0')}`)!;

const system = [
  'Id',
  'IsDeleted',
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
];
const named = ['Salutation', 'FirstName', 'LastName', 'Name', 'Title', 'Phone', 'MobilePhone', 'Email', 'OwnerId'];
const address = (of: string) => ['Street', 'City', 'State', 'PostalCode', 'Country'].map((part) => of + part);

export const standardFields: Readonly<Record<SalesforceObject, ReadonlySet<string>>> = {
  Lead: new Set([
    ...[...system, ...named, ...address(''), 'MasterRecordId', 'Company', 'Website', 'LeadSource', 'Status', 'Rating'],
    ...['Industry', 'NumberOfEmployees', 'AnnualRevenue', 'IsConverted', 'ConvertedDate', 'ConvertedAccountId'],
    ...['ConvertedContactId', 'ConvertedOpportunityId'],
  ]),
  Contact: new Set([
    ...[...system, ...named, ...address('Mailing'), ...address('Other'), 'MasterRecordId', 'AccountId', 'LeadSource'],
    ...['Department', 'ReportsToId', 'Account.Name'],
  ]),
  Account: new Set([
    ...[
      ...system,
      ...address('Billing'),
      ...address('Shipping'),
      'MasterRecordId',
      'Name',
      'Type',
      'ParentId',
      'Phone',
    ],
    ...['Website', 'Industry', 'AnnualRevenue', 'NumberOfEmployees', 'OwnerId', 'Rating'],
  ]),
  Opportunity: new Set([
    ...[...system, 'AccountId', 'ContactId', 'RecordTypeId', 'Name', 'StageName', 'Amount', 'Probability', 'CloseDate'],
    ...['Type', 'IsClosed', 'IsWon', 'OwnerId', 'LastStageChangeDate', 'ContractId'],
  ]),
  OpportunityContactRole: new Set([...system, 'OpportunityId', 'ContactId', 'Role', 'IsPrimary']),
  Contract: new Set([
    ...[...system, 'AccountId', 'StartDate', 'EndDate', 'ContractTerm', 'Status', 'StatusCode', 'OwnerId'],
    'ActivatedDate',
  ]),
  Task: new Set([
    ...[
      ...system,
      'WhoId',
      'WhatId',
      'Subject',
      'ActivityDate',
      'Status',
      'IsClosed',
      'TaskSubtype',
      'Type',
      'OwnerId',
    ],
    'CompletedDateTime',
  ]),
  Event: new Set([...system, 'WhoId', 'WhatId', 'Subject', 'StartDateTime', 'EndDateTime', 'OwnerId']),
};

type Properties = Readonly<Record<string, unknown>>;

const of = (properties: Properties, field: string): string => String(properties[field] ?? '');

const followsFrom: Readonly<
  Partial<Record<SalesforceObject, (after: Properties, before: Properties, at: string) => Properties>>
> = {
  Lead: (after) => ({
    Name: [after.FirstName, after.LastName].filter(Boolean).join(' '),
    IsConverted: after.IsConverted ?? false,
    Status: after.Status ?? 'Open - Not Contacted',
  }),
  Contact: (after) => ({ Name: [after.FirstName, after.LastName].filter(Boolean).join(' ') }),
  Opportunity: (after, before, at) => ({
    IsClosed: of(after, 'StageName').startsWith('Closed'),
    IsWon: of(after, 'StageName') === 'Closed Won',
    ...(after.StageName === before.StageName ? {} : { LastStageChangeDate: at }),
  }),
  OpportunityContactRole: (after) => ({ IsPrimary: after.IsPrimary ?? false }),
  Contract: (after) => {
    const status = of(after, 'Status') || 'Draft';
    return { Status: status, StatusCode: status === 'In Approval Process' ? 'InApproval' : status };
  },
  Task: (after, before, at) => {
    const closed = of(after, 'Status') === 'Completed';
    const wasClosed = of(before, 'Status') === 'Completed';
    return { IsClosed: closed, ...(closed === wasClosed ? {} : { CompletedDateTime: closed ? at : null }) };
  },
};

/** Fields that Salesforce fills itself, as they are after a change at that time (ISO). */
export const following = (object: SalesforceObject, after: Properties, before: Properties, at: string): Properties =>
  followsFrom[object]?.(after, before, at) ?? {};
