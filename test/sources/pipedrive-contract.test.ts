// Whatever is sent as Pipedrive's, it is answered by lines that keep their contract, by what is unread, or by problems.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { captured } from '../../events/catalogue.ts';
import { crmMapping } from '../../lib/domain/playbook/crm.ts';
import { pipedrive, pipedriveRecords } from '../../lib/sources/pipedrive.ts';

const seed = Number(process.env.MUSTER_SEED ?? 20261122);
const now = Date.parse('2026-11-22T09:30:00.000Z');

const text = fc.oneof(
  fc.constantFrom('', ' ', 'jo@acme.example', '2025-01-02T03:04:05Z', '9999-99-99 99:99:99', '__proto__', '\ud800'),
  fc.constantFrom('open', 'won', 'lost', 'deleted', 'call'),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', minLength: 95, maxLength: 600 }),
);
const simple = fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null));
const value = fc.oneof(
  { weight: 4, arbitrary: simple },
  fc.record({ value: simple, id: simple, type: text, primary: fc.boolean() }, { requiredKeys: [] }),
  fc.record({ values: fc.array(fc.record({ id: simple })) }),
  fc.array(fc.record({ value: simple, primary: fc.boolean() }), { maxLength: 3 }),
  fc.jsonValue({ maxDepth: 2 }),
);
const named = [
  ...['name', 'emails', 'phones', 'org_id', 'owner_id', 'person_id', 'stage_id', 'pipeline_id', 'status', 'website'],
  ...['won_time', 'lost_time', 'add_time', 'update_time', 'stage_change_time', 'is_archived', 'is_deleted', 'done'],
  ...['type', 'address', 'employee_count', 'annual_revenue', 'custom_fields', 'marked_as_done_time', 'c1', 'id'],
];
const anything = fc.dictionary(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...named) }, fc.string()), value);
const usual = { id: 8, update_time: '2026-11-20T09:00:00Z', done: true, person_id: 4 };
const record = fc.oneof(
  anything,
  anything.map((some) => ({ ...some, ...usual })),
);
const entity = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom('person', 'organization', 'deal', 'lead', 'activity', 'note', 'toString') },
  text,
);
const mapping = crmMapping.parse({
  fields: {
    person: { stage: 'c1', email: 'emails' },
    account: { technologies: 'c1', parent: 'c1', stage: 'status', domain: 'website' },
    opportunity: { stage: 'c1', account: 'org_id' },
  },
});

const document = fc.record({
  meta: fc.record({
    action: fc.constantFrom('create', 'change', 'delete', 'merge'),
    entity,
    entity_id: fc.oneof({ weight: 5, arbitrary: fc.constantFrom('8', 9) }, value),
    id: fc.oneof({ weight: 5, arbitrary: fc.uuid() }, value),
    timestamp: fc.oneof({ weight: 5, arbitrary: fc.constantFrom('2026-11-22T09:00:00.000Z', 1_669_304_542) }, value),
    company_id: fc.constantFrom('12', 12),
    version: fc.constant('2.0'),
    merged_to_id: fc.constantFrom(undefined, null, '7', 7),
    merged_from_id: fc.constantFrom(undefined, null, '7', 7),
  }),
  data: fc.option(record),
  previous: fc.option(record),
});

const check = <Value>(values: fc.Arbitrary<Value>, holds: (value: Value) => void) =>
  fc.assert(fc.property(values, holds), { seed, numRuns: 3_000 });

test(`webhooks (seed ${seed})`, () => {
  let lines = 0;
  check(fc.oneof({ weight: 20, arbitrary: document }, fc.jsonValue()), (sent) => {
    const reading = pipedrive.read(
      {
        ...{ source: 'pipedrive', connection: { kind: 'pipedrive', companyId: 12 }, method: 'POST' },
        ...{ url: 'https://a.example/crm/pipedrive', headers: {}, body: Buffer.alloc(0), now },
      },
      sent,
      mapping,
    );
    if ('lines' in reading) {
      expect(reading.lines.length + (reading.unread?.length ?? 0)).toBeGreaterThan(0);
      for (const line of reading.lines) expect(Date.parse(captured.parse(line).occurredAt)).toBeLessThanOrEqual(now);
      lines += reading.lines.length;
    } else expect('problems' in reading && reading.problems.length).toBeGreaterThan(0);
  });
  expect(lines).toBeGreaterThan(500);
});

test(`lists (seed ${seed})`, () => {
  let lines = 0;
  check(
    fc.tuple(entity, fc.array(fc.oneof({ weight: 9, arbitrary: record }, fc.jsonValue()), { maxLength: 4 })),
    (sent) => {
      const [kind, records] = sent;
      const reading = pipedriveRecords(kind, records, 'pipedrive', now, mapping);
      for (const line of reading.lines) captured.parse(line);
      lines += reading.lines.length;
    },
  );
  expect(lines).toBeGreaterThan(100);
});
