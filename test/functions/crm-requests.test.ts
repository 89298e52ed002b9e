// What a CRM may be asked to do by way of the API: who may ask, what is refused, and that it is durable before it is answered.
import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/crm-requests.ts';
import type { HttpHandler } from '../../functions/http/api.ts';
import { createHandler as createReadApi } from '../../functions/read-api.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { openWorld, silent } from '../simulation/world.ts';
import { createMemoryCrm } from '../steps/crm-in-memory.ts';
import { call, documentOf, expectProblem, receivedAt, rememberingPorts } from './capture-harness.ts';

const connections: Record<string, Connection> = {
  hubspot: { kind: 'hubspot', portalId: 1 },
  pipedrive: { kind: 'pipedrive', companyId: 1 },
  salesforce: { kind: 'salesforce', organisationId: '00D5e0000000001EAA', apiUrl: 'https://acme.my.salesforce.com' },
  deaf: { kind: 'salesforce', organisationId: '00D5e0000000001EAA' },
  crm: { kind: 'signed' },
};
const said = { by: 'ops@seller.example', why: 'Said on the phone.' };
const merge = { call: 'merge', connection: 'hubspot', object: 'person', into: '501', from: '502', ...said };
const convert = { call: 'convert', connection: 'salesforce', lead: '00Q5e00000000AAEAY', ...said };
const json = { 'content-type': 'application/json' };
const secrets = {
  readTokens: async () => ['token-1'],
  decisionTokens: async () => ['token-2'],
  operatorTokens: async () => [],
  crmCredentials: async () => undefined,
  webhookSecrets: async () => [],
};
let remembered: ReturnType<typeof rememberingPorts>;
let handler: HttpHandler;
beforeEach(() => {
  remembered = rememberingPorts();
  handler = createHandler({ ...remembered.ports, secrets, connections });
});

const post = (body: unknown, token: string | undefined = 'token-2', to = handler) =>
  call(to, {
    ...{ path: '/crm-requests', body: JSON.stringify(body) },
    headers: { ...json, ...(token && { authorization: `Bearer ${token}` }) },
  });
const queued = () => remembered.bodies.map((body) => JSON.parse(body) as Record<string, unknown>);

describe('a request', () => {
  it('is answered once it is durable, with an id of what is asked and not of who asks', async () => {
    const response = await post(merge);
    const again = await post({ ...merge, by: 'dan@seller.example', why: 'I say so too.' });

    expect(response.statusCode).toBe(202);
    const id = expect.stringMatching(/^ask_[0-9a-f]{24}$/);
    expect(documentOf(response)).toEqual({ id, at: receivedAt });
    expect(documentOf(again).id).toBe(documentOf(response).id);
    const wants = { call: 'merge', object: 'person', into: '501', from: '502' };
    const { id: requestId } = documentOf(response);
    const first = { type: 'crm-requested.v1', requestId, at: receivedAt, source: 'hubspot', wants, ...said };
    expect(queued()[0]).toEqual(first);
  });

  it('is another where anything of what is asked is another', async () => {
    const asked = [
      ...[merge, { ...merge, connection: 'pipedrive' }, { ...merge, object: 'account' }, { ...merge, from: '503' }],
      ...[{ ...merge, into: '502', from: '501' }, convert, { ...convert, account: '0015e00000000AAEAY' }],
    ];
    const ids = [];
    for (const one of asked) ids.push(documentOf(await post(one)).id);
    expect(new Set(ids).size).toBe(asked.length);
  });

  it('of Salesforce is the same in 15 characters and in 18', async () => {
    const [short, long] = [await post({ ...convert, lead: convert.lead.slice(0, 15) }), await post(convert)];
    expect(documentOf(short).id).toBe(documentOf(long).id);
    expect(queued()[0]).toMatchObject({ wants: { call: 'convert', lead: convert.lead } });
  });

  it('is refused while the queue is', async () => {
    remembered.state.queueFails = new Error('down');
    expectProblem(await post(merge), 503);
  });

  it('can be looked up by whoever may read', async () => {
    const crm = createMemoryCrm();
    const world = await openWorld(receivedAt, { crms: { connections, crmOf: async () => crm } });
    try {
      const { clock, table, queues } = world.embedded;
      const ports = { clock, log: silent, secrets };
      const ask = createHandler({ ...ports, table, connections, queue: queues.queue('sync-crm') });
      const read = createReadApi({ ...ports, table, playbook: world.playbook, allowedOrigins: [] });
      const { id } = documentOf(await post(merge, 'token-2', ask));
      const look = (token: string) =>
        call(read, {
          ...{ method: 'GET', path: `/api/crm-requests/${String(id)}` },
          headers: { authorization: `Bearer ${token}` },
        });

      expectProblem(await look('token-1'), 404);
      await world.runtime.settle();
      expect(documentOf(await look('token-1'))).toMatchObject({ id, state: 'written', ...said });
      expectProblem(await look('token-2'), 401);
    } finally {
      await world.close();
    }
  });
});

describe('what is refused', () => {
  it('whoever has no token, or one to read', async () => {
    expectProblem(await post(merge, ''), 401);
    expectProblem(await post(merge, 'token-1'), 401);
  });

  it.each<[string, object, string]>([
    ['nobody asks', { ...merge, by: '' }, 'by'],
    ['no reason', { ...merge, why: undefined }, 'why'],
    ['no such call', { ...merge, call: 'delete' }, 'call'],
    ['no such object', { ...merge, object: 'deal' }, 'object'],
    ['no such connection', { ...merge, connection: 'zoho' }, 'connection'],
    ['a connection of no kind that has an API', { ...merge, connection: 'crm' }, 'connection'],
    ['a Salesforce whose API is not known', { ...convert, connection: 'deaf' }, 'connection'],
    ['a record and itself', { ...merge, from: '501' }, 'from'],
    [
      'a record and itself, spelt otherwise',
      { ...merge, connection: 'salesforce', into: convert.lead, from: convert.lead.slice(0, 15) },
      'from',
    ],
    ['no id of HubSpot’s', { ...merge, into: 'bea@acme.example' }, 'into'],
    ['no id of Pipedrive’s', { ...merge, connection: 'pipedrive', from: '0' }, 'from'],
    [
      'an account as a person',
      { ...merge, connection: 'salesforce', into: '0015e00000000AAEAY', from: convert.lead },
      'into',
    ],
    ['a contact as a lead', { ...convert, lead: '0035e00000000AAEAY' }, 'lead'],
    ['a lead as the account', { ...convert, account: convert.lead }, 'account'],
    ['a conversion where there are no leads', { ...convert, connection: 'hubspot', lead: '501' }, 'connection'],
    ['what is not known', { ...merge, sure: true }, 'sure'],
  ])('%s', async (_, body, field) => {
    const response = await post(body);
    expectProblem(response, 400, [field]);
    expect(response.body).not.toContain('bea@');
    expect(queued()).toEqual([]);
  });

  it('anything, where no connection has an API', async () => {
    const none = createHandler({ ...remembered.ports, secrets, connections: {}, queue: undefined });
    expectProblem(await post(merge, 'token-2', none), 404);
  });
});
