// Under which keys an account is found by its name, and a lead looks for it: words, neighbours, sounds, endings, short forms.

const alike: Record<string, string> = { c: 'k', q: 'k', x: 'k', s: 'z', v: 'f' };
const silent = new Set('aeiouyhjw@0123456789');

/** What two spellings of a word share: consonants, alike ones as one, each run once, five at most. */
export const soundOf = (word: string): string => {
  const hissed =
    word.includes('h') || word.includes('z')
      ? word
          .replace(/ph/g, 'f')
          .replace(/th/g, 't')
          .replace(/[st]?ch|sh|zh|sz|cz/g, 'z')
      : word;
  let sound = '';
  let last = '';
  for (let at = 0; at < hissed.length && sound.length < 5; at += 1) {
    const letter = hissed[at]!;
    if (silent.has(letter)) continue;
    const heard = alike[letter] ?? letter;
    if (heard !== last) sound += heard;
    last = heard;
  }
  return sound;
};

const hasSound = (word: string): boolean => word.length >= 5 && !word.startsWith('@');

/** A key may be part of a table's key, which ends at 1,024 bytes and is UTF-8: half a letter of two code units would not come back as
 * it went in. Nobody's name has words so long. */
const lettersAtMost = 200;
export const bounded = (key: string): string =>
  (key.length > lettersAtMost ? key.slice(0, lettersAtMost) : key).toWellFormed();

/** By code units, as `sort` does it, without what that costs for the few words of a name. */
const inOrder = (words: readonly string[]): string[] => {
  const sorted = [...words];
  for (let from = 1; from < sorted.length; from += 1) {
    const word = sorted[from]!;
    let at = from;
    for (; at > 0 && sorted[at - 1]! > word; at -= 1) sorted[at] = sorted[at - 1]!;
    sorted[at] = word;
  }
  return sorted;
};

/** The whole name, whatever the order of its words. */
export const wholeKey = (words: readonly string[]): string => bounded(`=${inOrder(words).join(' ')}`);

/** Short forms a name goes by: first letters of three words and more. */
export const initialsOf = (spelt: readonly string[]): string => {
  let initials = '';
  for (const word of spelt) initials += word[0] ?? '';
  return initials;
};

export const pairKey = (one: string, two: string): string => bounded(one < two ? `&${one} ${two}` : `&${two} ${one}`);
export const joinedKey = (one: string, two: string): string => bounded(one + two);
export const shortKey = (form: string): string => bounded(`#${form}`);
export const soundKey = (word: string): string | undefined => {
  const sound = hasSound(word) ? soundOf(word) : '';
  return sound.length > 2 ? bounded(`~${sound}`) : undefined;
};
export const endingKey = (word: string): string | undefined =>
  word.length > 5 && hasSound(word) ? `-${word.slice(-5)}`.toWellFormed() : undefined;
