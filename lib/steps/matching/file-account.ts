// Files an account where the matcher looks for it: its domains, the lists of its name's keys, the group it is a part of. Answers
// the leads whose answer may be another one now.
//
// Where an account may be filed is written along with its facts, before it is filed there; so whatever dies or overtakes, whoever
// looks at the account next sees where it may stand that it should not.

import type { AccountFacts } from '../../domain/account.ts';
import { fateIn } from '../../domain/account-fate.ts';
import { listed } from '../../domain/account-matching/blocks.ts';
import { accountKeys } from '../../domain/account-matching/card.ts';
import { claimIn } from '../../domain/domain-claims.ts';
import { fingerprintOf } from '../../domain/ids.ts';
import { knownAccountOf } from '../../domain/known-account.ts';
import { claimableDomains } from '../../domain/mail-domains.ts';
import type { Table } from '../../ports.ts';
import { isSame } from '../../table/is-same.ts';
import { as, replacing, type StoredItem } from '../../table/items.ts';
import { accountKey, childKey, domainKey } from '../../table/keys.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import { type Listed, list, namesAsking } from './list-accounts.ts';

type FiledUnder = NonNullable<StoredItem<'account'>['filedUnder']>;

const placesOf = (accountId: string, facts: AccountFacts): FiledUnder => {
  const known = knownAccountOf(accountId, facts);
  const keys = accountKeys(known).sort();
  const { mergedInto } = fateIn(facts);
  return {
    keys,
    parents: known.parentId === undefined ? [] : [known.parentId],
    ...(mergedInto !== undefined && { mergedInto: [mergedInto] }),
  };
};

const union = (known: readonly string[] = [], more: readonly string[]): string[] =>
  [...new Set([...known, ...more])].sort();

type Account = StoredItem<'account'>;

/** Changes whenever anything does that the matcher compares, or that is written down with its domains. */
const filingOf = (accountId: string, facts: AccountFacts): string =>
  fingerprintOf(JSON.stringify([knownAccountOf(accountId, facts), facts.namedSince, fateIn(facts)]));

const domainsOf = (facts: AccountFacts): string => {
  const { domains, hosts, namedSince } = facts;
  return fingerprintOf(JSON.stringify([domains?.value, hosts?.value, namedSince, fateIn(facts).deleted]));
};

const fateOf = (facts: AccountFacts): string => JSON.stringify(fateIn(facts));

type Filing = Pick<Account, 'filedUnder' | 'filedAs' | 'lastFiled' | 'rematching'>;

/** Of a change that the next one overtook nobody knows how far it was followed: all is looked at as if it were another than before. */
const unknown: NonNullable<Account['lastFiled']> = { domains: '', parents: [''], fate: '' };

/** What is written along with new facts: where the account may be filed from now on, and that it is not filed yet. */
export const withNewFacts = (accountId: string, facts: AccountFacts, stored: Account | undefined): Filing => {
  const places = placesOf(accountId, facts);
  const known = stored?.filedUnder;
  const mergedInto = union(known?.mergedInto, places.mergedInto ?? []);
  const filedUnder: FiledUnder = {
    keys: union(known?.keys, places.keys),
    parents: union(known?.parents, places.parents),
    ...(mergedInto.length > 0 && { mergedInto }),
  };
  const isSameFiling = stored !== undefined && filingOf(accountId, stored.facts) === filingOf(accountId, facts);
  const { filedAs, rematching } = stored ?? {};
  const isOvertaken = stored !== undefined && !isSameFiling && filedAs === undefined;
  const lastFiled = isOvertaken ? unknown : stored?.lastFiled;
  return {
    filedUnder,
    ...(isSameFiling && { filedAs, rematching }),
    ...(lastFiled !== undefined && { lastFiled }),
  };
};

/** Every domain the account ever named is told whether it still is the account's. Checked against the account as it was read: of two
 * changes under way at once, the later account has the last word everywhere. */
const claimDomains = async (table: Table, account: Account, domains: readonly string[]): Promise<void> => {
  const { accountId, facts, version } = account;
  for (const domain of domains) {
    const key = domainKey(domain);
    const stored = as('domain', await table.get(key));
    if (stored?.more) continue;
    const all = { ...stored?.claims, [accountId]: claimIn(facts, domain) };
    if (isSame(stored?.claims, all)) continue;
    const kept = Object.keys(all).length > listed ? { claims: {}, more: true as const } : { claims: all };
    await table.transact([
      replacing(stored, { ...key, type: 'domain', domain, ...stored, ...kept }),
      { check: accountKey(accountId), condition: { if: 'version', is: version } },
    ]);
  }
};

