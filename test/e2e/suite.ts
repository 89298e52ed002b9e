// The end-to-end suite, the same words for every edition: clients nobody here wrote, and what must come of them.
import { afterAll, beforeAll, describe } from 'vitest';
import { formInBrowser } from './browser-form.ts';
import { segmentInBrowser } from './browser-segment.ts';
import { crmMerges } from './crm-merges.ts';
import { crmRequests } from './crm-requests.ts';
import { crmConnections, crmStories } from './crm-stories.ts';
import { dataQualityCounts } from './data-quality.ts';
import type { Edition } from './edition.ts';
import { serverClientAndEscalation } from './escalation.ts';
import { identities } from './identities.ts';
import { mending } from './mending.ts';
import { toldOutside } from './outside.ts';
import { promptMails } from './promptness.ts';
import { refusals } from './refusals.ts';
import { reviews } from './reviews.ts';
import { sellers } from './sellers.ts';
import { signingIn } from './signing-in.ts';
import { tenThousandHits } from './ten-thousand-hits.ts';
import { oneTrace } from './traces.ts';

/** `connections`: those besides the three that every edition has. */
export const endToEnd = (name: string, open: () => Promise<Edition>, connections: readonly string[] = []): void => {
  describe(`End to end: ${name}`, () => {
    let edition: Edition | undefined;
    beforeAll(async () => {
      edition = await open();
    }, 240_000);
    afterAll(() => edition?.stop(), 30_000);
    const current = (): Edition => {
      if (edition === undefined) throw new Error('the edition did not open');
      return edition;
    };
    serverClientAndEscalation(current);
    const { poisonIsBack } = mending(current);
    sellers(current);
    formInBrowser(current);
    oneTrace(current);
    segmentInBrowser(current);
    signingIn(current);
    identities(current);
    reviews(current);
    crmMerges(current);
    crmStories(current, [...crmConnections, ...connections]);
    crmRequests(current, [...crmConnections, ...connections]);
    toldOutside(current);
    dataQualityCounts(current);
    refusals(current);
    tenThousandHits(current);
    poisonIsBack();
    // At the end, when the test files beside this one are through.
    promptMails(name, current);
  });
};
