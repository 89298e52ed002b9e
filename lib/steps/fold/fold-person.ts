// Folds a person: their own lines, the identities that turned out to be them, and the account they belong to.
import type { Captured } from '../../../events/catalogue.ts';
import { claimantOf } from '../../domain/account.ts';
import { emptyState, type IdentityState, unionOfStates } from '../../domain/lead.ts';
import { mailDomainOf } from '../../domain/mail-domains.ts';
import { type Match, matchLead } from '../../domain/matching.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { ConflictError, type Item, type Table } from '../../ports.ts';
import { as, type NewItem, replacing } from '../../table/items.ts';
import { domainKey, memberKey } from '../../table/keys.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import { isUnchanged, loadIdentity, nextIdentity } from './fold-identity.ts';

export interface PersonWork {
  leadId: string;
  /** Known whenever the person may be new. */
  email?: string;
  lines: readonly Captured[];
  /** Identities this person holds now. */
  parts: readonly { id: string; version: number; state: IdentityState }[];
  /** Identities somebody else turned out to hold. */
  lost: readonly string[];
}

const withParts = (next: NewItem<'lead'>, { parts, lost }: PersonWork): NewItem<'lead'>['parts'] => {
  const merged = { ...next.parts };
  for (const { id, version, state } of parts) {
    if ((merged[id]?.version ?? 0) < version) merged[id] = { version, state };
  }
  for (const id of lost) delete merged[id];
  return Object.fromEntries(Object.entries(merged).sort(([a], [b]) => (a < b ? -1 : 1)));
};

const claimantOfDomain = async (table: Table, domain: string | undefined): Promise<string | undefined> => {
  if (domain === undefined) return undefined;
  const item = as('domain', await table.get(domainKey(domain)));
  return item && claimantOf(item.claims);
};

/** Somebody of whom nothing is known but flagged touches is no lead yet: no member, no account, no work for anyone. */
const isKnown = (state: IdentityState, parts: object): boolean =>
  Object.keys(state.facts).length > 0 || state.activities.length > 0 || Object.keys(parts).length > 0;

/** Writes a snapshot in an account unless one of this or a later version of the lead is there. */
const writeMember = async (table: Table, member: NewItem<'member'>): Promise<void> => {
  try {
    const put = { ...member, version: member.leadVersion } as Item;
    await table.write({ put, condition: { if: 'newer', attribute: 'leadVersion' } });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
};

/** What a lead leaves behind in an account it moved from: nothing of itself, but a version, so that a snapshot still on its
 * way cannot bring it back. */
const leave = (table: Table, accountIds: readonly string[], leadId: string, leadVersion: number): Promise<unknown> =>
  Promise.all(
    accountIds.map((accountId) =>
      writeMember(table, {
        ...memberKey(accountId, leadId),
        type: 'member',
        accountId,
        leadId,
        leadVersion,
        gone: true,
        state: emptyState,
      }),
    ),
  );

const foldOnce = async (table: Table, playbook: Playbook, work: PersonWork): Promise<{ joined?: string }> => {
  const { leadId } = work;
  const loaded = await loadIdentity(table, leadId, work.lines);
  const previous = loaded.identity;
  const next = await nextIdentity(table, playbook, leadId, 'email', work.lines, loaded);
  next.email ??= work.email;
  next.parts = withParts(next, work);
  const state = unionOfStates([next.own, ...Object.values(next.parts).map((part) => part.state)]);
  const mail = next.email === undefined ? undefined : mailDomainOf(next.email);
  const match: Match = matchLead({ leadId, state, mail, claimant: await claimantOfDomain(table, mail?.domain) });
  const known = isKnown(state, next.parts);
  if (known) next.match = match;
  const before = previous?.match?.accountId;
  const left = [...(before === undefined ? [] : [before]), ...next.movedFrom].filter((id) => id !== match.accountId);
  next.movedFrom = known ? left : [];
  let version = previous?.version ?? 0;
  if (!isUnchanged(previous, next)) {
    await table.write(replacing(previous, next));
    version += 1;
  }
  if (!known) return {};
  const member = { ...memberKey(match.accountId, leadId), type: 'member' as const, accountId: match.accountId, leadId };
  const { email } = next;
  const about = { email, emailKind: mail?.kind, mailDomain: mail?.domain, match, leadVersion: version };
  await writeMember(table, { ...member, ...about, state });
  await leave(table, left, leadId, version);
  return match.rule === 'mail-domain' && before !== match.accountId ? { joined: mail?.domain } : {};
};

/** Folds a person and brings their member snapshot up to date. */
export const foldPerson = async (table: Table, playbook: Playbook, work: PersonWork): Promise<void> => {
  const { joined } = await retryConflicts(() => foldOnce(table, playbook, work));
  // A CRM account may have claimed the domain between our look and our write, when it could not see this member yet.
  // Both sides write first and look then, so at least one sees the other.
  if (joined !== undefined && (await claimantOfDomain(table, joined)) !== undefined) {
    await foldPerson(table, playbook, { leadId: work.leadId, lines: [], parts: [], lost: [] });
  }
};
