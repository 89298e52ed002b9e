// Folds a person: their own lines, the identities that turned out to be them, and the account they belong to.
import type { Captured } from '../../../events/catalogue.ts';
import { claimantOf } from '../../domain/account.ts';
import { type IdentityState, unionOfStates } from '../../domain/lead.ts';
import { type Match, matchableDomain, matchLead } from '../../domain/matching.ts';
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

const saveMember = async (
  table: Table,
  lead: NewItem<'lead'> & { version: number },
  state: IdentityState,
  match: Match,
): Promise<void> => {
  const { leadId, email, version } = lead;
  const { accountId } = match;
  const key = memberKey(accountId, leadId);
  const put: Item = { ...key, type: 'member', version, accountId, leadId, email, leadVersion: version, state, match };
  try {
    await table.write({ put, condition: { if: 'newer', attribute: 'leadVersion' } });
  } catch (error) {
    // A snapshot of this or a later version of the lead is already there.
    if (!(error instanceof ConflictError)) throw error;
  }
};

const leave = (table: Table, accountIds: readonly string[], leadId: string): Promise<unknown> =>
  Promise.all(accountIds.map((id) => table.write({ remove: memberKey(id, leadId), condition: { if: 'always' } })));

const foldOnce = async (table: Table, playbook: Playbook, work: PersonWork): Promise<{ joined?: string }> => {
  const loaded = await loadIdentity(table, work.leadId, work.lines);
  const previous = loaded.identity;
  const next = await nextIdentity(table, playbook, work.leadId, 'email', work.lines, loaded);
  next.email ??= work.email;
  next.parts = withParts(next, work);
  const state = unionOfStates([next.own, ...Object.values(next.parts).map((part) => part.state)]);
  const domain = matchableDomain(next.email);
  const match = matchLead({ leadId: work.leadId, email: next.email, state }, await claimantOfDomain(table, domain));
  const known = isKnown(state, next.parts);
  if (known) next.match = match;
  await leave(
    table,
    next.movedFrom.filter((id) => id !== match.accountId),
    work.leadId,
  );
  const before = previous?.match?.accountId;
  const moved = known && before !== undefined && before !== match.accountId;
  next.movedFrom = moved ? [before] : [];
  let version = previous?.version ?? 0;
  if (!isUnchanged(previous, next)) {
    await table.write(replacing(previous, next));
    version += 1;
  }
  if (!known) return {};
  await saveMember(table, { ...next, version }, state, match);
  if (moved) await leave(table, [before], work.leadId);
  return match.rule === 'mail-domain' && before !== match.accountId ? { joined: domain } : {};
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
