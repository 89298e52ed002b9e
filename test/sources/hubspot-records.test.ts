// Records as HubSpot's API lists them.
import { expect, test } from 'vitest';
import { captured } from '../../events/catalogue.ts';
import { crmMapping } from '../../lib/domain/playbook/crm.ts';
import { noMapping } from '../../lib/domain/playbook/crm-mapping.ts';
import { hubspotProperties, hubspotRecords } from '../../lib/sources/hubspot.ts';
import { at, event, now, told } from './hubspot-events.ts';

type Kind = Parameters<typeof hubspotRecords>[0];

const updatedAt = new Date(at).toISOString();
const pulled = (kind: Kind, ...records: unknown[]) => {
  const { lines, unread } = hubspotRecords(kind, records, 'hubspot', now, noMapping);
  for (const line of lines) captured.parse(line);
  return { lines, unread };
};
const changes = (kind: Kind, more: object) =>
  pulled(kind, { id: '5', properties: {}, updatedAt, archived: false, ...more }).lines.map(({ change }) => change);

test('a contact with all that is known of it, as of when it was last changed', () => {
  const properties = {
    ...{ email: 'jo@acme.example', firstname: 'Jo', lastname: 'Doe', jobtitle: null, hs_lead_status: 'NEW' },
    ...{ hubspot_owner_id: '7', associatedcompanyid: null, createdate: '2026-01-01T00:00:00.000Z', hs_object_id: '5' },
    notes_last_contacted: '2026-11-22T08:00:00Z',
  };

  const { lines, unread } = pulled('contact', {
    id: '5',
    properties,
    updatedAt,
    createdAt: updatedAt,
    archived: false,
  });

  expect(lines).toEqual([
    {
      type: 'crm-change-captured.v1',
      id: expect.stringMatching(/^hubspot:contact\.5\.1795338000000\.[0-9a-f]{16}$/),
      source: 'hubspot',
      occurredAt: updatedAt,
      receivedAt: '2026-11-22T09:30:00.000Z',
      change: {
        ...{ object: 'person', externalId: '5', email: 'jo@acme.example', crmStage: 'NEW', ownerExternalId: '7' },
        ...{ accountExternalId: null, profile: { firstName: 'Jo', lastName: 'Doe' }, deleted: false },
      },
    },
    expect.objectContaining({ occurredAt: '2026-11-22T08:00:00.000Z' }),
  ]);
  expect(unread).toEqual([]);
});

test('a contact who is unsubscribed, or never touched the box', () => {
  expect(hubspotProperties('contact', noMapping)).toContain('hs_email_optout');
  expect(changes('contact', { properties: { hs_email_optout: 'true' } })).toMatchObject([{ unsubscribed: true }]);
  expect(changes('contact', { properties: { hs_email_optout: null } })).toMatchObject([{ unsubscribed: false }]);
  expect(changes('contact', { properties: {} })).toEqual([{ object: 'person', externalId: '5', deleted: false }]);
});

test('a contact whose history has another word last is unsubscribed as of the record', () => {
  const version = { value: 'false', timestamp: updatedAt };
  const contact = { properties: { hs_email_optout: 'true' }, propertiesWithHistory: { hs_email_optout: [version] } };

  expect(changes('contact', contact)).toMatchObject([{ unsubscribed: true, deleted: false }]);
});

test('an activity is the one the webhook told of', () => {
  const heldAt = Date.parse('2026-11-22T08:00:00Z');
  const change = { propertyName: 'notes_last_contacted', propertyValue: String(heldAt) };
  const [, activity] = pulled('contact', {
    ...{ id: 123, properties: { notes_last_contacted: '2026-11-22T08:00:00Z' }, updatedAt },
  }).lines;

  expect(activity).toEqual(told([event('contact.propertyChange', change)]).lines[0]);
});

