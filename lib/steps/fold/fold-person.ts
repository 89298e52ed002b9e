// Folds a person: their own lines, the identities that turned out to be them, and the account they belong to.
import type { Captured } from '../../../events/catalogue.ts';
import { claimantOf } from '../../domain/account.ts';
import { eventIdOf } from '../../domain/ids.ts';
import { emptyState, type IdentityState, isKnown, unionOfStates } from '../../domain/lead.ts';
import { mailDomainOf } from '../../domain/mail-domains.ts';
import { type Match, matchLead } from '../../domain/matching.ts';
import { ConflictError, type Item, type Table } from '../../ports.ts';
import { as, type NewItem, outboxOf, replacing } from '../../table/items.ts';
import { domainKey, memberKey } from '../../table/keys.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import { isUnchanged, loadIdentity, nextIdentity } from './fold-identity.ts';
import type { Folding } from './folding.ts';

export interface PersonWork {
  leadId: string;
  /** Known whenever the person may be new. */
  email?: string;
  lines: readonly Captured[];
  /** Identities linked to this person, as of their version: with a state those they hold, without one those that somebody
   * else turned out to hold. */
  parts: readonly { id: string; version: number; state?: IdentityState }[];
}

const withParts = (known: NewItem<'lead'>['parts'], { parts }: PersonWork): NewItem<'lead'>['parts'] => {
  const merged = { ...known };
  for (const { id, version, state } of parts) {
    if ((merged[id]?.version ?? 0) < version) merged[id] = { version, state };
  }
  return Object.fromEntries(Object.entries(merged).sort(([a], [b]) => (a < b ? -1 : 1)));
};

const claimantOfDomain = async (table: Table, domain: string | undefined): Promise<string | undefined> => {
  if (domain === undefined) return undefined;
  const item = as('domain', await table.get(domainKey(domain)));
  return item && claimantOf(item.claims);
};

/** Writes a snapshot in an account unless one of this or a later version of the lead is there. A conflict alone does not say
 * that it is: the item may just have been busy. */
const writeMember = async ({ table, now: at }: Folding, member: NewItem<'member'>): Promise<void> => {
  const { accountId, leadId, leadVersion } = member;
  const id = eventIdOf('lead-changed', accountId, leadId, String(leadVersion));
  try {
    const outbox = outboxOf([{ type: 'lead-changed.v1', id, at, accountId, leadId }]);
    const put = { ...member, ...outbox, version: leadVersion } as Item;
    await table.write({ put, condition: { if: 'newer', attribute: 'leadVersion' } });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const stored = as('member', await table.get(member));
    if (stored === undefined || stored.leadVersion < member.leadVersion) throw error;
  }
};

/** What a lead leaves behind in an account it moved from: nothing of itself, but a version, so that a snapshot still on its
 * way cannot bring it back. */
const leave = (
  folding: Folding,
  accountIds: readonly string[],
  leadId: string,
  leadVersion: number,
): Promise<unknown> =>
  Promise.all(
    accountIds.map((accountId) =>
      writeMember(folding, {
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

/** Answers the domain the lead was matched by, if it came to a new account. */
const foldOnce = async (folding: Folding, work: PersonWork): Promise<Look | undefined> => {
  const { table } = folding;
  const { leadId } = work;
  const loaded = await loadIdentity(table, leadId, work.lines);
  const previous = loaded.identity;
  const next = await nextIdentity(folding, leadId, 'email', work.lines, loaded);
  next.email ??= work.email;
  next.parts = withParts(next.parts, work);
  const held = Object.values(next.parts).flatMap((part) => part.state ?? []);
  const state = unionOfStates([next.own, ...held]);
  const mail = next.email === undefined ? undefined : mailDomainOf(next.email);
  const claimant = await claimantOfDomain(table, mail?.domain);
  // Without a match it is a member of no account, and leaves the one it was in.
  const match: Match | undefined = isKnown(state, held) ? matchLead({ leadId, state, mail, claimant }) : undefined;
  const before = previous?.match?.accountId;
  next.match = match;
  next.movedFrom = [...new Set([...(before === undefined ? [] : [before]), ...next.movedFrom])].filter(
    (id) => id !== match?.accountId,
  );
  let version = previous?.version ?? 0;
  if (!isUnchanged(previous, next)) {
    await table.write(replacing(previous, next));
    version += 1;
  }
  if (match !== undefined) {
    const { accountId } = match;
    const { email } = next;
    const about = { email, emailKind: mail?.kind, mailDomain: mail?.domain, match, leadVersion: version };
    await writeMember(folding, { ...memberKey(accountId, leadId), type: 'member', accountId, leadId, ...about, state });
  }
  await leave(folding, next.movedFrom, leadId, version);
  const isByDomain = match?.rule === 'mail-domain' || match?.rule === 'account-domain';
  return isByDomain && before !== match.accountId ? { domain: mail?.domain, claimant } : undefined;
};

interface Look {
  domain: string | undefined;
  claimant: string | undefined;
}

/** Folds a person and brings their member snapshot up to date. */
export const foldPerson = async (folding: Folding, work: PersonWork): Promise<void> => {
  const look = await retryConflicts(() => foldOnce(folding, work));
  // The domain may have changed hands between our look and our write, when its account could not see this member yet. Both
  // sides write first and look then, so at least one sees the other.
  if (look !== undefined && (await claimantOfDomain(folding.table, look.domain)) !== look.claimant) {
    await foldPerson(folding, { leadId: work.leadId, lines: [], parts: [] });
  }
};
