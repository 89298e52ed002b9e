// Judgements written to Salesforce: into the tenant's fields, 200 a call, each for itself; and what becomes of those it will not take.
import { describe, expect, it } from 'vitest';
import { isOurs } from '../../../lib/sources/salesforce/our-client.ts';
import { changeOriginOf } from '../../../lib/sources/salesforce-cdc.ts';
import { collections, lead, type Opened, openSalesforce, statusOf } from './salesforce-harness.ts';

let opened: Opened;
const open = async (...given: Parameters<typeof openSalesforce>): Promise<Opened> => {
  opened = await openSalesforce(...given);
  return opened;
};

describe('what is written', () => {
  it('goes into the fields the connection names, of the object the id is of', async () => {
    const { salesforce, crm } = await open();
    const person = await lead(opened);
    const contact = await salesforce.create('Contact', { LastName: 'Cole' });
    const account = await salesforce.create('Account', { Name: 'Acme' });

    const outcomes = await crm.write([
      {
        object: 'person',
        externalId: person,
        values: { status: 'MQL', reason: 'asked for a demo', score: 93, grade: 'A1', id: 'lead_1' },
      },
      statusOf(contact.slice(0, 15), 'SQL'),
      statusOf(account, 'Qualified', 'account'),
    ]);

    expect(outcomes).toEqual([{ outcome: 'written' }, { outcome: 'written' }, { outcome: 'written' }]);
    expect(salesforce.record('Lead', person)?.properties).toMatchObject({
      ...{ Muster_Status__c: 'MQL', Muster_Reason__c: 'asked for a demo', Muster_Score__c: 93 },
      ...{ Muster_Grade__c: 'A1', Muster_Id__c: 'lead_1' },
    });
    expect(salesforce.record('Contact', contact)?.properties.Muster_Status__c).toBe('SQL');
    expect(salesforce.record('Account', account)?.properties.Muster_Status__c).toBe('Qualified');
  });

  it('says that it was Muster, gives nobody another owner, and is not held up by a warning of duplicates', async () => {
    const { salesforce, crm } = await open();
    await crm.write([statusOf(await lead(opened), 'MQL')]);

    expect(collections(opened)[0]?.headers).toMatchObject({
      'sforce-call-options': 'client=Muster',
      'sforce-auto-assign': 'FALSE',
      'sforce-duplicate-rule-header': 'allowSave=true',
    });
    const [created, updated] = salesforce.changeEvents.map(changeOriginOf);
    expect(updated?.changeOrigin).toBe('com/salesforce/api/rest/66.0;client=Muster');
    expect([created, updated].map((one) => isOurs(one?.changeOrigin))).toEqual([false, true]);
  });

  it('is left out where the connection has no field for it', async () => {
    const { crm } = await open({ back: { person: {}, account: {} } });
    expect(await crm.write([statusOf(await lead(opened), 'MQL')])).toEqual([{ outcome: 'written' }]);
    expect(opened.salesforce.requests).toEqual([]);
  });

  it('of one record is written once, the latest', async () => {
    const { salesforce, crm } = await open();
    const id = await lead(opened);
    const outcomes = await crm.write([
      { object: 'person', externalId: id, values: { status: 'MQL', score: 1 } },
      statusOf(id.slice(0, 15), 'SQL'),
    ]);
    expect(outcomes).toEqual([{ outcome: 'written' }, { outcome: 'written' }]);
    expect(salesforce.record('Lead', id)?.properties).toMatchObject({ Muster_Status__c: 'SQL', Muster_Score__c: 1 });
  });

  it('goes 200 records a call, of one object each', async () => {
    const { salesforce, crm } = await open();
    const leads = await Promise.all(Array.from({ length: 201 }, () => lead(opened)));
    const contact = await salesforce.create('Contact', { LastName: 'Cole' });
    const outcomes = await crm.write([contact, ...leads].map((id) => statusOf(id, 'MQL')));

    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['written']));
    expect(outcomes).toHaveLength(202);
    const sizes = collections(opened).map(({ body }) => Object(body).records.length);
    expect(sizes.sort()).toEqual([1, 1, 200]);
    expect(leads.every((id) => salesforce.record('Lead', id)?.properties.Muster_Status__c === 'MQL')).toBe(true);
  });
});

