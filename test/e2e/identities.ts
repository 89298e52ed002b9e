// Who is who, told over HTTP alone: a browser two people share, a visitor who says who they are, a mail that is forwarded, and two
// people who turn out to be one, and not to be.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { leadIdOfEmail, leadIdOfVisitor } from '../../lib/domain/ids.ts';
import type { readLead } from '../../lib/steps/read-lead.ts';
import { type Edition, type Found, findLead, leadThat, read } from './edition.ts';
import { eventually } from './eventually.ts';
import { buyer, postDecision, postForm, postHits } from './post.ts';

type Identity = NonNullable<Awaited<ReturnType<typeof readLead>>>;
const leadOf = (edition: Edition, id: string): Promise<Identity> => read(edition, `/api/leads/${id}`);

/** Each id's own lead. */
const whose = async (edition: Edition, ids: readonly string[]): Promise<string[]> =>
  Promise.all(ids.map(async (id) => (await leadOf(edition, id)).leadId));

const person = (company: string, name: string, visitor: string) => {
  const email = `${name}@${company}.example`;
  return { email, leadId: leadIdOfEmail(email), visitor, visitorId: leadIdOfVisitor(`anon:${visitor}`) };
};
type Person = ReturnType<typeof person>;

const sendForm = async (edition: Edition, { email, visitor }: Person): Promise<void> => {
  const { email: _, ...answers } = buyer('ignored');
  const response = await postForm(edition, 'demo-request', { ...answers, email, _visitor: visitor });
  expect(response.status).toBe(202);
};

const sendHits = async (edition: Edition, ...hits: object[]): Promise<void> => {
  expect((await postHits(edition, hits)).status).toBe(200);
};
const page = (anonymousId: string, messageId: string) => {
  const url = 'https://www.example.com/pricing';
  return { type: 'page', anonymousId, messageId, timestamp: new Date().toISOString(), properties: { url } };
};

const pagesOf = ({ lead }: Found): string[] =>
  lead.touches.flatMap(({ kind, id }) => (kind === 'page' ? [id] : [])).sort();
const hasRead = (...pages: string[]) => {
  const ids = pages.map((id) => `web:${id}`).sort();
  return (found: Found): boolean => JSON.stringify(pagesOf(found)) === JSON.stringify(ids);
};

const sharedBrowser = async (edition: Edition): Promise<void> => {
  const browser = randomUUID();
  const [ann, bob] = [person('shared-works', 'ann', browser), person('shared-works', 'bob', browser)];
  await sendHits(edition, page(browser, 'shared-1'), page(browser, 'shared-2'));
  await sendForm(edition, ann);
  await leadThat(edition, ann.email, 'to have read both pages', hasRead('shared-1', 'shared-2'));

  await sendForm(edition, bob);
  await leadThat(edition, bob.email, 'to be there', ({ lead }) => lead.touches.length > 0);
  await sendHits(edition, page(browser, 'shared-3'));
  const first = await leadThat(
    edition,
    ann.email,
    'to have read all three',
    hasRead('shared-1', 'shared-2', 'shared-3'),
  );
  const second = (await findLead(edition, bob.email))!;

  expect(first.account.leads).toHaveLength(2);
  expect(first.lead.touches.filter(({ kind }) => kind === 'form')).toHaveLength(1);
  expect(second.lead.touches.map(({ kind }) => kind)).toEqual(['form']);
  expect(second.lead.parts.map(({ rule }) => rule)).toEqual(['demo-request']);
  expect(
    await whose(
      edition,
      [browser].map((name) => leadIdOfVisitor(`anon:${name}`)),
    ),
  ).toEqual([ann.leadId]);
  expect((await leadOf(edition, bob.leadId)).identities).toEqual([bob.leadId]);
};

const identifiedVisitor = async (edition: Edition): Promise<void> => {
  const [laptop, phone, userId] = [randomUUID(), randomUUID(), `customer-${randomUUID()}`];
  const { email, leadId } = person('alias-works', 'ida', laptop);
  await sendHits(edition, page(laptop, 'alias-1'), page(laptop, 'alias-2'), page(phone, 'alias-3'));
  const names = { anonymousId: laptop, userId };
  await sendHits(edition, { type: 'identify', ...names, messageId: 'alias-4', traits: { email, firstName: 'Ida' } });
  const { lead } = await leadThat(edition, email, 'to have read two pages', hasRead('alias-1', 'alias-2'));
  expect(lead).toMatchObject({ leadId, profile: { firstName: 'Ida' } });

  await sendHits(edition, { type: 'alias', userId, previousId: phone, messageId: 'alias-5' });
  await leadThat(edition, email, 'to have read on the phone too', hasRead('alias-1', 'alias-2', 'alias-3'));
  const ids = [`anon:${laptop}`, `anon:${phone}`, `user:${userId}`].map(leadIdOfVisitor);
  expect(await whose(edition, ids)).toEqual(ids.map(() => leadId));
};

