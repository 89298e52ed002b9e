// The lists of accounts by the keys of their names: an account is taken in and out, one by one, or many new ones at once.
import { listed } from '../../domain/account-matching/blocks.ts';
import type { Table } from '../../ports.ts';
import { as, replacing, type StoredItem } from '../../table/items.ts';
import { blockKey } from '../../table/keys.ts';
import { retryConflicts } from '../retry-conflicts.ts';

type Account = StoredItem<'account'>;

const without = (known: Readonly<Record<string, number>>, id: string): Record<string, number> =>
  Object.fromEntries(Object.entries(known).filter(([one]) => one !== id));

/** Takes the account, as of its version, into a list or out of it; answers whether those who ask by it have to be told. A list that
 * was once too long stays that. */
export const list = (table: Table, key: string, { accountId, version }: Account, isIn: boolean): Promise<boolean> =>
  retryConflicts(async () => {
    const stored = as('block', await table.get(blockKey(key)));
    const { accounts = {}, gone = {}, more } = stored ?? {};
    // Nobody asks a list that is too long, but once more those who did when it became so.
    if (more !== undefined) return more === accountId;
    if (Math.max(accounts[accountId] ?? 0, gone[accountId] ?? 0) >= version) return true;
    const others = { accounts: without(accounts, accountId), gone: without(gone, accountId) };
    const next = isIn
      ? { ...others, accounts: { ...others.accounts, [accountId]: version } }
      : { ...others, gone: { ...others.gone, [accountId]: version } };
    const isTooLong = Object.keys(next.accounts).length > listed;
    const kept = isTooLong ? { accounts: {}, gone: {}, more: accountId } : next;
    await table.write(replacing(stored, { ...blockKey(key), type: 'block', ...kept }));
    return true;
  });

/** Of a list that is read whole to add one, and of which a file of accounts has many: it is written once for all of them. Whoever
 * is listed here is found so by `list`; whom a full list has no room for is left to that. */
const addTogether = (table: Table, key: string, accounts: readonly Account[]): Promise<void> =>
  retryConflicts(async () => {
    const stored = as('block', await table.get(blockKey(key)));
    const { accounts: known = {}, gone = {}, more } = stored ?? {};
    const news = accounts.filter(({ accountId: id, version }) => Math.max(known[id] ?? 0, gone[id] ?? 0) < version);
    const next = { ...known, ...Object.fromEntries(news.map(({ accountId, version }) => [accountId, version])) };
    if (more !== undefined || news.length === 0 || Object.keys(next).length > listed) return;
    await table.write(replacing(stored, { ...blockKey(key), type: 'block', accounts: next, gone }));
  });

/** Lists that are written side by side: distinct items, which then share a commit. */
const atOnce = 25;

/** Lists accounts that were never filed and never changed, so that they stand under the keys written with them and no others.
 * Filing each then finds that it is listed: without this, of 3,000 accounts of one file, lists took a third of the time. */
export const listNewcomers = async (table: Table, accounts: readonly Account[]): Promise<void> => {
  const byKey = new Map<string, Account[]>();
  for (const account of accounts) {
    if (account.version > 1 || account.lastFiled !== undefined) continue;
    for (const key of account.filedUnder?.keys ?? []) byKey.set(key, [...(byKey.get(key) ?? []), account]);
  }
  const shared = [...byKey].filter(([, together]) => together.length > 1);
  for (let from = 0; from < shared.length; from += atOnce) {
    await Promise.all(shared.slice(from, from + atOnce).map(([key, together]) => addTogether(table, key, together)));
  }
};
