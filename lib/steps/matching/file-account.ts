// Files an account where the matcher looks for it: its domains, the lists of its name's keys, the group it is a part of. Answers
// the leads whose answer may be another one now.
//
// Where an account may be filed is written along with its facts, before it is filed there; so whatever dies or overtakes, whoever
// looks at the account next sees where it may stand that it should not.

import { type AccountFacts, claimIn } from '../../domain/account.ts';
import { listed } from '../../domain/account-matching/blocks.ts';
import { accountKeys } from '../../domain/account-matching/card.ts';
import { fingerprintOf } from '../../domain/ids.ts';
import { knownAccountOf } from '../../domain/known-account.ts';
import { claimableDomains } from '../../domain/mail-domains.ts';
import type { Table } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { isSame } from '../../table/is-same.ts';
import { allOf, as, replacing, type StoredItem } from '../../table/items.ts';
import { accountKey, blockKey, childKey, domainKey } from '../../table/keys.ts';
import { retryConflicts } from '../retry-conflicts.ts';

type FiledUnder = NonNullable<StoredItem<'account'>['filedUnder']>;

const placesOf = (accountId: string, facts: AccountFacts): FiledUnder => {
  const known = knownAccountOf(accountId, facts);
  const keys = accountKeys(known).sort();
  return { keys, parents: known.parentId === undefined ? [] : [known.parentId] };
};

const union = (known: readonly string[] = [], more: readonly string[]): string[] =>
  [...new Set([...known, ...more])].sort();

/** Where the account may be filed once it has these facts. */
export const mayBeFiledUnder = (accountId: string, facts: AccountFacts, known: FiledUnder | undefined): FiledUnder => {
  const places = placesOf(accountId, facts);
  return { keys: union(known?.keys, places.keys), parents: union(known?.parents, places.parents) };
};

/** Changes whenever anything does that the matcher compares, or that is written down with its domains. */
const filingOf = ({ accountId, facts }: StoredItem<'account'>): string =>
  fingerprintOf(JSON.stringify([knownAccountOf(accountId, facts), facts.namedSince]));

/** Takes the account into a list or out of it; answers whether those who ask by it have to be told. Ids of those that left count
 * too, so that how many there ever were is the same in any order. */
const list = (table: Table, key: string, accountId: string, isIn: boolean, read: StoredItem<'block'> | undefined) => {
  let stored = read;
  let isFirst = true;
  return retryConflicts(async (): Promise<boolean> => {
    if (!isFirst) stored = as('block', await table.get(blockKey(key)));
    isFirst = false;
    const { accounts = [], gone = [], more } = stored ?? {};
    // Nobody asks a list that is too long, but once more those who did when it became so.
    if (more !== undefined) return more === accountId;
    const others = { accounts: accounts.filter((id) => id !== accountId), gone: gone.filter((id) => id !== accountId) };
    const next = isIn
      ? { accounts: [...others.accounts, accountId].sort(), gone: others.gone }
      : { accounts: others.accounts, gone: [...others.gone, accountId].sort() };
    const isTooLong = next.accounts.length + next.gone.length > listed;
    const kept = isTooLong ? { accounts: [], gone: [], more: accountId } : next;
    if (!isSame({ accounts, gone }, kept)) {
      await table.write(replacing(stored, { ...blockKey(key), type: 'block', ...kept }));
    }
    return true;
  });
};

/** Every domain the account ever named is told whether it still is the account's; answers those domains. Checked against the
 * account as it was read: of two changes under way at once, the later account has the last word everywhere. */
const claimDomains = async (table: Table, account: StoredItem<'account'>): Promise<string[]> => {
  const { accountId, facts, version } = account;
  const domains = claimableDomains(Object.keys(facts.namedSince ?? {}));
  for (const domain of domains) {
    const key = domainKey(domain);
    const stored = as('domain', await table.get(key));
    const claims = { ...stored?.claims, [accountId]: claimIn(facts, domain) };
    if (isSame(stored?.claims, claims)) continue;
    await table.transact([
      replacing(stored, { ...key, type: 'domain', domain, ...stored, claims }),
      { check: accountKey(accountId), condition: { if: 'version', is: version } },
    ]);
  }
  return domains;
};

/** What changed hands: whoever asks by these may have another answer now. */
export interface Refiled {
  account: StoredItem<'account'>;
  /** Where it is filed now. */
  filedUnder: FiledUnder;
  domains: string[];
  /** Lists that names may ask. */
  keys: string[];
  /** Every account it may have been a part of, the present one too. */
  parents: string[];
  /** It is another group's part than before, or new. */
  hasMoved: boolean;
}

/** Files the account as it stands now; undefined where everybody knows. */
export const fileAccount = (table: Table, accountId: string): Promise<Refiled | undefined> =>
  retryConflicts(async () => {
    const account = as('account', await table.get(accountKey(accountId)))!;
    if (account.filedAs === filingOf(account)) return undefined;
    const { keys, parents } = placesOf(accountId, account.facts);
    const domains = await claimDomains(table, account);
    const places = account.filedUnder ?? { keys: [], parents: [] };
    for (const parent of places.parents) {
      const child = { ...childKey(parent, accountId), type: 'child' as const, version: 1, accountId };
      await table.write({ put: child, condition: { if: 'always' } });
    }
    const blocks = new Map(allOf('block', await getAll(table, places.keys.map(blockKey))).map((one) => [one.pk, one]));
    const asked = await Promise.all(
      places.keys.map(async (key) =>
        (await list(table, key, accountId, keys.includes(key), blocks.get(blockKey(key).pk))) ? [key] : [],
      ),
    );
    const hasMoved = account.filedAs === undefined || places.parents.length !== parents.length;
    // Somebody changed it meanwhile: then what was filed here may be old already.
    const after = as('account', await table.get(accountKey(accountId)))!;
    return after.version === account.version
      ? { account, filedUnder: { keys, parents }, domains, keys: asked.flat(), parents: places.parents, hasMoved }
      : fileAccount(table, accountId);
  });

/** Writes down on the account, unless somebody has changed it since: then whoever did sees to everybody anew. Answers whether it
 * was written. */
const note = (
  table: Table,
  { account }: Refiled,
  noted: Pick<StoredItem<'account'>, 'filedAs' | 'filedUnder' | 'rematching'>,
): Promise<boolean> =>
  retryConflicts(async () => {
    const stored = as('account', await table.get(accountKey(account.accountId)))!;
    if (!isSame(stored.facts, account.facts)) return false;
    await table.write(replacing(stored, { ...stored, ...noted }));
    return true;
  });

/** Everybody concerned was matched again. */
export const markFiled = (table: Table, refiled: Refiled): Promise<boolean> => {
  const { account, filedUnder } = refiled;
  return note(table, refiled, { filedUnder, filedAs: filingOf(account), rematching: undefined });
};

/** Of those concerned, in the order of their ids, everybody up to this one was matched again: should the rest fail, it goes on
 * from here. */
export const markRematched = (table: Table, refiled: Refiled, upTo: string): Promise<boolean> =>
  note(table, refiled, { rematching: { as: filingOf(refiled.account), upTo } });

/** Where a rematch for the same change left off. */
export const rematchedUpTo = ({ account }: Refiled): string =>
  account.rematching?.as === filingOf(account) ? account.rematching.upTo : '';
