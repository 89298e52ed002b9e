// Outbound Messages: who is believed, which XML is read, what a record of each kind comes to.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { captured } from '../../events/catalogue.ts';
import type { CrmChangeCaptured } from '../../events/crm-change-captured.v1.ts';
import { crmMapping } from '../../lib/domain/playbook/crm.ts';
import { noMapping } from '../../lib/domain/playbook/crm-mapping.ts';
import { salesforceOutbound } from '../../lib/sources/salesforce-outbound.ts';
import type { WebhookDelivery } from '../../lib/sources/source.ts';
import { message, organisationId, sObject } from './salesforce-messages.ts';

const real = readFileSync(
  join(import.meta.dirname, '../fixtures/webhooks/salesforce-outbound-message-account.xml'),
  'utf8',
);
const now = Date.parse('2026-11-22T09:30:00.000Z');
const secret = 'A7kQ2mZx9LrT4vBn8HsW1cYdE6gJ3pUf';
const delivery = (changes: Partial<WebhookDelivery> = {}): WebhookDelivery => ({
  source: 'sf',
  connection: { kind: 'salesforce', organisationId },
  method: 'POST',
  url: `https://a.example/crm/sf/${secret}`,
  pathSecret: secret,
  headers: {},
  body: Buffer.alloc(0),
  now,
  ...changes,
});
const read = (
  xml: string,
  { mapping = noMapping, ...changes }: Partial<WebhookDelivery> & { mapping?: typeof noMapping } = {},
) => salesforceOutbound.read(delivery(changes), xml, mapping);
const linesOf = (xml: string, mapping = noMapping): CrmChangeCaptured[] => {
  const reading = read(xml, { mapping });
  if (!('lines' in reading)) throw new Error(JSON.stringify(reading));
  return reading.lines.map((line) => captured.parse(line) as CrmChangeCaptured);
};
const changeOf = (type: string, fields: Record<string, string>, mapping = noMapping) =>
  linesOf(message([sObject(type, fields)]), mapping)[0]?.change;

describe('the address', () => {
  const verify = (pathSecret: string | undefined, secrets = [secret]) =>
    salesforceOutbound.verify(delivery({ pathSecret }), secrets);

  test('with any live secret is believed', () => {
    expect(verify(secret)).toBe(true);
    expect(verify(secret, ['another', secret])).toBe(true);
  });

  test.each([
    ['no secret', undefined, [secret]],
    ['an empty one', '', ['']],
    ['the beginning of one', secret.slice(0, -1), [secret]],
    ['one and more', `${secret}x`, [secret]],
    ['a letter altered', secret.replace('A', 'B'), [secret]],
    ['one when there is none', secret, []],
  ])('with %s is not', (_, given, secrets) => {
    expect(verify(given, secrets)).toBe(false);
  });
});

describe('a real message', () => {
  // Salesforce's own example, whose organisation does not begin as organisations do.
  const ofExample = { connection: { kind: 'salesforce', organisationId: 'ABC90000000gNcmEAE' } } as const;

  test('becomes a line, and its session is nowhere in it', () => {
    expect(
      read(real.replace('<SessionId xsi:nil="true"/>', '<SessionId>00D!secret.session</SessionId>'), ofExample),
    ).toEqual({
      lines: [
        {
          type: 'crm-change-captured.v1',
          id: expect.stringMatching(/^sf:04l9000001olR84AAE\.0019000001KwyWtAAJ\.[\da-f]{16}$/),
          source: 'sf',
          occurredAt: '2026-11-22T09:30:00.000Z',
          receivedAt: '2026-11-22T09:30:00.000Z',
          change: {
            object: 'account',
            externalId: '0019000001KwyWtAAJ',
            name: 'Salesforce.com Inc.',
            country: 'United States',
          },
        },
      ],
      unread: [],
    });
  });

  test('is the same line when it comes again, and another with the record as it is by then', () => {
    const idOf = (xml: string) => {
      const reading = read(xml, ofExample);
      return 'lines' in reading ? reading.lines[0]!.id : undefined;
    };

    expect(idOf(real)).toBe(idOf(real.replaceAll('\n', '\r\n')));
    expect(idOf(real)).not.toBe(idOf(real.replace('Salesforce.com Inc.', 'Salesforce, Inc.')));
  });

  test('is believed from an organisation in 15 characters as in 18', () => {
    expect(read(real.replace('ABC90000000gNcmEAE', 'ABC90000000gNcm'), ofExample)).toHaveProperty('lines');
  });

  test.each([
    'ABC90000000gNcnEAE',
    'ABC90000000gNCm',
    'abc90000000gNcmEAE',
    '',
    '00D000000000000AAA',
  ])('from the organisation "%s" is refused, without repeating it', (other) => {
    const reading = read(real.replace('ABC90000000gNcmEAE', other), ofExample);

    expect(reading).toMatchObject({ refused: [{ field: 'OrganizationId' }] });
    if (other !== '') expect(JSON.stringify(reading)).not.toContain(other);
  });
});

