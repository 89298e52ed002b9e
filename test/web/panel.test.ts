// The live panel in a real browser, against a read API that moves through the demo's states.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AccountView } from '../../lib/steps/read-accounts.ts';
import { panelAddress, serveWeb, type Web } from '../../web/server.ts';
import { browserTimeout, launchBrowser } from '../browser.ts';
import { acmeAt, others, type Stage } from './acme.ts';
import { openStubApi, type StubApi, token } from './stub-api.ts';

let browser: Browser;
let api: StubApi;
let web: Web;
let page: Page;
let start: number;
let faults: string[];

beforeAll(async () => {
  browser = await launchBrowser();
}, browserTimeout);
afterAll(() => browser.close());
beforeEach(async () => {
  api = await openStubApi();
  web = await serveWeb({ apiUrl: api.url, writeKey: 'wk' });
  page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  start = Date.now();
});
afterEach(async () => {
  await page.close();
  await web.close();
  await api.close();
  expect(faults).toEqual([]);
});

/** The API says what it would `seconds` after the form was sent; its clock stands still from then on. */
const show = (stage: Stage, seconds: number, more: (view: AccountView) => void = () => {}) => {
  const view = acmeAt(stage, start);
  more(view);
  api.accounts = [view, ...others(start)];
  api.now = () => start + seconds * 1000;
};
const open = (hash = '') => page.goto(panelAddress(web.url, { apiUrl: api.url, token }) + hash);
const sees = (text: string, scope = 'body') => page.locator(scope, { hasText: text }).first().waitFor();
const textsOf = (selector: string) => page.locator(selector).allInnerTexts();

test('an account goes from Pre-Qualified to Qualified, gets an owner and a clock, and the mails follow', async () => {
  show('visited', -20);
  await open();
  await sees('Nobody has qualified yet.');
  expect(await textsOf('.account .pill')).toEqual(['Pre-Qualified', 'Pre-Qualified']);
  expect(await page.locator('.journey [aria-current=step]').innerText()).toBe('Pre-Qualified');
  expect(await page.locator('.sla, .owner').count()).toBe(0);
  await sees('None yet.', '.account-side');

  show('qualified', 18);
  await sees('Qualified', '.journey [aria-current=step]');
  await sees('Bea Buyer: Asked for a demo, and fits (A).');
  expect(await textsOf('.account .pill')).toEqual(['Qualified', 'Qualified']);
  expect(await textsOf('.lead h2, .lead .contact')).toEqual(['Bea Buyer', 'buyer@acme.example', 'ada@demo.example']);
  await sees('Head of Procurement · Acme · Germany', '.lead');
  expect(await page.locator('.grade strong').innerText()).toBe('A1');
  await sees('Ada Rep', '.owner');
  await sees('Next in turn in pool inbound.', '.owner');
  await sees('They asked for a demo.', '.say');
  expect(await textsOf('.mail-to')).toEqual(['to buyer@acme.example', 'to ada@demo.example']);
  expect(await page.locator('#announcer').innerText()).toContain('Acme Ltd is Qualified.');
  expect(await page.title()).toBe('Acme Ltd: Qualified · Muster');

  show('breached', 61);
  await sees('Overdue: Bea Buyer', '.mail-subject');
  expect((await textsOf('.mail-to'))[0]).toBe('to grace@demo.example');
  expect((await textsOf('.timeline .what')).slice(0, 3)).toEqual([
    'Follow-up overdue, escalated',
    'Owner reminded to follow up',
    'Given to an owner',
  ]);
  expect(await textsOf('.timeline .touch .what')).toEqual([
    'Sent the form demo-request',
    'Read Pricing · Larkline',
    'Read Larkline: know which machine stops next',
  ]);
});

test('parts add up to what is shown as the score, and say what caps and age took', async () => {
  show('qualified', 18, ({ account }) => {
    account.score += 24;
    account.parts.push({ label: 'Cy Cole', points: 29 }, { label: 'Di Dorn', points: -5 });
  });
  await open();
  await sees('Bea Buyer', '.lead');
  for (const [caption, total] of [
    ['Behaviour', 104],
    ['Fit', 65],
  ] as const) {
    const table = page.locator('table', { hasText: caption });
    const points = await table.locator('tbody td:last-child').allInnerTexts();
    expect(points.length).toBeGreaterThan(2);
    expect(points.map(Number).reduce((sum, value) => sum + value)).toBe(total);
    expect(await table.locator('tfoot td').innerText()).toBe(String(total));
  }
  expect((await page.locator('.addition').innerText()).split(/\s+/).join(' ')).toBe(
    '104 Bea Buyer + 29 Cy Cole − 5 Di Dorn = 128',
  );
  expect(await page.locator('.big-score strong').innerText()).toBe('128');
  await sees('interest · −10 over the cap', 'small');
  await sees('engagement · −1 by age', 'small');
  expect(await page.locator('.mismatch').count()).toBe(0);
});