test('a company and a deal', () => {
  const company = { name: 'Acme', domain: 'acme.example', numberofemployees: '850', hs_parent_company_id: '' };

  expect(changes('company', { properties: company })).toEqual([
    {
      ...{ object: 'account', externalId: '5', name: 'Acme', domains: ['acme.example'], employees: 850 },
      ...{ parentExternalId: null, deleted: false },
    },
  ]);
  const deal = { dealstage: 'closedwon', hs_primary_associated_company: '9', hubspot_owner_id: '7' };
  expect(changes('deal', { properties: deal })).toEqual([
    {
      ...{ object: 'opportunity', externalId: '5', crmStage: 'closedwon', state: 'won' },
      ...{ accountExternalId: '9', ownerExternalId: '7', deleted: false },
    },
  ]);
  expect(changes('deal', { properties: { hubspot_owner_id: null } })).toMatchObject([{ ownerExternalId: null }]);
});

test("a deal's contacts, fifty in a line", () => {
  const results = Array.from({ length: 51 }, (_, n) => ({ id: `${n}`, type: 'deal_to_contact' }));
  const contacts = { results: [...results, results[0]] };

  const [, first, second] = changes('deal', { associations: { contacts } });

  expect(first).toMatchObject({ object: 'opportunity', externalId: '5', contacts: { length: 50 } });
  expect(second).toEqual({ object: 'opportunity', externalId: '5', contacts: [{ externalId: '50', is: 'other' }] });
});

test('records that were merged into it', () => {
  expect(changes('company', { properties: { hs_merged_object_ids: '1;2; 5;x' } }).slice(1)).toEqual([
    { object: 'account', externalId: '1', mergedInto: '5' },
    { object: 'account', externalId: '2', mergedInto: '5' },
  ]);
});

test('a record in the archive is gone since it went there', () => {
  const archivedAt = new Date(at + 1_000);

  expect(
    pulled('company', { id: '5', properties: {}, updatedAt: new Date(at), archived: true, archivedAt }).lines,
  ).toMatchObject([
    { occurredAt: '2026-11-22T09:00:01.000Z', change: { object: 'account', externalId: '5', deleted: true } },
  ]);
});

test('pulled again unchanged is the same line, and another when anything of it is another', () => {
  const ids = (more: object) =>
    pulled('company', { id: '5', properties: { name: 'Acme' }, updatedAt, ...more }).lines.map(({ id }) => id);

  expect(ids({ archived: false })).toEqual(ids({}));
  expect(ids({ updatedAt: new Date(at) })).toEqual(ids({}));
  for (const more of [{ id: '6' }, { properties: { name: 'Acme Ltd' } }, { updatedAt: new Date(at + 1) }]) {
    expect(ids(more)).not.toEqual(ids({}));
  }
});

test('what cannot be read is said, and keeps nothing else out', () => {
  const bad = { id: '5', properties: { numberofemployees: 'many', name: 'Acme', country: '' }, updatedAt };

  const { lines, unread } = pulled('company', bad, null, { id: '6' });

  expect(lines.map(({ change }) => change)).toEqual([
    { object: 'account', externalId: '5', name: 'Acme', deleted: false },
  ]);
  expect(unread).toEqual([
    { what: 'company numberofemployees', why: 'is no number of people' },
    { what: 'company', why: 'is no record as the API describes them' },
  ]);
});

test('asks for what is read, in the properties the playbook names', () => {
  const mapping = crmMapping.parse({ fields: { person: { stage: 'lifecyclestage' } } });

  expect(hubspotProperties('deal', noMapping)).toEqual([
    ...['hs_primary_associated_company', 'hubspot_owner_id', 'dealstage', 'pipeline', 'hs_merged_object_ids'],
  ]);
  expect(hubspotProperties('contact', mapping)).toContain('lifecyclestage');
  expect(hubspotProperties('contact', mapping)).toContain('notes_last_contacted');
  expect(hubspotProperties('contact', mapping)).not.toContain('hs_lead_status');
});