describe('a record', () => {
  test('carries the time it was last changed, never one to come', () => {
    const at = (fields: Record<string, string>) =>
      linesOf(message([sObject('Account', { Name: 'Acme', ...fields })]))[0]!.occurredAt;

    expect(at({ LastModifiedDate: '2026-11-22T09:00:00.000Z' })).toBe('2026-11-22T09:00:00.000Z');
    expect(at({ LastModifiedDate: '2026-11-22T09:00:00.000Z', SystemModstamp: '2026-11-22T09:01:00.000Z' })).toBe(
      '2026-11-22T09:01:00.000Z',
    );
    expect(at({ LastModifiedDate: '2026-11-22T10:00:00.000Z' })).toBe('2026-11-22T09:30:00.000Z');
    expect(at({})).toBe('2026-11-22T09:30:00.000Z');
  });

  test.each([
    ['true', true],
    ['false', false],
  ])('whose box of being opted out of e-mail is %s', (HasOptedOutOfEmail, unsubscribed) => {
    expect(changeOf('Contact', { HasOptedOutOfEmail })).toMatchObject({ object: 'person', unsubscribed });
  });

  test('that is a lead is a person with its status in the words of the CRM', () => {
    expect(
      changeOf('Lead', {
        FirstName: 'Bea',
        LastName: 'O&apos;Buyer &#38; Söhne',
        Email: 'Bea@Acme.example',
        Title: 'Head of IT',
        Company: 'Acme',
        Country: 'Germany',
        Phone: '+49 30 1',
        Industry: 'Energy',
        NumberOfEmployees: '850',
        OwnerId: '005B0000005iVeGIAU',
        Status: 'Working - Contacted',
      }),
    ).toEqual({
      object: 'person',
      externalId: '00Q000000000001EAA',
      email: 'Bea@Acme.example',
      profile: {
        firstName: 'Bea',
        lastName: "O'Buyer & Söhne",
        jobTitle: 'Head of IT',
        company: 'Acme',
        country: 'Germany',
        phone: '+49 30 1',
        industry: 'Energy',
        employees: '850',
      },
      crmStage: 'Working - Contacted',
      ownerExternalId: '005B0000005iVeGIAU',
    });
  });

  test('that is a contact belongs to an account and has no stage unless a field is named', () => {
    const fields = {
      LastName: 'Buyer',
      AccountId: '001000000000001AAA',
      MailingCountry: 'France',
      Status__c: 'Left',
      Status: 'x',
    };
    const named = crmMapping.parse({ fields: { person: { stage: 'Status__c', country: 'Country__c' } } });

    expect(changeOf('Contact', fields)).toEqual({
      object: 'person',
      externalId: '003000000000001AAA',
      accountExternalId: '001000000000001AAA',
      profile: { lastName: 'Buyer', country: 'France' },
    });
    expect(changeOf('Contact', { ...fields, Country__c: 'Chad' }, named)).toMatchObject({
      crmStage: 'Left',
      profile: { country: 'Chad' },
    });
  });

  test('that is an account has sites, size, revenue, parent and type', () => {
    const named = crmMapping.parse({ fields: { account: { technologies: 'Stack__c', owner: 'OwnerMail__c' } } });
    const fields = {
      Name: 'Acme Ltd',
      Website: 'https://www.acme.example/en, acme.co.example',
      Industry: 'Energy',
      NumberOfEmployees: '850',
      AnnualRevenue: '1.2E7',
      BillingCountry: 'Germany',
      OwnerId: '005000000000001AAA',
      ParentId: '001000000000009',
      Type: 'Partner',
      Stack__c: 'SAP;Oracle DB',
      OwnerMail__c: 'rep@us.example',
    };

    expect(changeOf('Account', fields)).toEqual({
      object: 'account',
      externalId: '001000000000001AAA',
      name: 'Acme Ltd',
      domains: ['https://www.acme.example/en', 'acme.co.example'],
      industry: 'Energy',
      employees: 850,
      revenue: 12_000_000,
      country: 'Germany',
      ownerExternalId: '005000000000001AAA',
      parentExternalId: '001000000000009AAA',
      crmStage: 'Partner',
    });
    expect(changeOf('Account', fields, named)).toMatchObject({
      technologies: ['SAP', 'Oracle DB'],
      ownerEmail: 'rep@us.example',
    });
  });

  test.each([
    [{ IsClosed: 'false', IsWon: 'false' }, 'open'],
    [{ IsClosed: 'true', IsWon: 'true' }, 'won'],
    [{ IsClosed: 'true', IsWon: 'false' }, 'lost'],
    [{ IsClosed: 'true' }, undefined],
    [{}, undefined],
  ])('that is an opportunity with %j is %s', (closed, state) => {
    const change = changeOf('Opportunity', {
      AccountId: '001000000000001AAA',
      StageName: 'Prospecting',
      Type: 'Existing Customer - Upgrade',
      ContactId: '003000000000001AAA',
      OwnerId: '005000000000001AAA',
      ...closed,
    });

    expect(change).toEqual({
      object: 'opportunity',
      externalId: '006000000000001AAA',
      accountExternalId: '001000000000001AAA',
      contacts: [{ externalId: '003000000000001AAA', is: 'primary' }],
      crmStage: 'Prospecting',
      crmType: 'Existing Customer - Upgrade',
      ownerExternalId: '005000000000001AAA',
      ...(state && { state }),
    });
  });

  test('that is an opportunity is of the record type, where the playbook says so', () => {
    const named = crmMapping.parse({ fields: { opportunity: { type: 'RecordTypeId', contact: 'Buyer_Email__c' } } });

    expect(
      changeOf('Opportunity', { RecordTypeId: '012000000000001AAA', Buyer_Email__c: 'bea@acme.example' }, named),
    ).toMatchObject({
      crmType: '012000000000001AAA',
      primaryContactEmail: 'bea@acme.example',
    });
  });

  test('that is an opportunity is of nobody once its owner was taken away, and of whom the playbook’s field names', () => {
    const named = crmMapping.parse({ fields: { opportunity: { owner: 'Closer_Email__c' } } });
    const fields = { OwnerId: '005000000000001', Closer_Email__c: 'rep@us.example' };
    const opportunity = { object: 'opportunity', externalId: '006000000000001AAA' };

    expect(changeOf('Opportunity', { OwnerId: '\0nil' })).toEqual({ ...opportunity, ownerExternalId: null });
    expect(changeOf('Opportunity', fields, named)).toEqual({ ...opportunity, ownerEmail: 'rep@us.example' });
  });

  test.each([
    ['true', 'primary'],
    ['false', 'other'],
  ])('that is a contact role with IsPrimary %s makes the contact %s', (IsPrimary, is) => {
    expect(
      changeOf('OpportunityContactRole', { OpportunityId: '006000000000001', ContactId: '003000000000001', IsPrimary }),
    ).toEqual({
      object: 'opportunity',
      externalId: '006000000000001AAA',
      contacts: [{ externalId: '003000000000001AAA', is }],
    });
  });

  test.each([
    ['Draft', true],
    ['In Approval Process', true],
    ['Activated', false],
  ])('that is a contract %s holds to the end of its last day', (Status, draft) => {
    expect(
      changeOf('Contract', { AccountId: '001000000000001AAA', StartDate: '2026-12-01', EndDate: '2026-12-31', Status }),
    ).toEqual({
      object: 'contract',
      externalId: '800000000000001AAA',
      accountExternalId: '001000000000001AAA',
      startsAt: '2026-12-01T00:00:00.000Z',
      endsAt: '2027-01-01T00:00:00.000Z',
      draft,
    });
  });

  test('that is a contract in a status of its own is told, and the rest of it heard', () => {
    const reading = read(message([sObject('Contract', { StartDate: '2026-12-01', Status: 'Expired' })]));

    expect(reading).toMatchObject({
      lines: [{ change: { startsAt: '2026-12-01T00:00:00.000Z' } }],
      unread: [{ what: 'Contract', why: 'its status is not known: send StatusCode' }],
    });
    expect(changeOf('Contract', { StartDate: '2026-12-01', Status: 'Expired', StatusCode: 'Activated' })).toMatchObject(
      { draft: false },
    );
  });

  test.each([
    ['Task', { Status: 'Completed', TaskSubtype: 'Call' }, 'call'],
    ['Task', { Status: 'Completed', TaskSubtype: 'Email' }, 'email'],
    ['Task', { Status: 'Completed', TaskSubtype: 'Task', Type: 'Call' }, 'call'],
    ['Task', { Status: 'Erledigt', IsClosed: 'true', Type: 'Meeting' }, 'meeting'],
    ['Task', { Status: 'Completed' }, 'other'],
    ['Event', { Subject: 'Demo' }, 'meeting'],
  ])('that is a %s %j is an activity: %s', (type, fields, kind) => {
    expect(changeOf(type, { ...fields, WhoId: '00Q000000000001' })).toEqual({
      object: 'activity',
      externalId: expect.stringMatching(/^00[TU]/),
      personExternalId: '00Q000000000001EAA',
      kind,
    });
  });

  test.each([
    ['Task', { Status: 'In Progress', WhoId: '00Q000000000001' }],
    ['Task', { Status: 'Completed', IsClosed: 'false', WhoId: '00Q000000000001' }],
    ['Task', { Status: 'Completed' }],
    ['Event', { WhoId: '001000000000001' }],
    ['OpportunityContactRole', { OpportunityId: '006000000000001' }],
    ['Account', { Fax: '1' }],
    ['Case', { Subject: 'Broken' }],
    ['constructor', { Name: 'x' }],
  ])('that is a %s %j says nothing, which is told and not dropped', (type, fields) => {
    expect(read(message([sObject(type, fields)]))).toMatchObject({ lines: [], unread: [{ what: type }] });
  });

  test('whose type is no name is told without repeating it', () => {
    expect(read(message([sObject('bea@acme.example', {})]))).toMatchObject({ unread: [{ what: 'an object' }] });
  });

  test('that was merged or deleted says so, where its field is sent', () => {
    expect(changeOf('Contact', { IsDeleted: 'true', MasterRecordId: '003000000000002' })).toEqual({
      object: 'person',
      externalId: '003000000000001AAA',
      mergedInto: '003000000000002AAA',
      deleted: true,
    });
  });

  test('with a field set to nil has it emptied', () => {
    expect(changeOf('Contact', { AccountId: '\0nil' })).toEqual({
      object: 'person',
      externalId: '003000000000001AAA',
      accountExternalId: null,
    });
  });
});

