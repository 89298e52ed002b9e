// What the panel says of scores and accounts: every table adds up, every part opens, and what is going on stands at the top.
import { expect, test } from 'vitest';
import { asStudent, buyingGroup, surge, thresholdReached } from './going-on.ts';
import { usePanel } from './use-panel.ts';

const panel = usePanel();

/** The figures of a table's last column, and what its last line says they come to. */
const sumIn = async (selector: string) => {
  const points = await panel.page.locator(`${selector} tbody td:last-child`).allInnerTexts();
  const figures = points.map((text) => Number(text.replace('−', '-')));
  const total = Number((await panel.page.locator(`${selector} tfoot td`).innerText()).replace('−', '-'));
  return { rows: figures.length, sum: figures.reduce((sum, value) => sum + value, 0), total };
};
const oneLine = async (selector: string) =>
  (await panel.page.locator(selector).first().innerText()).split(/\s+/).join(' ');

test('every table adds up to what is shown, and says what caps and age took', async () => {
  panel.show('qualified', 18);
  await panel.open();
  await panel.sees('Bea Buyer', '.lead');
  expect(await sumIn('.lead .behaviour')).toEqual({ rows: 4, sum: 104, total: 104 });
  expect(await sumIn('.lead .dimensions')).toEqual({ rows: 4, sum: 104, total: 104 });
  expect(await sumIn('.lead .fit')).toEqual({ rows: 3, sum: 65, total: 65 });
  expect(await oneLine('.grade')).toBe('A1 SQL score 104 person A · company B');
  await panel.sees('interest · 30 in all, −10 by caps or repeats', 'small');
  await panel.sees('engagement · 5 in all, −1 by age', 'small');
  await panel.sees('Nothing on: budget, authority', '.dimensions');
  await panel.sees('Not known: industry', '.lead .fit');
  expect(await panel.textsOf('.lead .facts span')).toEqual([
    'Model Demo, version 3',
    'Who looks at Vault: B2, 40 points',
  ]);
  expect(await panel.textsOf('.lead .roles li')).toEqual(['Leads a department', 'Interest: Vault']);
  expect(await panel.page.locator('.mismatch').count()).toBe(0);
});

test("the account's score is an addition, with what was taken off each part before", async () => {
  panel.show('qualified', 18, ({ account }) => {
    account.score += 24;
    const part = { kind: 'member', weight: 1, trimmed: 0 } as const;
    account.parts.splice(1, 0, { ...part, label: 'Cy Cole', points: 29, of: 29 });
    account.parts.push({ ...part, label: 'Di Dorn', points: -5, of: -5 });
    account.anonymousVisitors = 2;
    account.nextChangeAt = '2099-12-01T00:00:00.000Z';
  });
  await panel.open();
  await panel.sees('Bea Buyer', '.lead');
  expect(await oneLine('.addition')).toBe(
    '90 Bea Buyer (104, at most 90 each) + 29 Cy Cole + 10 Company fit B (20 × 0.5) − 5 Di Dorn = 124',
  );
  expect(await panel.page.locator('.big-score strong').innerText()).toBe('124');
  await panel.sees('2 unknown visitors from its network', '.head');
  await panel.sees('IP Geolocation by DB-IP', '.head a[href="https://db-ip.com"]');
  expect((await panel.textsOf('.head > .facts span')).join()).toMatch(
    /^Playbook version 3,Time alone may change this on (30 Nov|1 Dec), \d\d:00:00$/,
  );
  await panel.page.locator('.company-fit summary').click();
  expect(await sumIn('.company-fit')).toEqual({ rows: 1, sum: 20, total: 20 });
  await panel.sees('Not known: industry', '.company-fit');
  expect(await panel.page.locator('.mismatch').count()).toBe(0);
});

test('of many parts the first are shown, and the rest opens and adds up to what it was shown as', async () => {
  panel.show('qualified', 18, ({ account }) => {
    const part = { kind: 'member', points: 3, of: 3, weight: 1, trimmed: 0 } as const;
    account.parts = Array.from({ length: 51 }, (_, n) => ({ ...part, label: `Person ${n}` }));
    account.parts[50] = { ...part, kind: 'others', label: '4 others', points: 40, of: 90, trimmed: 50, people: 4 };
    account.score = 190;
  });
  await panel.open();
  await panel.sees('44 parts more', '.addition');
  expect(await oneLine('.addition')).toContain('+ 169 44 parts more = 190');
  await panel.page.getByText('The other 44 parts').click();
  expect(await oneLine('.sum details .addition')).toContain('+ 40 4 others (90, 50 over what each may add) = 169');
  expect(await panel.page.locator('.mismatch').count()).toBe(0);
});

