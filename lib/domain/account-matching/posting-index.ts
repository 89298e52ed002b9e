// Lists of accounts by key, for very many keys: 229,000 of 30,558 accounts. In a Map a list lies behind a bucket, an entry, a
// key and an array, each somewhere else in memory, and a lead asks for 17 keys of which the last one had hardly any. Here it is two
// looks: a slot, and the key's letters with the list behind them.

/** Accounts under a key, by place, ascending; of a key with too many none is told. */
export interface Posting {
  /** Of a key with too many, one more than are told at most. */
  count: number;
  accounts: readonly number[];
}

/** FNV-1a, mixed at the end as MurmurHash3 does: its lowest bits choose the slot. */
const hashOf = (key: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
};

/** Two letters of a key as one number. */
const lettersAt = (key: string, at: number): number =>
  key.charCodeAt(at) | (at + 1 < key.length ? key.charCodeAt(at + 1) << 16 : 0);
const numbersOf = (key: string): number => (key.length + 1) >> 1;

interface Entries {
  /** One after the other: how many letters, how many accounts, the letters, the accounts. At 0 is none. */
  numbers: Int32Array;
  places: Map<string, number>;
}

const entriesOf = (lists: ReadonlyMap<string, readonly number[]>, told: number): Entries => {
  let size = 1;
  for (const [key, list] of lists) size += 2 + numbersOf(key) + (list.length > told ? 0 : list.length);
  const numbers = new Int32Array(size);
  const places = new Map<string, number>();
  let next = 1;
  for (const [key, list] of lists) {
    places.set(key, next);
    numbers[next++] = key.length;
    numbers[next++] = list.length;
    for (let at = 0; at < key.length; at += 2) numbers[next++] = lettersAt(key, at);
    if (list.length <= told) for (const account of list) numbers[next++] = account;
  }
  return { numbers, places };
};

/** Finds lists by their keys; of one with more accounts than `told` only that it is so. */
export const postingIndex = (
  lists: ReadonlyMap<string, readonly number[]>,
  told: number,
): ((key: string) => Posting | undefined) => {
  const { numbers, places } = entriesOf(lists, told);
  // At most half of the slots are taken: the first one looked at is mostly the right one, or free.
  let size = 2;
  while (size < places.size * 2) size *= 2;
  const last = size - 1;
  /** Of each slot the key's hash, and where its entry is. */
  const slots = new Int32Array(size * 2);
  for (const [key, place] of places) {
    const hash = hashOf(key);
    let slot = hash & last;
    while (slots[slot * 2 + 1] !== 0) slot = (slot + 1) & last;
    slots[slot * 2] = hash;
    slots[slot * 2 + 1] = place;
  }
  const isOf = (place: number, key: string): boolean => {
    if (numbers[place] !== key.length) return false;
    for (let at = 0; at < key.length; at += 2) {
      if (numbers[place + 2 + (at >> 1)] !== lettersAt(key, at)) return false;
    }
    return true;
  };
  return (key) => {
    const hash = hashOf(key);
    for (let slot = hash & last; ; slot = (slot + 1) & last) {
      const place = slots[slot * 2 + 1]!;
      if (place === 0) return undefined;
      if (slots[slot * 2] !== hash || !isOf(place, key)) continue;
      const count = numbers[place + 1]!;
      const accounts: number[] = [];
      const first = place + 2 + numbersOf(key);
      if (count <= told) for (let at = 0; at < count; at += 1) accounts.push(numbers[first + at]!);
      return { count, accounts };
    }
  };
};
