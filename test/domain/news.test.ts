// Of a record as a list says it, what it did not say before; moments are no news.
import { expect, it } from 'vitest';
import type { CrmChange } from '../../events/crm-change-captured.v1.ts';
import { hearAccount } from '../../lib/domain/account.ts';
import { type Deal, hearDeal } from '../../lib/domain/deals.ts';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import { emptyState, hearLine } from '../../lib/domain/lead.ts';
import { type Links, linked } from '../../lib/domain/links.ts';
import { sitesNamed } from '../../lib/domain/mail-domains.ts';
import { type KnownRecord, newsIn } from '../../lib/domain/news.ts';
import { hearFate } from '../../lib/domain/record-fate.ts';
import { crm } from '../simulation/lines.ts';

const day = (n: number): string => `2026-11-${String(n).padStart(2, '0')}T09:00:00.000Z`;
const said = (change: CrmChange, at: string) => crm(`l${at}`, at, change, 'hubspot');

/** What is known after a record said this, one saying a day. */
const after = (...changes: CrmChange[]): KnownRecord => {
  let known: KnownRecord = {};
  changes.forEach((change, n) => {
    const line = said(change, day(n + 1));
    if (change.object === 'person') {
      const { own = emptyState, links = {}, fate } = known.person ?? {};
      const heard = (all: Links, email: string) =>
        linked('crm', all, leadIdOfEmail(email), { email, at: line.occurredAt });
      known = {
        person: {
          own: hearLine(own, line),
          links: change.email === undefined ? links : heard(links, change.email),
          fate: hearFate(fate, line, change),
        },
      };
    } else if (change.object === 'account') {
      known = { account: hearAccount(known.account ?? {}, line, change, sitesNamed(change.domains)) };
    } else known = { deal: hearDeal(known.deal, line) as Deal };
  });
  return known;
};
const newsOf = (change: CrmChange, known: KnownRecord) => newsIn(said(change, day(20)), known)?.change;

const bea = { object: 'person', externalId: '5' } as const;
const acme = { object: 'account', externalId: '9' } as const;
const deal = { object: 'opportunity', externalId: '7' } as const;
const whole: CrmChange = {
  ...{ ...bea, email: 'bea@acme.example', crmStage: 'NEW', accountExternalId: '9', ownerExternalId: null },
  ...{ deleted: false, profile: { jobTitle: 'Buyer', country: 'DE' } },
};

it('is all of a record nobody has heard of', () => {
  expect(newsOf(whole, {})).toEqual(whole);
});

it('is nothing of what a record says again', () => {
  expect(newsOf(whole, after(whole))).toBeUndefined();
  const account: CrmChange = {
    ...{ ...acme, name: 'Acme', domains: ['shop.acme.example'], standing: null, crmStage: 'CUSTOMER', employees: 7 },
    ...{ technologies: ['b', 'a'], deleted: false, parentExternalId: '3' },
  };
  expect(newsOf(account, after(account))).toBeUndefined();
  const won: CrmChange = { ...deal, state: 'open', crmStage: '2', contacts: [{ externalId: '5', is: 'primary' }] };
  expect(newsOf(won, after({ ...won, crmStage: '1' }, won))).toBeUndefined();
  const contract: CrmChange = { object: 'contract', externalId: '8', endsAt: null, draft: false };
  expect(newsOf(contract, after(contract))).toBeUndefined();
});

it('is the one thing that changed, and nothing beside it', () => {
  expect(newsOf({ ...whole, crmStage: 'WORKING' }, after(whole))).toEqual({ ...bea, crmStage: 'WORKING' });
  expect(newsOf({ ...whole, profile: { jobTitle: 'CFO', country: 'DE' } }, after(whole))).toEqual({
    ...{ ...bea, profile: { jobTitle: 'CFO' } },
  });
  expect(newsOf({ ...deal, state: 'won', crmStage: '1' }, after({ ...deal, crmStage: '1' }))).toEqual({
    ...{ ...deal, state: 'won' },
  });
});

it('is that somebody is unsubscribed, once, and that they are no more; not that they never were', () => {
  const [yes, no] = [true, false].map((unsubscribed) => ({ ...whole, unsubscribed }));

  expect(newsOf(no!, after(whole))).toBeUndefined();
  expect(newsOf(yes!, after(no!))).toEqual({ ...bea, unsubscribed: true });
  expect(newsOf(yes!, after(whole, yes!))).toBeUndefined();
  expect(newsOf(no!, after(yes!))).toEqual({ ...bea, unsubscribed: false });
  expect(newsOf(yes!, after(yes!, no!))).toEqual({ ...bea, unsubscribed: true });
});

it('is what a record goes back to', () => {
  const back = after({ ...bea, email: 'a@x.example', crmStage: 'A' }, { ...bea, email: 'b@x.example', crmStage: 'B' });

  expect(newsOf({ ...bea, email: 'a@x.example', crmStage: 'A' }, back)).toEqual({
    ...{ ...bea, email: 'a@x.example', crmStage: 'A' },
  });
});

it('is that a record is gone, was merged, or is back', () => {
  expect(newsOf({ ...whole, deleted: true }, after(whole))).toEqual({ ...bea, deleted: true });
  expect(newsOf({ ...bea, mergedInto: '6' }, after(whole))).toEqual({ ...bea, mergedInto: '6' });
  expect(newsOf(whole, after({ ...whole, deleted: true }))).toEqual({ ...bea, deleted: false });
  expect(newsOf({ ...acme, mergedInto: '6' }, after({ ...acme, name: 'Acme' }))).toEqual({ ...acme, mergedInto: '6' });
});

it('is nothing that is older than what is known', () => {
  const known = after({ ...bea, crmStage: 'B' });

  expect(newsIn(said({ ...bea, crmStage: 'B' }, '2026-10-01T09:00:00.000Z'), known)).toBeUndefined();
});
