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
}

/** The whole name, whatever the order of its words. */
export const wholeKey = (words: readonly string[]): string => `=${[...words].sort().join(' ')}`;

/** Short forms a name goes by: first letters of three words and more. */
export const initialsOf = (spelt: readonly string[]): string => spelt.map((word) => word[0]).join('');

const pairKey = (one: string, two: string): string => (one < two ? `&${one} ${two}` : `&${two} ${one}`);
const soundKey = (word: string): string | undefined => {
  const sound = hasSound(word) ? soundOf(word) : '';
  return sound.length > 2 ? `~${sound}` : undefined;
};
const endingKey = (word: string): string | undefined =>
  word.length > 5 && hasSound(word) ? `-${word.slice(-5)}` : undefined;

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

/** Keys an account is listed under, each once: about five for each word. */
export const accountKeys = ({ segments, spelt, acronyms }: ParsedName, domain: string): Set<string> => {
  const words = segments.flat();
  const keys = new Set([wholeKey(words), ...words]);
  for (let at = 0; at + 1 < words.length; at += 1) {
    keys.add(pairKey(words[at]!, words[at + 1]!));
    keys.add(words[at]! + words[at + 1]!);
  }
  for (const word of words) {
    for (const key of [soundKey(word), endingKey(word)]) if (key !== undefined) keys.add(key);
  }
  const short = initialsOf(spelt.flat());
  for (const form of [...acronyms, ...(short.length > 2 ? [short] : []), ...labelsOf(domain).slice(-2)])
    keys.add(`#${form}`);
  if (domain !== '') for (const key of domainKeys(domain)) keys.add(key);
  return keys;
};

/** A table gives 100 items a read; a longer text loses the sounds and endings of its last words. */
const keysRead = 96;
/** A word so common is spelt right: what sounds like it is another word. */
const surelySpelt = 20;

/** The words of a lead by place, with how many accounts have each: what the first read of a table tells. */
export interface CountedWords {
  words: readonly string[];
  spelt: readonly string[];
  counts: readonly number[];
  segmentOf: readonly number[];
  joined: ReadonlyMap<string, number>;
  segments: readonly { words: readonly string[]; initials: string }[];
  acronyms: readonly string[];
}

/** What to look a lead's company up by besides its words: at most 96 keys, which is the second and last read of lists. Neighbours
 * where a word alone is too common (more than `listed` accounts), sounds and endings where it is too rare. */
export const furtherKeys = (lead: CountedWords, listed: number): BlockKey[] => {
  const { words, spelt, counts, segmentOf } = lead;
  const keys: BlockKey[] = [];
  for (const { words: all } of lead.segments) keys.push({ key: wholeKey(all), kind: 'whole' });
  for (let at = 0; at + 1 < words.length; at += 1) {
    if (segmentOf[at] !== segmentOf[at + 1]) continue;
    if (counts[at]! > listed || counts[at + 1]! > listed)
      keys.push({ key: pairKey(words[at]!, words[at + 1]!), kind: 'pair' });
  }
  for (const key of lead.joined.keys()) keys.push({ key, kind: 'joined' });
  for (const { words: all, initials } of lead.segments)
    if (all.length > 2) keys.push({ key: `#${initials}`, kind: 'short' });
  for (const form of lead.acronyms) keys.push({ key: `#${form}`, kind: 'short' });
  for (const [at, word] of spelt.entries()) {
    if (word.length > 2 && word.length < 13 && counts[at]! <= listed) keys.push({ key: `#${word}`, kind: 'short' });
  }
  for (const [at, word] of words.entries()) {
    const sound = counts[at]! <= surelySpelt ? soundKey(word) : undefined;
    if (sound !== undefined) keys.push({ key: sound, kind: 'sound' });
    const ending = counts[at] === 0 ? endingKey(word) : undefined;
    if (ending !== undefined) keys.push({ key: ending, kind: 'ending' });
  }
  return keys.length > keysRead ? keys.slice(0, keysRead) : keys;
};
