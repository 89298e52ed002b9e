// One spelling of a word of a name: what it is short for, its language and its ending aside.
import { countryOfWord } from './country-words.ts';
import { kinds } from './organisation-words.ts';
import { places } from './place-words.ts';
import { subjects } from './subject-words.ts';

/** `universitaet` and `universitat`, `goettingen` and `gottingen`: how German umlauts are typed without them. */
const withoutUmlauts = (word: string): string => (word.length > 4 ? word.replace(/([aou])e/g, '$1') : word);

const singular = (word: string): string => {
  if (word.length < 5 || !word.endsWith('s') || /(ss|us|is)$/.test(word)) return word;
  return word.endsWith('ies') && word.length > 5 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
};

const abbreviations: Record<string, string> = {
  st: 'saint',
  ste: 'saint',
  sankt: 'saint',
  san: 'saint',
  santa: 'saint',
  sao: 'saint',
  mt: 'mount',
  ft: 'fort',
  dr: 'doctor',
  prof: 'professor',
  svcs: 'service',
  hldg: 'holding',
  hldgs: 'holding',
  svc: 'service',
  finl: 'financial',
  fin: 'financial',
  pharm: 'pharmaceutical',
};
interface Tables {
  exact: Map<string, string>;
  stems: Map<string, string>;
  longestStem: number;
}

const makeTables = (): Tables => {
  const exact = new Map<string, string>();
  const stems = new Map<string, string>();
  for (const [meaning, list] of [places, subjects, kinds].flatMap((table) => Object.entries(table))) {
    exact.set(withoutUmlauts(meaning), meaning);
    for (const word of list.split(' ').filter((form) => form !== '')) {
      const stem = withoutUmlauts(word.replace('*', ''));
      (word.endsWith('*') && stem.length > 3 ? stems : exact).set(stem, meaning);
    }
  }
  for (const [short, long] of Object.entries(abbreviations)) exact.set(short, long);
  return { exact, stems, longestStem: Math.max(...[...stems.keys()].map((stem) => stem.length)) };
};

let made: Tables | undefined;
/** Made with the first name: it takes 4 ms of a function's start, and most of what is folded are views of pages, which name nobody. */
const tables = (): Tables => {
  made ??= makeTables();
  return made;
};

/** Words that mean a kind of organisation. */
export const kindWords: ReadonlySet<string> = new Set(Object.keys(kinds));
/** Those of them that name a part of one. */
export const partWords: ReadonlySet<string> = new Set(
  'department faculty division chair section unit programme'.split(' '),
);

/** Those that are seldom a part of another organisation: the hospital of a university is not the university. */
export const bodyWords: ReadonlySet<string> = new Set(
  'hospital museum ministry foundation association bank council agency society federation union trust court'.split(' '),
);

/** What may follow a stem is an ending: short where four letters are all that tells it from another word's beginning, and never
 * a word that company names are put together with (`Workday`, `Trustmark`, `Westinghouse`). */
const endingAtMost = (stem: number): number => (stem < 5 ? 4 : 9);
const secondHalf =
  /^(day|man|mark|peak|house|wood|field|way|one|bank|sport|well|works|point|united|health|time|star|link|net|port|ford|ton|stone|tech|side|line|force|ware|base|wise|now|up$|hub|max|plus|pro$|soft|data|cloud|media|smith|land|care$)/;

const simpleMeaning = (spelt: string): string | undefined => {
  const { exact, stems, longestStem } = tables();
  const whole = exact.get(spelt);
  if (whole !== undefined) return whole;
  for (let length = Math.min(spelt.length, longestStem); length > 3; length -= 1) {
    if (spelt.length - length > endingAtMost(length)) break;
    const meaning = stems.get(spelt.slice(0, length));
    if (meaning !== undefined && !secondHalf.test(spelt.slice(length))) return meaning;
  }
  return undefined;
};

const partsOf = (spelt: string): string | undefined =>
  (spelt.length > 9 ? compoundMeaning(spelt) : undefined) ?? simpleMeaning(spelt);

/** `forschungszentrum`: two words that both have a meaning, with or without an s or n between them. */
function compoundMeaning(spelt: string): string | undefined {
  for (let at = spelt.length - 4; at >= 4; at -= 1) {
    const second = simpleMeaning(spelt.slice(at));
    if (second === undefined) continue;
    const first = spelt.slice(0, at);
    const meaning = partsOf(first) ?? partsOf(first.replace(/[sn]$/, ''));
    if (meaning !== undefined && meaning !== second) return `${meaning} ${second}`;
  }
  return undefined;
}

const understand = (word: string): string => {
  const spelt = withoutUmlauts(word);
  const whole = tables().exact.get(spelt);
  if (whole !== undefined) return whole;
  const country = word.length > 2 ? countryOfWord(word) : undefined;
  if (country !== undefined) return `@${country}`;
  return partsOf(spelt) ?? singular(spelt);
};

/** A folded word and what it means: `@DE` for a country, a word of the lists, two of them for a compound, or the word itself without
 * its plural. */
export interface UnderstoodWord {
  spelt: string;
  meanings: readonly string[];
}

/** Names of 30,558 organisations use 38,000 words; a flood of new ones costs memory for so many at most. */
const rememberedWords = 100_000;
let understood = new Map<string, UnderstoodWord>();

/** Of one word always the same texts: names are compared by the hundred thousand, and most words that are the same are then seen to be
 * without reading their letters. */
export const understoodAs = (word: string): UnderstoodWord => {
  const known = understood.get(word);
  if (known !== undefined) return known;
  if (understood.size >= rememberedWords) understood = new Map();
  const meaning = understand(word);
  // A meaning of one word means itself, so that it has one text too, whoever is short for it.
  const meanings = meaning === word ? [word] : meaning.split(' ').map((one) => understood.get(one)?.spelt ?? one);
  const one = { spelt: word, meanings };
  understood.set(word, one);
  return one;
};
