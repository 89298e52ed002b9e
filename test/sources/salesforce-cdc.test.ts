// Change Data Capture: every kind of change, what an event leaves unsaid, and records pulled by a query.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { captured } from '../../events/catalogue.ts';
import { crmMapping } from '../../lib/domain/playbook/crm.ts';
import { noMapping } from '../../lib/domain/playbook/crm-mapping.ts';
import { recordId } from '../../lib/sources/salesforce/record-id.ts';
import { changeOriginOf, readChangeEvent, relayedEvent } from '../../lib/sources/salesforce-cdc.ts';
import { salesforceRecords } from '../../lib/sources/salesforce-records.ts';
import { type Change, committed, detailOf, eventSource, relayed } from './salesforce-events.ts';

const now = Date.parse('2026-11-22T09:30:00.000Z');
const read = (detail: unknown, mapping = noMapping) => readChangeEvent(detail, { source: 'sf', now, mapping });
const linesOf = (change: Change, fields: Record<string, unknown> = {}, mapping = noMapping) => {
  const reading = read(detailOf(change, fields), mapping);
  if (!('lines' in reading)) throw new Error(JSON.stringify(reading));
  for (const line of reading.lines) captured.parse(line);
  return reading;
};
const changeOf = (change: Change, fields: Record<string, unknown> = {}, mapping = noMapping) =>
  linesOf(change, fields, mapping).lines[0]?.change;
const whyUnread = (change: Change, fields: Record<string, unknown> = {}) => linesOf(change, fields).unread[0]?.why;
const lead = '00Q000000000001EAA';
const contact = '003000000000001AAA';
const account = '001000000000001AAA';

describe('an id', () => {
  test.each([
    '0019000001KwyWtAAJ',
    '04l9000001olR84AAE',
    '0012500001DNi0FAAT',
    '50025000009vJE9AAM',
    '005B0000005iVeGIAU',
  ])('of 15 characters is that of 18: %s', (id) => {
    expect(recordId(id.slice(0, 15))).toBe(id);
    expect(recordId(` ${id}\n`)).toBe(id);
  });

  test.each([
    '',
    '001*',
    '000000000000000AAA',
    '0019000001KwyW',
    '0019000001KwyWtAA',
    '0019000001Kwy-tAAJ',
    1,
    null,
    undefined,
  ])('is none: %s', (id) => {
    expect(recordId(id)).toBeUndefined();
  });
});

describe('the event', () => {
  const fields = { Name: 'Acme', Industry: 'Energy' };
  const event = detailOf({ entityName: 'Account', recordIds: [account] }, fields);
  const line = {
    type: 'crm-change-captured.v1',
    id: `sf:00006948-0ac9-7da3-edb3-ea0e31b2334a.1.${account}`,
    source: 'sf',
    occurredAt: '2026-11-22T09:00:00.000Z',
    receivedAt: '2026-11-22T09:30:00.000Z',
    change: { object: 'account', externalId: account, name: 'Acme', industry: 'Energy' },
  };

  test.each([
    ['as Event Relay has it', event],
    ['within data', { data: event, channel: '/data/ChangeEvents' }],
    ['bare', event.payload],
  ])('%s is a line', (_, detail) => {
    expect(read(detail)).toEqual({ lines: [line], unread: [] });
  });

  test('is whose bus it was on', () => {
    const connections = {
      crm: { kind: 'signed' },
      other: { kind: 'salesforce', organisationId: '00D000000000063EAA' },
      sf: { kind: 'salesforce', organisationId: '00D000000000062EAA', eventSource },
    } as const;

    expect(relayedEvent(relayed(event), connections)).toEqual({ source: 'sf', detail: event });
    expect(relayedEvent(relayed(event, `${eventSource}x`), connections)).toBeUndefined();
    expect(relayedEvent(JSON.stringify({ detail: event }), connections)).toBeUndefined();
    expect(relayedEvent('{', connections)).toBeUndefined();
  });

  test('says who changed it and by what means', () => {
    expect(changeOriginOf(event)).toEqual({
      commitUser: '0055f000005mc66AAA',
      changeOrigin: 'com/salesforce/api/soap/62.0;client=SfdcInternalAPI/',
    });
    expect(changeOriginOf({})).toBeUndefined();
  });

  test('of several records is a line for each', () => {
    const ids = ['0015f00002JUZPDAA5', '0015f00002JUZPXAA5', '0015f00002JUZPcAAP'];
    const { lines } = linesOf(
      { entityName: 'Account', changeType: 'UPDATE', recordIds: ids, changedFields: ['Industry'] },
      { Industry: 'Apparel' },
    );

    expect(lines.map(({ change }) => change.externalId)).toEqual(ids);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(3);
  });

  test('from the future is from now', () => {
    const late = detailOf({ entityName: 'Account', recordIds: [account] }, fields);
    late.payload.ChangeEventHeader.commitTimestamp = now + 60_000;

    expect(read(late)).toMatchObject({ lines: [{ occurredAt: '2026-11-22T09:30:00.000Z' }] });
  });

  test.each([
    ['nothing', undefined],
    ['no header', { payload: { Name: 'x' } }],
    ['no records', detailOf({ entityName: 'Account', recordIds: [] })],
    ['no time', { payload: { ChangeEventHeader: { ...event.payload.ChangeEventHeader, commitTimestamp: '1' } } }],
  ])('with %s cannot be read', (_, detail) => {
    expect(read(detail)).toHaveProperty('problems');
  });

  test('that the guide shows are of objects that mean nothing here, which is told', () => {
    const guide: unknown[] = JSON.parse(
      readFileSync(join(import.meta.dirname, '../fixtures/webhooks/salesforce-cdc.json'), 'utf8'),
    );

    expect(guide.map((detail) => read(detail))).toEqual([
      { lines: [], unread: [{ what: 'Employee__c', why: 'objects of this kind mean nothing here' }] },
      { lines: [], unread: [{ what: 'Case', why: 'objects of this kind mean nothing here' }] },
    ]);
  });
});

