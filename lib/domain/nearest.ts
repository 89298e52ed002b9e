// Which of the names there are somebody may have meant, so that a complaint ends with what to do.
import { distance } from 'fastest-levenshtein';

const sorted = (word: string): string => [...word].sort().join('');

/** A third of a word's letters may be wrong, or all in another order; of a longer name the beginning is enough. */
const isNear = (word: string, name: string): boolean => {
  if (word.length >= 3 && (name.startsWith(word) || (name.length >= 3 && word.startsWith(name)))) return true;
  return sorted(word) === sorted(name) || distance(word, name) <= Math.ceil(Math.max(word.length, name.length) / 3);
};

/** The one that was probably meant. */
export const nearest = (word: string, names: readonly string[]): string | undefined => {
  const wanted = word.toLowerCase();
  return names
    .filter((name) => isNear(wanted, name.toLowerCase()))
    .map((name) => ({ name, apart: distance(wanted, name.toLowerCase()) }))
    .sort((a, b) => a.apart - b.apart)[0]?.name;
};

/** More would hide the complaint. */
const mostListed = 12;

/** The end of a complaint about a name that is none: the one that was probably meant, or those there are. */
export const suggestion = (word: string, among: Iterable<string>, whenNone: string): string => {
  const names = [...among];
  const near = nearest(word, names);
  if (near !== undefined) return `did you mean ${near}?`;
  if (names.length === 0) return whenNone;
  const more = names.length - mostListed;
  return `there are: ${names.slice(0, mostListed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};
