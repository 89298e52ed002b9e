// How alike two different words of two names are: a typing error, an ending, another spelling of the same sound.
import { distance } from 'fastest-levenshtein';
import { soundOf } from './block-keys.ts';

const sharedStart = (one: string, two: string): number => {
  let at = 0;
  while (at < one.length && one[at] === two[at]) at += 1;
  return at;
};

/** 0 for different words, up to 0.95; words are of different meaning already. Cheap where the answer is 0, as it mostly is. */
export const likenessOf = (one: string, two: string): number => {
  const longer = Math.max(one.length, two.length);
  const shorter = Math.min(one.length, two.length);
  if (shorter < 4 || one[0] === '@' || two[0] === '@' || shorter * 2 < longer) return 0;
  const start = sharedStart(one, two);
  if (start === 0 && one.slice(-4) !== two.slice(-4)) return 0;
  // `philosophica` and `philosophical`: of one root, whatever the languages make of its end.
  const cognate = start >= 5 && start / longer >= 0.55 ? 0.6 + 0.35 * (start / longer) : 0;
  if (shorter - start > longer * 0.75) return cognate;
  const same = 1 - distance(one, two) / longer;
  const typed = same >= 0.75 ? same * 0.95 : 0;
  const heard = same >= 0.55 && start > 0 && typed === 0 && soundOf(one) === soundOf(two) ? 0.7 : 0;
  return Math.max(cognate, typed, heard);
};
