// Under which keys an account is found by its name, and a lead looks for it: words, neighbours, sounds, endings, short forms.
// A key is a text, so that a list of accounts can be an item of a table as well as an entry in memory.
import { registrableDomain } from '../mail-domains.ts';
import type { ParsedName } from '../names/parse-name.ts';

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

export type KeyKind = 'whole' | 'word' | 'joined' | 'pair' | 'sound' | 'ending' | 'short';
export interface BlockKey {
  key: string;
  kind: KeyKind;
  /** The word, or the first of two, by its place among all words of the name. */
  at: number;
}

/** The whole name, whatever the order of its words. */
export const wholeKey = (words: readonly string[]): string => `=${[...words].sort().join(' ')}`;

/** Short forms a name goes by: first letters of three words and more. */
export const initialsOf = (spelt: readonly string[]): string => spelt.map((word) => word[0]).join('');

/** Sounds and endings stand in for a word nobody has, so its own key goes before them. */
const keysOfWords = (
  words: readonly string[],
  from: number,
  add: (key: string, kind: KeyKind, at: number) => void,
): void => {
  add(wholeKey(words), 'whole', from);
  for (let at = 0; at < words.length; at += 1) add(words[at]!, 'word', from + at);
  for (let at = 0; at + 1 < words.length; at += 1) {
    const one = words[at]!;
    const two = words[at + 1]!;
    add(one < two ? `&${one} ${two}` : `&${two} ${one}`, 'pair', from + at);
    add(one + two, 'joined', from + at);
  }
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    if (!hasSound(word)) continue;
    const sound = soundOf(word);
    if (sound.length > 2) add(`~${sound}`, 'sound', from + at);
    if (word.length > 5) add(`-${word.slice(-5)}`, 'ending', from + at);
  }
};

/** The label somebody registered: `unistra` of `lilpa.unistra.fr`, and the parts of one with strokes. */
export const labelsOf = (domain: string): string[] => {
  const labels = domain.split('.');
  labels.pop();
  if (labels.length > 1 && /^(ac|co|com|edu|gov|gob|go|gouv|or|org|net|ne|nic|res|re)$/.test(labels.at(-1)!))
    labels.pop();
  return labels
    .filter((label) => label.length > 1 && label !== 'www')
    .flatMap((label) => (label.includes('-') ? [label.replaceAll('-', ''), ...label.split('-')] : [label]));
};

/** `.jacob.cea.fr` as it stands, and `^cea.fr` for what lies below a registered domain. */
const domainKeys = (domain: string): string[] => {
  const registered = registrableDomain(domain);
  return registered === domain ? [`.${domain}`] : [`.${domain}`, `^${registered}`];
};

/** Keys an account is listed under. */
export const accountKeys = ({ segments, spelt, acronyms }: ParsedName, domain: string): string[] => {
  const words = segments.flat();
  const short = initialsOf(spelt.flat());
  const labels = labelsOf(domain);
  const keys = new Set<string>();
  keysOfWords(words, 0, (key) => keys.add(key));
  return [
    ...keys,
    ...new Set([...acronyms, ...(short.length > 2 ? [short] : []), ...labels.slice(-2)].map((form) => `#${form}`)),
    ...(domain === '' ? [] : domainKeys(domain)),
  ];
};

/** One read of a table takes 100 keys; the words come first, so a longer text loses sounds and endings of its last words. */
const keysRead = 96;

/** Keys a lead's company is looked up by, at most 96. */
export const leadKeys = ({ segments, spelt, acronyms }: ParsedName): BlockKey[] => {
  const byKind: Record<KeyKind, BlockKey[]> = {
    whole: [],
    word: [],
    pair: [],
    joined: [],
    short: [],
    sound: [],
    ending: [],
  };
  const seen = new Set<string>();
  const add = (key: string, kind: KeyKind, at: number): void => {
    if (seen.has(key)) return;
    seen.add(key);
    byKind[kind].push({ key, kind, at });
  };
  let from = 0;
  for (const [n, words] of segments.entries()) {
    keysOfWords(words, from, add);
    const alone = spelt[n]!;
    for (const [at, word] of alone.entries()) {
      if (word.length > 2 && word.length < 13) add(`#${word}`, 'short', from + at);
    }
    if (alone.length > 2) add(`#${initialsOf(alone)}`, 'short', from);
    from += words.length;
  }
  for (const form of acronyms) add(`#${form}`, 'short', 0);
  const { whole, word, pair, joined, short, sound, ending } = byKind;
  const keys = whole.concat(word, pair, joined, short, sound, ending);
  return keys.length > keysRead ? keys.slice(0, keysRead) : keys;
};
