// From the mail that tells a rep of a lead to the report on whether people follow up in time. Side by side, since most of it is
// waiting for clocks.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { weekOf } from '../../lib/domain/sla/attainment.ts';
import type { readAttainment } from '../../lib/steps/read-attainment.ts';
import { browserTimeout, launchBrowser } from '../browser.ts';
import { muster } from '../cli/run.ts';
import { type Edition, read } from './edition.ts';
import { isTooLate, wasInTime } from './seller-answers.ts';
import { callsItBad, saysByALink } from './seller-links.ts';
import { readsItsMail } from './seller-mail.ts';
import { goesToSomebodyElse, rests } from './seller-turns.ts';

type Report = NonNullable<Awaited<ReturnType<typeof readAttainment>>>;

/** Of the team the stories before gave their seven leads to, and of nobody else's. */
const countsThem = async (edition: Edition, from: string): Promise<void> => {
  const report = await read<Report>(edition, `/api/attainment?from=${from}`);
  const team = report.team.find(({ name }) => name === 'new-zealand')!;
  expect(team).toMatchObject({ count: 7, met: 6, breached: 1, open: 0 });
  const { repP50, repP90, systemP50 } = team;
  expect(repP50).toBeGreaterThan(0);
  expect(repP50!).toBeLessThan(32_000);
  expect(repP90!).toBeGreaterThan(12_000);
  expect(systemP50!).toBeLessThan(edition.patienceMs);

  const where = ['--url', edition.apiUrl, '--token', edition.readToken];
  const told = await muster('attainment', '--from', from, '--by', 'team', ...where);
  expect(told, told.stderr).toMatchObject({ code: 0 });
  expect(told.stdout).toMatch(/^team,count,met,breached,open,/);
  expect(told.stdout).toMatch(/^new-zealand,7,6,1,0,/m);
};

export const sellers = (current: () => Edition): void => {
  describe('sellers', { timeout: 120_000 }, () => {
    let browser: Browser;
    const from = weekOf(new Date().toISOString());
    beforeAll(async () => {
      browser = await launchBrowser();
    }, browserTimeout);
    afterAll(() => browser?.close());

    it.concurrent('read in their mail what there is to know, and looking at its links says nothing', () =>
      readsItsMail(current(), browser));
    it.concurrent('say by a link that they follow up, once and for all', () => saysByALink(current(), browser));
    it.concurrent('say by a link why a lead is bad', () => callsItBad(current(), browser));
    it.concurrent('are told of a lead that somebody else had', () => goesToSomebodyElse(current()));
    it.concurrent('are not reminded of a lead that rests', () => rests(current()));
    it.concurrent('who follow up late did not do so in time', () => isTooLate(current()));
    it.concurrent('whose call was logged late did, and their manager is told', () => wasInTime(current()));
    it('are counted, those in time and those not', () => countsThem(current(), from));
  });
};
