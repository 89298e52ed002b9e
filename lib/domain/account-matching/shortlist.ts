// Which accounts are worth comparing: those that share the rarest keys with the lead.
import { type Blocks, listed, type Posting } from './blocks.ts';
import type { Card } from './card.ts';
import { furtherKeys, type KeyKind, wordKeys } from './lead-keys.ts';
import type { LeadView } from './lead-view.ts';

/** A list of two neighbours finds what two common words alone cannot. Sounds and endings are hints. */
const trust: Record<KeyKind, number> = { whole: 2, word: 1, joined: 1, pair: 1, short: 0.7, sound: 0.5, ending: 0.35 };

/** Candidates whose cards are read, and those of them that are compared word by word. */
const read = 28;
const comparedAtMost = 10;
/** Who has less than so much of what the likeliest has in common with the lead is left out, its card is not even read. */
const farBehind = 0.25;
/** What a shared word is worth where the countries differ: of 3,009 labelled names with a country none belongs to another one. */
const abroad = 0.3;

/** Accounts counted at most, over all lists of a lead, rarest first. */
const countedAtMost = 600;

/** Of each account counted, what its lists come to; zeros between two leads. Grows with the places that are met. */
let sums = new Float32Array(1_024);
const touched = new Int32Array(countedAtMost);

/** A list of one account counts whole, the longest one half. */
const rarity = (count: number): number => 1 / (1 + Math.log(Math.max(1, count)) / Math.log(listed));

/** The few of the greatest sums, the greatest first; of equal sums the smaller number. */
const likeliest = (
  numbers: ArrayLike<number>,
  count: number,
  most: number,
  sumOf: (number: number) => number,
): number[] => {
  const best: number[] = [];
  const greatest: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const number = numbers[n]!;
    const sum = sumOf(number);
    if (best.length === most) {
      const least = greatest[most - 1]!;
      if (sum < least || (sum === least && number > best[most - 1]!)) continue;
    }
    let at = best.length < most ? best.length : most - 1;
    for (; at > 0; at -= 1) {
      const before = greatest[at - 1]!;
      if (before > sum || (before === sum && best[at - 1]! < number)) break;
      best[at] = best[at - 1]!;
      greatest[at] = before;
    }
    best[at] = number;
    greatest[at] = sum;
  }
  return best;
};

/** Accounts to compare, the likeliest first; of two alike the smaller id. */
export const shortlist = (lead: LeadView, blocks: Blocks): Card[] => {
  const lists: { weight: number; accounts: readonly number[] }[] = [];
  const add = (posting: Posting | undefined, kind: KeyKind): void => {
    if (posting === undefined || posting.accounts.length === 0) return;
    lists.push({ weight: trust[kind] * rarity(posting.count), accounts: posting.accounts });
    const last = posting.accounts.at(-1)!;
    if (last >= sums.length) sums = new Float32Array(Math.max(last + 1, sums.length * 2));
  };
  const counts = new Map<string, number>();
  for (const { key, kind } of wordKeys(lead)) {
    const posting = blocks.accountsOf(key);
    counts.set(key, posting?.count ?? 0);
    add(posting, kind);
  }
  for (const { key, kind } of furtherKeys(lead, (word) => counts.get(word) ?? 0)) add(blocks.accountsOf(key), kind);
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
  const first = likeliest(touched, found, read, (account) => sums[account]!);
  const enough = (sums[first[0] ?? -1] ?? 0) * farBehind;
  const best = first.filter((account) => sums[account]! >= enough);
  const cards = best.map((account) => blocks.card(account));
  const near = likeliest(best.keys().toArray(), best.length, comparedAtMost, (at) => {
    const theirs = cards[at]?.country ?? '';
    const isAbroad = lead.country !== undefined && theirs !== '' && theirs !== lead.country;
    return sums[best[at]!]! * (isAbroad ? abroad : 1);
  });
  for (let n = 0; n < found; n += 1) sums[touched[n]!] = 0;
  return near.map((at) => cards[at]).filter((card) => card !== undefined);
};
