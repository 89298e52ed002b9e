// The live panel in a real browser, against a read API that moves through the demo's states.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AccountView } from '../../lib/steps/read-accounts.ts';
import { panelAddress, serveWeb, type Web } from '../../web/server.ts';
import { browserTimeout, launchBrowser } from '../browser.ts';
import { acmeAt, others, type Stage } from './acme.ts';
import { asStudent, buyingGroup, surge, thresholdReached } from './going-on.ts';
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

/** The figures of a table's last column, and what its last line says they come to. */
const sumIn = async (selector: string) => {
  const points = await page.locator(`${selector} tbody td:last-child`).allInnerTexts();
  const figures = points.map((text) => Number(text.replace('−', '-')));
  const total = Number((await page.locator(`${selector} tfoot td`).innerText()).replace('−', '-'));
  return { rows: figures.length, sum: figures.reduce((sum, value) => sum + value, 0), total };
};
const oneLine = async (selector: string) => (await page.locator(selector).first().innerText()).split(/\s+/).join(' ');

test('every table adds up to what is shown, and says what caps and age took', async () => {
  show('qualified', 18);
  await open();
  await sees('Bea Buyer', '.lead');
  expect(await sumIn('.lead .behaviour')).toEqual({ rows: 4, sum: 104, total: 104 });
  expect(await sumIn('.lead .dimensions')).toEqual({ rows: 4, sum: 104, total: 104 });
  expect(await sumIn('.lead .fit')).toEqual({ rows: 3, sum: 65, total: 65 });
  expect(await oneLine('.grade')).toBe('A1 SQL score 104 person A · company B');
  await sees('interest · 30 in all, −10 by caps or repeats', 'small');
  await sees('engagement · 5 in all, −1 by age', 'small');
  await sees('Nothing on: budget, authority', '.dimensions');
  await sees('Not known: industry', '.lead .fit');
  expect(await textsOf('.lead .facts span')).toEqual(['Model Demo, version 3', 'Who looks at Vault: B2, 40 points']);
  expect(await textsOf('.lead .roles li')).toEqual(['Leads a department', 'Interest: Vault']);
  expect(await page.locator('.mismatch').count()).toBe(0);
});

test("the account's score is an addition, with what was taken off each part before", async () => {
  show('qualified', 18, ({ account }) => {
    account.score += 24;
    const part = { kind: 'member', weight: 1, trimmed: 0 } as const;
    account.parts.splice(1, 0, { ...part, label: 'Cy Cole', points: 29, of: 29 });
    account.parts.push({ ...part, label: 'Di Dorn', points: -5, of: -5 });
    account.anonymousVisitors = 2;
    account.nextChangeAt = '2099-12-01T00:00:00.000Z';
  });
  await open();
  await sees('Bea Buyer', '.lead');
  expect(await oneLine('.addition')).toBe(
    '90 Bea Buyer (104, at most 90 each) + 29 Cy Cole + 10 Company fit B (20 × 0.5) − 5 Di Dorn = 124',
  );
  expect(await page.locator('.big-score strong').innerText()).toBe('124');
  await sees('2 unknown visitors from its network', '.head');
  expect((await textsOf('.head > .facts span')).join()).toMatch(
    /^Playbook version 3,Time alone may change this on (30 Nov|1 Dec), \d\d:00:00$/,
  );
  await page.locator('.company-fit summary').click();
  expect(await sumIn('.company-fit')).toEqual({ rows: 1, sum: 20, total: 20 });
  await sees('Not known: industry', '.company-fit');
  expect(await page.locator('.mismatch').count()).toBe(0);
});

test('of many parts the first are shown, and the rest opens and adds up to what it was shown as', async () => {
  show('qualified', 18, ({ account }) => {
    const part = { kind: 'member', points: 3, of: 3, weight: 1, trimmed: 0 } as const;
    account.parts = Array.from({ length: 51 }, (_, n) => ({ ...part, label: `Person ${n}` }));
    account.parts[50] = { ...part, kind: 'others', label: '4 others', points: 40, of: 90, trimmed: 50, people: 4 };
    account.score = 190;
  });
  await open();
  await sees('44 parts more', '.addition');
  expect(await oneLine('.addition')).toContain('+ 169 44 parts more = 190');
  await page.getByText('The other 44 parts').click();
  expect(await oneLine('.sum details .addition')).toContain('+ 40 4 others (90, 50 over what each may add) = 169');
  expect(await page.locator('.mismatch').count()).toBe(0);
});

test('parts that do not add up are called out, in every table', async () => {
  show('qualified', 18, ({ account, leads: [lead] }) => {
    lead!.score += 1;
    lead!.fitPoints -= 5;
    account.score += 7;
  });
  await open();
  await sees('These parts add up to 104, but the score is 105.', '.behaviour .mismatch');
  await sees('These parts add up to 104, but the score is 105.', '.dimensions .mismatch');
  await sees('These parts add up to 65, but the score is 60.', '.fit .mismatch');
  await sees('These parts add up to 100, but the score is 107.', '.sum .mismatch');
});

