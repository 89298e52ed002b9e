// The static server: what it serves, as what, under which policy, and what it will not.

import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { panelAddress, serveWeb, type Web } from '../../web/server.ts';

const apiUrl = 'http://127.0.0.1:4599/_aws/execute-api/abc/$default';
let web: Web;
beforeAll(async () => {
  web = await serveWeb({ apiUrl: `${apiUrl}/`, writeKey: 'wk"</script>' });
});
afterAll(() => web.close());

const get = (path: string, init?: RequestInit) => fetch(web.url + path, init);

/** Unlike fetch, leaves the path as it is. */
const rawGet = (path: string) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const { hostname, port } = new URL(web.url);
    request({ hostname, port, path }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode!, body }));
    })
      .on('error', reject)
      .end();
  });

test.each([
  ['/', 'text/html; charset=utf-8'],
  ['/pricing.html?utm_source=x', 'text/html; charset=utf-8'],
  ['/case-study.html', 'text/html; charset=utf-8'],
  ['/demo.html', 'text/html; charset=utf-8'],
  ['/thanks.html', 'text/html; charset=utf-8'],
  ['/site.css', 'text/css; charset=utf-8'],
  ['/logo.svg', 'image/svg+xml'],
  ['/config.js', 'text/javascript; charset=utf-8'],
  ['/tracker/muster.js', 'text/javascript; charset=utf-8'],
  ['/panel/', 'text/html; charset=utf-8'],
  ['/panel/panel.js', 'text/javascript; charset=utf-8'],
])('%s is served as %s', async (path, type) => {
  const response = await get(path);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(type);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await response.text()).length).toBeGreaterThan(50);
});

test('listens on loopback unless asked for more', () => {
  expect(new URL(web.url).hostname).toBe('127.0.0.1');
});

test.each([
  '/../package.json',
  '/../../etc/passwd',
  '/panel/../../package.json',
  '/%2e%2e/server.ts',
  '/..%2fserver.ts',
  '/..\\server.ts',
  '/panel/..%5c..%5cserver.ts',
  '/server.ts',
  '/.git/config',
  '//etc/passwd',
  '/index.html%00.js',
  '/%',
  '/__proto__',
  'http://elsewhere.example/server.ts',
])('%s leads nowhere', async (path) => {
  const { status, body } = await rawGet(path);
  expect(status).toBe(404);
  expect(body).toContain('There is no such page');
});

test('forms name the API without JavaScript, and config.js says it as data', async () => {
  const html = await (await get('/demo.html')).text();
  expect(html).toContain(`method="post" action="${apiUrl}/forms/demo-request"`);
  expect(html).not.toContain('{{');
  const config: { muster?: unknown } = {};
  new Function('window', await (await get('/config.js')).text())(config);
  expect(config.muster).toEqual({ apiUrl, writeKey: 'wk"</script>' });
});

test('pages may load our own files and talk to the API, and nothing else', async () => {
  const demo = await get('/');
  expect(demo.headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src http://127.0.0.1:4599; " +
      "form-action 'self' http://127.0.0.1:4599; base-uri 'none'; frame-ancestors 'none'",
  );
  expect(demo.headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
  const panel = await get('/panel/');
  const policy = panel.headers.get('content-security-policy')!;
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
  expect(policy).toContain("require-trusted-types-for 'script'; trusted-types mail;");
  expect(panel.headers.get('referrer-policy')).toBe('no-referrer');
});

test('nothing our pages name lies elsewhere', async () => {
  for (const path of ['/', '/pricing.html', '/case-study.html', '/demo.html', '/thanks.html', '/panel/']) {
    const html = await (await get(path)).text();
    const named = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address!);
    expect(named.length).toBeGreaterThan(3);
    for (const address of named) {
      const target = new URL(address, web.url + path);
      expect(target.origin).toBe(web.url);
      expect((await fetch(target)).status, address).toBe(200);
    }
  }
});

test('only reading is allowed, and HEAD answers without a body', async () => {
  const post = await get('/', { method: 'POST', body: 'x' });
  expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  const head = await get('/', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

test('/panel finds its folder', async () => {
  const response = await get('/panel', { redirect: 'manual' });
  expect([response.status, response.headers.get('location')]).toEqual([308, '/panel/']);
});

test('the tracker costs a visitor less than 4 KB', async () => {
  const { promise, resolve } = Promise.withResolvers<number>();
  request(`${web.url}/tracker/muster.js`, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
    expect(response.headers['content-encoding']).toBe('gzip');
    resolve(Number(response.headers['content-length']));
    response.resume();
  }).end();
  const size = await promise;
  expect(size).toBe(gzipSync(readFileSync(new URL('../../web/tracker/muster.js', import.meta.url))).length);
  expect(size).toBeLessThan(4_096);
});

test("the panel's address carries API and token where no server sees them", () => {
  const address = new URL(panelAddress(web.url, { apiUrl, token: 'a+b/c=' }));
  expect(address.pathname + address.search).toBe('/panel/');
  expect(Object.fromEntries(new URLSearchParams(address.hash.slice(1)))).toEqual({ api: apiUrl, token: 'a+b/c=' });
});

test('a port already taken is an error', async () => {
  await expect(serveWeb({ port: Number(new URL(web.url).port), apiUrl, writeKey: 'wk' })).rejects.toThrow('EADDRINUSE');
});
