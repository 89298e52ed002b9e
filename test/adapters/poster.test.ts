// What goes out over HTTP: signed so that the specification's own library verifies it, in time, and nowhere else than it was sent.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPoster } from '../../lib/adapters/poster.ts';
import { mayPostTo } from '../../lib/domain/destinations.ts';

const secrets = [7, 8].map((byte) => `whsec_${Buffer.alloc(24, byte).toString('base64')}`) as [string, string];
let server: Server;
let heard: { request: IncomingMessage; body: string }[];
let answer: { status: number; headers?: Record<string, string> } | undefined;
beforeEach(async () => {
  heard = [];
  answer = { status: 204 };
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    heard.push({ request, body: Buffer.concat(chunks).toString() });
    if (answer !== undefined) response.writeHead(answer.status, answer.headers).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});
const url = (path = '/in') => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

it.each(secrets)('is verified with either secret (%#)', async (secret) => {
  const body = JSON.stringify({ type: 'lead-qualified.v1', data: { name: 'Bücher' } });
  expect(await createPoster({ mayPostTo }).post({ url: url(), body, signed: { id: 'evt_1', secrets } })).toMatchObject({
    status: 204,
  });

  const [{ request, body: sent }] = heard as [(typeof heard)[0]];
  expect(request.headers['content-type']).toBe('application/json');
  expect(new Webhook(secret).verify(sent, request.headers as Record<string, string>)).toEqual(JSON.parse(body));
});

it('tells the status and how long is to be waited', async () => {
  answer = { status: 429, headers: { 'retry-after': '120' } };
  expect(await createPoster({ mayPostTo }).post({ url: url(), body: '{}' })).toEqual({
    status: 429,
    retryAfterMs: 120_000,
  });
});

it('follows nobody elsewhere', async () => {
  answer = { status: 307, headers: { location: url('/elsewhere') } };
  expect(await createPoster({ mayPostTo }).post({ url: url(), body: '{}' })).toMatchObject({ status: 307 });
  expect(heard).toHaveLength(1);
});

it('waits no longer than it should, and throws nothing', async () => {
  answer = undefined;
  expect(await createPoster({ mayPostTo, timeoutMs: 50 }).post({ url: url(), body: '{}' })).toEqual({
    failed: 'it did not answer in 50 ms',
  });
  const gone = url();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(await createPoster({ mayPostTo }).post({ url: gone, body: '{}' })).toEqual({
    failed: 'it could not be reached',
  });
});

const publicAddress = '93.184.216.34';
it.each([
  ['https://169.254.169.254/latest/meta-data', []],
  ['https://[::ffff:10.0.0.1]/in', []],
  ['https://[64:ff9b::a9fe:a9fe]/latest/meta-data', []],
  ['https://[2002:a00:1::]/in', []],
  ['https://localhost/in', []],
  ['https://inner.example/in', ['10.0.0.7']],
  ['https://half.example/in', [publicAddress, 'fd00::1']],
])('posts nothing to %s, which is in no public network', async (target, addresses) => {
  const posted: unknown[] = [];
  const fetch = async (to: unknown) => {
    posted.push(to);
    return new Response();
  };
  const named = addresses.length === 0 ? {} : { addressesOf: async () => addresses };
  expect(await createPoster({ mayPostTo, fetch, ...named }).post({ url: target, body: '{}' })).toEqual({
    failed: 'it is in no public network',
  });
  const open = { mayPostTo, fetch, addressesOf: async () => [publicAddress] };
  expect(await createPoster(open).post({ url: 'https://outer.example/in', body: '{}' })).toMatchObject({ status: 200 });

  expect(posted).toEqual(['https://outer.example/in']);
});
