// Judgements written to Salesforce: into the tenant's fields, 200 a call, each for itself; and what becomes of those it will not take.
import { afterEach, describe, expect, it } from 'vitest';
import { createSalesforce } from '../../../lib/adapters/crm/salesforce.ts';
import { CrmUnavailable } from '../../../lib/crm.ts';
import { connections, withApi } from '../../../lib/domain/connection.ts';
import { noMapping } from '../../../lib/domain/playbook/crm.ts';
import { isOurs } from '../../../lib/sources/salesforce/our-client.ts';
import { changeOriginOf } from '../../../lib/sources/salesforce-cdc.ts';
import { credentials, openSalesforce, organisationId, statusOf, writeBack } from './salesforce-harness.ts';

type Opened = Awaited<ReturnType<typeof openSalesforce>>;
let opened: Opened;
const open = async (...given: Parameters<typeof openSalesforce>): Promise<Opened> => {
  opened = await openSalesforce(...given);
  return opened;
};
afterEach(() => opened.salesforce.close());

const calls = ({ salesforce }: Opened, where: string) =>
  salesforce.requests.filter(({ method, path }) => `${method} ${path}`.includes(where));
const collections = (of: Opened) => calls(of, 'PATCH /services/data/v66.0/composite/sobjects');
const lead = ({ salesforce }: Opened, LastName = 'Buyer') => salesforce.create('Lead', { LastName, Company: 'Acme' });

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

describe('when Salesforce cannot', () => {
  it('tries again what was locked, that alone, and gives up after three times', async () => {
    const { salesforce, crm, waits } = await open();
    const [free, locked] = [await lead(opened), await lead(opened)];
    salesforce.failRecord(locked, { statusCode: 'UNABLE_TO_LOCK_ROW' }, 2);
    const write = () => crm.write([statusOf(free, 'MQL'), statusOf(locked, 'MQL')]);
    expect(await write()).toEqual([{ outcome: 'written' }, { outcome: 'written' }]);
    expect(collections(opened).map(({ body }) => Object(body).records.length)).toEqual([2, 1, 1]);
    expect(waits).toEqual([200, 400]);

    salesforce.failRecord(locked, { statusCode: 'UNABLE_TO_LOCK_ROW' }, 3);
    await expect(write()).rejects.toThrow(CrmUnavailable);
  });

  it('tries again after 503, 500 and a broken connection', async () => {
    const { salesforce, crm, waits } = await open();
    const id = await lead(opened);
    salesforce.failNext({ status: 503, headers: { 'retry-after': '1' } }, { where: 'composite' });
    salesforce.failNext('reset', { where: 'composite' });
    expect(await crm.write([statusOf(id, 'MQL')])).toEqual([{ outcome: 'written' }]);
    expect(waits).toEqual([1_200, 400]);
    const unknown = [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'An unexpected error occurred' }];
    salesforce.failNext({ status: 500, body: unknown }, { where: 'composite' });
    expect(await crm.write([statusOf(id, 'SQL')])).toEqual([{ outcome: 'written' }]);
  });

  it('says so after three times, and when to come back if it was told', async () => {
    const { salesforce, crm, waits } = await open();
    const id = await lead(opened);
    salesforce.failNext({ status: 503 }, { times: 3, where: 'composite' });
    await expect(crm.write([statusOf(id, 'MQL')])).rejects.toMatchObject({
      code: 'crm-unavailable',
      retryAfterMs: undefined,
    });
    expect(waits).toHaveLength(2);
    salesforce.failNext({ status: 503, headers: { 'retry-after': '60' } }, { where: 'composite' });
    await expect(crm.write([statusOf(id, 'MQL')])).rejects.toMatchObject({ retryAfterMs: 60_000 });
    expect(waits).toHaveLength(2);
  });

  it('does not knock on while its limit is reached', async () => {
    const { salesforce, crm, waits } = await open();
    const id = await lead(opened);
    const body = [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }];
    salesforce.failNext({ status: 403, body }, { where: 'composite' });
    await expect(crm.write([statusOf(id, 'MQL')])).rejects.toMatchObject({ retryAfterMs: 300_000 });
    expect([waits, collections(opened).length]).toEqual([[], 1]);
  });

  it('waits no longer than it may', async () => {
    const { salesforce, crm } = await open({ timeoutMs: 100 });
    const id = await lead(opened);
    salesforce.failNext('timeout', { where: 'composite' });
    await expect(crm.write([statusOf(id, 'MQL')])).rejects.toThrow('did not answer in time');
  });

  it.each([
    ['no JSON', { status: 200, body: '<html>down for maintenance</html>' }],
    ['other JSON', { status: 200, body: { records: 'secret' } }],
    ['fewer results than records', { status: 200, body: [] }],
  ])('takes %s for no answer', async (_what, failure) => {
    const { salesforce, crm } = await open();
    const id = await lead(opened);
    salesforce.failNext(failure, { times: 3, where: 'composite' });
    await expect(crm.write([statusOf(id, 'MQL')])).rejects.toThrow(CrmUnavailable);
  });

  it('follows it nowhere with the token in hand', async () => {
    const { salesforce, crm } = await open();
    const id = await lead(opened);
    const headers = { location: `${salesforce.url}/elsewhere` };
    salesforce.failNext({ status: 307, headers, body: '' }, { times: 3, where: 'composite' });
    await expect(crm.write([statusOf(id, 'MQL')])).rejects.toThrow(CrmUnavailable);
    expect(calls(opened, 'elsewhere')).toEqual([]);
  });

  it('takes no answer without an end', async () => {
    const { salesforce, crm } = await open();
    const id = await lead(opened);
    const body = [{ id, success: true, errors: [], padding: 'x'.repeat(16 * 1_024 * 1_024) }];
    salesforce.failNext({ status: 200, body }, { times: 3, where: 'composite' });
    await expect(crm.write([statusOf(id, 'MQL')])).rejects.toThrow('more than is taken');
  });
});

