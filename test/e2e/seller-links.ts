// A rep says what they did by the links of the mail that told them of the lead, in a browser.
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Edition, leadThat, mailsAbout, type ReceivedMail } from './edition.ts';
import { eventually, until } from './eventually.ts';
import { ask, leadNow, manager, worked } from './seller-leads.ts';

/** The page behind a link of the mail: where it opens is the mail's own affair. */
const follow = async (page: Page, mail: ReceivedMail, label: string): Promise<Page> => {
  await page.setContent(mail.html);
  await page.getByRole('link', { name: label, exact: true }).click();
  const opened = await eventually({ what: `the page behind ${label}`, withinMs: 10_000 }, () =>
    page
      .context()
      .pages()
      .find((one) => one.url().includes('/act/')),
  );
  await opened.getByRole('button').waitFor();
  return opened;
};

const press = async (page: Page): Promise<void> => {
  await page.getByRole('button').click();
  await page.getByText('It is recorded').waitFor();
};

export const saysByALink = async (edition: Edition, browser: Browser): Promise<void> => {
  const { email, rep, mail, sla, lead } = await ask(edition, 'click-works', 'builder');
  const context = await browser.newContext();
  const page = await follow(await context.newPage(), mail, 'I am following up');
  expect(await page.locator('body').innerText()).not.toMatch(/Bea|Buyer|click-works/);
  expect(await leadNow(edition, email)).toMatchObject({ status: 'Qualified', actions: [] });
  const link = page.url();
  const shown = await page.locator('input[name=shown]').inputValue();
  await press(page);

  const answered = await worked(edition, email);
  expect(answered.lead).toMatchObject({ status: 'Sales Working', sla: { met: true, ending: 'answered' } });
  const by = { email: rep, name: lead.assignment!.name };
  expect(answered.lead.actions).toMatchObject([{ does: 'follow-up', by }]);
  const { stoppedAt } = answered.lead.sla!;

  // The same once more, as after "send again?", and then said anew.
  expect((await context.request.post(link, { form: { shown, why: '' } })).status()).toBe(200);
  await page.goto(link);
  await press(page);
  await leadThat(edition, email, 'to have been followed up twice', (found) => found.lead.actions.length > 1);

  const altered = await page.goto(`${link.slice(0, -4)}AAAA`);
  expect(altered!.status()).toBe(404);
  expect(await page.locator('body').innerText()).toContain('This is no link of ours');
  expect(await page.getByRole('button').count()).toBe(0);
  await context.close();

  await until(Date.parse(sla.dueAt) + edition.timersLateMs, async () => {
    for (const subject of ['Reminder', 'Overdue']) expect(await mailsAbout(edition, email, subject)).toEqual([]);
  });
  const after = await leadNow(edition, email);
  expect(after).toMatchObject({ status: 'Sales Working', sla: { stoppedAt, met: true, breachedAt: null } });
  expect(after.actions.map(({ does }) => does)).toEqual(['follow-up', 'follow-up']);
  expect(
    (await edition.mails()).filter(({ to, subject }) => to === manager && subject.includes('click-works')),
  ).toEqual([]);
};

export const callsItBad = async (edition: Edition, browser: Browser): Promise<void> => {
  const { email, rep, mail } = await ask(edition, 'bad-works', 'builder');
  const context = await browser.newContext();
  const page = await follow(await context.newPage(), mail, 'No budget');
  await page.getByLabel('A note').fill('Asked again in spring.');
  await press(page);
  await context.close();

  const { lead } = await leadThat(edition, email, 'to be sent back', (found) => found.lead.sla?.stoppedAt != null);
  expect(lead).toMatchObject({ status: 'Nurture', sla: { met: true, ending: 'answered' } });
  expect(lead.reason).toMatch(/^Sent back by sales on /);
  expect(lead.actions).toMatchObject([
    { does: 'bad', reason: 'No budget', why: 'Asked again in spring.', by: { email: rep } },
  ]);
};
