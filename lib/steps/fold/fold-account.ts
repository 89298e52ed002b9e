// Folds what the CRM says of a company: its fields, opportunities and contracts, the domains it claims, and the leads that
// have to move because of that.
import type { Captured } from '../../../events/catalogue.ts';
import { hearAccount } from '../../domain/account.ts';
import { hearContract, hearOpportunity } from '../../domain/deals.ts';
import { eventIdOf } from '../../domain/ids.ts';
import { sitesNamed } from '../../domain/mail-domains.ts';
import type { Item, Key } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { as, type NewItem, replacing, type StoredItem } from '../../table/items.ts';
import { accountKey, accountTrailKey, contractKey, opportunityKey } from '../../table/keys.ts';
import { concernedBy } from '../matching/concerned.ts';
import { fileAccount, markFiled, markRematched, rematchedUpTo, withNewFacts } from '../matching/file-account.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import { isUnchanged } from './fold-identity.ts';
import type { Folding } from './folding.ts';
import { rematchAll, rematchVisitors } from './rematch.ts';
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

const settleAccount = async (folding: Folding, accountId: string): Promise<void> => {
  const { table, playbook } = folding;
  const refiled = await fileAccount(table, accountId);
  if (refiled === undefined) return;
  const concerned = await concernedBy(table, refiled, playbook.matching);
  const note = (upTo: string) => markRematched(table, refiled, upTo);
  if (!(await rematchAll(folding, concerned, { upTo: rematchedUpTo(refiled), note }))) return;
  if (refiled.hasOtherDomains) await rematchVisitors(folding, refiled.domains);
  await markFiled(table, refiled);
};

const foldLine = async (folding: Folding, accountId: string, line: Captured): Promise<void> => {
  if (line.type !== 'crm-change-captured.v1') return;
  const { change } = line;
  if (change.object === 'account') {
    const key = accountKey(accountId);
    await update(folding, 'account', key, accountId, (stored) => {
      const facts = hearAccount(stored?.facts ?? {}, line, change, sitesNamed(change.domains));
      return { ...key, type: 'account', accountId, facts, ...withNewFacts(accountId, facts, stored) };
    });
    await settleAccount(folding, accountId);
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
