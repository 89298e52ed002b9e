// Keeps the accounts in line with an identity: a snapshot where it is a member, a mark in those it left.
import { claimantOf } from '../../domain/domain-claims.ts';
import { eventIdOf } from '../../domain/ids.ts';
import { emptyState } from '../../domain/lead.ts';
import type { Match } from '../../domain/matching.ts';
import type { Table } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { allOf, as, type NewItem, type StoredItem } from '../../table/items.ts';
import { domainKey, memberKey } from '../../table/keys.ts';
import { standingFor } from '../matching/account-fates.ts';
import type { Folding } from './folding.ts';
import { writeSnapshot } from './write-snapshot.ts';

/** The account that stands for the one that holds the domain. */
export const claimantOfDomain = async (table: Table, domain: string | undefined): Promise<string | undefined> => {
  if (domain === undefined) return undefined;
  const item = as('domain', await table.get(domainKey(domain)));
  return standingFor(table, item && claimantOf(item.claims));
};

/** The next item with its account, and those it left by then. */
export const matched = (
  next: NewItem<'lead'>,
  previous: StoredItem<'lead'> | undefined,
  match: Match | undefined,
): NewItem<'lead'> => {
  const before = previous?.match?.accountId;
  const movedFrom = { ...next.movedFrom };
  if (before !== undefined) movedFrom[before] = (previous?.version ?? 0) + 1;
  if (match !== undefined) delete movedFrom[match.accountId];
  return { ...next, match, movedFrom };
};

const writeMember = ({ table, now: at }: Folding, member: NewItem<'member'>): Promise<void> => {
  const { accountId, leadId, leadVersion } = member;
  const id = eventIdOf('lead-changed', accountId, leadId, String(leadVersion));
  return writeSnapshot(table, member, { type: 'lead-changed.v1', id, at, accountId, leadId });
};

/** What a lead leaves behind in an account it moved from: nothing of itself, but the version it left with, so that a snapshot
 * still on its way cannot bring it back. Once there it stays: it is looked for each time, for an eighth of the price of writing
 * it and without another assessment of an account where nothing has changed. */
const leave = async (folding: Folding, { leadId, movedFrom, ttl }: NewItem<'lead'>): Promise<void> => {
  const left = Object.entries(movedFrom);
  if (left.length === 0) return;
  const stored = await getAll(
    folding.table,
    left.map(([accountId]) => memberKey(accountId, leadId)),
  );
  const there = new Map(allOf('member', stored).map((member) => [member.accountId, member.leadVersion]));
  await Promise.all(
    left
      .filter(([accountId, leadVersion]) => (there.get(accountId) ?? 0) < leadVersion)
      .map(([accountId, leadVersion]) => {
        const about = { accountId, leadId, leadVersion, gone: true as const, state: emptyState };
        return writeMember(folding, { ...memberKey(accountId, leadId), type: 'member', ...about, ttl });
      }),
  );
};

/** `item` as it stands in the table at `version`; `about` is what its account is to know of it. */
export const placeMember = async (
  folding: Folding,
  item: NewItem<'lead'>,
  version: number,
  about: Pick<StoredItem<'member'>, 'state' | 'email' | 'emailKind' | 'mailDomain' | 'anonymous' | 'records'>,
): Promise<void> => {
  const { leadId, match, ttl } = item;
  if (match !== undefined) {
    const { accountId } = match;
    const member = { accountId, leadId, leadVersion: version, match, ...about, ttl };
    await writeMember(folding, { ...memberKey(accountId, leadId), type: 'member', ...member });
  }
  await leave(folding, item);
};
