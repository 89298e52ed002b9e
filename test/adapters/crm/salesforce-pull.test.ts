// What changed in Salesforce since a moment, as a query tells it: all objects that are read here, the bin included, page by page.
import { describe, expect, it } from 'vitest';
import type { PulledObject } from '../../../lib/crm.ts';
import { crmMapping } from '../../../lib/domain/playbook/crm.ts';
import { noMapping } from '../../../lib/domain/playbook/crm-mapping.ts';
import { salesforceRecords } from '../../../lib/sources/salesforce-records.ts';
import { type Opened, openSalesforce } from './salesforce-harness.ts';

let opened: Opened;
const open = async (...given: Parameters<typeof openSalesforce>): Promise<Opened> => {
  opened = await openSalesforce(...given);
  return opened;
};

const since = '2026-11-22T09:00:00.000Z';
type Row = { attributes: { type: string }; Id: string; [field: string]: unknown };

const pages = async ({ crm }: Opened, object: PulledObject, from = since): Promise<Row[][]> => {
  const all: Row[][] = [];
  let next: string | undefined;
  do {
    const page = await crm.changedSince(object, from, next);
    all.push(page.records as Row[]);
    next = page.next;
  } while (next !== undefined);
  return all;
};
const pull = async (...given: Parameters<typeof pages>) => (await pages(...given)).flat();
const changesOf = (rows: Row[]) =>
  rows.flatMap((row) => {
    const { lines } = salesforceRecords(row.attributes.type, [row], 'salesforce', Date.parse('2026-11-23'), noMapping);
    return lines.map(({ change }) => change);
  });

