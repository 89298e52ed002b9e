// Folds a person: their own lines, the identities that turned out to be them, and the account they belong to.
import { isBack } from '../../domain/erased.ts';
import { isKnown, personHeld, personState } from '../../domain/held-states.ts';
import { type DecidedOn, decided } from '../../domain/identity-decisions.ts';
import { isPerson, isRecord } from '../../domain/ids.ts';
import { mailDomainOf } from '../../domain/mail-domains.ts';
import { fingerprintOfQuestion, type MatchQuestion, questionOf } from '../../domain/match-question.ts';
import type { Match } from '../../domain/matching.ts';
import { type NewItem, replacing, type StoredItem } from '../../table/items.ts';
import { reviewList } from '../../table/keys.ts';
import type { Matching } from '../../table/known-shapes.ts';
import { findAccount } from '../matching/find-account.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import { type Part, withParts } from './earlier-parts.ts';
import { unlessErased } from './erased.ts';
import { isUnchanged, knownIdentity, loadIdentity, nextIdentity } from './fold-identity.ts';
import type { Folding } from './folding.ts';
import { hasChangedHands, matchAnonymous } from './match-anonymous.ts';
import type { PersonWork } from './person-work.ts';
import { matched, placeMember } from './place-member.ts';

const following = (
  known: NewItem<'lead'>['byRecords'],
  news: NonNullable<PersonWork['byRecords']>,
): Record<string, DecidedOn> =>
  Object.fromEntries(
    Object.entries({ ...known, ...news })
      .filter((entry): entry is [string, DecidedOn] => entry[1] !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** What was decided of a person. */
const hearDecisions = (person: NewItem<'lead'>, { decisions = [], byRecords, mergedInto }: PersonWork): void => {
  for (const { other, decision } of decisions) person.decisions = decided(person.decisions ?? {}, other, decision);
  if (byRecords !== undefined) person.byRecords = following(person.byRecords, byRecords);
  if (mergedInto === undefined) return;
  person.mergedInto = mergedInto ?? undefined;
  if (mergedInto !== null) person.mergedBefore = [...new Set([...(person.mergedBefore ?? []), mergedInto])].sort();
};

/** The answer they have is kept while what was asked is the same: whoever changes an account has those concerned matched again. */
const matchOf = async (
  folding: Folding,
  asking: MatchQuestion,
  previous: StoredItem<'lead'> | undefined,
  again = false,
): Promise<{ match: Match; matching: Matching }> => {
  const { table, playbook, now } = folding;
  const asked = fingerprintOfQuestion(asking, playbook);
  if (previous?.match && previous.matching?.asked === asked && !again) {
    return { match: previous.match, matching: previous.matching };
  }
  const { match, review: reason, ...beside } = await findAccount(table, asking, playbook);
  const since = previous?.matching?.review?.since ?? now;
  const isTelling = reason !== undefined || beside.candidates.length > 0;
  const matching: Matching = { asked, ...(isTelling && { beside }), ...(reason && { review: { reason, since } }) };
  return { match, matching };
};

/** Who waits for somebody to look stands in the list of those, by how long. */
const inReview = (leadId: string, review: Matching['review']) =>
  review
    ? { listPk: reviewList(review.reason), listSk: `${review.since}#${leadId}` }
    : { listPk: undefined, listSk: undefined };

/** Whoever changes an account has those matched again who are noted with it, as they stand in the table. If that is the old
 * question still, or nobody who asks at all, it changes nothing there that our write would run into; nor does it find, of a group,
 * who is not a member yet. So who comes with another question, or to another account of a group, looks once more after writing. */
const hasToLookAgain = (
  previous: StoredItem<'lead'> | undefined,
  { match, matching }: Pick<StoredItem<'lead'>, 'match' | 'matching'>,
  { matching: { lands } }: Folding['playbook'],
): boolean =>
  (previous !== undefined && matching !== undefined && previous.matching?.asked !== matching.asked) ||
  (lands !== 'site' && match !== undefined && match.accountId !== previous?.match?.accountId);

const addressOf = (email: string | undefined) => {
  const mail = email === undefined ? undefined : mailDomainOf(email);
  return { email, emailKind: mail?.kind, mailDomain: mail?.domain };
};

const foldOnce = async (folding: Folding, given: PersonWork) => {
  const { table, playbook } = folding;
  const { leadId } = given;
  const loaded = await loadIdentity(table, leadId, given.lines);
  const previous = loaded.identity;
  const work = unlessErased(previous, given);
  const next = await nextIdentity(folding, knownIdentity(leadId, 'email', previous), work.lines, loaded.stored);
  next.email ??= work.email;
  hearDecisions(next, work);
  Object.assign(next, await withParts(table, next, work.parts));
  // Who was erased may seem to be back by a browser that turns out to be somebody else's.
  if (next.erased !== undefined && !isBack(next)) next.email = undefined;
  const { state, held } = personState(next);
  const { email } = next;
  // Without a match it is a member of no account, and leaves the one it was in.
  const isLead = isKnown(next.own, held) && next.mergedInto === undefined;
  const found = isLead
    ? await matchOf(folding, questionOf({ leadId, email }, state, playbook), previous, work.again)
    : undefined;
  // But an id in the link of a mail: what was done in the browsers that opened it counts as any unknown visitor's.
  const isAnonymous = !isLead && next.mergedInto === undefined && held.length > 0;
  const unknown = isAnonymous ? await matchAnonymous(folding, state) : undefined;
  const review = inReview(leadId, found?.matching.review);
  const person = { ...matched(next, previous, (found ?? unknown)?.match), matching: found?.matching, ...review };
  let version = previous?.version ?? 0;
  if (!isUnchanged(previous, person)) {
    await table.write(replacing(previous, person));
    version += 1;
  }
  const who = isAnonymous ? { anonymous: true as const } : { ...addressOf(email), records: recordsOf(person) };
  await placeMember(folding, person, version, { ...who, state });
  const isNew = person.match !== undefined && person.match.accountId !== previous?.match?.accountId;
  return {
    person: { ...person, version },
    looksAgain: !work.again && !isAnonymous && hasToLookAgain(previous, person, playbook),
    look: isNew ? unknown?.look : undefined,
  };
};

/** Folds a person, brings their member snapshot up to date, and answers them as stored. */
export const foldPerson = async (folding: Folding, work: PersonWork): Promise<StoredItem<'lead'>> => {
  const { person, looksAgain, look } = await retryConflicts(() => foldOnce(folding, work));
  if (!looksAgain && (look === undefined || !(await hasChangedHands(folding.table, look)))) return person;
  return foldPerson(folding, { leadId: work.leadId, lines: [], parts: [], again: true });
};

/** The CRM's records of a person, and of those merged into them; undefined where there are none. */
const recordsOf = ({ parts }: Pick<StoredItem<'lead'>, 'parts'>): string[] | undefined => {
  const held = Object.entries(parts).filter(([, { state }]) => state !== undefined);
  const records = held.flatMap(([id, part]) => (isRecord(id) ? [id] : (part.records ?? [])));
  return records.length === 0 ? undefined : [...new Set(records)].sort();
};

/** A person as a part of whoever they turned out to be: with all that is theirs, without those merged into them. */
export const asPart = (
  { leadId: id, version, own, parts, earlier, mergedInto }: StoredItem<'lead'>,
  of: string,
): Part => {
  const theirs = Object.fromEntries(Object.entries(parts).filter(([part]) => !isPerson(part)));
  const { held } = personState({ own, parts: theirs, ...(earlier && { earlier }) });
  if (mergedInto !== of) return { id, version };
  return { id, version, ...personHeld(own, held), records: recordsOf({ parts: theirs }) };
};