describe('signing in', () => {
  const tokens = () => calls(opened, '/services/oauth2/token');

  it('is done once, by calls that begin together too, and again once the token is not taken', async () => {
    const { salesforce, crm } = await open();
    const id = await lead(opened);
    await Promise.all([crm.write([statusOf(id, 'MQL')]), crm.changedSince('contract', '2026-01-01T00:00:00Z')]);
    expect(tokens()).toHaveLength(1);
    salesforce.endSessions();
    expect(await crm.write([statusOf(id, 'SQL')])).toEqual([{ outcome: 'written' }]);
    expect(tokens()).toHaveLength(2);
  });

  it('does not go on for ever', async () => {
    const { salesforce, crm } = await open();
    const body = [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }];
    salesforce.failNext({ status: 401, body }, { times: 100, where: 'composite' });
    await expect(crm.write([statusOf(await lead(opened), 'MQL')])).rejects.toThrow('not even a new one');
    expect(tokens().length).toBeLessThanOrEqual(6);
  });

  it('tells nobody the secret or the token, whatever goes wrong', async () => {
    const { salesforce } = await open();
    const crm = createSalesforce({
      connection: {
        kind: 'salesforce',
        organisationId,
        apiUrl: salesforce.url,
        writeBack: { person: { status: 'A__c' }, account: {} },
      },
      ...{ credentials: { ...credentials, clientSecret: 'wrong-secret' }, mapping: noMapping },
    });
    const error = await crm.write([statusOf(await lead(opened), 'MQL')]).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      ...{ code: 'crm-credentials-refused', message: 'Salesforce refuses the credentials: invalid_client' },
    });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/wrong-secret|MQL/);
  });

  it('needs the organisation’s own address', () => {
    const connection = { kind: 'salesforce' as const, organisationId };
    expect(() => createSalesforce({ connection, credentials, mapping: noMapping })).toThrow('apiUrl');
    expect(withApi({ salesforce: connection })).toEqual([]);
    const told = connections.safeParse({ salesforce: { ...connection, writeBack } });
    expect(told.error?.issues).toMatchObject([{ path: ['salesforce', 'apiUrl'] }]);
    const addressed = { ...connection, writeBack, apiUrl: 'https://acme.my.salesforce.com' };
    expect(withApi(connections.parse({ salesforce: addressed }))).toEqual(['salesforce']);
  });
});
