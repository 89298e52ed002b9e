// Whatever is sent as HubSpot's, it is answered by lines that keep their contract, by what is unread, or by problems; never a throw.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { captured } from '../../events/catalogue.ts';
import { crmMapping } from '../../lib/domain/playbook/crm.ts';
import { hubspotRecords } from '../../lib/sources/hubspot.ts';
import { now, read } from './hubspot-events.ts';

const seed = Number(process.env.MUSTER_SEED ?? 20261122);
const check = <Value>(values: fc.Arbitrary<Value>, holds: (value: Value) => void) =>
  fc.assert(fc.property(values, holds), { seed, numRuns: 3_000 });

const text = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'jo@acme.example',
    '12',
    '1,200',
    '1e999',
    '2026-11-22T09:00:00Z',
    'closedwon',
    '__proto__',
    '\ud800',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', minLength: 95, maxLength: 700 }),
  fc.array(fc.string({ maxLength: 120 }), { maxLength: 120 }).map((values) => values.join(';')),
);
const simple = fc.oneof(text, fc.double(), fc.maxSafeInteger(), fc.boolean(), fc.constant(null));
const id = fc.oneof(
  { weight: 9, arbitrary: fc.oneof(fc.maxSafeNat(), fc.nat(5).map(String)) },
  fc.oneof(simple, fc.jsonValue({ maxDepth: 1 })),
);
const propertyName = fc.oneof(
  fc.constantFrom('email', 'firstname', 'numemployees', 'hs_lead_status', 'hubspot_owner_id', 'associatedcompanyid'),
  fc.constantFrom('name', 'domain', 'industry', 'numberofemployees', 'annualrevenue', 'web_technologies', 'country'),
  fc.constantFrom('hs_parent_company_id', 'type', 'dealstage', 'pipeline', 'champion', 'hs_primary_associated_company'),
  fc.constantFrom('notes_last_contacted', 'hs_latest_meeting_activity', 'hs_merged_object_ids'),
  text,
);
const object = fc.constantFrom('contact', 'company', 'deal', 'object', 'ticket', 'toString', '');
const change = fc.constantFrom(
  ...['creation', 'propertyChange', 'propertyChange', 'deletion', 'restore', 'merge', 'associationChange'],
  ...['privacyDeletion', 'newMessage', 'toString'],
);
const typeId = fc.constantFrom('0-1', '0-2', '0-3', '0-5', 'toString', null);
const event = fc.record(
  {
    subscriptionType: fc.tuple(object, change).map((words) => words.join('.')),
    portalId: fc.constant(62515),
    occurredAt: fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.nat(2_000_000_000_000),
      fc.constant(-1),
    ),
    eventId: fc.oneof(fc.integer(), fc.string(), fc.constant(null)),
    subscriptionId: fc.oneof(fc.integer(), fc.string()),
    objectTypeId: typeId,
    objectId: id,
    propertyName,
    propertyValue: simple,
    isSensitive: fc.constantFrom(undefined, false),
    primaryObjectId: id,
    mergedObjectIds: fc.oneof({ weight: 5, arbitrary: fc.array(id, { maxLength: 4 }) }, simple),
    newObjectId: id,
    fromObjectId: id,
    toObjectId: id,
    fromObjectTypeId: typeId,
    toObjectTypeId: typeId,
    associationType: fc.constantFrom('CONTACT_TO_COMPANY', 'DEAL_TO_CONTACT', 'CHILD_TO_PARENT_COMPANY', '_TO_', null),
    associationTypeId: fc.oneof(fc.constantFrom(1, 5, 13, '14', 279, null), simple),
    associationCategory: fc.constantFrom('HUBSPOT_DEFINED', 'USER_DEFINED', null),
    associationRemoved: fc.boolean(),
    isPrimaryAssociation: fc.constantFrom(true, false, null),
  },
  { requiredKeys: ['subscriptionType', 'portalId', 'occurredAt', 'objectId', 'propertyName', 'propertyValue'] },
);
const mapping = crmMapping.parse({
  fields: {
    person: { stage: 'type', name: 'firstname', phone: 'firstname' },
    account: { technologies: 'domain', parent: 'name', employees: 'annualrevenue' },
    opportunity: { contact: 'champion', account: 'name', type: 'type' },
  },
});

test(`webhooks (seed ${seed})`, () => {
  let lines = 0;
  const document = fc.oneof({ weight: 20, arbitrary: fc.array(event, { maxLength: 5 }) }, fc.jsonValue());
  check(document, (sent) => {
    // As it came: text that JSON cannot say otherwise than it was sent.
    const reading = read(JSON.parse(JSON.stringify(sent)), { mapping });
    if (!('lines' in reading)) {
      expect('problems' in reading || 'refused' in reading).toBe(true);
      return;
    }
    expect(reading.lines.length + (reading.unread?.length ?? 0)).toBeGreaterThan(0);
    for (const line of reading.lines) expect(Date.parse(captured.parse(line).occurredAt)).toBeLessThanOrEqual(now);
    lines += reading.lines.length;
  });
  expect(lines).toBeGreaterThan(1_000);
});

test(`records (seed ${seed})`, () => {
  let lines = 0;
  const record = fc.record(
    {
      id,
      properties: fc.dictionary(propertyName, fc.oneof(text, fc.constant(null)), { maxKeys: 12 }),
      updatedAt: fc.oneof(fc.date(), fc.constantFrom('2026-11-22T09:00:00Z', '9999-12-31T23:59:59-14:00'), text),
      archived: fc.constantFrom(true, false, null),
      archivedAt: fc.constantFrom(undefined, null, '2026-11-22T09:00:00Z'),
      associations: fc.option(
        fc.record({ contacts: fc.record({ results: fc.array(fc.record({ id, type: text }), { maxLength: 3 }) }) }),
        { nil: undefined },
      ),
    },
    { requiredKeys: ['id', 'properties', 'updatedAt'] },
  );
  const sent = fc.tuple(
    fc.constantFrom('contact' as const, 'company' as const, 'deal' as const),
    fc.array(fc.oneof({ weight: 9, arbitrary: record }, fc.jsonValue()), { maxLength: 3 }),
  );
  check(sent, ([kind, records]) => {
    const read = hubspotRecords(kind, records, 'hubspot', now, mapping);
    for (const line of read.lines) expect(Date.parse(captured.parse(line).occurredAt)).toBeLessThanOrEqual(now);
    lines += read.lines.length;
  });
  expect(lines).toBeGreaterThan(1_000);
});
