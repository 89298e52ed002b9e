// Which accounts are worth comparing: those that share the rarest keys with the lead.
import { furtherKeys, type KeyKind } from './block-keys.ts';
import { type Blocks, type Card, listed, type Posting, weightOf } from './blocks.ts';
import type { LeadView } from './lead-view.ts';

/** A list of two neighbours finds what two common words alone cannot. Sounds and endings are hints. */
const trust: Record<KeyKind, number> = { whole: 2, word: 1, joined: 1, pair: 1, short: 0.7, sound: 0.5, ending: 0.35 };

/** Candidates whose cards are read, and those of them that are compared word by word. */
const read = 28;
const comparedAtMost = 10;
/** What a shared word is worth where the countries differ: of 3,009 labelled names with a country none belongs to another one. */
const abroad = 0.3;

/** Accounts counted at most, over all lists of a lead, rarest first. */
const countedAtMost = 1_000;

interface Counter {
  sums: Float64Array;
  touched: Int32Array;
}
const counters = new WeakMap<Blocks, Counter>();

/** The few accounts of the greatest sums, the greatest first. */
const likeliest = (
  accounts: ArrayLike<number>,
  count: number,
  most: number,
  sumOf: (account: number) => number,
): number[] => {
  const best: number[] = [];
  const sums: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const account = accounts[n]!;
    const sum = sumOf(account);
    if (best.length === most && sum <= sums[most - 1]!) continue;
    let at = best.length < most ? best.length : most - 1;
    for (; at > 0 && sums[at - 1]! < sum; at -= 1) {
      best[at] = best[at - 1]!;
      sums[at] = sums[at - 1]!;
    }
    best[at] = account;
    sums[at] = sum;
  }
  return best;
};

/** Accounts to compare, the likeliest first. */
export const shortlist = (lead: LeadView, blocks: Blocks): Card[] => {
  let counter = counters.get(blocks);
  if (counter === undefined) {
    counter = { sums: new Float64Array(blocks.size), touched: new Int32Array(countedAtMost) };
    counters.set(blocks, counter);
  }
  const { sums, touched } = counter;
  const lists: { weight: number; accounts: readonly number[] }[] = [];
  const add = (posting: Posting | undefined, kind: KeyKind): void => {
    if (posting === undefined || posting.accounts.length === 0) return;
    lists.push({ weight: trust[kind] * weightOf('', posting.count, blocks.size), accounts: posting.accounts });
  };
  for (const [at, posting] of lead.postings.entries()) {
    if (lead.places.get(lead.words[at]!)![0] === at) add(posting, 'word');
  }
  for (const { key, kind } of furtherKeys(lead, listed)) add(blocks.accountsOf(key), kind);
  lists.sort((a, b) => b.weight - a.weight);
  let counted = 0;
  let found = 0;
  for (const { weight, accounts } of lists) {
    if (counted + accounts.length > countedAtMost) continue;
    counted += accounts.length;
    for (const account of accounts) {
      if (sums[account] === 0) touched[found++] = account;
      sums[account]! += weight;
    }
  }
  const best = likeliest(touched, found, read, (account) => sums[account]!);
  const near = likeliest(best, best.length, comparedAtMost, (account) => {
    const theirs = blocks.card(account).country;
    const isAbroad = lead.country !== undefined && theirs !== undefined && theirs !== '' && theirs !== lead.country;
    return sums[account]! * (isAbroad ? abroad : 1);
  });
  for (let n = 0; n < found; n += 1) sums[touched[n]!] = 0;
  return near.map((account) => blocks.card(account));
};