describe('a message', () => {
  test('has a hundred records at most, each a line', () => {
    const many = (count: number) =>
      message(Array.from({ length: count }, (_, index) => sObject('Lead', { LastName: `L${index}` }, index + 1)));

    expect(new Set(linesOf(many(100)).map(({ id }) => id)).size).toBe(100);
    expect(read(many(101))).toEqual({ tooMany: 101 });
  });

  test.each([
    ['no records', message([]), 'Notification'],
    ['another envelope', '<Envelope><Body/></Envelope>', 'Envelope.Body.notifications'],
    ['no envelope', '<a/>', 'Envelope.Body.notifications'],
    ['a record without an id', message([sObject('Lead', {}).replace(/<sf:Id>.*?<\/sf:Id>/, '')]), 'Notification[0]'],
    [
      'a notification without an id',
      message([sObject('Lead', {}), sObject('Lead', {}).replace(/<Id>.*?<\/Id>/, '')]),
      'Notification[1]',
    ],
    [
      'an id that is none',
      message([sObject('Lead', {}).replace('00Q000000000001EAA', '00Q 00000000001')]),
      'Notification[0]',
    ],
  ])('with %s is refused, naming the place', (_, xml, field) => {
    expect(read(xml)).toMatchObject({ problems: [{ field }] });
  });
});