describe('what is pulled', () => {
  it('is every kind of record that is read, as the source reads it', async () => {
    const { salesforce } = await open();
    const account = await salesforce.create('Account', {
      Name: 'Acme',
      Website: 'acme.example',
      NumberOfEmployees: 120,
    });
    const contact = await salesforce.create('Contact', {
      LastName: 'Cole',
      Email: 'cole@acme.example',
      AccountId: account,
    });
    const lead = await salesforce.create('Lead', { LastName: 'Buyer', Email: 'buyer@acme.example', Company: 'Acme' });
    const deal = await salesforce.create('Opportunity', {
      ...{ AccountId: account, StageName: 'Prospecting', Type: 'New', OwnerId: '005000000000001AAA' },
    });
    await salesforce.create('OpportunityContactRole', { OpportunityId: deal, ContactId: contact, IsPrimary: true });
    const contract = await salesforce.create('Contract', {
      ...{ AccountId: account, Status: 'Activated', StartDate: '2026-11-01', EndDate: '2027-10-31' },
    });
    const task = await salesforce.create('Task', { WhoId: lead, TaskSubtype: 'Call', Status: 'Completed' });
    const event = await salesforce.create('Event', { WhoId: contact });

    const people = changesOf(await pull(opened, 'person'));
    expect(people).toMatchObject([
      { object: 'person', externalId: lead, email: 'buyer@acme.example', crmStage: 'Open - Not Contacted' },
      { object: 'person', externalId: contact, accountExternalId: account, profile: { company: 'Acme' } },
    ]);
    expect(changesOf(await pull(opened, 'account'))).toMatchObject([
      { object: 'account', externalId: account, name: 'Acme', domains: ['acme.example'], employees: 120 },
    ]);
    expect(changesOf(await pull(opened, 'opportunity'))).toMatchObject([
      {
        ...{ object: 'opportunity', externalId: deal, accountExternalId: account, crmType: 'New' },
        ownerExternalId: '005000000000001AAA',
      },
      { object: 'opportunity', externalId: deal, state: 'open', crmStage: 'Prospecting' },
      { object: 'opportunity', externalId: deal, contacts: [{ externalId: contact, is: 'primary' }] },
    ]);
    expect(changesOf(await pull(opened, 'contract'))).toMatchObject([
      { externalId: contract, draft: false, endsAt: '2027-11-01T00:00:00.000Z' },
    ]);
    expect(changesOf(await pull(opened, 'activity'))).toMatchObject([
      { externalId: task, personExternalId: lead, kind: 'call' },
      { externalId: event, personExternalId: contact, kind: 'meeting' },
    ]);
  });

  it('tells deletions, and whom a record was merged or converted into', async () => {
    const { salesforce } = await open();
    const [a, b] = [
      await salesforce.create('Account', { Name: 'A' }),
      await salesforce.create('Account', { Name: 'B' }),
    ];
    await salesforce.merge('Account', a, b);
    const [gone, lead] = [
      await salesforce.create('Lead', { LastName: 'Gone', Company: 'A' }),
      await salesforce.create('Lead', { LastName: 'Buyer', Company: 'A' }),
    ];
    await salesforce.remove('Lead', gone);
    const { contact } = await salesforce.convert(lead, a);

    expect(changesOf(await pull(opened, 'account'))).toContainEqual(
      expect.objectContaining({ externalId: b, mergedInto: a, deleted: true }),
    );
    const people = changesOf(await pull(opened, 'person'));
    expect(people).toContainEqual(expect.objectContaining({ externalId: gone, deleted: true }));
    expect(people).toContainEqual(
      expect.objectContaining({ externalId: lead, mergedInto: contact, accountExternalId: a }),
    );
  });

  it('is what changed since then, that very moment included, the oldest first', async () => {
    const { salesforce, crm } = await open();
    const ids = [];
    for (const LastName of ['A', 'B', 'C']) ids.push(await salesforce.create('Contact', { LastName }));
    await salesforce.change('Contact', ids[0]!, { Title: 'CTO' });
    const second = new Date(salesforce.record('Contact', ids[1]!)!.updatedAt).toISOString();
    const rows = await pull(opened, 'person', second);
    expect(rows.map(({ Id }) => Id)).toEqual([ids[1], ids[2], ids[0]]);
    expect(await crm.changedSince('account', second)).toEqual({ records: [] });
  });

  it('comes in pages, and goes on from any', async () => {
    const { salesforce, crm } = await open({ pageSize: 2 });
    const leads = [];
    for (let n = 0; n < 5; n += 1) leads.push(await salesforce.create('Lead', { LastName: `L${n}`, Company: 'A' }));
    const contact = await salesforce.create('Contact', { LastName: 'Cole' });
    const all = await pages(opened, 'person');
    expect(all.map((page) => page.length)).toEqual([2, 2, 1, 1]);
    expect(all.flat().map(({ Id }) => Id)).toEqual([...leads, contact]);

    const first = await crm.changedSince('person', since);
    const again = await crm.changedSince('person', since, first.next);
    expect(again.records).toMatchObject([{ Id: leads[2] }, { Id: leads[3] }]);
  });

  it('begins an object again when Salesforce has forgotten the rest of it', async () => {
    const { salesforce, crm } = await open({ pageSize: 2 });
    for (let n = 0; n < 3; n += 1) await salesforce.create('Account', { Name: `A${n}` });
    const { next } = await crm.changedSince('account', since);
    salesforce.forgetQueries();
    expect((await crm.changedSince('account', since, next)).records).toHaveLength(2);
  });

  it('has the fields the playbook names, by either name of theirs', async () => {
    const fields = {
      person: { stage: 'Relationship__c', country: 'MailingAddress.State', jobTitle: 'Name.FirstName' },
      opportunity: { type: 'RecordTypeId', owner: 'Closer_Email__c' },
    };
    const mapping = crmMapping.parse({ fields });
    const customFields = {
      ...{ Lead: ['Relationship__c', 'MailingState'], Contact: ['Relationship__c'], Opportunity: ['Closer_Email__c'] },
    };
    const { salesforce } = await open({ mapping, customFields });
    await salesforce.create('Contact', { LastName: 'Cole', Relationship__c: 'warm', MailingState: 'Bavaria' });
    expect(await pull(opened, 'person')).toMatchObject([{ Relationship__c: 'warm', MailingState: 'Bavaria' }]);
    const named = { RecordTypeId: '012000000000001AAA', Closer_Email__c: 'rep@us.example' };
    await salesforce.create('Opportunity', { Name: 'One', ...named });
    expect(await pull(opened, 'opportunity')).toMatchObject([named]);
  });
});

