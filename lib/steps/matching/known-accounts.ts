// The accounts in the table, as the matcher sees them: it is run on what was read so far, and says by what it asks for what has to
// be read yet. After some four rounds nothing is missing, however many accounts there are.

import { fateIn } from '../../domain/account-fate.ts';
import { listed } from '../../domain/account-matching/blocks.ts';
import { type Card, cardOf } from '../../domain/account-matching/card.ts';
import type { Posting } from '../../domain/account-matching/posting-index.ts';
import { nameIdOf } from '../../domain/account-name.ts';
import { knownAccountOf } from '../../domain/known-account.ts';
import { registrableDomain } from '../../domain/mail-domains.ts';
import { meantBy } from '../../domain/match-decisions.ts';
import type { KnownAccounts } from '../../domain/matching.ts';
import type { Table } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { allOf, type StoredItem } from '../../table/items.ts';
import { accountKey, blockKey, domainKey, nameKey } from '../../table/keys.ts';

/** What is read, by its key; null: there is none. */
class Read<Type extends 'block' | 'domain' | 'name' | 'account'> {
  readonly found = new Map<string, StoredItem<Type> | null>();
  readonly missing = new Set<string>();

  /** Undefined while it is not read; what is asked for is read next. */
  get(key: string): StoredItem<Type> | null | undefined {
    const item = this.found.get(key);
    if (item === undefined) this.missing.add(key);
    return item;
  }

  take(items: readonly StoredItem<Type>[], keyOf: (item: StoredItem<Type>) => string): void {
    for (const key of this.missing) this.found.set(key, null);
    for (const item of items) this.found.set(keyOf(item), item);
    this.missing.clear();
  }
}

/** Taken for a common word until it is read: then the fewest other keys are asked for. */
const unread: Posting = { count: listed + 1, accounts: [] };

const isOfDomains = (key: string): boolean => key.startsWith('.') || key.startsWith('^');

/** What the last look asked for and is read next. */
export type MissingReads =
  | { by: 'id'; accountIds: readonly string[] }
  | { by: 'domain'; domains: readonly string[] }
  | { by: 'name' }
  | { by: 'account' };

export interface Reading {
  known(): KnownAccounts;
  /** Undefined once everything was read. */
  missing(): MissingReads | undefined;
  read(table: Table): Promise<void>;
}

export const createReading = (): Reading => {
  const blocks = new Read<'block'>();
  const domains = new Read<'domain'>();
  const names = new Read<'name'>();
  const accounts = new Read<'account'>();
  /** Those that the lead names by their ids. */
  const named = new Read<'account'>();
  const cards = new Map<string, Card>();

  /** Who holds the host itself (`.host`), or only hosts below the domain (`^domain`). */
  const holders = (key: string): string[] | 'too many' | undefined => {
    const host = key.slice(1);
    const item = domains.get(registrableDomain(host));
    if (item === undefined) return undefined;
    if (item?.more) return 'too many';
    return Object.entries(item?.claims ?? {}).flatMap(([accountId, { held, hosts = [item!.domain] }]) => {
      const isTheirs = key.startsWith('.') ? hosts.includes(host) : hosts.some((one) => one !== host);
      return held && isTheirs ? [accountId] : [];
    });
  };
  const listedUnder = (key: string): { count: number; ids: readonly string[] } | undefined => {
    if (isOfDomains(key)) {
      const ids = holders(key);
      if (ids === 'too many') return { count: listed + 1, ids: [] };
      return ids && { count: ids.length, ids };
    }
    const block = blocks.get(key);
    if (block === undefined) return undefined;
    const ids = Object.keys(block?.accounts ?? {});
    return { count: block?.more ? listed + 1 : ids.length, ids };
  };
  const cardFor = (accountId: string): Card | undefined => {
    const item = accounts.get(accountId);
    if (!item) return undefined;
    const card = cards.get(accountId) ?? cardOf(knownAccountOf(accountId, item.facts));
    cards.set(accountId, card);
    return card;
  };

  return {
    known() {
      const lists = [...blocks.found.values()].flatMap((block) => Object.keys(block?.accounts ?? {}));
      const claims = [...domains.found.values()].flatMap((domain) => Object.keys(domain?.claims ?? {}));
      // In the order of ids, as everywhere: the order they were read in must not decide.
      const ids = [...new Set([...lists, ...claims, ...accounts.found.keys()])].sort();
      const places = new Map(ids.map((id, place) => [id, place]));
      return {
        accountsOf(key) {
          const list = listedUnder(key);
          if (list === undefined) return isOfDomains(key) ? undefined : unread;
          return { count: list.count, accounts: list.ids.map((id) => places.get(id)!).sort((a, b) => a - b) };
        },
        card: (place) => cardFor(ids[place]!),
        placeOf: (id) => (accounts.get(id) ? places.get(id) : undefined),
        decidedName: (text, country) => meantBy(text, names.get(nameIdOf(text))?.meanings, country),
        decidedDomain: (domain) => meantBy(domain, domains.get(domain)?.meanings),
        fateOf(accountId, by) {
          const item = (by === 'named' ? named : accounts).get(accountId);
          return item ? fateIn(item.facts) : undefined;
        },
      };
    },
    missing() {
      if (named.missing.size > 0) {
        for (const other of [blocks, names, domains, accounts]) other.missing.clear();
        return { by: 'id', accountIds: [...named.missing] };
      }
      // While a domain, or the accounts that have it, may answer, nobody need ask by name.
      if (domains.missing.size > 0) {
        for (const other of [blocks, names, accounts]) other.missing.clear();
        return { by: 'domain', domains: [...domains.missing] };
      }
      if (accounts.missing.size > 0) {
        for (const other of [blocks, names]) other.missing.clear();
        return { by: 'account' };
      }
      return blocks.missing.size > 0 || names.missing.size > 0 ? { by: 'name' } : undefined;
    },
    async read(table) {
      const items = await getAll(table, [
        ...[...blocks.missing].map(blockKey),
        ...[...domains.missing].map(domainKey),
        ...[...names.missing].map(nameKey),
        ...[...named.missing, ...accounts.missing].map((id) => accountKey(id)),
      ]);
      blocks.take(allOf('block', items), ({ pk }) => pk.slice('BLOCK#'.length));
      domains.take(allOf('domain', items), ({ domain }) => domain);
      names.take(allOf('name', items), ({ nameId }) => nameId);
      for (const read of [named, accounts]) read.take(allOf('account', items), ({ accountId }) => accountId);
    },
  };
};
