// What a connection would write and read again is found, whatever the source calls it; what is Muster's own is not.
import { expect, it } from 'vitest';
import { type Connection, connections } from '../../lib/domain/connection.ts';
import { writeBackLoops } from '../../lib/sources/write-back-loops.ts';
import { testPlaybook } from '../domain/playbooks.ts';

const key = '9dc80c50d78a15643bfc4ca79d76156a73a1ca0e';
const kinds = {
  hubspot: { kind: 'hubspot', portalId: 1 },
  pipedrive: { kind: 'pipedrive', companyId: 1 },
  salesforce: { kind: 'salesforce', organisationId: '00D000000000062EAA', apiUrl: 'https://acme.my.salesforce.com' },
} as const;
type Kind = keyof typeof kinds;

/** Properties found where a connection of that kind writes a status to each of these. */
const foundOf = (kind: Kind, object: 'person' | 'account', properties: string[], crm: object = {}) =>
  properties.filter((property) => {
    const writing = { ...kinds[kind], writeBack: { [object]: { status: property } } };
    const all: Record<string, Connection> = connections.parse({ theirs: writing });
    return writeBackLoops(all, testPlaybook({ crm: { theirs: crm } })).length > 0;
  });

it.each([
  ['hubspot', 'person', ['hs_lead_status', 'jobtitle', 'hubspot_owner_id', 'numemployees', 'email']],
  ['hubspot', 'account', ['type', 'domain', 'annualrevenue', 'hs_parent_company_id']],
  ['pipedrive', 'person', ['job_title', 'owner_id', 'name']],
  ['pipedrive', 'account', ['website', 'employee_count', 'industry']],
  ['salesforce', 'person', ['Status', 'Title', 'OwnerId', 'MailingCountry']],
  ['salesforce', 'account', ['Type', 'Website', 'NumberOfEmployees']],
] as const)('finds what %s has of a %s and is read by itself', (kind, object, properties) => {
  expect(foundOf(kind, object, [...properties])).toEqual(properties);
});

it.each([
  ['hubspot', ['muster_status', 'lifecyclestage']],
  ['pipedrive', [key]],
  ['salesforce', ['Muster_Status__c', 'Rating']],
] as const)('lets %s be written where nothing is read', (kind, properties) => {
  expect(foundOf(kind, 'person', [...properties])).toEqual([]);
  expect(foundOf(kind, 'account', [...properties])).toEqual([]);
});

it.each([
  ['hubspot', 'muster_status'],
  ['pipedrive', key],
  ['salesforce', 'Muster_Status__c'],
] as const)('finds what %s is written and the playbook has it read', (kind, property) => {
  const fields = { person: { stage: property }, account: { industry: property } };

  expect(foundOf(kind, 'person', [property], { fields })).toEqual([property]);
  expect(foundOf(kind, 'account', [property], { fields })).toEqual([property]);
});

it('says which of all it is', () => {
  const writeBack = { person: { status: 'hs_lead_status', grade: 'muster_grade' } };
  const all = connections.parse({ theirs: { ...kinds.hubspot, writeBack }, crm: { kind: 'signed' } });

  expect(writeBackLoops(all, testPlaybook())).toEqual([
    { connection: 'theirs', object: 'person', what: 'status', property: 'hs_lead_status' },
  ]);
});