/** What changed hands: whoever asks by these may have another answer now. */
export interface Refiled {
  account: Account;
  /** Where it is filed now. */
  filedUnder: FiledUnder;
  domains: string[];
  /** It has come to other domains, or lost some. */
  hasOtherDomains: boolean;
  /** Names that are looked up in lists it has come to, or has left. */
  names: string[];
  /** Every account it may have been a part of, the present one too. */
  parents: string[];
  /** It is a part of another account than before, or new. */
  hasMoved: boolean;
  /** The CRM has merged it, deleted it, or taken either back; and every account it was ever merged into. */
  hasOtherFate: boolean;
  mergedInto: string[];
}

/** Files the account as it stands now; undefined where everybody knows. Where it is listed already, as of the version it still has,
 * it is not listed again. */
export const fileAccount = (table: Table, accountId: string, listed: Listed): Promise<Refiled | undefined> =>
  retryConflicts(async () => {
    const account = as('account', await table.get(accountKey(accountId)))!;
    const { facts, lastFiled, filedUnder = { keys: [], parents: [] } } = account;
    if (account.filedAs === filingOf(accountId, facts)) return undefined;
    const now = placesOf(accountId, facts);
    const domains = claimableDomains(Object.keys(facts.namedSince ?? {}));
    const hasOtherDomains = lastFiled?.domains !== domainsOf(facts);
    if (hasOtherDomains) await claimDomains(table, account, domains);
    for (const parent of filedUnder.parents) {
      const child = { ...childKey(parent, accountId), type: 'child' as const, version: 1, accountId };
      await table.write({ put: child, condition: { if: 'always' } });
    }
    const known = listed.get(accountId);
    const read = known?.version === account.version ? known.names : undefined;
    const names = await Promise.all(
      filedUnder.keys.map(
        async (key) =>
          read?.get(key) ??
          ((await list(table, key, account, now.keys.includes(key))) ? await namesAsking(table, key) : []),
      ),
    );
    const hasMoved = lastFiled === undefined || !isSame(lastFiled.parents, now.parents);
    const { parents } = filedUnder;
    const hasOtherFate = (lastFiled?.fate ?? '{}') !== fateOf(facts);
    const { mergedInto = [] } = filedUnder;
    return {
      ...{ account, filedUnder: now, domains, hasOtherDomains, names: names.flat(), parents, hasMoved },
      ...{ hasOtherFate, mergedInto },
    };
  });

/** Writes down on the account, unless somebody has changed it since: then whoever did sees to everybody anew. Answers whether it
 * was written. */
const note = (table: Table, { account }: Refiled, noted: Filing): Promise<boolean> =>
  retryConflicts(async () => {
    const stored = as('account', await table.get(accountKey(account.accountId)))!;
    if (!isSame(stored.facts, account.facts)) return false;
    await table.write(replacing(stored, { ...stored, ...noted }));
    return true;
  });

const filing = ({ account: { accountId, facts } }: Refiled): string => filingOf(accountId, facts);

/** Everybody concerned was matched again. */
export const markFiled = (table: Table, refiled: Refiled): Promise<boolean> => {
  const { account, filedUnder } = refiled;
  const fate = fateOf(account.facts);
  const lastFiled = { domains: domainsOf(account.facts), parents: filedUnder.parents, ...(fate !== '{}' && { fate }) };
  return note(table, refiled, { filedUnder, filedAs: filing(refiled), lastFiled, rematching: undefined });
};

/** Of those concerned, in the order of their ids, everybody up to this one was matched again: should the rest fail, it goes on
 * from here. */
export const markRematched = (table: Table, refiled: Refiled, upTo: string): Promise<boolean> =>
  note(table, refiled, { rematching: { as: filing(refiled), upTo } });

/** Where a rematch for the same change left off. */
export const rematchedUpTo = (refiled: Refiled): string => {
  const { rematching } = refiled.account;
  return rematching?.as === filing(refiled) ? rematching.upTo : '';
};
