// Since when a property is what it is, where its news come with the whole record: an edit of something else says it again, later,
// though nobody has touched it. So a repetition is no news, however late; that somebody worked on a lead would else be said anew
// by every change of their telephone number.
import type { Register } from './register.ts';

type Wordlike = string | boolean | null;

/** All that was said of a property, in order of its times; ties by text. */
export type Said<Word extends Wordlike = string> = readonly Register<Word>[];

const keyOf = ({ at, source, value }: Register<Wordlike>): string => `${at} ${source} ${value}`;

/** With one more, at most so many. Too many leave out first what repeats, between its first and its last time; then the oldest. */
export const alsoSaidOf =
  (most: number) =>
  <Word extends Wordlike>(known: Said<Word>, heard: Register<Word>): Said<Word> => {
    const all = [...new Map([...known, heard].map((one) => [keyOf(one), one]))].sort(([a], [b]) => (a < b ? -1 : 1));
    const said = all.map(([, one]) => one);
    while (said.length > most) {
      const repeated = said.findIndex(
        ({ value }, place) => said[place - 1]?.value === value && said[place + 1]?.value === value,
      );
      said.splice(Math.max(0, repeated), 1);
    }
    return said;
  };

/** 30 distinct moments are years of a record's edits, of which mostly one in ten changes a stage. */
export const alsoSaid = alsoSaidOf(30);

/** What it is now, and since when; or, of what is said of two properties together, what it is by the last that says something of
 * the one. */
export const latestSaid = <Word extends Wordlike>(
  said: Said<Word>,
  isAbout: (word: Word) => boolean = () => true,
): Register<Word> | undefined => {
  const last = said.findLastIndex(({ value }) => isAbout(value));
  const before = said.findLastIndex(({ value }, place) => place < last && value !== said[last]!.value);
  return last < 0 ? undefined : said[before + 1];
};

/** What is known after something was said, or nothing was. */
export const hearSaid = <Word extends Wordlike>(
  known: Said<Word> | undefined,
  heard: Register<Word> | undefined,
): { said: Said<Word> | undefined; now: Register<Word> | undefined } => {
  const said = heard === undefined ? known : alsoSaid(known ?? [], heard);
  return { said, now: said && latestSaid(said) };
};
