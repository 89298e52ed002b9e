// Under which keys an account is found by its name, and a lead looks for it: words, neighbours, sounds, endings, short forms.
// A key is a text, so that a list of accounts can be an item of a table as well as an entry in memory.
import type { ParsedName } from '../names/parse-name.ts';

/** What two spellings of a word share: consonants, alike ones as one, each run once, five at most. */
export const soundOf = (word: string): string => {
  let sound = '';
  let last = '';
  for (const [, letter = ''] of word
    .replace(/ph/g, 'f')
    .replace(/th/g, 't')
    .replace(/[sct]?ch|sh|zh|sz|cz/g, 'z')
    .matchAll(/([^aeiouyhjw@\d])/g)) {
    const alike = 'cq'.includes(letter)
      ? 'k'
      : letter === 's'
        ? 'z'
        : letter === 'v'
          ? 'f'
          : letter === 'x'
            ? 'k'
            : letter;
    if (alike !== last) sound += alike;
    last = alike;
    if (sound.length === 5) break;
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

/** Keys of all words of a name, each once, those of whole words first. `from` is the place of the first word. */
const keysOfWords = (words: readonly string[], from: number): BlockKey[] => {
  const keys: BlockKey[] = [{ key: wholeKey(words), kind: 'whole', at: from }];
  for (const [at, word] of words.entries()) keys.push({ key: word, kind: 'word', at: from + at });
  for (let at = 0; at + 1 < words.length; at += 1) {
    const one = words[at]!;
    const two = words[at + 1]!;
    keys.push({ key: one < two ? `&${one} ${two}` : `&${two} ${one}`, kind: 'pair', at: from + at });
    keys.push({ key: one + two, kind: 'joined', at: from + at });
  }
  for (const [at, word] of words.entries()) {
    if (!hasSound(word)) continue;
    const sound = soundOf(word);
    if (sound.length > 2) keys.push({ key: `~${sound}`, kind: 'sound', at: from + at });
    if (word.length > 5) keys.push({ key: `-${word.slice(-5)}`, kind: 'ending', at: from + at });
  }
  return keys;
};

const onceEach = (keys: readonly BlockKey[]): BlockKey[] => {
  const seen = new Set<string>();
  return keys.filter(({ key }) => !seen.has(key) && seen.add(key));
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

/** Keys an account is listed under. */
export const accountKeys = ({ segments, spelt, acronyms }: ParsedName, domain: string): string[] => {
  const words = segments.flat();
  const short = initialsOf(spelt.flat());
  const labels = labelsOf(domain);
  return [
    ...onceEach(keysOfWords(words, 0)).map(({ key }) => key),
    ...new Set([...acronyms, ...(short.length > 2 ? [short] : []), ...labels.slice(-2)].map((form) => `#${form}`)),
    ...(domain === '' ? [] : [`.${domain}`]),
  ];
};

/** One read of a table takes 100 keys; the words come first, so a longer text loses sounds and endings of its last words. */
const keysRead = 96;

/** Keys a lead's company is looked up by, at most 96. */
export const leadKeys = ({ segments, spelt, acronyms }: ParsedName): BlockKey[] => {
  const keys: BlockKey[] = [];
  let from = 0;
  for (const [n, words] of segments.entries()) {
    keys.push(...keysOfWords(words, from));
    const alone = spelt[n]!;
    for (const [at, word] of alone.entries()) {
      if (word.length > 2 && word.length < 13) keys.push({ key: `#${word}`, kind: 'short', at: from + at });
    }
    if (alone.length > 2) keys.push({ key: `#${initialsOf(alone)}`, kind: 'short', at: from });
    from += words.length;
  }
  for (const form of acronyms) keys.push({ key: `#${form}`, kind: 'short', at: 0 });
  const rank = (kind: KeyKind): number => ['whole', 'word', 'pair', 'joined', 'short', 'sound', 'ending'].indexOf(kind);
  return onceEach(keys)
    .sort((a, b) => rank(a.kind) - rank(b.kind))
    .slice(0, keysRead);
};
