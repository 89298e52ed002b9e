// Under which keys a company that a lead typed may be looked up. Which of them are read depends on how many accounts have its words;
// which there are, on the text alone: so a name can be kept under all of them, and found when an account with one of them comes.
import { bounded, endingKey, joinedKey, pairKey, shortKey, soundKey } from './block-keys.ts';
import { listed } from './blocks.ts';
import { type LeadView, viewOf } from './lead-view.ts';
import { isCommon } from './word-weights.ts';

export type KeyKind = 'word' | 'whole' | 'short' | 'pair' | 'joined' | 'sound' | 'ending';
interface LeadKey {
  key: string;
  kind: KeyKind;
}

/** A table gives 100 items a read: a longer text loses the sounds and endings of its last words. */
const keysAtMost = 100;

/** Whether a key is worth a look; `at` is the place of its first word. */
type Wanted = (kind: KeyKind, at: number) => boolean;

/** Those of the keys of a text that are wanted. The bound is on all there are, so that what is wanted moves none of them. */
const keysOf = (lead: LeadView, wanted: Wanted): LeadKey[] => {
  const { words, spelt, segmentOf, segments } = lead;
  const keys: LeadKey[] = [];
  let room = keysAtMost;
  const isNext = (kind: KeyKind, at: number): boolean => {
    room -= 1;
    return room >= 0 && wanted(kind, at);
  };
  const add = (kind: KeyKind, key: string | undefined): void => {
    if (key !== undefined) keys.push({ key, kind });
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    if (lead.places.get(word)![0] === at && isNext('word', at)) add('word', bounded(word));
  }
  for (const key of lead.wholeKeys) if (isNext('whole', -1)) add('whole', key);
  for (const { words: all, initials } of segments)
    if (all.length > 2 && isNext('short', -1)) add('short', shortKey(initials));
  for (const form of lead.acronyms) if (isNext('short', -1)) add('short', shortKey(form));
  for (let at = 0; at + 1 < words.length; at += 1) {
    if (segmentOf[at] !== segmentOf[at + 1]) continue;
    if (isNext('pair', at)) add('pair', pairKey(words[at]!, words[at + 1]!));
  }
  for (let at = 0; at + 1 < words.length; at += 1) {
    if (segmentOf[at] !== segmentOf[at + 1]) continue;
    if (isNext('joined', at)) add('joined', joinedKey(words[at]!, words[at + 1]!));
  }
  for (let at = 0; at < spelt.length; at += 1) {
    const word = spelt[at]!;
    if (word.length > 2 && word.length < 13 && isNext('short', at)) add('short', shortKey(word));
  }
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    if (word.length < 5 || isCommon(word)) continue;
    if (isNext('sound', at)) add('sound', soundKey(word));
    if (isNext('ending', at)) add('ending', endingKey(word));
  }
  return keys;
};

/** The words themselves, each once, of which there are never too many: what is read first. */
export const wordKeys = (lead: LeadView): LeadKey[] =>
  [...lead.places.keys()].map((word) => ({ key: bounded(word), kind: 'word' }));

/** A word that so many accounts have is spelt right: what sounds like it is another word. */
const surelySpelt = 20;

/** What to look a company up by besides its words, knowing how many accounts have each of these. Neighbours where a word alone is too
 * common, sounds and endings where it is too rare. */
export const furtherKeys = (lead: LeadView, countOf: (word: string) => number): LeadKey[] => {
  const counts = lead.words.map(countOf);
  return keysOf(lead, (kind, at) => {
    switch (kind) {
      case 'word':
        return false;
      case 'whole':
      case 'joined':
        return true;
      case 'pair':
        return counts[at]! > listed || counts[at + 1]! > listed;
      case 'short':
        return at < 0 || counts[at]! <= listed;
      case 'sound':
        return counts[at]! <= surelySpelt;
      case 'ending':
        return counts[at] === 0;
    }
  });
};

/** Every key a company may ever be looked up by, whatever accounts there are: at most 100, each once. */
export const lookupKeys = (company: string): string[] => [
  ...new Set(keysOf(viewOf(company, undefined), () => true).map(({ key }) => key)),
];