describe('who is unsubscribed', () => {
  it('is heard of leads and contacts', async () => {
    const shown = ['HasOptedOutOfEmail'];
    const { salesforce } = await open({ customFields: { Lead: shown, Contact: shown } });
    await salesforce.create('Lead', { LastName: 'Buyer', Company: 'Acme', HasOptedOutOfEmail: true });
    await salesforce.create('Contact', { LastName: 'Cole', HasOptedOutOfEmail: false });

    expect(
      changesOf(await pull(opened, 'person')).map((change) => 'unsubscribed' in change && change.unsubscribed),
    ).toEqual([true, false]);
  });

  it('is kept from nobody but a user who may not see it, which is told: all else is heard', async () => {
    const { salesforce, crm } = await open({ customFields: { Lead: ['HasOptedOutOfEmail'] } });
    await salesforce.create('Lead', { LastName: 'Buyer', Company: 'Acme', HasOptedOutOfEmail: true });
    await salesforce.create('Contact', { LastName: 'Cole' });

    const leads = await crm.changedSince('person', since);
    const contacts = await crm.changedSince('person', since, leads.next);

    expect(leads).toEqual({ records: [expect.objectContaining({ HasOptedOutOfEmail: true })], next: 'Contact' });
    expect(contacts).toEqual({
      records: [expect.objectContaining({ LastName: 'Cole' })],
      unread: { what: 'Contact HasOptedOutOfEmail', why: 'is hidden from the user that asks' },
    });
  });
});

describe('a field that the playbook names', () => {
  const [ofLead, ofContact] = ['Interest__c', 'Relationship__c'];
  const mapping = crmMapping.parse({ fields: { person: { stage: ofLead, country: ofContact } } });

  it('is asked of what has it, of leads alone or of contacts', async () => {
    const customFields = { Lead: [ofLead], Contact: [ofContact] };
    const { salesforce } = await open({ mapping, customFields });
    await salesforce.create('Lead', { LastName: 'Buyer', Company: 'Acme', [ofLead]: 'hot' });
    await salesforce.create('Contact', { LastName: 'Cole', [ofContact]: 'Bavaria' });
    const rows = await pull(opened, 'person');
    expect(rows).toMatchObject([{ [ofLead]: 'hot' }, { [ofContact]: 'Bavaria' }]);
    expect(rows.map((row) => [ofLead in row, ofContact in row])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('and neither leads nor contacts have is named', async () => {
    const { crm } = await open({ mapping, customFields: { Lead: [ofLead] } });
    const refusal = { status: 'INVALID_FIELD', field: ofContact };
    await expect(crm.changedSince('person', since)).rejects.toMatchObject(refusal);
    await expect(crm.changedSince('person', since, 'Contact')).rejects.toMatchObject(refusal);
  });
});

describe('what is not asked', () => {
  it('names the field that an organisation has not', async () => {
    const { crm } = await open({ mapping: crmMapping.parse({ fields: { account: { technologies: 'Stack__c' } } }) });
    await expect(crm.changedSince('account', since)).rejects.toMatchObject({
      ...{ code: 'crm-refused', retryable: false, status: 'INVALID_FIELD', field: 'Stack__c' },
      message: 'Salesforce refuses: INVALID_FIELD (Stack__c)',
    });
    expect(opened.waits).toEqual([]);
  });

  it.each([
    "Id FROM User WHERE Name != '",
    'A__c, (SELECT Id FROM Cases)',
    'a.b.c.d',
    '',
  ])('%j for a field', async (name) => {
    const { crm } = await open({
      mapping: { ...noMapping, fields: { person: {}, account: { name }, opportunity: {} } },
    });
    await expect(crm.changedSince('account', since)).rejects.toThrow('INVALID_FIELD');
    expect(opened.salesforce.requests).toEqual([]);
  });

  it.each(['yesterday', '2026-11-22', "2026-11-22T09:00:00Z OR Id != ''"])('%j for a moment', async (moment) => {
    const { crm } = await open();
    await expect(crm.changedSince('account', moment)).rejects.toThrow();
    expect(opened.salesforce.requests).toEqual([]);
  });

  it.each([
    ...[
      'User',
      'Account http://elsewhere.example/services/data/v66.0/query/01g',
      'Account /services/data/v66.0/query/../x',
    ],
    ...['Lead', 'Account /services/oauth2/token', ''],
  ])('%j for a cursor', async (from) => {
    const { crm } = await open();
    await expect(crm.changedSince('account', since, from)).rejects.toThrow();
    expect(opened.salesforce.requests).toEqual([]);
  });
});
