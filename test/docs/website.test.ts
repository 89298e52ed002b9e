// What docs/how-to/website.md has a site put into its pages, in a browser, against a tenant that runs.
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import * as z from 'zod';
import { root } from '../architecture/house.ts';
import { browserTimeout, launchBrowser } from '../browser.ts';
import { temporaryFolder } from '../cli/run.ts';
import { eventually } from '../e2e/eventually.ts';
import { type Served, serve } from './shell.ts';

const { path } = temporaryFolder();
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const page = textOf('docs/how-to/website.md');
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, block = '']) => block);
const [form = '', scripts = ''] = blocks('html');
const [sendByScript = '', calls = ''] = blocks('js');

let browser: Browser;
let running: Served;
let site: Server;
let siteUrl: string;
let api: string;
let token: string;

/** The page's own addresses stand for those of this run. */
const here = (text: string): string => text.replaceAll('https://api.acme.example', api);

beforeAll(async () => {
  browser = await launchBrowser();
  site = createServer(({ url = '/' }, response) => {
    if (url === '/muster.js') return response.end(textOf('web/tracker/muster.js'));
    response.setHeader('content-type', 'text/html');
    response.end(here(`<!doctype html><title>Talk to us</title>${scripts}${form}`));
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  const settings = here(blocks('yaml')[0] ?? '').replace('https://www.acme.example', siteUrl);
  const tenants = path('tenants');
  mkdirSync(tenants);
  copyFileSync(join(root, 'docs/playbooks/starter.yaml'), join(tenants, 'acme.playbook.yaml'));
  const tenant = { ...parse(textOf('infra/tenants/demo.yaml')), ...parse(settings) };
  writeFileSync(join(tenants, 'acme.yaml'), stringify(tenant));
  running = await serve('npm start', 20, `-- --tenant acme --tenants ${tenants} --data ${path('state')}`);
  const connection = new URLSearchParams(new URL(running.livePanel).hash.slice(1));
  [api, token] = [connection.get('api') ?? '', connection.get('token') ?? ''];
}, browserTimeout);

afterAll(async () => {
  await browser?.close();
  site?.close();
  await running?.stop();
});

const accounts = z.object({ accounts: z.array(z.object({ accountId: z.string(), domain: z.string().nullable() })) });
/** What the read API tells of the company's account, as text. */
const toldOfAcme = async (): Promise<string> => {
  const ask = (route: string) => fetch(`${api}${route}`, { headers: { authorization: `Bearer ${token}` } });
  const list = accounts.parse(await (await ask('/api/accounts')).json());
  const acme = list.accounts.find(({ domain }) => domain === 'acme.example');
  return acme === undefined ? '' : (await ask(`/api/accounts/${acme.accountId}`)).text();
};

it('tells of a visit, of what the page calls, and of the form of the same visitor', { timeout: 60_000 }, async () => {
  const context = await browser.newContext();
  const visit = await context.newPage();
  const refused: string[] = [];
  visit.on('response', (response) => {
    if (response.status() >= 400 && response.url().startsWith(api)) refused.push(response.url());
  });
  await visit.goto(`${siteUrl}/pricing`);
  await visit.evaluate(calls);
  await visit.fill('[name=email]', 'bea@acme.example');
  await visit.fill('[name=job-title]', 'Head of Operations');
  await visit.click('button');
  await visit.waitForURL(`${api}/forms/contact`);
  expect(await visit.textContent('body')).toMatch(/thank/i);
  await eventually({ what: 'the form and the visit', withinMs: 20_000 }, async () => {
    const text = await toldOfAcme();
    return text.includes('bea@acme.example') && text.includes('Read the pricing page') ? true : undefined;
  });
  expect(refused).toEqual([]);
  await context.close();
});

it('lets the site’s scripts send, and no other site’s read', { timeout: 60_000 }, async () => {
  const own = await browser.newPage();
  await own.goto(siteUrl);
  const send = here(sendByScript);
  expect(await own.evaluate(`(async () => { ${send}; return [answer.status, await answer.json()]; })()`)).toEqual([
    202,
    { touchId: expect.stringMatching(/^form:contact:/) },
  ]);
  // The same server by its other name is another origin.
  await own.goto(siteUrl.replace('127.0.0.1', 'localhost'));
  expect(await own.evaluate(`(async () => { ${send} })().then(() => 'read', ({ name }) => name)`)).toBe('TypeError');
  await own.close();
});
