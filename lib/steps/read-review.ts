// The leads somebody should look at, those who wait longest first, a page at a time. Bounded however many wait: a page is read from
// each reason's list, and who waits beyond a bound is not counted.
import { personState } from '../domain/held-states.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import { type ReviewReason, reviewReasons } from '../domain/review.ts';
import { statedCompany } from '../domain/stated-company.ts';
import type { Clock, Item, Table } from '../ports.ts';
import { allOf, type StoredItem } from '../table/items.ts';
import { reviewList } from '../table/keys.ts';
import type { PlaybookReader } from './playbooks.ts';
import { reviewView } from './views/match-view.ts';

/** Some 100 bytes of index each: 1 MB, about 130 read units and 50 ms. */
const mostCounted = 10_000;
export const mostAtOnce = 200;

export interface ReviewAsked {
  /** Of every reason when left out. */
  reason?: ReviewReason | undefined;
  /** As `reviewCursor` reads it. */
  after?: string | undefined;
  /** 1 to `mostAtOnce`. */
  limit?: number | undefined;
}

const cursorShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#lead_[0-9a-f]{16}$/;
const cursorOf = ({ listSk = '' }: Item): string => Buffer.from(listSk).toString('base64url');

/** Undefined where it is none of ours. */
export const reviewCursor = (text: string): string | undefined => {
  const after = Buffer.from(text, 'base64url').toString();
  return cursorShape.test(after) ? after : undefined;
};

/** The first so many of a list. What left it since the index heard is left out, so a short answer alone does not say that the list
 * is over. */
const firstOf = async (table: Table, listPk: string, after: string | undefined, limit: number): Promise<Item[]> => {
  const found: Item[] = [];
  while (found.length < limit) {
    const page = await table.list(listPk, { after: found.at(-1)?.listSk ?? after, limit: limit - found.length });
    if (page.length === 0) break;
    found.push(...page);
  }
  return found;
};

const entryOf = (lead: StoredItem<'lead'>, playbook: Playbook) => {
  const { leadId, email, match, matching } = lead;
  const { reason, since, suggestions, doubt } = reviewView(lead)!;
  const { state } = personState(lead);
  const { company = null, country = null } = statedCompany(state, playbook);
  return {
    ...{ leadId, email: email ?? null, company, country, reason, since },
    /** Where it stands now, and why there. */
    accountId: match?.accountId ?? null,
    evidence: match?.evidence ?? null,
    tried: matching?.beside?.tried ?? [],
    ...{ suggestions, doubt },
  };
};

export const readReview = async (
  { table, playbook, clock }: { table: Table; playbook: PlaybookReader; clock: Clock },
  { reason, after, limit = 50 }: ReviewAsked,
) => {
  const lists = (reason === undefined ? reviewReasons : [reason]).map(reviewList);
  const ofEach = <Answer>(ask: (list: string) => Promise<Answer>) => Promise.all(lists.map(ask));
  const [live, counts, longest, pages] = await Promise.all([
    playbook(),
    ofEach((list) => table.count(list, mostCounted + 1)),
    ofEach((list) => firstOf(table, list, undefined, 1)),
    // One more than is shown says whether there are more.
    ofEach((list) => firstOf(table, list, after, limit + 1)),
  ]);
  const waiting = pages.flat().sort((a, b) => (a.listSk! < b.listSk! ? -1 : 1));
  const shown = waiting.slice(0, limit);
  const size = counts.reduce((sum, count) => sum + count, 0);
  const since = longest.flat().map(({ listSk = '' }) => listSk.slice(0, listSk.indexOf('#')));
  return {
    size: Math.min(size, mostCounted),
    /** There are more than were counted. */
    ...(size > mostCounted && { more: true as const }),
    oldestSince: since.sort()[0] ?? null,
    entries: allOf('lead', shown).map((lead) => entryOf(lead, live)),
    next: waiting.length > limit ? cursorOf(shown.at(-1)!) : null,
    serverTime: new Date(clock.now()).toISOString(),
  };
};
export type ReviewPage = Awaited<ReturnType<typeof readReview>>;
