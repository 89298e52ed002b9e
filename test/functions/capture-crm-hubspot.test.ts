// HubSpot's own payload through the route that it posts to, signed by its own client.
import { readFileSync } from 'node:fs';
import { Signature } from '@hubspot/api-client';
import { describe, expect, test } from 'vitest';
import { createHandler } from '../../functions/capture-crm.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { call, documentOf, expectProblem, now, rememberingPorts, type Sent } from './capture-harness.ts';

const events: object[] = JSON.parse(readFileSync('test/fixtures/webhooks/hubspot-events.json', 'utf8'));
const portalId = 62515;
const body = JSON.stringify(events.map((event) => ({ ...event, portalId })));
const secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
const url = 'https://api.example.com/crm/hubspot';

interface Signed {
  by?: string;
  at?: number;
  to?: string;
}
const signed = (text: string, { by = secret, at = now, to = url }: Signed = {}) => ({
  'x-hubspot-request-timestamp': String(at),
  'x-hubspot-signature-v3': Signature.getSignature('POST', 'v3', {
    ...{ clientSecret: by, requestBody: text, signature: '', url: to, timestamp: at },
  }),
});

const setUp = ({ secrets = ['newer', secret], publicUrl }: { secrets?: string[]; publicUrl?: string } = {}) => {
  const memory = rememberingPorts();
  const handler = createHandler({
    ...memory.ports,
    playbook: async () => testPlaybook(),
    connections: { hubspot: { kind: 'hubspot', portalId, publicUrl } },
    secrets: {
      webhookSecrets: async () => secrets,
      readTokens: async () => [],
      crmCredentials: async () => undefined,
      decisionTokens: async () => [],
      operatorTokens: async () => [],
    },
  });
  const post = (text: string, sent: Sent = {}, as: Signed = {}) =>
    call(handler, {
      ...{ path: '/crm/hubspot', route: 'POST /crm/{source}', parameters: { source: 'hubspot' }, body: text },
      ...sent,
      headers: { 'content-type': 'application/json', host: 'api.example.com', ...signed(text, as), ...sent.headers },
    });
  return { ...memory, post };
};

test('an event that is none keeps out no other', async () => {
  const { post, lines, logged } = setUp();
  const event = { subscriptionType: 'contact.creation', portalId, occurredAt: now, eventId: 1, objectId: 5 };

  const response = await post(JSON.stringify([event, { ...event, occurredAt: null }, { ...event, objectId: 6 }]));

  expect(response.statusCode).toBe(202);
  expect(lines()).toHaveLength(2);
  expect(JSON.stringify(logged)).toContain('is none as HubSpot describes them');
});

test('a hundred events with long values are taken, where other bodies end at 64 KB', async () => {
  const { post, lines } = setUp();
  const event = {
    subscriptionType: 'company.propertyChange',
    portalId,
    occurredAt: now,
    propertyName: 'web_technologies',
  };
  const propertyValue = Array.from({ length: 45 }, (_, index) => `google_analytics_${index}`).join(';');
  const many = Array.from({ length: 100 }, (_, eventId) => ({
    ...event,
    eventId,
    objectId: 1 + eventId,
    propertyValue,
  }));

  const response = await post(JSON.stringify(many));

  expect(response.statusCode).toBe(202);
  expect(lines()).toHaveLength(100);
});

test('events are on the queue when HubSpot hears so, and what is not read is in the log', async () => {
  const { post, lines, logged } = setUp();

  const response = await post(body);

  expect([response.statusCode, documentOf(response)]).toEqual([202, { accepted: 3 }]);
  expect(lines()).toMatchObject([
    { source: 'hubspot', change: { object: 'person', externalId: '123' } },
    { change: { profile: { firstName: 'sample-value' } } },
    { change: { profile: { firstName: 'Briane' } } },
  ]);
  expect(logged).toContainEqual({
    level: 'warn',
    message: 'unread',
    fields: {
      source: 'hubspot',
      what: 'contact.propertyChange passport_number',
      why: 'is sensitive: HubSpot keeps the value to itself',
    },
  });
});

test('the same delivery again makes the same lines, in base64 too', async () => {
  const { post, lines } = setUp();

  await post(body);
  await post(body, { body: Buffer.from(body) }, { at: now - 60_000 });

  expect(lines().slice(3)).toEqual(lines().slice(0, 3));
  expect(lines()).toHaveLength(6);
});

test('the signature is over the address HubSpot sends to, where that is not our own', async () => {
  const { post } = setUp({ publicUrl: 'https://hooks.example.com/muster/' });
  const to = 'https://hooks.example.com/muster/crm/hubspot';

  expect((await post(body, {}, { to })).statusCode).toBe(202);
  expectProblem(await post(body), 401);
});

describe('a refused delivery', () => {
  const long = JSON.stringify(Array.from({ length: 101 }, () => ({ ...events[1], portalId })));
  const foreign = JSON.stringify(events);

  test.each<[string, number, string, Sent, Signed?]>([
    ['one byte changed', 401, body, { body: body.replace('Briane', 'Brians') }],
    ['one byte changed in base64', 401, body, { body: Buffer.from(body.replace('Briane', 'Brians')) }],
    ['a query it was not signed with', 401, body, { query: 'a=1' }],
    ['another host', 401, body, { headers: { host: 'api2.example.com' } }],
    ['another secret', 401, body, {}, { by: 'another' }],
    ['a time too long ago', 401, body, {}, { at: now - 300_001 }],
    ['a time too far ahead', 401, body, {}, { at: now + 300_001 }],
    ['no signature', 401, body, { headers: { 'x-hubspot-signature-v3': '' } }],
    ['an unknown connection', 404, body, { parameters: { source: 'crm' } }],
    ['another content type', 415, body, { headers: { 'content-type': 'text/plain' } }],
    ['too many events', 413, long, {}],
    ['a body too large', 413, JSON.stringify([{ ...events[1], portalId, x: 'x'.repeat(1_024 * 1_024) }]), {}],
    ['another account', 422, foreign.replaceAll(`${portalId}`, '1'), {}],
    ['no events', 400, '[]', {}],
    ['no JSON', 400, '[', {}],
  ])('with %s is answered %i', async (_, status, text, sent, as) => {
    const { post, bodies } = setUp();

    expectProblem(await post(text, sent, as), status);
    expect(bodies).toEqual([]);
  });
});

test('without a secret of ours yet it is our fault, and HubSpot sends again', async () => {
  const { post } = setUp({ secrets: [] });

  expectProblem(await post(body), 503);
});

test('a queue that fails is 503', async () => {
  const { post, state } = setUp();
  state.queueFails = new Error('down');

  expectProblem(await post(body), 503);
});