test('parts that do not add up are called out', async () => {
  show('qualified', 18, ({ leads: [lead] }) => {
    lead!.score += 1;
  });
  await open();
  await sees('These parts add up to 104, but the score is 105.', '.mismatch');
});

test("the countdown runs by the server's clock, an hour ahead of this one, and goes on between answers", async () => {
  show('qualified', 18);
  const serverStart = start + 3_600_000;
  api.accounts = [acmeAt('qualified', serverStart)];
  const opened = Date.now();
  api.now = () => serverStart + 18_000 + (Date.now() - opened);
  await open();
  const secondsLeft = async () => {
    const [, minutes, seconds] = /(\d+):(\d\d)/.exec(await page.locator('.sla .time').innerText())!;
    return Number(minutes) * 60 + Number(seconds);
  };
  const passed = () => (Date.now() - opened) / 1000;
  expect(Math.abs((await secondsLeft()) - (42 - passed()))).toBeLessThan(2);
  api.status = 503;
  const before = await secondsLeft();
  await page.waitForTimeout(2_500);
  const after = await secondsLeft();
  expect(before - after).toBeGreaterThanOrEqual(2);
  expect(Math.abs(after - (42 - passed()))).toBeLessThan(2);
});

test.each<[Stage, number, string, string, RegExp]>([
  ['qualified', 18, 'running', 'Running', /^0:4[12] left$/],
  ['reminded', 41, 'reminded', 'Running: reminder sent', /^0:1[89] left$/],
  ['reminded', 63, 'breached', 'Due: nobody has followed up', /^0:0[34] overdue$/],
  ['breached', 72, 'breached', 'Breached: the manager knows', /^0:1[23] overdue$/],
  ['followed-up', 100, 'late', 'Followed up late', /^1:34 after the lead came in, 0:35 too late$/],
])('%s, %i s in: the clock is %s and says "%s"', async (stage, seconds, state, title, time) => {
  show(stage, seconds);
  await open();
  await page.locator(`.sla.${state}`).waitFor();
  expect(await page.locator('.sla .value').innerText()).toBe(title);
  expect(await page.locator('.sla .time').innerText()).toMatch(time);
  const steps = await textsOf('.sla .steps li');
  const words = steps.map((step) => step.split(' ')[0]);
  const reminded = stage === 'qualified' ? 'Reminder' : 'Reminded';
  const breached = stage === 'breached' || stage === 'followed-up' ? ['Breached'] : [];
  expect(words).toEqual(['Due', reminded, ...breached, ...(stage === 'followed-up' ? ['Stopped'] : [])]);
  for (const step of steps) expect(step).toMatch(/\d\d:\d\d:\d\d$/);
});

test('what strangers typed is text, wherever it stands', async () => {
  const hostile = '<img src=x onerror="document.title=\'hacked\'">';
  show('qualified', 18, (view) => {
    Object.assign(view.account, { name: hostile, domain: hostile, reason: hostile, owner: hostile, status: hostile });
    view.account.parts[0]!.label = hostile;
    const [lead] = view.leads;
    Object.assign(lead!, { email: hostile, status: hostile, reason: hostile });
    lead!.profile = { firstName: hostile, company: hostile, jobTitle: hostile };
    Object.assign(lead!.assignment!, { name: hostile, email: hostile, reason: hostile });
    lead!.sla!.conversation = hostile;
    lead!.parts[0]!.label = hostile;
    lead!.fitParts[0]!.value = hostile;
    lead!.touches[0]!.title = hostile;
    Object.assign(view.notices[0]!, { to: hostile, subject: hostile, text: hostile });
  });
  await open();
  await sees(hostile, '.lead h2');
  await page.locator('.mail summary').last().click();
  await sees(hostile, '.mail pre');
  expect(await page.locator('#panel img').count()).toBe(0);
  expect((await page.locator('#panel').innerText()).split(hostile).length - 1).toBeGreaterThanOrEqual(18);
  expect(await page.title()).not.toBe('hacked');
});

test('a touch that was set aside says why it does not score', async () => {
  show('visited', -20, ({ leads: [lead] }) => Object.assign(lead!.touches.at(-1)!, { flag: 'bot' }));
  await open();
  await sees('a crawler, does not score', '.timeline .touch:last-child');
  expect(await page.locator('.timeline', { hasText: 'Page Left' }).count()).toBe(0);
});

