// Folds what the CRM says of a company: its fields, opportunities and contracts, the domains it claims, and the leads that
// have to move because of that.
import type { Captured } from '../../../events/catalogue.ts';
import { claimIn, hearAccount, hearContract, hearOpportunity } from '../../domain/account.ts';
import { accountIdOfDomain } from '../../domain/ids.ts';
import { mailDomainOf, registrableDomain } from '../../domain/mail-domains.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { Item, Key, Table } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { isSame } from '../../table/is-same.ts';
import { as, type ItemType, membersOf, type NewItem, replacing, type StoredItem } from '../../table/items.ts';
import {
  accountKey,
  accountPartition,
  accountTrailKey,
  contractKey,
  domainKey,
  opportunityKey,
} from '../../table/keys.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import { isUnchanged } from './fold-identity.ts';
import { foldPerson } from './fold-person.ts';
import { daysOf, writeTrail } from './write-trail.ts';

const registrable = (domains: readonly string[] | undefined): string[] | undefined =>
  domains && [...new Set(domains.map(registrableDomain))].sort();

/** Loads an item, decides its next state, writes it if it differs; once more if somebody else wrote it. */
const update = <Type extends ItemType>(
  table: Table,
  type: Type,
  key: Key,
  decide: (stored: StoredItem<Type> | undefined) => NewItem<Type>,
): Promise<NewItem<Type>> =>
  retryConflicts(async () => {
    const stored = as(type, await table.get(key));
    const next = decide(stored);
    if (!isUnchanged(stored as Item | undefined, next)) await table.write(replacing(stored as Item | undefined, next));
    return next;
  });

/** Every domain the account ever named is told whether it still is the account's; answers those domains. Checked against the
 * account as it was read: of two changes under way at once, the later account has the last word everywhere. */
const claimDomains = (table: Table, accountId: string): Promise<string[]> =>
  retryConflicts(async () => {
    const account = as('account', await table.get(accountKey(accountId)))!;
    // Nobody owns a mail provider's domain by naming it.
    const domains = Object.keys(account.facts.namedSince ?? {}).filter(
      (domain) => mailDomainOf(`any@${domain}`).kind === 'business',
    );
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

/** Leads of these domains, wherever they are now, find their account again. */
const rematch = async (table: Table, playbook: Playbook, domains: readonly string[]): Promise<void> => {
  for (const domain of domains) {
    const claims = as('domain', await table.get(domainKey(domain)))?.claims ?? {};
    for (const accountId of [accountIdOfDomain(domain), ...Object.keys(claims)]) {
      const members = membersOf(await table.query(accountPartition(accountId), 'MEMBER#'));
      const concerned = members.filter(({ mailDomain, match }) => mailDomain === domain && match?.rule !== 'crm-id');
      await Promise.all(concerned.map(({ leadId }) => foldPerson(table, playbook, { leadId, lines: [], parts: [] })));
    }
  }
};

const foldLine = async (table: Table, playbook: Playbook, accountId: string, line: Captured): Promise<void> => {
  if (line.type !== 'crm-change-captured.v1') return;
  const { change } = line;
  if (change.object === 'account') {
    const key = accountKey(accountId);
    const domains = registrable(change.domains);
    await update(table, 'account', key, (stored) => {
      const facts = hearAccount(stored?.facts ?? {}, line, change, domains);
      return { ...key, type: 'account', accountId, facts };
    });
    if (domains !== undefined) await rematch(table, playbook, await claimDomains(table, accountId));
  }
  const { externalId } = change;
  if (change.object === 'opportunity') {
    const key = opportunityKey(accountId, externalId);
    await update(table, 'opportunity', key, (stored) => {
      const facts = hearOpportunity(stored?.facts ?? {}, line, change);
      return { ...key, type: 'opportunity', accountId, externalId, facts };
    });
  }
  if (change.object === 'contract') {
    const key = contractKey(accountId, externalId);
    await update(table, 'contract', key, (stored) => {
      const facts = hearContract(stored?.facts ?? {}, line, change);
      return { ...key, type: 'contract', accountId, externalId, facts };
    });
  }
};

export const foldAccount = async (
  table: Table,
  playbook: Playbook,
  { accountId, lines }: { accountId: string; lines: readonly Captured[] },
): Promise<void> => {
  await retryConflicts(async () => {
    const keyOf = (day: string, overflow?: string) => accountTrailKey(accountId, day, overflow);
    const stored = await getAll(
      table,
      daysOf(lines).map((day) => keyOf(day)),
    );
    await writeTrail(table, accountId, keyOf, lines, stored);
  });
  for (const line of lines) await foldLine(table, playbook, accountId, line);
};
