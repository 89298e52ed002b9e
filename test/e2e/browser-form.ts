// The demo site in Chromium: pages read before the form count, the form ends in the rep's mail, and a call the CRM reports
// stops the clock.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserTimeout, launchBrowser } from '../browser.ts';
import { type Edition, type Found, leadThat, mailAbout, mailsAbout } from './edition.ts';
import { eventually, until } from './eventually.ts';
import { chrome, postCrm } from './post.ts';

/** Reads a page until the tracker has said so. */
const readPage = async (page: Page, url: string): Promise<void> => {
  const told = page.waitForResponse((response) => response.url().endsWith('/v1/batch') && response.status() === 200);
  await page.goto(url);
  await told;
};

const askForDemo = async (page: Page, webUrl: string, email: string): Promise<void> => {
  await page.goto(`${webUrl}/demo.html`);
  await page.getByLabel('Work e-mail').fill(email);
  await page.getByLabel('First name').fill('Bea');
  await page.getByLabel('Last name').fill('Buyer');
  await page.getByLabel('Company').fill('Buying Works');
  await page.getByLabel('Job title').fill('Head of Procurement');
  await page.getByLabel('This quarter').check();
  const answered = page.waitForResponse((response) => response.url().endsWith('/forms/demo-request'));
  await page.getByRole('button', { name: 'Ask for a demo' }).click();
  expect((await answered).status()).toBe(303);
  await page.waitForURL(`${webUrl}/thanks.html`);
};

export const formInBrowser = (current: () => Edition): void => {
  describe('the demo site in a browser', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
    }, browserTimeout);
    afterAll(() => browser?.close());
    const openPage = async (javaScriptEnabled: boolean): Promise<Page> => {
      const context = await browser.newContext({ userAgent: chrome, javaScriptEnabled });
      return context.newPage();
    };

    it('lets a page of another origin read the API, as the panel does', { timeout: 60_000 }, async () => {
      const { apiUrl, webUrl, readToken } = current();
      const page = await openPage(true);
      await page.goto(`${webUrl}/pricing.html`);
      const read = { headers: { authorization: `Bearer ${readToken}` } };
      const script = `fetch('${apiUrl}/api/accounts', ${JSON.stringify(read)}).then((response) => response.json())`;
      expect(await page.evaluate(script)).toHaveProperty('accounts');
      await page.context().close();
    });

    it('stops the clock of a form sent without JavaScript when the CRM reports a call', {
      timeout: 120_000,
    }, async () => {
      const edition = current();
      const email = 'bea@buying-works.example';
      const page = await openPage(false);
      await askForDemo(page, edition.webUrl, email);
      await page.context().close();

      const { lead } = await leadThat(edition, email, 'to have a clock', (found) => found.lead.sla !== null);
      const mail = await mailAbout(edition, email, 'New lead');
      expect(mail.to).toBe(lead.assignment!.email);
      const answer = await eventually({ what: `an answer to ${email}`, withinMs: edition.patienceMs }, async () =>
        (await edition.mails()).find(({ to }) => to === email),
      );
      expect(answer.subject).toBe('We have your request');

      const call = { object: 'activity', externalId: 'call-1', personEmail: email, kind: 'call' };
      const told = await postCrm(edition, 'delivery-1', [{ ...call, occurredAt: new Date().toISOString() }]);
      expect(told.status).toBe(202);
      const worked = await leadThat(edition, email, 'to be worked', (found) => found.lead.sla?.stoppedAt != null);
      expect(worked.lead).toMatchObject({ status: 'Sales Working', sla: { met: true, breachedAt: null } });
      await until(Date.parse(lead.sla!.dueAt) + edition.timersLateMs, async () =>
        expect(await mailsAbout(edition, email, 'Overdue')).toEqual([]),
      );
      expect(await mailsAbout(edition, email, 'New lead')).toHaveLength(1);
    });

    it("counts the pages a visitor read before the form into the lead's score", { timeout: 120_000 }, async () => {
      const edition = current();
      const email = 'vera@visiting-works.example';
      const page = await openPage(true);
      await readPage(page, `${edition.webUrl}/pricing.html`);
      await readPage(page, `${edition.webUrl}/case-study.html`);
      await askForDemo(page, edition.webUrl, email);
      await page.context().close();

      const pointsOf = ({ lead }: Found) => new Map(lead.parts.map(({ rule, points }) => [rule, points]));
      const found = await leadThat(edition, email, 'to have read two pages and an owner', (found) => {
        const points = pointsOf(found);
        return points.has('pricing-page') && points.get('any-page')! >= 2 && found.lead.assignment !== null;
      });
      const { lead } = found;
      expect(Object.fromEntries(pointsOf(found))).toMatchObject({ 'demo-request': 60, 'pricing-page': 10 });
      expect(lead.score).toBe(lead.parts.reduce((sum, part) => sum + part.points, 0));
      expect(lead.touches.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['form', 'page']));
      expect((await mailAbout(edition, email, 'New lead')).to).toBe(lead.assignment!.email);
    });
  });
};
