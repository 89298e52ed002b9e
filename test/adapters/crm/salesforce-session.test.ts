// Whatever goes wrong on the way to Salesforce: what is tried again, what is left for later, who signs in, and that nobody is told a secret.
import { describe, expect, it } from 'vitest';
import { createSalesforce } from '../../../lib/adapters/crm/salesforce.ts';
import { CrmUnavailable } from '../../../lib/crm.ts';
import { connections, withApi } from '../../../lib/domain/connection.ts';
import { noMapping } from '../../../lib/domain/playbook/crm-mapping.ts';
import {
  calls,
  collections,
  credentials,
  lead,
  type Opened,
  openSalesforce,
  organisationId,
  statusOf,
  writeBack,
} from './salesforce-harness.ts';

let opened: Opened;
const open = async (...given: Parameters<typeof openSalesforce>): Promise<Opened> => {
  opened = await openSalesforce(...given);
  return opened;
};

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
    expect(await write()).toEqual([{ outcome: 'written' }, { outcome: 'later', error: expect.any(CrmUnavailable) }]);
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
