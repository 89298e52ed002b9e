// Folds what the CRM says of a company: its fields, opportunities and contracts, the domains it claims, and the leads that
// have to move because of that.
import type { Captured } from '../../../events/catalogue.ts';
import { claimIn, hearAccount, hearContract, hearOpportunity } from '../../domain/account.ts';
import { accountIdOfDomain, eventIdOf } from '../../domain/ids.ts';
import { claimableDomains, registrableDomains } from '../../domain/mail-domains.ts';
import type { Item, Key, Table } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { isSame } from '../../table/is-same.ts';
import { as, membersOf, type NewItem, replacing, type StoredItem } from '../../table/items.ts';
import {
  accountKey,
  accountPartition,
  accountTrailKey,
  contractKey,
  domainKey,
  opportunityKey,
} from '../../table/keys.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import { foldIdentity, isUnchanged } from './fold-identity.ts';
import { foldPerson } from './fold-person.ts';
import type { Folding } from './folding.ts';
import { daysToRead, writeTrail } from './write-trail.ts';

type AccountItemType = 'account' | 'opportunity' | 'contract';

/** Loads an item, decides its next facts, writes it with its event if they differ; once more if somebody else wrote it. */
const update = <Type extends AccountItemType>(
  { table, now: at }: Folding,
  type: Type,
  key: Key,
  accountId: string,
  decide: (stored: StoredItem<Type> | undefined) => NewItem<Type>,
): Promise<void> =>
  retryConflicts(async () => {
    const stored = as(type, await table.get(key));
    const next = decide(stored);
    if (isUnchanged(stored as Item | undefined, next)) return;
    const id = eventIdOf('account-changed', key.pk, key.sk, String((stored?.version ?? 0) + 1));
    const changed = { type: 'account-changed.v1' as const, id, at, accountId, what: type };
    await table.write(replacing(stored as Item | undefined, next, [changed]));
  });

/** Every domain the account ever named is told whether it still is the account's; answers those domains. Checked against the
 * account as it was read: of two changes under way at once, the later account has the last word everywhere. */
const claimDomains = (table: Table, accountId: string): Promise<string[]> =>
  retryConflicts(async () => {
    const account = as('account', await table.get(accountKey(accountId)))!;
    const domains = claimableDomains(Object.keys(account.facts.namedSince ?? {}));
    for (const domain of domains) {
      const key = domainKey(domain);
      const stored = as('domain', await table.get(key));
      const claims = { ...stored?.claims, [accountId]: claimIn(account.facts, domain) };
      if (isSame(stored?.claims, claims)) continue;
      await table.transact([
        replacing(stored, { ...key, type: 'domain', domain, claims }),
        { check: accountKey(accountId), condition: { if: 'version', is: account.version } },
      ]);
    }
    return domains;
  });

/** Leads of these domains, and visitors from their networks, find their account again, wherever they are now. */
const rematch = async (folding: Folding, domains: readonly string[]): Promise<void> => {
  const { table } = folding;
  for (const domain of domains) {
    const claims = as('domain', await table.get(domainKey(domain)))?.claims ?? {};
    for (const accountId of [accountIdOfDomain(domain), ...Object.keys(claims)]) {
      const members = membersOf(await table.query(accountPartition(accountId), 'MEMBER#'));
      const nothing = { lines: [], links: [], parts: [] };
      await Promise.all(
        members.map(async ({ leadId, anonymous, mailDomain, match, state }) => {
          if (anonymous && state.network?.value === domain) {
            await foldIdentity(folding, { leadId, kind: 'visitor', ...nothing });
          }
          if (mailDomain === domain && match?.rule !== 'crm-id') await foldPerson(folding, { leadId, ...nothing });
        }),
      );
    }
  }
};

const foldLine = async (folding: Folding, accountId: string, line: Captured): Promise<void> => {
  if (line.type !== 'crm-change-captured.v1') return;
  const { change } = line;
  if (change.object === 'account') {
    const key = accountKey(accountId);
    const domains = registrableDomains(change.domains);
    await update(folding, 'account', key, accountId, (stored) => {
      const facts = hearAccount(stored?.facts ?? {}, line, change, domains);
      return { ...key, type: 'account', accountId, facts };
    });
    if (domains !== undefined) await rematch(folding, await claimDomains(folding.table, accountId));
  }
  const { externalId } = change;
  if (change.object === 'opportunity') {
    const key = opportunityKey(accountId, externalId);
    await update(folding, 'opportunity', key, accountId, (stored) => {
      const facts = hearOpportunity(stored?.facts ?? {}, line, change);
      return { ...key, type: 'opportunity', accountId, externalId, facts };
    });
  }
  if (change.object === 'contract') {
    const key = contractKey(accountId, externalId);
    await update(folding, 'contract', key, accountId, (stored) => {
      const facts = hearContract(stored?.facts ?? {}, line, change);
      return { ...key, type: 'contract', accountId, externalId, facts };
    });
  }
};

export const foldAccount = async (
  folding: Folding,
  { accountId, lines }: { accountId: string; lines: readonly Captured[] },
): Promise<void> => {
  await retryConflicts(async () => {
    const keyOf = (day: string, overflow?: string) => accountTrailKey(accountId, day, overflow);
    const stored = await getAll(
      folding.table,
      daysToRead(lines).map((day) => keyOf(day)),
    );
    await writeTrail(folding.table, accountId, keyOf, lines, stored);
  });
  for (const line of lines) await foldLine(folding, accountId, line);
};
