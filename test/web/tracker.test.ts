// The tracker in a real browser, on the demo site, against an API that counts and fails on demand.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { serveWeb, type Web } from '../../web/server.ts';
import { browserTimeout, launchBrowser } from '../browser.ts';
import { type Hit, openStubApi, type StubApi } from './stub-api.ts';

let browser: Browser;
let api: StubApi;
let web: Web;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
}, browserTimeout);
afterAll(() => browser.close());
beforeEach(async () => {
  api = await openStubApi(() => `${web.url}/thanks.html`);
  web = await serveWeb({ apiUrl: api.url, writeKey: 'wk' });
  context = await browser.newContext();
  page = await context.newPage();
});
afterEach(async () => {
  await context.close();
  await web.close();
  await api.close();
});

const hits = (): Hit[] => api.beacons.filter(({ status }) => status === 200).flatMap(({ body }) => body.batch);
const attempts = (): Hit[] => api.beacons.flatMap(({ body }) => body.batch);
const hitsOnceThere = (count: number) =>
  vi.waitFor(
    () => {
      expect(hits().length).toBeGreaterThanOrEqual(count);
      return hits();
    },
    { timeout: 10_000, interval: 50 },
  );
const storedByTracker = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('muster.')));

test('a page view arrives as a Segment batch, with no cookie and no question asked first', async () => {
  await page.goto(`${web.url}/pricing.html?utm_campaign=spring&utm_source=mail#plans`);
  const [hit] = await hitsOnceThere(1);
  const { body, contentType } = api.beacons[0]!;
  expect(contentType).toBe('text/plain');
  expect(body.writeKey).toBe('wk');
  expect(Date.parse(body.sentAt)).toBeGreaterThanOrEqual(Date.parse(hit!.timestamp));
  expect(hit).toMatchObject({
    type: 'page',
    name: 'Pricing · Larkline',
    properties: { url: `${web.url}/pricing.html?utm_campaign=spring&utm_source=mail`, path: '/pricing.html' },
    context: { campaign: { name: 'spring', source: 'mail' } },
  });
  expect(hit!.messageId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(await context.cookies()).toEqual([]);
});

test('a visitor stays the same from page to page, and leaving a page tells how long it was looked at', async () => {
  await page.goto(`${web.url}/pricing.html`);
  await page.waitForTimeout(1_300);
  await page.click('text=Customers');
  const all = await hitsOnceThere(3);
  expect(new Set(all.map(({ anonymousId }) => anonymousId)).size).toBe(1);
  expect(all.map(({ type, event, properties }) => [type, event, new URL(properties.url).pathname])).toEqual([
    ['page', undefined, '/pricing.html'],
    ['track', 'Page Left', '/pricing.html'],
    ['page', undefined, '/case-study.html'],
  ]);
  expect(api.beacons.map(({ userAgent }) => userAgent).join()).not.toContain('Headless');
  const dwell = all[1]!.properties.dwell_seconds!;
  expect(dwell).toBeGreaterThanOrEqual(1.3);
  expect(dwell).toBeLessThan(10);
});

test('time in a hidden tab does not count, and what happened goes out when it hides', async () => {
  const hide = (state: string) =>
    page.evaluate(`Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`);
  await page.goto(web.url);
  await page.waitForTimeout(300);
  await hide('hidden');
  const [, left] = await hitsOnceThere(2);
  expect(left).toMatchObject({ event: 'Page Left' });
  await page.waitForTimeout(2_000);
  await hide('visible');
  await page.waitForTimeout(200);
  await hide('hidden');
  const third = (await hitsOnceThere(3))[2]!;
  expect(third.event).toBe('Page Left');
  expect(left!.properties.dwell_seconds! + third.properties.dwell_seconds!).toBeLessThan(1.9);
});

test('track and identify arrive with what they were given, in one batch', async () => {
  await page.goto(web.url);
  await page.evaluate(`muster.track('Demo Requested', { plan: 'plant' });
    muster.identify('u1', { email: 'jo@acme.example' });
    muster.identify({ company: 'Acme' })`);
  const all = await hitsOnceThere(4);
  expect(api.beacons).toHaveLength(1);
  expect(all[1]).toMatchObject({
    type: 'track',
    event: 'Demo Requested',
    properties: { plan: 'plant', url: `${web.url}/` },
  });
  expect(all[2]).toMatchObject({ type: 'identify', userId: 'u1', traits: { email: 'jo@acme.example' } });
  expect(all[3]).toMatchObject({ type: 'identify', traits: { company: 'Acme' } });
});

test('a send that failed is tried again with the same ids', async () => {
  api.status = 503;
  await page.goto(web.url);
  await vi.waitFor(() => expect(attempts()).toHaveLength(1), { timeout: 5_000 });
  api.status = 200;
  const [hit] = await hitsOnceThere(1);
  expect(hit!.messageId).toBe(attempts()[0]!.messageId);
  await page.waitForTimeout(500);
  expect(hits()).toHaveLength(1);
  expect(await storedByTracker()).toEqual(['muster.visitor']);
});

test('what an unreachable API missed goes out from the next page, with the same ids', async () => {
  await page.route('**/v1/batch', (route) => route.abort());
  await page.goto(`${web.url}/pricing.html`);
  await vi.waitFor(async () => expect((await storedByTracker()).length).toBe(2), { timeout: 5_000 });
  const kept = await page.evaluate(
    () => Object.entries(localStorage).find(([key]) => key.startsWith('muster.unsent.'))![1],
  );
  await page.unroute('**/v1/batch');
  await page.goto(`${web.url}/case-study.html`);
  const all = await hitsOnceThere(3);
  expect(all.map(({ messageId }) => messageId)).toContain((JSON.parse(kept as string) as Hit[])[0]!.messageId);
  // Twice at most, under one id each: the API counts an id once.
  const views = new Map(
    all.map((hit) => [hit.messageId, `${hit.event ?? hit.type} ${new URL(hit.properties.url).pathname}`]),
  );
  expect([...views.values()].sort()).toEqual([
    'Page Left /pricing.html',
    'page /case-study.html',
    'page /pricing.html',
  ]);
});

test('what the API refuses for good is not sent again', async () => {
  api.status = 400;
  await page.goto(web.url);
  await vi.waitFor(() => expect(attempts()).toHaveLength(1), { timeout: 5_000 });
  api.status = 200;
  await page.waitForTimeout(2_500);
  expect(attempts()).toHaveLength(1);
});

test.each([
  ['Global Privacy Control', 'globalPrivacyControl', true],
  ['Do Not Track', 'doNotTrack', '1'],
])('under %s nothing outlives the page, and a form does not say who read it', async (_, property, value) => {
  await page.goto(web.url);
  await hitsOnceThere(1);
  expect(await storedByTracker()).toEqual(['muster.visitor']);
  await context.addInitScript(([name, asked]) => Object.defineProperty(navigator, name, { value: asked }), [
    property,
    value,
  ] as const);
  await page.goto(`${web.url}/pricing.html`);
  await page.waitForTimeout(1_200);
  await page.goto(`${web.url}/demo.html`);
  const views = (await hitsOnceThere(5)).filter(({ type }) => type === 'page');
  expect(views).toHaveLength(3);
  expect(new Set(views.map(({ anonymousId }) => anonymousId)).size).toBe(3);
  expect(await storedByTracker()).toEqual([]);
  expect(await page.locator('form.panel input[name=_visitor]').isDisabled()).toBe(true);
});

const mailed = 'lead_0123456789abcdef';

test('a mail’s link says whose browser it is once a person has touched the page, and leaves no trace in any address', async () => {
  await page.goto(`${web.url}/pricing.html?a=%20b&muster_lead=${mailed}&utm_campaign=spring#plans`);
  expect(page.url()).toBe(`${web.url}/pricing.html?a=%20b&utm_campaign=spring#plans`);
  const [view] = await hitsOnceThere(1);
  await page.evaluate(`scrollTo(0, 200); dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }))`);
  await page.waitForTimeout(1_500);
  expect(attempts()).toEqual([view]);

  await page.mouse.wheel(0, 100);
  await page.keyboard.press('Tab');
  const [, told] = await hitsOnceThere(2);
  expect(told).toMatchObject({ type: 'identify', anonymousId: view!.anonymousId, traits: { muster_lead: mailed } });
  await page.click('text=Customers');
  await hitsOnceThere(4);
  const { traits: _, ...rest } = told!;
  expect(JSON.stringify([rest, hits().filter((hit) => hit !== told)])).not.toContain(mailed);
  expect(hits().filter(({ type }) => type === 'identify')).toHaveLength(1);
  expect(await page.evaluate('document.referrer')).not.toContain('muster_lead');
});

test.each(['pointerdown', 'keydown'])('a person shows by %s', async (sign) => {
  await page.goto(`${web.url}/?muster_lead=${mailed}`);
  if (sign === 'keydown') await page.keyboard.press('Shift');
  else await page.mouse.click(5, 5);
  const all = await hitsOnceThere(2);
  expect(all.map(({ type, traits }) => [type, traits])).toEqual([
    ['page', undefined],
    ['identify', { muster_lead: mailed }],
  ]);
});

test.each([
  ['under Global Privacy Control', true, mailed],
  ['of what is no id of a lead', false, 'jo@acme.example'],
])('a mail’s link says nothing %s, and is taken out all the same', async (_, asked, named) => {
  await context.addInitScript((is) => Object.defineProperty(navigator, 'globalPrivacyControl', { value: is }), asked);
  await page.goto(`${web.url}/?muster_lead=${named}`);
  expect(page.url()).toBe(`${web.url}/`);
  await page.mouse.click(5, 5);
  await hitsOnceThere(1);
  await page.waitForTimeout(1_500);
  expect(JSON.stringify(api.beacons)).not.toContain(named);
});

test('a page fetched ahead counts only once it is looked at', async () => {
  await context.addInitScript(`Object.defineProperty(document, 'prerendering', { value: true })`);
  await page.goto(web.url);
  await page.waitForTimeout(1_500);
  expect(attempts()).toEqual([]);
  await page.evaluate(`document.dispatchEvent(new Event('prerenderingchange'))`);
  expect((await hitsOnceThere(1))[0]!.type).toBe('page');
});

test('the form tells who, where and which submission; coming back to it makes a new one', async () => {
  const send = async () => {
    await page.fill('#email', 'buyer@acme.example');
    await page.check('input[value=this-quarter]');
    await page.click('form.panel button');
    await page.waitForURL('**/thanks.html');
  };
  await page.goto(`${web.url}/demo.html`);
  await send();
  await page.goBack();
  await page.waitForSelector('form.panel');
  await send();
  const [first, second] = api.forms;
  expect(first!.path).toBe('/forms/demo-request');
  expect(first!.fields).toEqual({
    _visitor: (await hitsOnceThere(1))[0]!.anonymousId,
    _url: `${web.url}/demo.html`,
    _title: 'Ask for a demo · Larkline',
    _submission: expect.stringMatching(/^[0-9a-f-]{36}$/),
    email: 'buyer@acme.example',
    'first-name': '',
    'last-name': '',
    company: '',
    'job-title': '',
    country: '',
    timeframe: 'this-quarter',
    website: '',
  });
  expect(second!.fields._submission).not.toBe(first!.fields._submission);
});

test('a form that a page draws later is filled when the page is told of', async () => {
  await page.goto(`${web.url}/pricing.html`);
  await page.evaluate(
    `document.body.innerHTML = '<input name="_visitor" disabled><input name="_submission" disabled>'`,
  );
  await page.evaluate('window.muster.page()');
  const [hit] = await hitsOnceThere(2);
  expect(await page.locator('[name=_visitor]').inputValue()).toBe(hit!.anonymousId);
  expect(await page.locator('[name=_submission]').isEnabled()).toBe(true);
});

test('the forms work with JavaScript off, and send nothing of their own then', async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const bare = await plain.newPage();
  await bare.goto(`${web.url}/demo.html`);
  await bare.fill('#email', 'buyer@acme.example');
  await bare.click('form.panel button');
  await bare.waitForURL('**/thanks.html');
  await bare.fill('#newsletter-email', 'reader@acme.example');
  await bare.check('.newsletter [name=consent]');
  await bare.click('.newsletter button');
  await bare.waitForURL('**/thanks.html');
  expect(api.forms.map(({ path }) => path)).toEqual(['/forms/demo-request', '/forms/newsletter']);
  expect(Object.keys(api.forms[0]!.fields).filter((name) => name.startsWith('_'))).toEqual([]);
  expect(api.forms[0]!.referer).toBe(`${web.url}/`);
  expect(api.forms[1]!.fields).toEqual({ email: 'reader@acme.example', consent: 'yes', website: '' });
  await plain.close();
});

test('nobody sees, reaches or hears the trap', async () => {
  await page.goto(`${web.url}/demo.html`);
  const reached = new Set<string>();
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    reached.add(await page.evaluate<string>(`document.activeElement?.getAttribute('name') ?? ''`));
  }
  expect([...reached]).toContain('consent');
  expect([...reached]).not.toContain('website');
  expect(await page.locator('body').ariaSnapshot()).not.toContain('Leave this empty');
  const box = await page.locator('#website').boundingBox();
  expect(box!.x + box!.width).toBeLessThan(0);
});
