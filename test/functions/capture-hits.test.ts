import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createHandler } from '../../functions/capture-hits.ts';
import { call, chrome, documentOf, expectProblem, googlebot, rememberingPorts, type Sent } from './capture-harness.ts';

const basic = { authorization: `Basic ${btoa('wk:')}` };
const hit = {
  type: 'page',
  anonymousId: 'a1',
  messageId: 'm1',
  properties: { url: 'https://www.example.com/pricing' },
};

const setUp = () => {
  const memory = rememberingPorts();
  const handler = createHandler({ ...memory.ports, writeKeys: ['wk', 'wk-2'] });
  const post = (document: unknown, sent: Sent = {}) =>
    call(handler, {
      path: '/v1/page',
      route: 'POST /v1/{proxy+}',
      body: typeof document === 'string' || Buffer.isBuffer(document) ? document : JSON.stringify(document),
      ...sent,
      headers: { 'content-type': 'application/json', 'user-agent': chrome, ...basic, ...sent.headers },
    });
  return { ...memory, handler, post };
};

describe('an accepted hit', () => {
  test('is on the queue when the client hears so', async () => {
    const { post, lines } = setUp();

    const response = await post(hit);

    expect(response.statusCode).toBe(200);
    expect(documentOf(response)).toEqual({ success: true });
    expect(lines()).toMatchObject([{ id: 'web:m1', kind: 'page', person: { visitor: 'anon:a1' } }]);
  });

  test.each([
    [
      'a beacon, as text with the key in the body',
      { 'content-type': 'text/plain;charset=UTF-8', authorization: '' },
      (text: string) => text,
    ],
    ['binary in base64', {}, (text: string) => Buffer.from(text)],
    [
      'gzip labelled as a form',
      { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': 'gzip' },
      (text: string) => gzipSync(text),
    ],
  ])('may come as %s', async (_, headers, wrapped) => {
    const { post, lines } = setUp();

    const response = await post(wrapped(JSON.stringify({ ...hit, writeKey: 'wk-2' })), { headers });

    expect(response.statusCode).toBe(200);
    expect(lines()).toHaveLength(1);
  });

  test('may be one of many kinds in a batch', async () => {
    const { post, lines } = setUp();
    const batch = ['page', 'screen', 'track', 'identify', 'group'].map((type, n) => ({
      ...hit,
      type,
      event: 'Demo Requested',
      messageId: `m${n}`,
    }));

    const response = await post({ batch, sentAt: '2026-11-22T09:30:00Z' }, { path: '/v1/b' });

    expect(response.statusCode).toBe(200);
    expect(lines().map((line) => 'kind' in line && line.kind)).toEqual(['page', 'page', 'event', 'identify', 'group']);
  });

  test('of a crawler is kept and flagged', async () => {
    const { post, lines } = setUp();

    const response = await post(hit, { headers: { 'user-agent': googlebot } });

    expect(response.statusCode).toBe(200);
    expect(lines()).toMatchObject([{ flag: 'bot' }]);
  });

  test('twice is the same hit twice', async () => {
    const { post, lines } = setUp();

    await post(hit);
    await post(hit, { requestId: 'req-2' });

    const [first, second] = lines();
    expect(second).toEqual(first);
  });
});

test("the client's metrics of itself are waved through, unread and unkept", async () => {
  const { post, bodies } = setUp();

  const response = await post('{"series":', { path: '/v1/m', headers: { authorization: '' } });

  expect(response.statusCode).toBe(200);
  expect(bodies).toEqual([]);
});

describe('a refused hit', () => {
  test.each([
    ['no key', 401, hit, { headers: { authorization: '' } }],
    ['an unknown key', 401, { ...hit, writeKey: 'nobody' }, { headers: { authorization: '' } }],
    ['an unknown user', 401, hit, { headers: { authorization: `Basic ${btoa('nobody:')}` } }],
    ['an unknown call', 404, hit, { path: '/v1/score' }],
    ['another method', 405, '', { method: 'GET' }],
    ['XML', 415, '<hit/>', { headers: { 'content-type': 'application/xml' } }],
    ['no content type', 415, hit, { headers: { 'content-type': '' } }],
    ['a multipart form', 415, hit, { headers: { 'content-type': 'multipart/form-data; boundary=x' } }],
    ['a body too large', 413, { ...hit, x: 'x'.repeat(65_536) }, {}],
    ['a gzip bomb', 413, gzipSync(Buffer.alloc(10_000_000)), {}],
    ['a batch too long', 413, { batch: Array.from({ length: 101 }, () => hit) }, { path: '/v1/batch' }],
  ])('with %s is answered %i', async (_, status, document, sent) => {
    const { post, bodies } = setUp();

    const response = await post(document, sent as Sent);

    expectProblem(response, status);
    expect(bodies).toEqual([]);
  });

  test.each([
    ['{"anonymousId":"a1"', ['body']],
    ['', ['body']],
    ['[]', ['body']],
    [JSON.stringify({ ...hit, timestamp: 'noon' }), ['timestamp']],
    [JSON.stringify({ type: 'page' }), ['userId']],
  ])('%s names its fields', async (body, fields) => {
    const { post } = setUp();

    expectProblem(await post(body), 400, fields);
  });

  test('in a batch is named by its place, and the batch is not kept by halves', async () => {
    const { post, bodies } = setUp();

    const response = await post({ batch: [hit, hit, hit, { ...hit, timestamp: 'noon' }] }, { path: '/v1/batch/' });

    expectProblem(response, 400, ['batch[3].timestamp']);
    expect(bodies).toEqual([]);
  });

  test('names fifty fields at most', async () => {
    const { post } = setUp();
    const batch = Array.from({ length: 100 }, () => ({}));

    const response = await post({ batch }, { path: '/v1/batch' });

    expect(documentOf(response).errors).toHaveLength(50);
  });
});

test('a queue that fails is 503 with Retry-After, and says nothing of why', async () => {
  const { post, state, logged } = setUp();
  state.queueFails = Object.assign(new Error('AccessDenied for https://sqs.example/1/hits and bea@acme.example'), {
    code: 'AccessDenied',
  });

  const response = await post(hit);

  expectProblem(response, 503);
  expect(response.headers?.['retry-after']).toBe('5');
  expect(response.body).not.toMatch(/sqs|AccessDenied|bea/);
  expect(logged).toMatchObject([{ level: 'error', fields: { status: 503, failure: { code: 'AccessDenied' } } }]);
  expect(JSON.stringify(logged)).not.toContain('bea@acme.example');
});

describe('CORS', () => {
  const origin = 'https://www.example.com';

  test('a preflight is answered for the sites of the tenant', async () => {
    const { post } = setUp();

    const response = await post('', { method: 'OPTIONS', headers: { origin } });

    expect(response.statusCode).toBe(204);
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': expect.stringContaining('content-type'),
      vary: 'origin',
    });
  });

  test('and for no other site', async () => {
    const { post } = setUp();

    const response = await post('', { method: 'OPTIONS', headers: { origin: 'https://evil.example' } });

    expect(response.statusCode).toBe(204);
    expect(response.headers).not.toHaveProperty('access-control-allow-origin');
    expect(response.headers).toMatchObject({ vary: 'origin' });
  });

  test('answers and refusals can be read there', async () => {
    const { post } = setUp();

    for (const document of [hit, {}, 'no json']) {
      const response = await post(document, { headers: { origin } });
      expect(response.headers).toMatchObject({ 'access-control-allow-origin': origin, vary: 'origin' });
    }
    const elsewhere = await post(hit, { headers: { origin: 'https://www.example.com.evil.example' } });
    expect(elsewhere.headers).not.toHaveProperty('access-control-allow-origin');
    expect(elsewhere.headers).not.toHaveProperty('access-control-allow-credentials');
  });
});

