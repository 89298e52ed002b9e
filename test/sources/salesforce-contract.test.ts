// Whatever Salesforce, or somebody in its place, sends: lines that keep their contract, or what is wrong, and never a throw.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { captured } from '../../events/catalogue.ts';
import { crmMapping } from '../../lib/domain/playbook/crm.ts';
import { noMapping } from '../../lib/domain/playbook/crm-mapping.ts';
import { readChangeEvent } from '../../lib/sources/salesforce-cdc.ts';
import { salesforceOutbound } from '../../lib/sources/salesforce-outbound.ts';
import { salesforceRecords } from '../../lib/sources/salesforce-records.ts';
import type { Reading } from '../../lib/sources/source.ts';
import { message, organisationId, sObject } from './salesforce-messages.ts';

const seed = Number(process.env.MUSTER_SEED ?? 20261122);
const check = <Drawn>(drawn: fc.Arbitrary<Drawn>, holds: (drawn: Drawn) => void) =>
  fc.assert(fc.property(drawn, holds), { seed, numRuns: 1_500 });
const now = Date.parse('2026-11-22T09:30:00Z');

let heard = 0;
const expectContract = (reading: Reading): void => {
  if ('lines' in reading) {
    for (const line of reading.lines) {
      expect(captured.safeParse(line)).toMatchObject({ success: true });
      expect(Date.parse(line.occurredAt)).toBeLessThanOrEqual(now);
    }
    heard += reading.lines.length;
    for (const { what, why } of reading.unread ?? []) expect(`${what}: ${why}`).toMatch(/^[\w ]+: [\w ,:]+$/);
  } else expect(reading).not.toEqual({});
};

const objects = ['Lead', 'Contact', 'Account', 'Opportunity', 'OpportunityContactRole', 'Contract', 'Task', 'Event'];
const names = [
  ...[
    'Name',
    'FirstName',
    'Email',
    'Title',
    'Company',
    'Country',
    'OwnerId',
    'Status',
    'StatusCode',
    'AccountId',
    'Website',
  ],
  ...[
    'NumberOfEmployees',
    'AnnualRevenue',
    'ParentId',
    'Type',
    'StageName',
    'IsClosed',
    'IsWon',
    'IsPrimary',
    'ContactId',
  ],
  ...[
    'OpportunityId',
    'StartDate',
    'EndDate',
    'WhoId',
    'TaskSubtype',
    'MasterRecordId',
    'ConvertedContactId',
    'IsDeleted',
  ],
  ...['SystemModstamp', 'LastModifiedDate', 'Tech__c', '__proto__', 'constructor'],
];
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', minLength: 90, maxLength: 900 }),
  fc.constantFrom(
    '',
    ' ',
    'true',
    'Completed',
    'Draft',
    '1.2E7',
    '-1',
    '1e400',
    '2026-12-31',
    '0001-01-01',
    '9999-12-31',
    '2026-02-31',
  ),
  fc.constantFrom(
    '003000000000001',
    '00Q000000000001EAA',
    'jo@acme.example',
    '2026-11-22T09:00:00Z',
    '9999-12-31T23:59:59Z',
    '\ud800',
  ),
);
const value = fc.oneof(text, fc.double(), fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 4 }));
const fields = fc.dictionary(fc.oneof({ weight: 19, arbitrary: fc.constantFrom(...names) }, fc.string()), value, {
  minKeys: 6,
  maxKeys: 16,
});
const mapping = fc.constantFrom(
  noMapping,
  crmMapping.parse({
    fields: {
      person: { stage: 'Name', owner: 'Email', email: 'Title' },
      account: { technologies: 'Tech__c', domain: 'Name', stage: 'constructor' },
      opportunity: { contact: 'Email', type: '__proto__' },
    },
  }),
);
const anyId = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('001000000000001AAA', '00Q000000000001') },
  fc.constantFrom('001*', '000000000000000AAA'),
  text,
);

const delivery = {
  ...{ source: 'sf', method: 'POST', url: 'https://a.example/crm/sf', headers: {}, body: Buffer.alloc(0), now },
  connection: { kind: 'salesforce', organisationId },
} as const;

test(`messages of any fields (seed ${seed})`, () => {
  const escaped = (typed: string) =>
    typed
      .replace(/[&<>]/g, '')
      .replace(/[\p{Cc}\ufffe\uffff]/gu, ' ')
      .toWellFormed();
  const record = fc.record({
    type: fc.constantFrom(...objects, 'Case'),
    fields: fc.dictionary(fc.constantFrom(...names), text.map(escaped), { minKeys: 6, maxKeys: 16 }),
  });
  heard = 0;

  check(fc.tuple(fc.array(record, { minLength: 1, maxLength: 4 }), mapping), ([records, words]) =>
    expectContract(
      salesforceOutbound.read(
        delivery,
        message(records.map((one, index) => sObject(one.type, one.fields, index + 1))),
        words,
      ),
    ),
  );
  expect(heard).toBeGreaterThan(1_000);
});

test(`messages damaged anywhere (seed ${seed})`, () => {
  const whole = message([sObject('Lead', { Email: 'a@b.example' }), sObject('Account', { Name: 'x' })]);
  check(fc.tuple(fc.nat(whole.length), fc.nat(40), fc.string({ maxLength: 10 })), ([at, length, put]) =>
    expectContract(salesforceOutbound.read(delivery, whole.slice(0, at) + put + whole.slice(at + length), noMapping)),
  );
});

test(`change events (seed ${seed})`, () => {
  const list = fc.array(fc.oneof(fc.constantFrom(...names, 'Name.FirstName', 'MailingAddress.Country'), text), {
    maxLength: 4,
  });
  const header = fc.record({
    entityName: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...objects) }, text),
    changeType: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom('CREATE', 'UPDATE', 'DELETE', 'UNDELETE', 'GAP_UPDATE') },
      text,
    ),
    recordIds: fc.array(anyId, { minLength: 1, maxLength: 3 }),
    transactionKey: text.filter((key) => key !== ''),
    sequenceNumber: fc.double({ noNaN: true, noDefaultInfinity: true }),
    commitTimestamp: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    changedFields: list,
    nulledFields: list,
    diffFields: list,
  });
  heard = 0;

  check(fc.tuple(header, fields, mapping), ([ChangeEventHeader, changed, words]) =>
    expectContract(
      readChangeEvent({ payload: { ...changed, ChangeEventHeader } }, { source: 'sf', now, mapping: words }),
    ),
  );
  expect(heard).toBeGreaterThan(300);
  check(fc.jsonValue(), (anything) =>
    expectContract(readChangeEvent(anything, { source: 'sf', now, mapping: noMapping })),
  );
});

test(`rows of queries (seed ${seed})`, () => {
  const row = fc
    .tuple(fields, anyId, fc.oneof({ weight: 5, arbitrary: fc.constant('2026-11-22T09:00:00.000+0000') }, value))
    .map(([more, Id, SystemModstamp]) => ({
      ...more,
      ...{ Id, SystemModstamp },
    }));
  heard = 0;

  check(fc.tuple(fc.constantFrom(...objects), fc.array(row, { maxLength: 3 }), mapping), ([name, rows, words]) =>
    expectContract(salesforceRecords(name, rows, 'sf', now, words)),
  );
  expect(heard).toBeGreaterThan(100);
});
