// Which accounts are worth comparing: those that share the rarest keys with the lead.
import { type Blocks, listed } from './blocks.ts';
import type { Card } from './card.ts';
import { furtherKeys, type KeyKind, wordKeys } from './lead-keys.ts';
import type { LeadView } from './lead-view.ts';
import type { Posting } from './posting-index.ts';

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
const grown = (from: Float32Array, last: number): Float32Array<ArrayBuffer> => {
  const to = new Float32Array(Math.max(last + 1, from.length * 2));
  to.set(from);
  return to;
};
const touched = new Int32Array(countedAtMost);

/** A list of one account counts whole, the longest one half. */
const rarity = (count: number): number => 1 / (1 + Math.log(Math.max(1, count)) / Math.log(listed));

/** Sums are of single precision: how much more than all weights that are left they may come to. */
const rounding = 1.001;

/** The cards that are read, by how likely they are once their countries are known. */
const nearness = new Float64Array(read);
const eachRead = Int32Array.from(nearness.keys());

/** Of the first numbers those few that have the greatest sums, and at least so much; the greatest first, of equal sums the smaller number. */
const likeliest = (
  numbers: Int32Array,
  count: number,
  sums: Float32Array | Float64Array,
  { most, least }: { most: number; least: number },
): number[] => {
  const best: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const number = numbers[n]!;
    const sum = sums[number]!;
    if (sum < least) continue;
    let at = best.length;
    if (at === most) {
      at -= 1;
      const last = best[at]!;
      if (sums[last]! > sum || (sums[last] === sum && last < number)) continue;
    }
    for (; at > 0; at -= 1) {
      const before = best[at - 1]!;
      if (sums[before]! > sum || (sums[before] === sum && before < number)) break;
      best[at] = before;
    }
    best[at] = number;
  }
  return best;
};

interface List {
  weight: number;
  accounts: readonly number[];
}

/** What the keys of a lead find, those that tell most first. */
const listsOf = (lead: LeadView, blocks: Blocks): List[] => {
  const lists: List[] = [];
  const add = (posting: Posting | undefined, kind: KeyKind): void => {
    if (posting === undefined || posting.accounts.length === 0) return;
    lists.push({ weight: trust[kind] * rarity(posting.count), accounts: posting.accounts });
  };
  const counts = new Map<string, number>();
  for (const { key, kind } of wordKeys(lead)) {
    const posting = blocks.accountsOf(key);
    counts.set(key, posting?.count ?? 0);
    add(posting, kind);
  }
  for (const { key, kind } of furtherKeys(lead, (word) => counts.get(word) ?? 0)) add(blocks.accountsOf(key), kind);
  return lists.sort((a, b) => b.weight - a.weight);
};

/** Fills `sums` and `touched`: how many accounts were met, and the greatest sum. */
const count = (lists: readonly List[]): { found: number; greatest: number } => {
  let left = lists.reduce((sum, { weight }) => sum + weight, 0) * rounding;
  let greatest = 0;
  let counted = 0;
  let found = 0;
  for (const { weight, accounts } of lists) {
    // Most accounts have one common word and no more. Who is met here first will be far behind, whatever lists are left.
    const isTooLate = left < greatest * farBehind;
    left -= weight;
    if (counted + accounts.length > countedAtMost) continue;
    counted += accounts.length;
    const last = accounts.at(-1)!;
    if (last >= sums.length) sums = grown(sums, last);
    for (const account of accounts) {
      if (sums[account] === 0) {
        if (isTooLate) continue;
        touched[found++] = account;
      }
      sums[account]! += weight;
      if (sums[account]! > greatest) greatest = sums[account]!;
    }
  }
  return { found, greatest };
};

/** Accounts to compare, the likeliest first; of two alike the smaller id. */
export const shortlist = (lead: LeadView, blocks: Blocks): Card[] => {
  const { found, greatest } = count(listsOf(lead, blocks));
  const best = likeliest(touched, found, sums, { most: read, least: greatest * farBehind });
  const cards = best.map((account) => blocks.card(account));
  for (const [at, account] of best.entries()) {
    const theirs = cards[at]?.country ?? '';
    const isAbroad = lead.country !== undefined && theirs !== '' && theirs !== lead.country;
    nearness[at] = sums[account]! * (isAbroad ? abroad : 1);
  }
  for (let n = 0; n < found; n += 1) sums[touched[n]!] = 0;
  return likeliest(eachRead, best.length, nearness, { most: comparedAtMost, least: 0 })
    .map((at) => cards[at])
    .filter((card) => card !== undefined);
};