describe('a change', () => {
  const compound = {
    Name: { Salutation: 'Ms.', FirstName: 'Bea', LastName: 'Buyer' },
    Address: { Street: '1 High St', City: 'Berlin', Country: 'Germany' },
    Email: 'bea@acme.example',
    Status: 'Open - Not Contacted',
    Title: null,
    OwnerId: '0055f000005mc66AAA',
  };

  test('that creates a lead reads what is nested', () => {
    expect(changeOf({ entityName: 'Lead' }, compound)).toEqual({
      object: 'person',
      externalId: lead,
      email: 'bea@acme.example',
      profile: { firstName: 'Bea', lastName: 'Buyer', country: 'Germany' },
      crmStage: 'Open - Not Contacted',
      ownerExternalId: '0055f000005mc66AAA',
    });
  });

  test('that creates a contact reads where it is written to', () => {
    expect(
      changeOf(
        { entityName: 'Contact', recordIds: [contact] },
        { Name: { LastName: 'Buyer' }, MailingAddress: { Country: 'France' }, AccountId: account },
      ),
    ).toEqual({
      object: 'person',
      externalId: contact,
      accountExternalId: account,
      profile: { lastName: 'Buyer', country: 'France' },
    });
  });

  test('that updates says what changed, and what came along has a value', () => {
    const all = {
      Name: null,
      ParentId: null,
      AccountId: null,
      BillingAddress: { Street: null, Country: 'CH' },
      Industry: 'Energy',
      OwnerId: null,
    };

    expect(
      changeOf(
        {
          entityName: 'Account',
          changeType: 'UPDATE',
          recordIds: [account],
          changedFields: ['LastModifiedDate', 'BillingAddress.Country'],
        },
        all,
      ),
    ).toEqual({ object: 'account', externalId: account, industry: 'Energy', country: 'CH' });
  });

  test.each([
    ['changed to nothing', { changedFields: ['ParentId'] }, { ParentId: null }],
    ['named among the emptied, whether or not it is there', { nulledFields: ['ParentId'] }, {}],
  ])('that empties a field, %s, takes the account out of its group', (_, header, fields) => {
    expect(changeOf({ entityName: 'Account', changeType: 'UPDATE', recordIds: [account], ...header }, fields)).toEqual({
      object: 'account',
      externalId: account,
      parentExternalId: null,
    });
  });

  test('that takes a contact out of its account, and off its owner', () => {
    expect(
      changeOf(
        { entityName: 'Contact', changeType: 'UPDATE', recordIds: [contact], changedFields: ['AccountId', 'OwnerId'] },
        { AccountId: null, OwnerId: null },
      ),
    ).toEqual({ object: 'person', externalId: contact, accountExternalId: null, ownerExternalId: null });
  });

  test('of a long text comes as a difference, which is not the text', () => {
    const named = crmMapping.parse({ fields: { account: { industry: 'Description' } } });
    const update = {
      entityName: 'Account',
      changeType: 'UPDATE',
      recordIds: [account],
      changedFields: ['Description'],
    };

    expect(linesOf(update, { Description: { diff: '--- \n+++ 68' } }, named).lines).toEqual([]);
    expect(linesOf({ ...update, diffFields: ['Description'] }, { Description: '--- \n+++ 68' }, named).lines).toEqual(
      [],
    );
  });

  test('that deletes or takes back says so, and no more', () => {
    expect(changeOf({ entityName: 'Account', changeType: 'DELETE', recordIds: [account] }, { Name: null })).toEqual({
      object: 'account',
      externalId: account,
      deleted: true,
    });
    expect(
      changeOf(
        { entityName: 'Account', changeType: 'UNDELETE', recordIds: [account] },
        { Name: 'Acme', ParentId: null },
      ),
    ).toEqual({
      object: 'account',
      externalId: account,
      name: 'Acme',
      mergedInto: null,
      deleted: false,
    });
    expect(changeOf({ entityName: 'Contract', changeType: 'DELETE', recordIds: ['800000000000001AAA'] })).toEqual({
      object: 'contract',
      externalId: '800000000000001AAA',
      deleted: true,
    });
    expect(
      changeOf({ entityName: 'Opportunity', changeType: 'UNDELETE', recordIds: ['006000000000001AAA'] }),
    ).toMatchObject({ deleted: false });
  });

  test('that converts a lead makes it one with the contact, in its account', () => {
    expect(
      changeOf(
        {
          entityName: 'Lead',
          changeType: 'UPDATE',
          changedFields: ['Status', 'IsConverted', 'ConvertedContactId', 'ConvertedAccountId', 'ConvertedDate'],
        },
        {
          Status: 'Closed - Converted',
          IsConverted: true,
          ConvertedDate: '2026-11-22',
          ConvertedContactId: contact,
          ConvertedAccountId: account,
          ConvertedOpportunityId: '006000000000001AAA',
          MasterRecordId: null,
        },
      ),
    ).toEqual({
      object: 'person',
      externalId: lead,
      accountExternalId: account,
      crmStage: 'Closed - Converted',
      mergedInto: contact,
    });
  });

  test('of a contract ends it at the end of a day, whether that comes as text or in milliseconds', () => {
    const header = {
      entityName: 'Contract',
      changeType: 'UPDATE',
      recordIds: ['800000000000001AAA'],
      changedFields: ['EndDate'],
    };
    const ends = (EndDate: unknown) => changeOf(header, { EndDate });

    expect(ends('2026-12-31')).toMatchObject({ endsAt: '2027-01-01T00:00:00.000Z' });
    expect(ends(Date.parse('2026-12-31'))).toMatchObject({ endsAt: '2027-01-01T00:00:00.000Z' });
    expect(ends(null)).toMatchObject({ endsAt: null });
    expect(ends('31.12.2026')).toBeUndefined();
    expect(ends('2026-13-45')).toBeUndefined();
  });

  test('of a task counts when it was done by it, and not when it was done before', () => {
    const update = { entityName: 'Task', changeType: 'UPDATE', recordIds: ['00T000000000001EAA'] };
    const done = { Status: 'Completed', TaskSubtype: 'Call', WhoId: contact };

    expect(changeOf({ ...update, changedFields: ['Status', 'LastModifiedDate'] }, done)).toEqual({
      object: 'activity',
      externalId: '00T000000000001EAA',
      personExternalId: contact,
      kind: 'call',
    });
    expect(whyUnread({ ...update, changedFields: ['Description'] }, done)).toBe('nothing was done yet, or nothing new');
    expect(whyUnread({ ...update, changedFields: ['Status'] }, { Status: 'Completed' })).toMatch(
      /have WhoId sent along/,
    );
    expect(whyUnread({ ...update, changeType: 'DELETE' }, done)).toBe('what was done stays done');
  });

  // Only what changed is told: whoever loses what was never won hears nothing of IsWon.
  test.each([
    ['is lost', ['StageName', 'IsClosed'], { IsClosed: true }, 'lost'],
    ['is won', ['StageName', 'IsClosed', 'IsWon'], { IsClosed: true, IsWon: true }, 'won'],
    ['is lost though it was won', ['StageName', 'IsWon'], { IsWon: false }, 'lost'],
    ['is won though it was lost', ['StageName', 'IsWon'], { IsWon: true }, 'won'],
    ['is open again', ['StageName', 'IsClosed', 'IsWon'], { IsClosed: false, IsWon: false }, 'open'],
    ['is open again that was lost', ['StageName', 'IsClosed'], { IsClosed: false }, 'open'],
    ['goes on to its next stage', ['StageName'], {}, undefined],
    ['goes on, sent along with IsWon', ['StageName'], { IsWon: false }, undefined],
    ['is edited after its end, sent along with IsClosed', ['StageName'], { IsClosed: true }, undefined],
  ] as const)('of an opportunity that %s', (_, changedFields, fields, state) => {
    const header = { entityName: 'Opportunity', changeType: 'UPDATE', recordIds: ['006000000000001AAA'] };
    const change = changeOf(
      { ...header, changedFields: [...changedFields] },
      { StageName: 'As it is called', ...fields },
    );
    expect(change).toMatchObject({ crmStage: 'As it is called' });
    expect(change).toHaveProperty('object', 'opportunity');
    expect(change && 'state' in change ? change.state : undefined).toBe(state);
  });

  test('of an opportunity tells whose it is now, and that it is nobody’s', () => {
    const header = { entityName: 'Opportunity', changeType: 'UPDATE', recordIds: ['006000000000001AAA'] };
    const ownerOf = (OwnerId: unknown) => changeOf({ ...header, changedFields: ['OwnerId'] }, { OwnerId });
    const opportunity = { object: 'opportunity', externalId: '006000000000001AAA' };

    expect(ownerOf('0055f000005mc66AAA')).toEqual({ ...opportunity, ownerExternalId: '0055f000005mc66AAA' });
    expect(ownerOf(null)).toEqual({ ...opportunity, ownerExternalId: null });
  });

  test('of a contact role needs both it is between', () => {
    const header = { entityName: 'OpportunityContactRole', recordIds: ['00K000000000001EAA'] };
    const both = { OpportunityId: '006000000000001AAA', ContactId: contact };
    const contacts = (is: string) => ({
      object: 'opportunity',
      externalId: '006000000000001AAA',
      contacts: [{ externalId: contact, is }],
    });

    expect(changeOf(header, { ...both, IsPrimary: true })).toEqual(contacts('primary'));
    expect(changeOf({ ...header, changeType: 'DELETE' }, both)).toEqual(contacts('none'));
    expect(whyUnread({ ...header, changeType: 'UPDATE', changedFields: ['IsPrimary'] }, { IsPrimary: true })).toMatch(
      /have both sent along/,
    );
    expect(whyUnread({ ...header, changeType: 'UPDATE', changedFields: ['Role'] }, both)).toMatch(/primary/);
  });

  test.each([
    'GAP_CREATE',
    'GAP_UPDATE',
    'GAP_DELETE',
    'GAP_UNDELETE',
    'GAP_OVERFLOW',
  ])('that is a %s is to be reconciled', (changeType) => {
    expect(read(detailOf({ entityName: 'Account', changeType, recordIds: ['000000000000000AAA'] }))).toEqual({
      lines: [],
      unread: [{ what: `Account ${changeType}`, why: 'a gap: what changed is not said, and is to be reconciled' }],
    });
  });

  test('of all records at once is to be reconciled, and one of no kind known is told', () => {
    expect(whyUnread({ entityName: 'Account', changeType: 'UPDATE', recordIds: ['001*'] })).toMatch(/reconciled/);
    expect(whyUnread({ entityName: 'Account', changeType: 'toString', recordIds: [account] })).toMatch(/mean nothing/);
    expect(
      whyUnread(
        { entityName: 'Account', changeType: 'UPDATE', recordIds: [account], changedFields: ['Fax'] },
        { Fax: '1' },
      ),
    ).toBe('nothing changed that is read here');
  });
});

