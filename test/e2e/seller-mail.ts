// The mail that tells a rep of a lead, read as a person reads it, and as the machines on its way do.
import { DateTime } from 'luxon';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Edition, mailsAbout, type ReceivedMail } from './edition.ts';
import { eventually } from './eventually.ts';
import { act, ask, type Given, leadNow, worked } from './seller-leads.ts';

/** Mail clients make links of what looks like one; a character nobody sees keeps them from it. */
const seen = (text: string): string => text.replaceAll('\u200b', '');

const factNames = ['Who', 'Why now', 'Why you', 'Say', 'Grade', 'Account', 'Buying group'] as const;

const factsShown = async (page: Page): Promise<Map<string, string>> => {
  const cells = (await page.locator('td:not(:has(table))').allInnerTexts()).map((text) => seen(text.trim()));
  return new Map(factNames.map((name) => [name, cells[cells.indexOf(name) + 1]!]));
};

const linksOf = async (page: Page): Promise<string[]> => {
  const links = await page.locator('a').all();
  return Promise.all(links.map(async (link) => (await link.getAttribute('href'))!));
};

/** As the rep's own clock shows it, such as `Fri, 20 Nov 2026, 10:02:00 GMT+13`. */
const isDue = (shown: string, dueAt: string): void => {
  const [, written = ''] = /^\w{3}, (\d+ \w{3}\w* \d{4}, [\d:]{8}) GMT\+1[23]$/.exec(shown) ?? [];
  const due = DateTime.fromFormat(written, 'd LLL yyyy, HH:mm:ss', { zone: 'Pacific/Auckland', locale: 'en-GB' });
  // It was written a moment before the rep was told, from when on the time counts.
  const early = Date.parse(dueAt) - due.toMillis();
  expect(early, shown).toBeGreaterThanOrEqual(0);
  expect(early, shown).toBeLessThan(5_000);
};

const readAsAPerson = async (page: Page, edition: Edition, { mail, email, sla }: Given): Promise<string[]> => {
  await page.setContent(mail.html);
  const facts = await factsShown(page);
  const body = seen(await page.locator('body').innerText());
  expect(facts.get('Who')).toContain(`(${email})`);
  expect(facts.get('Why now')).toContain('Asked for a demo');
  expect(facts.get('Why you')).toMatch(/^Rule new-zealand: /);
  expect(facts.get('Say')).toBe('They would build with it. Offer a call with an engineer.');
  expect(facts.get('Grade')).toBe('B1, 60 points, MQL');
  expect(facts.get('Account')).toMatch(/^Qualified\. .*Asked for a demo/);
  expect(facts.get('Buying group')).toMatch(/^Builds with it: .*; missing: Decides$/);
  expect(body).toMatch(/Lately\s+.*\d{4}, [\d:]{8} GMT\+1[23]\s+Asked for a demo/);
  const due = /Follow up by:? (.*)/.exec(body)![1]!;
  isDue(due.trim(), sla.dueAt);

  const text = seen(mail.text);
  for (const [name, value] of facts) expect(text).toContain(`${name}: ${value}`);
  expect(text).toContain(`Follow up by: ${due}`);
  expect(text).toMatch(/Lately:\n- .*: Asked for a demo\n/);

  const links = await linksOf(page);
  expect(links.length).toBeGreaterThan(1);
  for (const link of links) expect(link.startsWith(`${edition.apiUrl}/act/`), link).toBe(true);
  expect(mail.text.match(/https?:\/\/[^\s\u200b]\S*/g)?.sort()).toEqual(links.toSorted());
  return links;
};

/** What a stranger may type into a form, in the hope that somebody of the house sees it as ours. */
const typed = (mail: ReceivedMail): void => {
  expect(seen(mail.text)).toContain('<b>Eve</b>');
  expect(mail.html).not.toMatch(/<b>|href="[^"]*evil/);
  expect(mail.subject).not.toMatch(/[\r\n]/);
};

export const readsItsMail = async (edition: Edition, browser: Browser): Promise<void> => {
  const given = await ask(edition, 'eve-works', 'builder', {
    'first-name': '<b>Eve</b>',
    company: '<a href="https://evil.example/win">Eve</a> Works',
    'job-title': 'Engineer https://evil.example/win',
  });
  const { email, rep, mail, sla } = given;
  const context = await browser.newContext();
  const links = await readAsAPerson(await context.newPage(), edition, given);
  await context.close();
  typed(mail);

  for (const link of links) {
    expect((await fetch(link)).status).toBe(200);
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
  }
  // All that was looked at and nothing of it said: the clock runs.
  const withinMs = Date.parse(sla.remindAt!) - Date.now() + edition.timersLateMs + edition.patienceMs;
  const reminder = await eventually({ what: 'a reminder', withinMs, diagnosis: edition.diagnosis }, async () =>
    (await mailsAbout(edition, email, 'Reminder')).at(0),
  );
  expect(reminder.to).toBe(rep);
  expect(await leadNow(edition, email)).toMatchObject({ status: 'Qualified', actions: [], sla: { stoppedAt: null } });

  await act(edition, email, rep, { does: 'follow-up', how: 'call' });
  expect((await worked(edition, email)).lead).toMatchObject({ status: 'Sales Working', sla: { met: true } });
};
