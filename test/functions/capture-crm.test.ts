import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { createHandler } from '../../functions/capture-crm.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { call, documentOf, expectProblem, now, rememberingPorts, type Sent } from './capture-harness.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const newer = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const changes = [
  {
    occurredAt: '2026-11-22T10:00:00+01:00',
    object: 'account',
    externalId: '4711',
    name: 'Ünïcode 🎉',
    domains: ['acme.example'],
  },
];
const body = JSON.stringify({ changes });

const signed = (text: string, { id = 'msg_1', key = secret, at = now } = {}) => ({
  'webhook-id': id,
  'webhook-timestamp': String(at / 1_000),
  'webhook-signature': new Webhook(key).sign(id, new Date(at), text),
});

const setUp = (
  webhookSecrets: (source: string) => Promise<readonly string[]> = async (source) =>
    source === 'crm' ? [newer, secret] : [],
) => {
  const memory = rememberingPorts();
  const handler = createHandler({
    ...memory.ports,
    playbook: async () => testPlaybook(),
    connections: { crm: { kind: 'signed' } },
    secrets: {
      webhookSecrets,
      readTokens: async () => [],
      crmCredentials: async () => undefined,
      decisionTokens: async () => [],
      operatorTokens: async () => [],
    },
  });
  const post = (text: string, sent: Sent = {}) =>
    call(handler, {
      path: '/crm/crm',
      route: 'POST /crm/{source}',
      parameters: { source: 'crm' },
      body: text,
      ...sent,
      headers: { 'content-type': 'application/json', ...signed(text), ...sent.headers },
    });
  return { ...memory, post };
};

test('a signed change is on the queue when the CRM hears so', async () => {
  const { post, lines } = setUp();

  const response = await post(body);

  expect(response.statusCode).toBe(202);
  expect(documentOf(response)).toEqual({ accepted: 1 });
  expect(lines()).toEqual([
    {
      type: 'crm-change-captured.v1',
      id: 'crm:msg_1.0',
      source: 'crm',
      occurredAt: '2026-11-22T09:00:00.000Z',
      receivedAt: '2026-11-22T09:30:00.000Z',
      change: { object: 'account', externalId: '4711', name: 'Ünïcode 🎉', domains: ['acme.example'] },
    },
  ]);
});

test('the signature holds whichever live secret made it, and for a body in base64', async () => {
  const { post } = setUp();

  expect((await post(body, { headers: signed(body, { key: newer }) })).statusCode).toBe(202);
  expect((await post(body, { body: Buffer.from(body) })).statusCode).toBe(202);
});

test('the same delivery again makes the same lines', async () => {
  const { post, lines } = setUp();

  await post(body);
  await post(body);

  expect(lines()[1]).toEqual(lines()[0]);
});

describe('a refused delivery', () => {
  const long = JSON.stringify({ changes: Array.from({ length: 101 }, () => changes[0]) });
  const huge = JSON.stringify({ changes, x: 'x'.repeat(65_536) });

  test.each<[string, number, string, Sent]>([
    ['one byte changed', 401, body, { body: body.replace('4711', '4712') }],
    ['one byte changed in base64', 401, body, { body: Buffer.from(body.replace('4711', '4712')) }],
    ['another key', 401, body, { headers: signed(body, { key: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }) }],
    ['a time too long ago', 401, body, { headers: signed(body, { at: now - 301_000 }) }],
    ['a time too far ahead', 401, body, { headers: signed(body, { at: now + 301_000 }) }],
    ['no signature', 401, body, { headers: { 'webhook-signature': '' } }],
    ['an unknown connection', 404, body, { parameters: { source: 'hubspot' } }],
    ['a name that is none', 404, body, { parameters: { source: '__proto__' } }],
    ['another content type', 415, body, { headers: { 'content-type': 'text/plain' } }],
    ['too many changes', 413, long, {}],
    ['a body too large', 413, huge, {}],
    ['another method', 405, '', { method: 'PUT' }],
  ])('with %s is answered %i', async (_, status, text, sent) => {
    const { post, bodies } = setUp();

    const response = await post(text, sent);

    expectProblem(response, status);
    expect(bodies).toEqual([]);
  });

  test('does not say what about the signature was wrong', async () => {
    const { post } = setUp();

    const late = await post(body, { headers: signed(body, { at: now - 301_000 }) });
    const forged = await post(body, { headers: { 'webhook-signature': 'v1,AAAA' } });

    expect(late.body).toBe(forged.body);
  });

  test.each([
    ['not JSON', '{"changes":[', ['body']],
    ['empty', '', ['body']],
    [
      "a status that is not the CRM's",
      JSON.stringify({ changes: [{ ...changes[0], status: 'Qualified' }] }),
      ['changes[0].status'],
    ],
  ])('that is signed but %s names its fields', async (_, text, fields) => {
    const { post } = setUp();

    expectProblem(await post(text), 400, fields);
  });
});

test('secrets that cannot be read are our fault: 503, never 4xx', async () => {
  const { post } = setUp(() => Promise.reject(new Error('vault')));

  const response = await post(body);

  expectProblem(response, 503);
  expect(response.headers).toHaveProperty('retry-after');
});

test('a secret without a key is a bare 500, and nobody gets in', async () => {
  const { post, bodies } = setUp(async () => ['whsec_']);

  expectProblem(await post(body), 500);
  expect(bodies).toEqual([]);
});

test('a queue that fails is 503', async () => {
  const { post, state } = setUp();
  state.queueFails = new Error('down');

  expectProblem(await post(body), 503);
});