test.each(['Lead', 'Contact'])('a %s is unsubscribed by the change that says so, not by any other', (entityName) => {
  const optedOut = (is: unknown, changeType: string, changedFields: string[] = []) =>
    changeOf({ entityName, changeType, changedFields }, { Title: 'CTO', HasOptedOutOfEmail: is });

  expect(optedOut(true, 'UPDATE', ['HasOptedOutOfEmail'])).toMatchObject({ unsubscribed: true });
  expect(optedOut(false, 'UPDATE', ['HasOptedOutOfEmail'])).toMatchObject({ unsubscribed: false });
  expect(optedOut(false, 'CREATE')).toMatchObject({ unsubscribed: false });
  expect(optedOut(null, 'UPDATE', ['Title'])).not.toHaveProperty('unsubscribed');
});

describe('rows of a query', () => {
  const rows = (sObject: string, ...records: Record<string, unknown>[]) =>
    salesforceRecords(sObject, records, 'sf', now, noMapping);
  const stamp = { SystemModstamp: '2026-11-22T09:00:00.000+0000', IsDeleted: false };

  test('are the lines a message would be', () => {
    const { lines, unread } = rows('Contact', {
      attributes: { type: 'Contact', url: '/services/data/v62.0/sobjects/Contact/003000000000001AAA' },
      Id: contact,
      ...stamp,
      FirstName: 'Bea',
      LastName: 'Buyer',
      Email: 'bea@acme.example',
      MailingAddress: { country: 'France', city: 'Paris' },
      AccountId: account,
      Account: { attributes: { type: 'Account' }, Name: 'Acme Ltd' },
      MasterRecordId: null,
    });

    expect(unread).toEqual([]);
    expect(lines).toEqual([
      {
        type: 'crm-change-captured.v1',
        id: `sf:${contact}.${committed}`,
        source: 'sf',
        occurredAt: '2026-11-22T09:00:00.000Z',
        receivedAt: '2026-11-22T09:30:00.000Z',
        change: {
          object: 'person',
          externalId: contact,
          email: 'bea@acme.example',
          accountExternalId: account,
          profile: { firstName: 'Bea', lastName: 'Buyer', company: 'Acme Ltd', country: 'France' },
          mergedInto: null,
          deleted: false,
        },
      },
    ]);
  });

  test('of the bin say who took a record in', () => {
    const merged = {
      Id: account,
      SystemModstamp: stamp.SystemModstamp,
      IsDeleted: true,
      MasterRecordId: '001000000000002',
    };

    expect(rows('Account', merged).lines[0]?.change).toEqual({
      object: 'account',
      externalId: account,
      mergedInto: '001000000000002AAA',
      deleted: true,
    });
  });

  test('of converted leads say whom they became', () => {
    const converted = {
      ...stamp,
      Id: lead,
      IsConverted: true,
      ConvertedContactId: contact,
      ConvertedAccountId: account,
      MasterRecordId: null,
    };

    expect(rows('Lead', converted).lines[0]?.change).toMatchObject({ mergedInto: contact, accountExternalId: account });
    expect(
      rows('Lead', { ...stamp, Id: lead, IsConverted: false, ConvertedContactId: null, ConvertedAccountId: null })
        .lines[0]?.change,
    ).toEqual({
      object: 'person',
      externalId: lead,
      mergedInto: null,
      deleted: false,
    });
  });

  test('of opportunities say the stage as of when it came to be, and the rest as of the last edit', () => {
    const row = {
      ...stamp,
      Id: '006000000000001AAA',
      AccountId: account,
      OwnerId: '005000000000001AAA',
      StageName: 'Closed Won',
      IsClosed: true,
      IsWon: true,
    };
    const opportunity = { object: 'opportunity', externalId: '006000000000001AAA' };
    const timesOf = (more: Record<string, unknown>) =>
      rows('Opportunity', { ...row, ...more }).lines.map(({ id, occurredAt, change }) => [id, occurredAt, change]);

    expect(timesOf({ LastStageChangeDate: '2026-10-01T08:00:00.000+0000' })).toEqual([
      [
        `sf:006000000000001AAA.${committed}`,
        '2026-11-22T09:00:00.000Z',
        { ...opportunity, accountExternalId: account, ownerExternalId: '005000000000001AAA', deleted: false },
      ],
      [
        `sf:006000000000001AAA.${committed}.stage`,
        '2026-10-01T08:00:00.000Z',
        { ...opportunity, crmStage: 'Closed Won', state: 'won' },
      ],
    ]);
    expect(timesOf({ LastStageChangeDate: null })).toHaveLength(1);
  });

  test('of activities say when they were done or agreed on, however late they were edited', () => {
    const at = (sObject: string, more: Record<string, unknown>) =>
      rows(sObject, { ...stamp, Id: '00T000000000001EAA', WhoId: contact, Status: 'Completed', ...more }).lines[0]
        ?.occurredAt;

    expect(at('Task', { CompletedDateTime: '2026-10-01T08:00:00.000+0000' })).toBe('2026-10-01T08:00:00.000Z');
    expect(at('Task', {})).toBe('2026-11-22T09:00:00.000Z');
    expect(at('Event', { CreatedDate: '2026-10-02T08:00:00.000+0000' })).toBe('2026-10-02T08:00:00.000Z');
  });

  test('without an id or a time are told', () => {
    expect(rows('Lead', { ...stamp }, { Id: lead })).toEqual({
      lines: [],
      unread: [
        { what: 'Lead', why: 'the row has no Id or no SystemModstamp' },
        { what: 'Lead', why: 'the row has no Id or no SystemModstamp' },
      ],
    });
  });
});