const mailOpened = async (edition: Edition): Promise<void> => {
  const [una, vic] = ['una', 'vic'].map((name) => person('mail-works', name, randomUUID())) as [Person, Person];
  const phone = randomUUID();
  const opened = { type: 'identify', traits: { muster_lead: una.leadId } };
  await sendHits(edition, page(phone, 'mail-1'), { ...opened, anonymousId: phone, messageId: 'mail-2' });
  // Forwarded to a colleague.
  await sendHits(edition, page(vic.visitor, 'mail-3'), { ...opened, anonymousId: vic.visitor, messageId: 'mail-4' });
  await sendForm(edition, una);
  await leadThat(edition, una.email, 'to have read by both browsers', hasRead('mail-1', 'mail-3'));

  await sendForm(edition, vic);
  await leadThat(edition, vic.email, 'to have read by his own', hasRead('mail-3'));
  await leadThat(edition, una.email, 'to have read by hers alone', hasRead('mail-1'));
  expect(await whose(edition, [leadIdOfVisitor(`anon:${phone}`), vic.visitorId])).toEqual([una.leadId, vic.leadId]);
};

/** What is to be as it was once a merge is undone. */
const standing = async (edition: Edition, one: Person) => {
  const { lead } = (await findLead(edition, one.email))!;
  const { identities } = await leadOf(edition, one.leadId);
  const { touches, profile, grade, match } = lead;
  return { identities, touches, profile, grade, match, counts: lead.parts.map(({ rule, count }) => [rule, count]) };
};

const mergedAndSeparated = async (edition: Edition): Promise<void> => {
  const people = ['carl', 'cora'].map((name) => person('merge-works', name, randomUUID()));
  const [carl, cora] = people as [Person, Person];
  const ids = people.flatMap(({ leadId, visitorId }) => [leadId, visitorId]);
  const own = people.flatMap(({ leadId }) => [leadId, leadId]);
  for (const [n, one] of people.entries()) {
    await sendHits(edition, page(one.visitor, `merge-${n}`));
    await sendForm(edition, one);
    await leadThat(edition, one.email, 'to have read a page', hasRead(`merge-${n}`));
  }
  expect(await whose(edition, ids)).toEqual(own);
  const before = await Promise.all(people.map((one) => standing(edition, one)));

  const decide = async (decision: string, why: string): Promise<void> => {
    const said = { decision, a: carl.email, b: cora.email, by: 'ops@seller.example', why };
    expect((await postDecision(edition, said)).status).toBe(202);
  };
  const eventuallyWhose = (what: string, expected: readonly string[]) =>
    eventually({ what, withinMs: edition.patienceMs, diagnosis: edition.diagnosis }, async () =>
      (await whose(edition, ids)).join() === expected.join() ? true : undefined,
    );
  await decide('merge', 'Said on the phone.');
  await eventuallyWhose(
    'every id to be the first of both',
    ids.map(() => carl.leadId),
  );
  const both = await leadThat(edition, carl.email, 'to have read both pages', hasRead('merge-0', 'merge-1'));
  expect(both.account.leads.map(({ email }) => email)).toEqual([carl.email]);
  const { identities, merges } = await leadOf(edition, cora.visitorId);
  expect(identities.toSorted()).toEqual(ids.toSorted());
  expect(merges).toMatchObject([{ decision: 'merge', a: carl.leadId, b: cora.leadId, why: 'Said on the phone.' }]);

  await decide('separate', 'Two people after all.');
  await eventuallyWhose('every id to be its own again', own);
  await leadThat(edition, cora.email, 'to be there again', hasRead('merge-1'));
  await leadThat(edition, carl.email, 'to be without her page', hasRead('merge-0'));
  expect(await Promise.all(people.map((one) => standing(edition, one)))).toEqual(before);
};

export const identities = (current: () => Edition): void => {
  describe('who is who', { timeout: 120_000 }, () => {
    it('keeps two people apart who share a browser, and leaves its pages with the first', () =>
      sharedBrowser(current()));
    it('gives a visitor who says who they are all they read, by each of their names', () =>
      identifiedVisitor(current()));
    it('takes whoever opens a mail for whom it was sent to, until they say who they are', () => mailOpened(current()));
    it('makes one of two people, and two of them again, and every old id answers', () => mergedAndSeparated(current()));
  });
};
