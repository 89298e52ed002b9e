// Serves what people see, the demo site, the panel and the tracker, from this folder; only files that were there at the
// start have an address, so that no path leads anywhere else.
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { demoPolicy, panelPolicy } from './content-security-policy.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface WebOptions {
  /** Loopback unless asked for more. */
  host?: string;
  /** 0 takes a free one. */
  port?: number;
  /** Where forms and hits go, with or without a path of its own, e.g. `http://127.0.0.1:8787`. */
  apiUrl: string;
  writeKey: string;
}

export interface Web {
  url: string;
  close(): Promise<void>;
}

export async function serveWeb({ host = '127.0.0.1', port = 0, apiUrl, writeKey }: WebOptions): Promise<Web> {
  const site = {
    files: addresses(),
    apiUrl: apiUrl.replace(/\/+$/, ''),
    writeKey,
  };
  const server = createServer((request, response) => {
    answer(site, request, response).catch(() => send(response, 500, 'text/plain; charset=utf-8', 'Something broke.\n'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** The panel's address with what it needs to read the API. A fragment never leaves the browser, so no log sees the token. */
export function panelAddress(webUrl: string, connection: { apiUrl: string; token: string }): string {
  return `${webUrl}/panel/#${new URLSearchParams({ api: connection.apiUrl, token: connection.token })}`;
}

interface Site {
  files: ReadonlyMap<string, string>;
  apiUrl: string;
  writeKey: string;
}

async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = '/'] = (request.url ?? '/').split('?');
  const policy = path.startsWith('/panel/') ? panelPolicy : demoPolicy;
  response.setHeader('content-security-policy', policy(new URL(site.apiUrl).origin));
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cache-control', 'no-cache');
  // A form needs to tell the API which site it stands on, also without JavaScript; the panel tells nobody anything.
  response.setHeader('referrer-policy', policy === panelPolicy ? 'no-referrer' : 'strict-origin-when-cross-origin');

  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return send(response, 405, 'text/plain; charset=utf-8', 'Only GET and HEAD.\n');
  }
  // Nobody signs in here: a token in the address is all there is.
  if (path === '/panel/config.json') return send(response, 200, 'application/json', '{}');
  if (path === '/config.js') return send(response, 200, contentTypes['.js']!, configScript(site));
  if (path === '/panel') {
    response.setHeader('location', '/panel/');
    return send(response, 308, 'text/plain; charset=utf-8', '');
  }
  const file = site.files.get(path) ?? site.files.get(`${path}index.html`);
  if (!file) return send(response, 404, contentTypes['.html']!, await page(site, site.files.get('/404.html')!));
  const type = contentTypes[extname(file)]!;
  send(response, 200, type, extname(file) === '.html' ? await page(site, file) : await readFile(file, 'utf8'));
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  if (response.headersSent) return void response.destroy();
  const zipped = /\bgzip\b/.test(String(response.req.headers['accept-encoding']));
  const body = zipped ? gzipSync(text) : Buffer.from(text);
  response.writeHead(status, {
    'content-type': type,
    'content-length': body.length,
    vary: 'accept-encoding',
    ...(zipped && { 'content-encoding': 'gzip' }),
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** Every address there is, with the file behind it: the demo site at the root, panel and tracker under their names. */
function addresses(): Map<string, string> {
  const files = new Map<string, string>();
  for (const [prefix, folder] of Object.entries({ '/': 'demo', '/panel/': 'panel', '/tracker/': 'tracker' })) {
    for (const name of readdirSync(join(here, folder))) {
      if (extname(name) in contentTypes) files.set(prefix + name, join(here, folder, name));
    }
  }
  return files;
}

/** The forms' actions are filled in here, so that they work with JavaScript off. */
async function page(site: Site, file: string): Promise<string> {
  const html = await readFile(file, 'utf8');
  return html.replaceAll('{{apiUrl}}', () => escapeHtml(site.apiUrl));
}

function configScript({ apiUrl, writeKey }: Site): string {
  return `window.muster = ${JSON.stringify({ apiUrl, writeKey })};\n`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
