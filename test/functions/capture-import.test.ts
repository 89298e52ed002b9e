// Lists and offline touches by way of the API.
import { expect, test } from 'vitest';
import { createHandler } from '../../functions/capture-import.ts';
import { call, documentOf, expectProblem, rememberingPorts, type Sent } from './capture-harness.ts';

const setUp = () => {
  const memory = rememberingPorts();
  const handler = createHandler({
    ...memory.ports,
    connections: { crm: { kind: 'signed' } },
    secrets: {
      webhookSecrets: async () => [],
      readTokens: async () => ['reader'],
      crmCredentials: async () => undefined,
      decisionTokens: async () => ['decider'],
      operatorTokens: async () => [],
    },
  });
  const post = (what: string, body: unknown, sent: Sent = {}) =>
    call(handler, {
      ...{ path: `/import/${what}`, route: 'POST /import/{what}', parameters: { what } },
      body: JSON.stringify(body),
      ...sent,
      headers: { authorization: 'Bearer decider', 'content-type': 'application/json', ...sent.headers },
    });
  return { ...memory, post };
};

const touch = {
  ...{ kind: 'webinar', occurredAt: '2026-11-20T10:00:00+01:00', email: 'bea@acme.example', title: 'Spring webinar' },
  ...{ campaign: 'spring', profile: { company: 'Acme' }, consent: { marketing: true } },
};
const change = { occurredAt: '2026-11-20T10:00:00Z', object: 'account', externalId: '1', name: 'Acme' };

test('a touch is on the queue when its sender hears so, by an id that it has whenever it comes', async () => {
  const { post, lines } = setUp();

  const response = await post('touches', { touches: [touch] });
  await post('touches', { touches: [{ ...touch, title: 'Another' }, touch] });

  expect([response.statusCode, documentOf(response)]).toEqual([202, { accepted: 1 }]);
  const [first, other, again] = lines();
  expect(first).toEqual({
    ...{ type: 'touch-captured.v1', id: expect.stringMatching(/^import:[0-9a-f]{32}$/), source: 'import' },
    ...{ kind: 'webinar', occurredAt: '2026-11-20T09:00:00.000Z', receivedAt: '2026-11-22T09:30:00.000Z' },
    ...{ person: { email: 'bea@acme.example' }, page: { title: 'Spring webinar' }, campaign: 'spring' },
    ...{ profile: { company: 'Acme' }, consent: { marketing: true } },
  });
  expect(again).toEqual(first);
  expect(other?.id).not.toBe(first?.id);
});

test('two touches that are equal but for their ids are two', async () => {
  const { post, lines } = setUp();
  await post('touches', {
    touches: [
      { ...touch, id: '1' },
      { ...touch, id: '2' },
    ],
  });
  expect(new Set(lines().map(({ id }) => id)).size).toBe(2);
});

test('a change is of its connection, and never after it came', async () => {
  const { post, lines } = setUp();

  await post('changes', { connection: 'crm', changes: [change, { ...change, occurredAt: '2027-01-01T00:00:00Z' }] });

  expect(lines()).toMatchObject([
    {
      ...{ type: 'crm-change-captured.v1', id: expect.stringMatching(/^crm:import\.[0-9a-f]{32}$/), source: 'crm' },
      ...{ occurredAt: '2026-11-20T10:00:00.000Z', change: { object: 'account', externalId: '1', name: 'Acme' } },
    },
    { occurredAt: '2026-11-22T09:30:00.000Z' },
  ]);
});

test.each<[string, number, string, unknown, Sent]>([
  ['a read token', 401, 'touches', { touches: [touch] }, { headers: { authorization: 'Bearer reader' } }],
  ['no token', 401, 'touches', { touches: [touch] }, { headers: { authorization: '' } }],
  ['another address', 404, 'leads', { touches: [touch] }, {}],
  ['another content type', 415, 'touches', {}, { headers: { 'content-type': 'text/csv' } }],
  ['too many', 413, 'touches', { touches: Array.from({ length: 101 }, () => touch) }, {}],
  ['too many changes', 413, 'changes', { connection: 'crm', changes: Array.from({ length: 101 }, () => change) }, {}],
  ['another method', 405, 'touches', {}, { method: 'GET' }],
])('%s is answered %i', async (_, status, what, body, sent) => {
  const { post, bodies } = setUp();
  expectProblem(await post(what, body, sent), status);
  expect(bodies).toEqual([]);
});

test.each<[string, unknown, string[]]>([
  ['touches', { touches: [touch, { ...touch, email: 'bea' }] }, ['touches[1].email']],
  [
    'touches',
    {
      touches: [
        { ...touch, kind: 'page' },
        { ...touch, visitor: 'x' },
      ],
    },
    ['touches[0].kind', 'touches[1].visitor'],
  ],
  [
    'touches',
    {
      touches: [
        { ...touch, kind: 'form' },
        { ...touch, form: { id: 'x', answers: {} } },
      ],
    },
    ['touches[0].form', 'touches[1].form'],
  ],
  ['touches', { touches: [{ ...touch, occurredAt: '2026-11-20' }] }, ['touches[0].occurredAt']],
  ['touches', {}, ['touches']],
  ['changes', { connection: 'hubspot', changes: [change] }, ['connection']],
  ['changes', { connection: 'toString', changes: [change] }, ['connection']],
  ['changes', { connection: 'crm', changes: [change, { ...change, status: 'Qualified' }] }, ['changes[1].status']],
  ['changes', { connection: 'crm', changes: [{ ...change, occurredAt: undefined }] }, ['changes[0].occurredAt']],
])('%s that are wrong are refused whole, each by its field: %j', async (what, body, fields) => {
  const { post, bodies } = setUp();
  expectProblem(await post(what, body), 400, fields);
  expect(bodies).toEqual([]);
});

test('a queue that fails is 503: nothing was taken in', async () => {
  const { post, state } = setUp();
  state.queueFails = new Error('down');
  expectProblem(await post('touches', { touches: [touch] }), 503);
});