test('a mail opens as text, or as HTML in a frame that can run nothing; redrawing leaves it open', async () => {
  show('breached', 61);
  await open();
  const mail = page.locator('.mail', { hasText: 'Overdue' });
  await mail.locator('summary').click();
  await sees('Grade: A1, 104 points', '.mail[open] pre');
  await mail.getByRole('button', { name: 'HTML' }).click();
  const words = mail.frameLocator('iframe').locator('#mail');
  expect(await words.innerText()).toBe('Overdue.');
  const [frame] = page.mainFrame().childFrames();
  expect(await frame!.evaluate(`getComputedStyle(document.getElementById('mail')).color`)).toBe('rgb(28, 35, 48)');
  expect(await mail.locator('iframe').getAttribute('sandbox')).toBe('');
  await page.evaluate(`document.querySelector('iframe').marked = true`);
  show('followed-up', 100);
  await sees('Followed up late', '.timeline');
  expect(await page.evaluate(`document.querySelector('iframe').marked`)).toBe(true);
  expect(await page.evaluate('window.hacked')).toBeUndefined();
  await mail.getByRole('button', { name: 'Text' }).click();
  await sees('Grade: A1, 104 points', '.mail[open] pre');
});

test('the token leaves the address at once and stays with the tab', async () => {
  show('qualified', 18);
  await open();
  await sees('Bea Buyer', '.lead');
  expect(page.url()).toBe(`${web.url}/panel/`);
  await page.reload();
  await sees('Bea Buyer', '.lead');
  expect(await page.evaluate('localStorage.length')).toBe(0);
  // Another address without a token of its own does not get this one's.
  await page.goto(`${web.url}/panel/#api=http://127.0.0.1:1`);
  await page.reload();
  await page.goto(`${web.url}/panel/?x#api=http://127.0.0.1:1`);
  await sees('Connect to the API');
});

test('the newest is shown until the reader chooses, by keyboard alone', async () => {
  show('qualified', 18);
  await open();
  await sees('Acme Ltd', 'h1');
  await page.locator('.accounts a', { hasText: 'Initech' }).focus();
  await page.keyboard.press('Enter');
  await sees('Initech', 'h1');
  expect(await page.evaluate('document.activeElement.textContent')).toContain('Initech');
  expect(await page.locator('.accounts [aria-current=true]').innerText()).toContain('Initech');
  await page.waitForTimeout(1_500);
  await sees('Initech', 'h1');
  await page.locator('.accounts a', { hasText: 'Follow the newest' }).press('Enter');
  await sees('Acme Ltd', 'h1');
  api.accounts.unshift(others(start)[0]!);
  await sees('Globex', 'h1');
});

test('an account named in the address is shown; one that is gone is said to be', async () => {
  show('qualified', 18);
  await open('&account=acct_globex');
  await sees('Globex', 'h1');
  expect(page.url()).toBe(`${web.url}/panel/#account=acct_globex`);
  await page.goto(`${web.url}/panel/#account=acct_gone`);
  await sees('There is no such account any more.');
});

test('an API that cannot be reached is said so plainly, and the panel recovers by itself', async () => {
  show('qualified', 18);
  await open();
  await sees('Bea Buyer', '.lead');
  await page.route(`${api.url}/**`, (route) => route.abort());
  await sees('The API cannot be reached.', '[role=alert]');
  await sees('What you see is from', '[role=alert]');
  expect(await page.locator('.link').innerText()).toBe('Not connected');
  expect(await page.locator('.lead h2').innerText()).toBe('Bea Buyer');
  await page.unroute(`${api.url}/**`);
  await page.locator('[role=alert]').waitFor({ state: 'detached' });
  expect(await page.locator('.link').innerText()).toBe('Live');
});

test('a token the API refuses asks for another, and asks the API no more', async () => {
  show('qualified', 18);
  await page.goto(panelAddress(web.url, { apiUrl: api.url, token: 'old' }));
  await sees('The token is not accepted.');
  let asked = 0;
  page.on('request', () => {
    asked += 1;
  });
  await page.waitForTimeout(2_500);
  expect(asked).toBe(0);
  await page.getByLabel('Read token').fill(token);
  await page.keyboard.press('Enter');
  await sees('Bea Buyer', '.lead');
});

test('an empty system says what to do', async () => {
  await open();
  await sees('None yet. Send the form on the demo site', '.accounts');
});

test.each([390, 820, 1440])('nothing is wider than a window of %i pixels', async (width) => {
  await page.setViewportSize({ width, height: 900 });
  show('breached', 61, ({ account, leads: [lead] }) => {
    account.name = 'A'.repeat(120);
    lead!.profile = { name: 'B'.repeat(120), jobTitle: 'C'.repeat(120) };
    lead!.touches[0]!.title = 'https://acme.example/'.padEnd(300, 'd');
  });
  await open();
  await sees('AAAA', 'h1');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
});
