// What else one would take from npm for this: minisearch to find and fuzzball to judge, fuse.js for both, and equal texts.
import Fuse from 'fuse.js';
import { token_sort_ratio } from 'fuzzball';
import MiniSearch from 'minisearch';
import type { KnownAccount } from '../../../lib/domain/account-matching/card.ts';
import type { LabelledLead } from './labelled.ts';
import type { Answer } from './quality.ts';

export type Matcher = (lead: LabelledLead) => Answer;

const miniSearch = (accounts: readonly KnownAccount[]): Matcher => {
  const search = new MiniSearch<KnownAccount>({ fields: ['name'], searchOptions: { fuzzy: 0.2 } });
  search.addAll([...accounts]);
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  return ({ company }) => {
    const best: Answer = { accountId: undefined, score: -1 };
    for (const { id } of search.search(company).slice(0, 20)) {
      const score = token_sort_ratio(company, names.get(id as string)!);
      if (score > best.score) Object.assign(best, { accountId: id as string, score });
    }
    return best;
  };
};

const fuse = (accounts: readonly KnownAccount[]): Matcher => {
  const search = new Fuse([...accounts], { keys: ['name'], includeScore: true, ignoreLocation: true });
  return ({ company }) => {
    // Its patterns end at 32 letters; longer ones it searches in pieces, at a multiple of the time.
    const [first] = search.search(company.slice(0, 32), { limit: 1 });
    return { accountId: first?.item.id, score: 1 - (first?.score ?? 1) };
  };
};

const equalTexts = (accounts: readonly KnownAccount[]): Matcher => {
  const ids = new Map(accounts.map(({ id, name }) => [name.toLowerCase(), id]));
  return ({ company }) => ({ accountId: ids.get(company.toLowerCase()), score: 1 });
};

/** Each with how many leads it is asked about: the slower ones some, evenly taken, so that a run ends in minutes. */
export const peers: Record<string, { build: (accounts: readonly KnownAccount[]) => Matcher; asked: number }> = {
  'minisearch + fuzzball': { build: miniSearch, asked: 1_000 },
  'fuse.js': { build: fuse, asked: 100 },
  'equal texts': { build: equalTexts, asked: Number.POSITIVE_INFINITY },
};
