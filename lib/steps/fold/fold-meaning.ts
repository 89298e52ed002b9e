// Folds what people decided that a company name or a mail domain means, and has those matched again who asked by it.
import { fingerprintOf } from '../../domain/ids.ts';
import { type Meaning, withMeaning } from '../../domain/match-decisions.ts';
import type { Key } from '../../ports.ts';
import { as, type NewItem, replacing, type StoredItem } from '../../table/items.ts';
import { domainKey, nameKey } from '../../table/keys.ts';
import { askingByDomain, askingByName } from '../matching/concerned.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import { isUnchanged } from './fold-identity.ts';
import type { Folding } from './folding.ts';
import { rematchAll } from './rematch.ts';

type Type = 'name' | 'domain';
type Meant = NewItem<Type>;

/** Changes with whatever is meant. */
const meaningOf = ({ meanings = {} }: Pick<Meant, 'meanings'>): string =>
  fingerprintOf(JSON.stringify(Object.entries(meanings).sort(([a], [b]) => (a < b ? -1 : 1))));

const foldMeaning = async (
  folding: Folding,
  key: Key,
  none: Meant,
  news: readonly Meaning[],
  asking: () => Promise<string[]>,
): Promise<void> => {
  const { table } = folding;
  const update = (change: (stored: Meant) => Partial<Meant> | undefined): Promise<Meant | undefined> =>
    retryConflicts(async () => {
      const stored = as(none.type, await table.get(key)) as StoredItem<Type> | undefined;
      const known: Meant = { ...none, ...stored };
      const changed = change(known);
      if (changed === undefined) return undefined;
      const next = { ...known, ...changed } as Meant;
      if (!isUnchanged(stored, next)) await table.write(replacing(stored, next));
      return next;
    });
  const heard = (await update(({ meanings = {} }) => ({ meanings: news.reduce(withMeaning, meanings) })))!;
  const meaning = meaningOf(heard);
  if (heard.told === meaning) return;
  /** Undefined, and so nothing written, once somebody has decided otherwise: whoever folds that tells everybody anew. */
  const ifStill = (noted: Partial<Meant>) => update((now) => (meaningOf(now) === meaning ? noted : undefined));
  const upTo = heard.rematching?.as === meaning ? heard.rematching.upTo : '';
  const note = async (upTo: string) => (await ifStill({ rematching: { as: meaning, upTo } })) !== undefined;
  if (await rematchAll(folding, await asking(), { upTo, note })) {
    await ifStill({ told: meaning, rematching: undefined });
  }
};

export const foldName = (
  folding: Folding,
  { nameId, text }: { nameId: string; text: string },
  news: readonly Meaning[],
): Promise<void> => {
  const key = nameKey(nameId);
  const none: NewItem<'name'> = { ...key, type: 'name', nameId, text };
  return foldMeaning(folding, key, none, news, () => askingByName(folding.table, nameId));
};

export const foldDomain = (
  folding: Folding,
  { domain }: { domain: string },
  news: readonly Meaning[],
): Promise<void> => {
  const key = domainKey(domain);
  const none: NewItem<'domain'> = { ...key, type: 'domain', domain, claims: {} };
  return foldMeaning(folding, key, none, news, () => askingByDomain(folding.table, domain));
};