describe('where Salesforce is away half-way', () => {
  it('says what is written, and that the rest is for later', async () => {
    const { salesforce, crm } = await open();
    const contact = await salesforce.create('Contact', { LastName: 'Cole' });
    const leads = [await lead(opened), await lead(opened)];
    salesforce.failRecord(leads[0]!, { statusCode: 'REQUEST_LIMIT_EXCEEDED' });
    const outcomes = await crm.write([...leads, contact].map((id) => statusOf(id, 'MQL')));

    const later = { outcome: 'later', error: expect.objectContaining({ retryAfterMs: 300_000 }) };
    expect(outcomes).toEqual([later, { outcome: 'written' }, later]);
    expect(collections(opened)).toHaveLength(1);
  });
});

describe('what Salesforce will not take', () => {
  it('is gone, or refused by the names of fields, and holds up no other', async () => {
    const { salesforce, crm } = await open();
    const [good, deleted, long, converted, looked] = await Promise.all(Array.from({ length: 5 }, () => lead(opened)));
    await salesforce.remove('Lead', deleted!);
    await salesforce.convert(converted!);
    salesforce.failRecord(looked!, { statusCode: 'INVALID_CROSS_REFERENCE_KEY', fields: ['OwnerId'] });
    const outcomes = await crm.write([
      ...[statusOf(deleted!, 'MQL'), statusOf('00Q5e0000099999EAA', 'MQL'), statusOf(converted!, 'MQL')],
      statusOf(long!, 'x'.repeat(256)),
      ...[statusOf(looked!, 'MQL'), statusOf(good!, 'MQL')],
    ]);
    expect(outcomes).toEqual([
      ...[{ outcome: 'gone' }, { outcome: 'gone' }, { outcome: 'gone' }],
      { outcome: 'refused', why: 'STRING_TOO_LONG (Muster_Status__c)' },
      { outcome: 'refused', why: 'INVALID_CROSS_REFERENCE_KEY (OwnerId)' },
      { outcome: 'written' },
    ]);
  });

  it('has ids of nothing that is written, and is not asked about those', async () => {
    const { crm } = await open();
    const ids = ['', 'x', "00Q' OR Id != '", '0065e0000000001AAA', '0015e0000000001AAA', '000000000000000'];
    const outcomes = await crm.write(ids.map((id) => statusOf(id, 'MQL')));
    expect(new Set(outcomes.map((one) => JSON.stringify(one)))).toEqual(
      new Set(['{"outcome":"refused","why":"no id of a lead or contact"}']),
    );
    expect(await crm.write([statusOf('00Q5e0000000001AAA', 'x', 'account')])).toEqual([
      { outcome: 'refused', why: 'no id of an account' },
    ]);
    expect(opened.salesforce.requests).toEqual([]);
  });

  it('has fields that are not there, in one record’s error or in that of the call', async () => {
    const { salesforce, crm } = await open({ customFields: {} });
    const id = await lead(opened);
    const refused = [{ outcome: 'refused', why: 'INVALID_FIELD (Muster_Status__c)' }];
    expect(await crm.write([statusOf(id, 'MQL')])).toEqual(refused);
    const body = [{ errorCode: 'INVALID_FIELD', message: "No such column 'Muster_Status__c' on sobject of type Lead" }];
    salesforce.failNext({ status: 400, body }, { where: 'composite' });
    expect(await crm.write([statusOf(id, 'MQL')])).toEqual(refused);
  });

  it.each(['Id', 'attributes', 'Bad Name'])('has a property %s', async (status) => {
    const { crm } = await open({ back: { person: { status }, account: {} } });
    const outcomes = await crm.write([statusOf(await lead(opened), 'MQL')]);
    expect(outcomes).toEqual([{ outcome: 'refused', why: 'a property of writeBack is no name of a field' }]);
  });
});