test('parts that do not add up are called out, in every table', async () => {
  panel.show('qualified', 18, ({ account, leads: [lead] }) => {
    lead!.score += 1;
    lead!.fitPoints -= 5;
    account.score += 7;
  });
  await panel.open();
  await panel.sees('These parts add up to 104, but the score is 105.', '.behaviour .mismatch');
  await panel.sees('These parts add up to 104, but the score is 105.', '.dimensions .mismatch');
  await panel.sees('These parts add up to 65, but the score is 60.', '.fit .mismatch');
  await panel.sees('These parts add up to 100, but the score is 107.', '.sum .mismatch');
});

test('a part opens to the touches behind it, by keyboard, and stays open', async () => {
  panel.show('qualified', 18, ({ leads: [lead] }) => {
    lead!.touches.push({
      ...{ id: 'hit:0', kind: 'page', occurredAt: new Date(panel.start - 300_000).toISOString(), title: 'Pricing' },
      ...{ flag: 'bot', signals: [] },
    });
  });
  await panel.open();
  const part = panel.page.locator('.behaviour tr', { hasText: 'Read the pricing page' });
  await part.locator('summary').focus();
  await panel.page.keyboard.press('Enter');
  expect(await part.locator('li').allInnerTexts()).toEqual([
    expect.stringMatching(/^\d\d:\d\d:\d\d\s+Read Pricing · Larkline$/),
    'and 2 touches not shown',
  ]);
  const aside = panel.page.locator('.behaviour tr', { hasText: 'Set aside' });
  expect(await aside.locator('td').allInnerTexts()).toEqual(['1', '0']);
  await aside.locator('summary').click();
  await panel.sees('Read Pricing · a crawler, does not score', '.behaviour li');
  await panel.page.waitForTimeout(1_200);
  expect(await panel.page.locator('.behaviour details[open]').count()).toBe(2);
  expect(await panel.page.locator('.mismatch').count()).toBe(0);
});

test('suppression says what is left of how much, and why; fit that counts is a row', async () => {
  panel.show('qualified', 18, ({ leads: [lead] }) => asStudent(lead!));
  await panel.open();
  await panel.sees('34 of 169: Student, the job title is Student of Law. 20 % of the score remains.', '.held');
  for (const table of ['behaviour', 'dimensions']) {
    expect(await sumIn(`.lead .${table}`)).toEqual({ rows: 6, sum: 34, total: 34 });
    await panel.sees('Suppressed', `.${table}`);
  }
  expect(await panel.page.locator('.mismatch').count()).toBe(0);
});

test('one strong dimension under a low total is marked, and a draft is called one', async () => {
  panel.show('visited', -20, ({ leads: [lead] }) => {
    lead!.standsOut = [
      { dimension: 'interest', points: 20 },
      { dimension: 'fit', points: 65 },
    ];
    lead!.model.version = null;
  });
  await panel.open();
  await panel.sees('Stands out: interest 20, fit 65, although the total is low.', '.stands-out');
  await panel.sees('Model Demo, a draft', '.lead');
  expect(await panel.page.locator('.level, .held').count()).toBe(0);
});

test('a surge, a threshold and the buying group are said in the head, and what is over is said to be', async () => {
  panel.show('qualified', 18, ({ account }) =>
    Object.assign(account, { surge, buyingGroup, reached: [thresholdReached] }),
  );
  await panel.open();
  await panel.sees('Surging since 19 Nov; over on 29 Nov if nothing more happens', '.surge');
  await panel.sees(
    '9 person-days in a week against 0.8 in a usual one: Bea Buyer (Read the pricing page, 4).',
    '.surge',
  );
  await panel.sees('Three people on the pricing page', '.reached');
  await panel.sees(thresholdReached.why, '.reached');
  await panel.sees('Buying group: 1 of 3 there', '.group');
  expect((await panel.textsOf('.group li')).map((text) => text.split(/\s+/).join(' '))).toEqual([
    '? Decides missing',
    '✓ Leads a department Bea Buyer, Cy Cole, Di Dorn and 1 more',
    '? Works with it not engaged: Gil Glob',
  ]);
  panel.show('qualified', 19, ({ account }) => Object.assign(account, { surge: { ...surge, standing: false } }));
  await panel.sees('Surged from 19 Nov; over since 29 Nov', '.surge.over');
  expect(await panel.page.locator('.reached, .group').count()).toBe(0);
});

test.each([400, 820, 1440])('nothing is wider than a window of %i pixels', async (width) => {
  await panel.page.setViewportSize({ width, height: 900 });
  panel.show('breached', 61, ({ account, leads: [lead] }) => {
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
  await panel.open();
  await panel.sees('AAAA', 'h1');
  for (const summary of await panel.page.locator('.account-main summary').all()) await summary.click();
  expect(await panel.page.evaluate('document.documentElement.scrollWidth')).toBe(width);
});
