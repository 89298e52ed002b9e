// Whose a lead is, decided by a person, over HTTP alone: who waits, who is assigned, who follows by the same name, and that all of
// it is taken back.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { accountIdOfCrm, leadIdOfEmail } from '../../lib/domain/ids.ts';
import type { AccountView } from '../../lib/steps/read-accounts.ts';
import type { readLead } from '../../lib/steps/read-lead.ts';
import type { ReviewPage } from '../../lib/steps/read-review.ts';
import { type Edition, read } from './edition.ts';
import { eventually } from './eventually.ts';
import { buyer, postCrm, postForm, postReview } from './post.ts';

type Lead = NonNullable<Awaited<ReturnType<typeof readLead>>>;

const waitFor = <Found>(edition: Edition, what: string, look: () => Promise<Found | undefined>): Promise<Found> =>
  eventually({ what, withinMs: edition.patienceMs, diagnosis: edition.diagnosis }, look);

/** Undefined while nobody has that address. */
const leadOf = (edition: Edition, email: string): Promise<Lead | undefined> =>
  read<Lead>(edition, `/api/leads/${leadIdOfEmail(email)}`).catch(() => undefined);

const leadIn = (edition: Edition, email: string, rule: string): Promise<Lead> =>
  waitFor(edition, `${email} to be matched by ${rule}`, async () => {
    const lead = await leadOf(edition, email);
    return lead?.match?.rule === rule ? lead : undefined;
  });

const accountWith = (edition: Edition, accountId: string, emails: readonly string[]): Promise<AccountView> =>
  waitFor(edition, `${accountId} to have ${emails.join(', ') || 'nobody'}`, async () => {
    const view = await read<AccountView>(edition, `/api/accounts/${accountId}`).catch(() => undefined);
    const there = view?.leads.map(({ email }) => email ?? '').sort() ?? [];
    return view && there.join() === emails.toSorted().join() ? view : undefined;
  });

/** The part of an account's score that is its people. */
const peopleIn = ({ account }: AccountView): string[] =>
  account.parts.flatMap((part) => (part.kind === 'member' && part.leadId ? [part.leadId] : [])).sort();

const queue = async (edition: Edition): Promise<Map<string, ReviewPage['entries'][number]>> => {
  const { entries, size } = await read<ReviewPage>(edition, '/api/review?limit=200');
  expect(size).toBeGreaterThanOrEqual(entries.length);
  return new Map(entries.map((entry) => [entry.email ?? '', entry]));
};

const decidedByAPerson = async (edition: Edition): Promise<void> => {
  const mark = randomUUID().slice(0, 8);
  const [first, second] = ['first', 'second'].map((name) => `${name}${mark}@gmail.com`) as [string, string];
  const company = `Nordlicht ${mark} Beteiligungen`;
  const accountId = accountIdOfCrm('crm', `review-${mark}`);
  const account = {
    object: 'account',
    externalId: `review-${mark}`,
    name: `Vossberg Antriebe ${mark} GmbH`,
    country: 'DE',
  };
  const occurredAt = new Date().toISOString();
  expect((await postCrm(edition, `review-${mark}`, [{ occurredAt, ...account }])).status).toBe(202);
  const sendForm = async (email: string): Promise<void> => {
    const fields = { ...buyer('ignored'), email, company, country: 'Germany' };
    expect((await postForm(edition, 'demo-request', fields)).status).toBe(202);
  };
  const decide = async (decision: object): Promise<void> => {
    const response = await postReview(edition, { lead: first, by: 'ops@seller.example', ...decision });
    expect(response.status, await response.clone().text()).toBe(202);
  };

  await accountWith(edition, accountId, []);
  await sendForm(first);
  const alone = await leadIn(edition, first, 'unmatched');
  const waiting = await waitFor(edition, `${first} to wait`, async () => (await queue(edition)).get(first));
  expect(waiting).toMatchObject({ company, country: 'DE', reason: 'unmatched', accountId: alone.accountId });
  // A word is the same; that is not enough for a match.
  expect(waiting.suggestions.map((one) => one.accountId)).toContain(accountId);
  const before = await accountWith(edition, alone.accountId!, [first]);

  await decide({ decision: 'assign', accountId, why: 'They are the holding of Vossberg.' });
  const assigned = await leadIn(edition, first, 'assigned');
  expect(assigned).toMatchObject({
    ...{ accountId, review: null },
    decision: {
      by: 'ops@seller.example',
      why: 'They are the holding of Vossberg.',
      remembered: { company, country: 'DE' },
    },
  });
  const moved = await accountWith(edition, accountId, [first]);
  expect(moved.account.score).toBe(before.account.score);
  expect(peopleIn(moved)).toEqual([leadIdOfEmail(first)]);
  expect(moved.leads[0]).toMatchObject({ grade: before.leads[0]!.grade, score: before.leads[0]!.score });
  await waitFor(edition, 'the queue to be without them', async () =>
    (await queue(edition)).has(first) ? undefined : true,
  );

  await sendForm(second);
  await leadIn(edition, second, 'exact-name');
  const both = await accountWith(edition, accountId, [first, second]);
  expect(peopleIn(both)).toEqual([first, second].map(leadIdOfEmail).sort());
  expect(both.account.score).toBe(2 * before.account.score);

  await decide({ decision: 'undo', why: 'They are not.' });
  await leadIn(edition, first, 'unmatched');
  await leadIn(edition, second, 'unmatched');
  await accountWith(edition, accountId, []);
  const after = await accountWith(edition, alone.accountId!, [first]);
  expect(after.account.score).toBe(before.account.score);
  await waitFor(edition, 'both to wait again', async () => {
    const entries = await queue(edition);
    return entries.has(first) && entries.has(second) ? true : undefined;
  });
};

export const reviews = (current: () => Edition): void => {
  describe('whose a lead is', { timeout: 120_000 }, () => {
    it('is decided by a person, holds for the next one too, and is taken back', () => decidedByAPerson(current()));
  });
};
