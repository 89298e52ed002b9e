// Folds what people decided that a company name or a mail domain means, and has those matched again who asked by it.
import { type Meaning, withMeaning } from '../../domain/match-decisions.ts';
import { as, replacing } from '../../table/items.ts';
import { domainKey, nameKey } from '../../table/keys.ts';
import { askingByDomain, askingByName } from '../matching/concerned.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import { isUnchanged } from './fold-identity.ts';
import type { Folding } from './folding.ts';
import { rematch } from './rematch.ts';

export const foldName = async (
  folding: Folding,
  { nameId, text }: { nameId: string; text: string },
  news: readonly Meaning[],
): Promise<void> => {
  const { table } = folding;
  await retryConflicts(async () => {
    const stored = as('name', await table.get(nameKey(nameId)));
    const meanings = news.reduce(withMeaning, stored?.meanings ?? {});
    const next = { ...nameKey(nameId), type: 'name' as const, nameId, text, ...stored, meanings };
    if (!isUnchanged(stored, next)) await table.write(replacing(stored, next));
  });
  await rematch(folding, await askingByName(table, nameId));
};

export const foldDomain = async (
  folding: Folding,
  { domain }: { domain: string },
  news: readonly Meaning[],
): Promise<void> => {
  const { table } = folding;
  await retryConflicts(async () => {
    const stored = as('domain', await table.get(domainKey(domain)));
    const meanings = news.reduce(withMeaning, stored?.meanings ?? {});
    const next = { ...domainKey(domain), type: 'domain' as const, domain, claims: {}, ...stored, meanings };
    if (!isUnchanged(stored, next)) await table.write(replacing(stored, next));
  });
  await rematch(folding, await askingByDomain(table, domain));
};
