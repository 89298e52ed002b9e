// Where candidates come from: lists of accounts by key. In memory here; a table answers the same two questions with two reads.
import { parseName } from '../names/parse-name.ts';
import { partWords } from '../names/word-meaning.ts';
import { accountKeys, initialsOf, labelsOf } from './block-keys.ts';

/** An account as the company's CRM has it. */
export interface KnownAccount {
  id: string;
  name: string;
  domain?: string;
  /** ISO 3166, two capitals. */
  country?: string;
  parentId?: string;
}

/** What is compared of an account: kept with it, so that no candidate's name is parsed again. */
export interface Card extends KnownAccount {
  words: string[];
  spelt: string[];
  /** How much each word tells, 0 to 1: rare words more. */
  weights: number[];
  weight: number;
  acronyms: string[];
  initials: string;
  /** All its words run together, and its legal form. */
  whole: string;
  form: string;
  labels: string[];
  /** Countries its name gives in brackets. */
  nameCountries: string[];
}

/** Accounts under a key; of a key with more than `listed` only the count is kept. */
export interface Posting {
  count: number;
  accounts: readonly number[];
}

export interface Blocks {
  /** How many accounts there are. */
  size: number;
  accountsOf(key: string): Posting | undefined;
  card(account: number): Card;
  /** Place of an account by id. */
  placeOf(id: string): number | undefined;
}

/** Longer lists say little: at 24 bytes an id this many fill the 8 KB a table reads for one unit. */
export const listed = 320;

/** 1 for a word of one account alone, 0.1 for one in nine of ten names. */
export const weightOf = (word: string, count: number, size: number): number => {
  const told = Math.log(1 + size / Math.max(1, count)) / Math.log(1 + size);
  return partWords.has(word) ? told * 0.5 : told;
};

export const blocksOf = (accounts: Iterable<KnownAccount>): Blocks => {
  const cards: Card[] = [];
  const places = new Map<string, number>();
  const lists = new Map<string, { count: number; accounts: number[] }>();
  // By id: where two are alike in all, the order they were read in must not decide.
  const sorted = [...accounts].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const { id, name, domain = '', country, parentId } of sorted) {
    const parsed = parseName(name);
    const place = cards.length;
    const words = parsed.segments.flat();
    const spelt = parsed.spelt.flat();
    cards.push({
      ...{ id, name, domain, country, parentId, words, spelt, weights: [], weight: 0, acronyms: parsed.acronyms },
      ...{
        initials: initialsOf(spelt),
        whole: parsed.whole.join(''),
        form: parsed.forms.at(-1) ?? '',
        labels: labelsOf(domain),
        nameCountries: parsed.countries,
      },
    });
    places.set(id, place);
    for (const key of accountKeys(parsed, domain)) {
      const list = lists.get(key);
      if (list === undefined) lists.set(key, { count: 1, accounts: [place] });
      else {
        list.count += 1;
        if (list.count <= listed) list.accounts.push(place);
        else if (list.accounts.length > 0) list.accounts = [];
      }
    }
  }
  for (const card of cards) {
    card.weights = card.words.map((word) => weightOf(word, lists.get(word)?.count ?? 0, cards.length));
    card.weight = card.weights.reduce((sum, weight) => sum + weight, 0);
  }
  return {
    size: cards.length,
    accountsOf: (key) => lists.get(key),
    card: (account) => cards[account]!,
    placeOf: (id) => places.get(id),
  };
};
