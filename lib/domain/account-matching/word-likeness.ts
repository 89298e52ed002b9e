// How alike two different words of two names are: a typing error, an ending, another spelling of the same sound.
import { distance } from 'fastest-levenshtein';
import { soundOf } from './block-keys.ts';

const sharedStart = (one: string, two: string): number => {
  let at = 0;
  while (at < one.length && one.charCodeAt(at) === two.charCodeAt(at)) at += 1;
  return at;
};

/** The last four letters as a number; -1 of a shorter word, which is like no other. */
export const endOf = (word: string): number => {
  if (word.length < 4) return -1;
  let end = 0;
  for (let at = word.length - 4; at < word.length; at += 1) end = (end * 31 + word.charCodeAt(at)) | 0;
  return end;
};

const country = '@'.charCodeAt(0);

/** 0 for different words, up to 0.95; words are of different meaning already, and share the first letter or the last four. */
export const likenessOf = (one: string, two: string): number => {
  const longer = Math.max(one.length, two.length);
  const shorter = Math.min(one.length, two.length);
  if (shorter < 4 || shorter * 2 < longer) return 0;
  if (one.charCodeAt(0) === country || two.charCodeAt(0) === country) return 0;
  const start = sharedStart(one, two);
  // `philosophica` and `philosophical`: of one root, whatever the languages make of its end.
  const cognate = start >= 5 && start / longer >= 0.55 ? 0.6 + 0.35 * (start / longer) : 0;
  const same = 1 - distance(one, two) / longer;
  const typed = same >= 0.75 ? same * 0.95 : 0;
  const heard = same >= 0.55 && start > 0 && typed === 0 && soundOf(one) === soundOf(two) ? 0.7 : 0;
  return Math.max(cognate, typed, heard);
};
