// Nobody goes round CloudFront; and what comes through it is as if nobody stood between.
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { createHandler as crmHandler } from '../../../functions/capture-crm.ts';
import { getRoute, pageRoute, postRoute } from '../../../functions/http/api.ts';
import { testPlaybook } from '../../domain/playbooks.ts';
import { call, now, rememberingPorts, type Sent } from '../capture-harness.ts';

const secret = 'as-cloudfront-sends-it';
const through = { 'x-muster-edge': secret, 'x-muster-viewer': '203.0.113.9', 'x-muster-host': 'leads.acme.example' };

const setUp = (secrets: () => Promise<readonly string[]> = async () => [secret]) => {
  const { ports } = rememberingPorts();
  const seen: object[] = [];
  const options = { ...ports, edge: secrets, allowedOrigins: ['*'] };
  const respond = async ({
    headers,
    requestContext,
  }: {
    headers: object;
    requestContext: { http: { sourceIp: string } };
  }) => {
    seen.push({ headers, from: requestContext.http.sourceIp });
    return { statusCode: 200, body: 'done' };
  };
  const routes = {
    GET: getRoute(options, respond),
    POST: postRoute(options, respond),
    page: pageRoute(options, respond),
  };
  const ask = (route: keyof typeof routes, headers: Sent['headers'] = {}, method = route === 'GET' ? 'GET' : 'POST') =>
    call(routes[route], { method, headers });
  return { ask, seen };
};

test.each([
  'GET',
  'POST',
  'page',
] as const)('a %s that went round it is refused before anything else is done', async (route) => {
  const { ask, seen } = setUp();
  const wrong: Record<string, string>[] = [
    {},
    { 'x-muster-edge': '' },
    { 'x-muster-edge': `${secret}x` },
    { 'x-muster-viewer': '203.0.113.9' },
  ];
  for (const headers of wrong) expect((await ask(route, headers)).statusCode).toBe(403);
  expect((await ask(route, {}, 'OPTIONS')).statusCode).toBe(403);
  expect(seen).toEqual([]);
});

test('what came through it has the visitor’s address and host, and the secret goes no further', async () => {
  const { ask, seen } = setUp();
  expect((await ask('POST', { ...through, host: 'api.amazonaws.example' })).statusCode).toBe(200);
  expect(seen).toEqual([{ headers: { host: 'leads.acme.example' }, from: '203.0.113.9' }]);
});

test('while the secret is rotated both are taken, and afterwards the new one only', async () => {
  let live = ['new', secret];
  const { ask } = setUp(async () => live);
  const statusOf = async (given: string) => (await ask('POST', { 'x-muster-edge': given })).statusCode;
  expect([await statusOf(secret), await statusOf('new')]).toEqual([200, 200]);
  live = ['new'];
  expect([await statusOf(secret), await statusOf('new')]).toEqual([403, 200]);
});

test('without any secret nobody gets through, and where secrets cannot be read the answer is to come again', async () => {
  expect((await setUp(async () => []).ask('POST', through)).statusCode).toBe(403);
  expect((await setUp(async () => ['']).ask('POST', { 'x-muster-edge': '' })).statusCode).toBe(403);
  expect((await setUp(() => Promise.reject(new Error('away'))).ask('POST', through)).statusCode).toBe(503);
});

test('a signature over the public address holds behind it, whatever the API’s own host is', async () => {
  const memory = rememberingPorts();
  const handler = crmHandler({
    ...memory.ports,
    edge: async () => [secret],
    playbook: async () => testPlaybook(),
    connections: { hubspot: { kind: 'hubspot', portalId: 62515 } },
    secrets: {
      webhookSecrets: async () => ['signing'],
      readTokens: async () => [],
      crmCredentials: async () => undefined,
      decisionTokens: async () => [],
      operatorTokens: async () => [],
    },
  });
  const body = JSON.stringify([
    { subscriptionType: 'contact.creation', portalId: 62515, occurredAt: now, eventId: 1, objectId: 5 },
  ]);
  const signedOver = (url: string) =>
    createHmac('sha256', 'signing').update(`POST${url}${body}${now}`).digest('base64');
  const statusOf = async (url: string) =>
    (
      await call(handler, {
        ...{ path: '/crm/hubspot', route: 'POST /crm/{source}', parameters: { source: 'hubspot' }, body },
        headers: {
          ...{ ...through, host: 'api.amazonaws.example', 'content-type': 'application/json' },
          ...{ 'x-hubspot-request-timestamp': String(now), 'x-hubspot-signature-v3': signedOver(url) },
        },
      })
    ).statusCode;
  expect(await statusOf('https://leads.acme.example/crm/hubspot')).toBe(202);
  expect(await statusOf('https://api.amazonaws.example/crm/hubspot')).toBe(401);
});
