// The lists of accounts by the keys of their names: an account is taken in and out, one by one, or many new ones at once.
import { listed } from '../../domain/account-matching/blocks.ts';
import type { Table } from '../../ports.ts';
import { allOf, as, replacing, type StoredItem } from '../../table/items.ts';
import { blockKey, blockPartition } from '../../table/keys.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import { sideBySide } from '../side-by-side.ts';

/** Names that are looked up by the key. */
export const namesAsking = async (table: Table, key: string): Promise<string[]> =>
  allOf('asking-name', await table.query(blockPartition(key), 'NAME#')).map(({ nameId }) => nameId);

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

/** By account: the version it is listed as of and, by key, the names that asked by it and have to be told. */
export type Listed = ReadonlyMap<string, { version: number; names: ReadonlyMap<string, readonly string[]> }>;

/** Of a list that is read whole to add one, and of which a file of accounts has many: it is written once for all of them. Answers
 * who made it too long, if it is: only those who asked by it until then have to be told, by that account. */
const addTogether = (table: Table, key: string, accounts: readonly Account[]): Promise<string | undefined> =>
  retryConflicts(async () => {
    const stored = as('block', await table.get(blockKey(key)));
    const { accounts: known = {}, gone = {}, more } = stored ?? {};
    if (more !== undefined) return more;
    const news = accounts.filter(({ accountId: id, version }) => Math.max(known[id] ?? 0, gone[id] ?? 0) < version);
    if (news.length === 0) return undefined;
    const next = { ...known, ...Object.fromEntries(news.map(({ accountId, version }) => [accountId, version])) };
    const tooLongBy = Object.keys(next).length > listed ? news[0]!.accountId : undefined;
    const kept = tooLongBy === undefined ? { accounts: next, gone } : { accounts: {}, gone: {}, more: tooLongBy };
    await table.write(replacing(stored, { ...blockKey(key), type: 'block', ...kept }));
    return tooLongBy;
  });

/** Lists that are written side by side: distinct items, which then share a commit. */
const atOnce = 50;

const byText = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1;

/** Lists accounts that were never filed and never changed, so that they stand under the keys written with them and no others;
 * filing need not look there again. Of 30,000 accounts of one file listed one by one, lists took most of the time, and more with
 * each, since each was read and written once for every account in it. In the order of keys, since neighbours share pages. */
export const listNewcomers = async (table: Table, accounts: readonly Account[]): Promise<Listed> => {
  const byKey = new Map<string, Account[]>();
  const all = new Map<string, { version: number; names: Map<string, readonly string[]> }>();
  for (const account of accounts) {
    if (account.version > 1 || account.lastFiled !== undefined) continue;
    all.set(account.accountId, { version: account.version, names: new Map() });
    for (const key of account.filedUnder?.keys ?? []) {
      const together = byKey.get(key);
      if (together === undefined) byKey.set(key, [account]);
      else together.push(account);
    }
  }
  await sideBySide([...byKey].sort(byText), atOnce, async ([key, together]) => {
    const tooLongBy = await addTogether(table, key, together);
    const told = together.filter(({ accountId }) => tooLongBy === undefined || tooLongBy === accountId);
    // Once they are listed, as whoever asks is noted before anything is read: so one of the two finds the other.
    const names = told.length === 0 ? [] : await namesAsking(table, key);
    for (const { accountId } of together) all.get(accountId)!.names.set(key, []);
    for (const { accountId } of told) all.get(accountId)!.names.set(key, names);
  });
  return all;
};