test('a part opens to the touches behind it, by keyboard, and stays open', async () => {
  show('qualified', 18, ({ leads: [lead] }) => {
    lead!.touches.push({
      ...{ id: 'hit:0', kind: 'page', occurredAt: new Date(start - 300_000).toISOString(), title: 'Pricing' },
      ...{ flag: 'bot', signals: [] },
    });
  });
  await open();
  const part = page.locator('.behaviour tr', { hasText: 'Read the pricing page' });
  await part.locator('summary').focus();
  await page.keyboard.press('Enter');
  expect(await part.locator('li').allInnerTexts()).toEqual([
    expect.stringMatching(/^\d\d:\d\d:\d\d\s+Read Pricing · Larkline$/),
    'and 2 touches not shown',
  ]);
  const aside = page.locator('.behaviour tr', { hasText: 'Set aside' });
  expect(await aside.locator('td').allInnerTexts()).toEqual(['1', '0']);
  await aside.locator('summary').click();
  await sees('Read Pricing · a crawler, does not score', '.behaviour li');
  await page.waitForTimeout(1_200);
  expect(await page.locator('.behaviour details[open]').count()).toBe(2);
  expect(await page.locator('.mismatch').count()).toBe(0);
});

test('suppression says what is left of how much, and why; fit that counts is a row', async () => {
  show('qualified', 18, ({ leads: [lead] }) => asStudent(lead!));
  await open();
  await sees('34 of 169: Student, the job title is Student of Law. 20 % of the score remains.', '.held');
  for (const table of ['behaviour', 'dimensions']) {
    expect(await sumIn(`.lead .${table}`)).toEqual({ rows: 6, sum: 34, total: 34 });
    await sees('Suppressed', `.${table}`);
  }
  expect(await page.locator('.mismatch').count()).toBe(0);
});

test('one strong dimension under a low total is marked, and a draft is called one', async () => {
  show('visited', -20, ({ leads: [lead] }) => {
    lead!.standsOut = [
      { dimension: 'interest', points: 20 },
      { dimension: 'fit', points: 65 },
    ];
    lead!.model.version = null;
  });
  await open();
  await sees('Stands out: interest 20, fit 65, although the total is low.', '.stands-out');
  await sees('Model Demo, a draft', '.lead');
  expect(await page.locator('.level, .held').count()).toBe(0);
});

test('a surge, a threshold and the buying group are said in the head, and what is over is said to be', async () => {
  show('qualified', 18, ({ account }) => Object.assign(account, { surge, buyingGroup, reached: [thresholdReached] }));
  await open();
  await sees('Surging since 19 Nov; over on 29 Nov if nothing more happens', '.surge');
  await sees('9 person-days in a week against 0.8 in a usual one: Bea Buyer (Read the pricing page, 4).', '.surge');
  await sees('Three people on the pricing page', '.reached');
  await sees(thresholdReached.why, '.reached');
  await sees('Buying group: 1 of 3 there', '.group');
  expect((await textsOf('.group li')).map((text) => text.split(/\s+/).join(' '))).toEqual([
    '? Decides missing',
    '✓ Leads a department Bea Buyer, Cy Cole, Di Dorn and 1 more',
    '? Works with it not engaged: Gil Glob',
  ]);
  show('qualified', 19, ({ account }) => Object.assign(account, { surge: { ...surge, standing: false } }));
  await sees('Surged from 19 Nov; over since 29 Nov', '.surge.over');
  expect(await page.locator('.reached, .group').count()).toBe(0);
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
    const roles = [{ id: 'x', label: hostile }];
    Object.assign(lead!, { personas: roles, productLines: roles, missing: [hostile] });
    lead!.model.label = hostile;
    lead!.others[0]!.label = hostile;
    asStudent(lead!);
    lead!.suppressed!.rules = [{ label: hostile, why: hostile }];
    lead!.standsOut = [{ dimension: hostile as 'need', points: 1 }];
    view.account.reached = [{ ...thresholdReached, label: hostile, why: hostile }];
    view.account.surge = { ...surge, why: hostile };
    const people = [{ leadId: 'x', name: hostile, engaged: true }];
    view.account.buyingGroup = [{ persona: 'x', label: hostile, covered: true, people }];
    view.account.companyFitParts[0]!.value = hostile;
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
  expect((await page.locator('#panel').innerText()).split(hostile).length - 1).toBeGreaterThanOrEqual(34);
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

test.each([400, 820, 1440])('nothing is wider than a window of %i pixels', async (width) => {
  await page.setViewportSize({ width, height: 900 });
  show('breached', 61, ({ account, leads: [lead] }) => {
    account.name = 'A'.repeat(120);
    account.parts[0]!.label = 'B'.repeat(120);
    Object.assign(account, { surge: { ...surge, why: 'S'.repeat(200) }, buyingGroup: structuredClone(buyingGroup) });
    account.reached = [{ ...thresholdReached, label: 'T'.repeat(100) }];
    account.buyingGroup[1]!.people[0]!.name = 'B'.repeat(120);
    account.buyingGroup[0]!.label = 'P'.repeat(100);
    lead!.profile = { name: 'B'.repeat(120), jobTitle: 'C'.repeat(120) };
    lead!.personas = [{ id: 'leader', label: 'P'.repeat(100) }];
    lead!.model.label = 'M'.repeat(100);
    lead!.parts[0]!.label = 'L'.repeat(100);
    asStudent(lead!);
    lead!.suppressed!.rules[0]!.why = 'W'.repeat(200);
    lead!.touches[0]!.title = 'https://acme.example/'.padEnd(300, 'd');
  });
  await open();
  await sees('AAAA', 'h1');
  for (const summary of await page.locator('.account-main summary').all()) await summary.click();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
});
