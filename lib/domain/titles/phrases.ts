// Titles as words, and the tables' phrases found in them: whole words only, longest phrase first, in linear time.
import type { JobFunction, Seniority } from './kinds.ts';

/**
 * What a word does besides naming a level or function. `gone`: works no more. `past`: what follows was, until `now`.
 * `at`: a company's name follows. `stop`: somebody else's title follows. `helper`: helps whoever is named beside it.
 * `assistant`: a helper, or an assistant manager. `chief` with `officer` is the C-level; `office` after it only works there.
 */
export type Mark =
  | 'gone'
  | 'past'
  | 'now'
  | 'at'
  | 'stop'
  | 'helper'
  | 'assistant'
  | 'deputy'
  | 'chief'
  | 'officer'
  | 'office';

/** Phrases by what they say, divided by commas; `leiter(in|)` is both `leiter` and `leiterin`; `|` at an end is the role's edge. */
export interface LevelTable {
  levels: Partial<Record<Seniority, string>>;
  marks: Record<Mark, string>;
  /** Words to leave alone, because one in them would mislead. */
  silent: string;
}

/** `is`: the trade itself, done by staff. `says`: the department. `hints`: only where nothing else is named. */
export type FunctionTable = Record<JobFunction, { is?: string; says?: string; hints?: string; stems?: string }>;

interface Meaning {
  level?: Seniority;
  function?: JobFunction;
  weight: number;
  mark?: Mark;
}

interface Phrase extends Meaning {
  words: string[];
  length: number;
  /** Nothing of the same role may stand before it, or after it. */
  opens: boolean;
  closes: boolean;
}

export const isEdge = (word: string | undefined): boolean => word === '|' || word === '&';

const letters: Record<string, string> = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd' };

/** One case, no accents. Upper case first, so that what is typed in capitals folds to the very same. */
const fold = (text: string): string =>
  text
    .toUpperCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßøæœłđ]/g, (letter) => letters[letter]!);

const endings = new Set('in innen e a o frau rice trice ice euse se ne ra era'.split(' '));
const joins = /^(?:\/-?|[:*_·.(]|\(-|-)$/;
const and = new Set(['and', 'und', 'et', 'y', 'en', 'och', 'og']);

const dividerOf = (gap: string): string | undefined => {
  if (/[&+]/.test(gap)) return '&';
  if (gap.includes('@')) return 'at';
  // A hyphen inside a word joins, one between spaces divides.
  return /[,;:/|\\()[\]{}•·*–—!?<>="_]|\s-|-\s/.test(gap) ? '|' : undefined;
};

/** The words, with `|` where a role ends and around all, and `&` between what is joined. Genders are dropped, `C.E.O.` is `ceo`. */
export const wordsOf = (title: string): string[] => {
  const words = ['|'];
  let end = 0;
  let previous = '';
  const text = fold(title);
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const gap = text.slice(end, index);
    end = index + word.length;
    if (previous !== '' && word.length === 1 && gap === '.' && previous.length === 1) {
      words.push(words.pop()! + word);
      continue;
    }
    if (previous.length > 2 && endings.has(word) && gap !== '-' && joins.test(gap)) continue;
    const divider = dividerOf(gap);
    if (divider !== undefined && !(divider === '|' && words.at(-1) === '|')) words.push(divider);
    words.push(and.has(word) ? '&' : word);
    previous = word;
  }
  const rest = dividerOf(text.slice(end));
  if (words.at(-1) !== '|' || rest === undefined) words.push('|');
  return words;
};

/** `a(b|c)d` is `abd` and `acd`; of umlauts both spellings. */
const spellings = (phrase: string): string[] => {
  const group = /^(.*?)\(([^)]*)\)(.*)$/.exec(phrase);
  if (group) return group[2]!.split('|').flatMap((choice) => spellings(group[1]! + choice + group[3]!));
  const digraphs = phrase.replace(/[äöü]/g, (umlaut) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[umlaut]!);
  return digraphs === phrase ? [phrase] : [phrase, digraphs];
};

const listed = (table: string | undefined): string[] =>
  (table ?? '')
    .split(',')
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '')
    .flatMap(spellings);

/** German, Dutch and Swedish write a department and its people in one word: what may end it, and the level that gives. */
const compoundHeads: readonly [Seniority, string[]][] = [
  ['c-level', listed('vorstand, geschäftsführer(in|)')],
  ['director', listed('direktor(in|), directeur, direktör')],
  ['head', listed('leiter(in|), leitung, chef(in|), hoofd, leider')],
  ['manager', listed('manager(in|)')],
  [
    'staff',
    listed('mitarbeiter(in|), referent(in|), sachbearbeiter(in|), berater(in|), medewerker, adviseur, specialist'),
  ],
  ['staff', listed('spezialist(in|), medarbetare, ansvarig, kaufmann, kauffrau, ingenieur(in|), adviseur, analist')],
  ['entry', listed('assistent(in|), assistenz')],
];

export class Phrases {
  readonly #byFirst = new Map<string, Phrase[]>();

  constructor(levels: LevelTable, functions: FunctionTable) {
    const meanings = new Map<string, Meaning>();
    const add = (phrase: string, meaning: Partial<Meaning>): void => {
      meanings.set(phrase, { weight: 0, ...meanings.get(phrase), ...meaning });
    };
    for (const [name, { is, says, hints, stems }] of Object.entries(functions) as [
      JobFunction,
      FunctionTable[JobFunction],
    ][]) {
      for (const stem of listed(stems)) {
        for (const [level, heads] of compoundHeads) {
          for (const head of heads) add(stem + head, { level, function: name, weight: 1 });
        }
      }
      for (const phrase of listed(is)) add(phrase, { level: 'staff', function: name, weight: 2 });
      for (const phrase of listed(says)) add(phrase, { function: name, weight: 1 });
      for (const phrase of listed(hints)) add(phrase, { function: name, weight: 0 });
    }
    for (const [level, table] of Object.entries(levels.levels) as [Seniority, string][]) {
      for (const phrase of listed(table)) add(phrase, { level });
    }
    for (const [mark, table] of Object.entries(levels.marks) as [Mark, string][]) {
      for (const phrase of listed(table)) add(phrase, { mark });
    }
    for (const phrase of listed(levels.silent)) add(phrase, {});
    for (const [phrase, meaning] of meanings) {
      if (/^chief .* officer$/.test(phrase)) meaning.level = 'c-level';
      else if (phrase.endsWith(' officer')) meaning.mark = 'officer';
      const words = wordsOf(phrase).slice(1, -1);
      const same = this.#byFirst.get(words[0]!) ?? [];
      same.push({
        ...meaning,
        words,
        length: words.length,
        opens: phrase.startsWith('|'),
        closes: phrase.endsWith('|'),
      });
      same.sort((one, other) => other.length - one.length || Number(other.closes) - Number(one.closes));
      this.#byFirst.set(words[0]!, same);
    }
  }

  knows(word: string): boolean {
    return this.#byFirst.has(word);
  }

  longest(words: readonly string[], at: number): Phrase | undefined {
    return this.#byFirst
      .get(words[at]!)
      ?.find(
        ({ words: wanted, opens, closes }) =>
          wanted.every((word, index) => words[at + index] === word) &&
          (!opens || isEdge(words[at - 1])) &&
          (!closes || isEdge(words[at + wanted.length])),
      );
  }
}
