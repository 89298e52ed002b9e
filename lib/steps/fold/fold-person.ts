// Folds a person: their own lines, the identities that turned out to be them, and the account they belong to.
import type { Captured } from '../../../events/catalogue.ts';
import { type DecidedOn, decided } from '../../domain/identity-decisions.ts';
import { isPerson } from '../../domain/ids.ts';
import { isKnown, unionOfStates } from '../../domain/lead.ts';
import { mailDomainOf } from '../../domain/mail-domains.ts';
import { matchLead } from '../../domain/matching.ts';
import { type NewItem, replacing, type StoredItem } from '../../table/items.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import { type Part, withParts } from './earlier-parts.ts';
import { isUnchanged, loadIdentity, nextIdentity } from './fold-identity.ts';
import type { Folding } from './folding.ts';
import { claimantOfDomain, matched, placeMember } from './place-member.ts';

export interface PersonWork {
  leadId: string;
  /** Known whenever the person may be new. */
  email?: string;
  lines: readonly Captured[];
  /** Identities linked to this person, as of their version. */
  parts: readonly Part[];
  decisions?: readonly DecidedOn[];
  /** Who they turned out to be another name of; null: nobody; undefined: whoever it was. */
  mergedInto?: string | null;
}

/** What was decided of a person. */
const hearDecisions = (person: NewItem<'lead'>, { decisions = [], mergedInto }: PersonWork): void => {
  for (const { other, decision } of decisions) person.decisions = decided(person.decisions ?? {}, other, decision);
  if (mergedInto === undefined) return;
  person.mergedInto = mergedInto ?? undefined;
  if (mergedInto !== null) person.mergedBefore = [...new Set([...(person.mergedBefore ?? []), mergedInto])].sort();
};

/** Answers the person as stored, and the domain they were matched by, if they came to a new account. */
const foldOnce = async (folding: Folding, work: PersonWork) => {
  const { table } = folding;
  const { leadId } = work;
  const loaded = await loadIdentity(table, leadId, work.lines);
  const previous = loaded.identity;
  const next = await nextIdentity(folding, leadId, 'email', work.lines, loaded);
  next.email ??= work.email;
  hearDecisions(next, work);
  Object.assign(next, await withParts(table, next, work.parts));
  const apart = Object.values(next.parts).flatMap((part) => part.state ?? []);
  const held = next.earlier === undefined ? apart : [...apart, next.earlier.state];
  const state = unionOfStates([next.own, ...held]);
  const mail = next.email === undefined ? undefined : mailDomainOf(next.email);
  const claimant = await claimantOfDomain(table, mail?.domain);
  // Without a match it is a member of no account, and leaves the one it was in.
  const match =
    isKnown(state, held) && next.mergedInto === undefined ? matchLead({ leadId, state, mail, claimant }) : undefined;
  const person = matched(next, previous, match);
  let version = previous?.version ?? 0;
  if (!isUnchanged(previous, person)) {
    await table.write(replacing(previous, person));
    version += 1;
  }
  const { email } = person;
  await placeMember(folding, person, version, { email, emailKind: mail?.kind, mailDomain: mail?.domain, state });
  const isByDomain = match?.rule === 'mail-domain' || match?.rule === 'account-domain';
  const before = previous?.match?.accountId;
  const isNew = isByDomain && before !== match.accountId;
  return { person: { ...person, version }, look: isNew ? { domain: mail?.domain, claimant } : undefined };
};

/** Folds a person, brings their member snapshot up to date, and answers them as stored. */
export const foldPerson = async (folding: Folding, work: PersonWork): Promise<StoredItem<'lead'>> => {
  const { person, look } = await retryConflicts(() => foldOnce(folding, work));
  // The domain may have changed hands between our look and our write, when its account could not see this member yet. Both
  // sides write first and look then, so at least one sees the other.
  if (look === undefined || (await claimantOfDomain(folding.table, look.domain)) === look.claimant) return person;
  return foldPerson(folding, { leadId: work.leadId, lines: [], parts: [] });
};

/** A person as a part of whoever they turned out to be: with all that is theirs, without those merged into them. */
export const asPart = (
  { leadId: id, version, own, parts, earlier, mergedInto }: StoredItem<'lead'>,
  of: string,
): Part => {
  const held = Object.entries(parts).flatMap(([part, { state }]) => (isPerson(part) ? [] : (state ?? [])));
  const all = earlier === undefined ? held : [...held, earlier.state];
  const state = unionOfStates([own, ...all]);
  return { id, version, ...(mergedInto === of && isKnown(state, all) && { state }) };
};
