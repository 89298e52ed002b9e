// Where candidates come from: lists of accounts by key, and cards. In memory here; a table answers the same questions from what it
// has read before.
import { type Card, cardOf, domainKeys, type KnownAccount, keysOfCard } from './card.ts';
import { type Posting, postingIndex } from './posting-index.ts';

/** Places of accounts are in the order of their ids, so that the smaller place is the smaller id. What is not there (or not read yet)
 * is undefined, and nobody is the worse for it but the answer. */
export interface Blocks {
  accountsOf(key: string): Posting | undefined;
  card(account: number): Card | undefined;
  /** Place of an account by id. */
  placeOf(id: string): number | undefined;
}

/** Longer lists say little: at 24 bytes an id this many fill the 8 KB a table reads for one unit. */
export const listed = 320;

export const blocksOf = (accounts: Iterable<KnownAccount>): Blocks => {
  const cards: Card[] = [];
  const places = new Map<string, number>();
  const lists = new Map<string, number[]>();
  /** One text for each country: those of 28 candidates are read for every lead, and so lie near. */
  const countries = new Map<string, string>();
  const sorted = [...accounts].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const account of sorted) {
    const { country = '' } = account;
    if (!countries.has(country)) countries.set(country, country);
    const card = cardOf({ ...account, country: countries.get(country)! });
    const place = cards.length;
    cards.push(card);
    places.set(card.id, place);
    for (const key of new Set([...keysOfCard(card), ...card.domains.flatMap(({ domain }) => domainKeys(domain))])) {
      const list = lists.get(key);
      if (list === undefined) lists.set(key, [place]);
      else if (list.length <= listed) list.push(place);
    }
  }
  return {
    accountsOf: postingIndex(lists, listed),
    card: (account) => cards[account],
    placeOf: (id) => places.get(id),
  };
};