describe('the log', () => {
  test('has one line a request, without a word of what was sent', async () => {
    const { post, logged } = setUp();
    const canary = 'canary@acme.example';

    await post({ ...hit, traits: { email: canary }, userId: canary });
    await post({ batch: [{ [canary]: 1, timestamp: canary, userId: canary }] }, { path: `/v1/batch` });
    await post(canary, { path: `/v1/${canary}` });

    expect(logged.map(({ fields }) => fields?.status)).toEqual([200, 400, 404]);
    expect(logged[0]).toEqual({
      level: 'info',
      message: 'request',
      fields: { requestId: 'req-1', route: 'POST /v1/{proxy+}', status: 200, milliseconds: 0 },
    });
    expect(JSON.stringify(logged)).not.toContain('canary');
  });

  test('has no address, which is with the touch alone', async () => {
    const { post, logged, lines } = setUp();

    await post({ ...hit, writeKey: 'wk' }, { headers: { authorization: '', origin: 'https://www.example.com' } });

    expect(lines()).toMatchObject([{ ip: '192.0.2.1' }]);
    expect(JSON.stringify(logged)).not.toContain('192.0.2.1');
  });
});

test('a failure nobody foresaw is a bare 500', async () => {
  const memory = rememberingPorts();
  const handler = createHandler({
    ...memory.ports,
    get writeKeys(): string[] {
      throw new TypeError('secret detail');
    },
  });

  const response = await call(handler, {
    path: '/v1/page',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });

  expectProblem(response, 500);
  expect(response.body).not.toContain('secret detail');
  expect(memory.logged).toMatchObject([{ level: 'error', fields: { failure: { name: 'TypeError' } } }]);
  expect(JSON.stringify(memory.logged)).not.toContain('secret detail');
});
