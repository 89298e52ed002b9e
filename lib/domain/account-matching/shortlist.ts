// Which accounts are worth comparing: those that share the rarest keys with the lead.
import type { BlockKey, KeyKind } from './block-keys.ts';
import { type Blocks, weightOf } from './blocks.ts';

/** A list of two neighbours finds what two common words alone cannot. Sounds and endings are hints. */
const trust: Record<KeyKind, number> = { whole: 2, word: 1, joined: 1, pair: 1, short: 0.7, sound: 0.5, ending: 0.35 };

export const comparedAtMost = 16;
/** Accounts counted at most, over all lists of a lead, rarest first. */
const countedAtMost = 1_600;

interface Counter {
  sums: Float64Array;
  touched: Int32Array;
}
const counters = new WeakMap<Blocks, Counter>();

/** Places of accounts, the likeliest first. */
export const shortlist = (keys: readonly BlockKey[], blocks: Blocks): number[] => {
  let counter = counters.get(blocks);
  if (counter === undefined) {
    counter = { sums: new Float64Array(blocks.size), touched: new Int32Array(countedAtMost + 400) };
    counters.set(blocks, counter);
  }
  const { sums, touched } = counter;
  const lists: { weight: number; accounts: readonly number[] }[] = [];
  for (const { key, kind } of keys) {
    const posting = blocks.accountsOf(key);
    if (posting === undefined || posting.accounts.length === 0) continue;
    lists.push({ weight: trust[kind] * weightOf('', posting.count, blocks.size), accounts: posting.accounts });
  }
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
  const best: number[] = [];
  let least = 0;
  for (let n = 0; n < found; n += 1) {
    const account = touched[n]!;
    const sum = sums[account]!;
    if (best.length === comparedAtMost && sum <= least) continue;
    let at = best.length;
    while (at > 0 && sums[best[at - 1]!]! < sum) at -= 1;
    best.splice(at, 0, account);
    if (best.length > comparedAtMost) best.pop();
    if (best.length === comparedAtMost) least = sums[best[comparedAtMost - 1]!]!;
  }
  for (let n = 0; n < found; n += 1) sums[touched[n]!] = 0;
  return best;
};
