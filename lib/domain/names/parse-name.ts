// What a company's name says, as typed by people or registered by states: parts, words by meaning, acronyms, countries.
import { beginsCountry, countryNamed } from './country-words.ts';
import { foldText } from './fold-text.ts';
import { formNamed, legalFormAt, standsBefore, withoutUnspacedForms } from './legal-forms.ts';
import { understoodAs } from './word-meaning.ts';

export interface ParsedName {
  /** Between commas, in order; none is empty. Words by meaning, without stop words and legal forms. */
  segments: string[][];
  /** The same words as they were spelt, folded. */
  spelt: string[][];
  /** All words of each part as they stand, run together: `snapon`, where the words without stop words say `snap`. */
  whole: string[];
  /** Legal forms it ends with, in one spelling: `corp` for a corporation. */
  forms: string[];
  /** Short forms given in brackets, folded. */
  acronyms: string[];
  /** ISO codes of countries that stand by themselves: in brackets or between commas. */
  countries: string[];
}

const stopWords = new Set(
  'the of for and in on at to from by with der die das des dem den fur und von vom zu zur zum im am de la le les du et en sur au aux pour par el los las del y e o a os as do da dos das no na nos nas em di il lo gli della dello dei degli delle per con al van het een voor te och av for i og til fra a an w z we i na do pod im och pro ve v na ja ku thi dan untuk bei beim nach its'.split(
    ' ',
  ),
);

const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const cjkRun = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+/gu;
/** What parts a line into names. A stroke or dash only with spaces: it is part of many names. */
const separators = /[,;|\n]|\s[-/:]\s|:\s|--+|\\[/-]?/;
/** Where US filers say the state they are of: `CORNING INC /NY`, `FOO CORP /DE/`. */
const stateNote = /\s*\/ ?[a-z]{2,3} ?\/?$/;
const bracketed = /[([{]([^()[\]{}]*)[)\]}]/g;
const webSuffix = /(\w)(?:\.(?:com|net|org|io|ai)| com)\b(?!\.)/g;

/** Scripts that do not part words: each two neighbours are a word, as search engines do it. */
const pairsOf = (run: string): string => {
  if (run.length <= 2) return ` ${run} `;
  return ` ${Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2)).join(' ')} `;
};

const joinInitials = (words: readonly string[]): string[] => {
  const joined: string[] = [];
  let run = '';
  for (const word of words) {
    if (word.length === 1 && /[a-z]/.test(word)) {
      run += word;
      continue;
    }
    if (run !== '') joined.push(run);
    run = '';
    joined.push(word);
  }
  return run === '' ? joined : [...joined, run];
};

const withoutLegalForms = (words: readonly string[], forms: string[]): string[] => {
  let kept = [...words];
  for (let length = Math.min(5, kept.length - 1); length > 0; length -= 1) {
    if (legalFormAt(kept, kept.length - length) !== length) continue;
    forms.push(formNamed(kept.slice(-length).join(' ')));
    kept = kept.slice(0, -length);
    length = Math.min(5, kept.length - 1) + 1;
  }
  while (kept.length > 1 && standsBefore(kept[0]!)) kept = kept.slice(1);
  return kept;
};

/** `AT&T`, `A& F`, `A T & T`: letters around an `&` are one word. */
const ampersand = /\b((?:\p{L} )*\p{L}{1,2}) ?& ?(\p{L}{1,2})\b/gu;

/** What is none of ours between two words. Of 5,018 labelled names 82 % are ASCII, where
 * Unicode's tables need not be asked. */
const betweenWords = /[^\p{L}\p{N}]+/u;
const betweenAsciiWords = /[^a-z0-9]+/;
const outsideAscii = /[^\0-\x7f]/;

const wordsIn = (segment: string, forms: string[]): { said: string[]; whole: string } => {
  const isAscii = !outsideAscii.test(segment);
  let apart = isAscii || !cjk.test(segment) ? segment : segment.replace(cjkRun, pairsOf);
  if (apart.includes('&'))
    apart = apart.replace(ampersand, (_, before: string, after: string) => before.replaceAll(' ', '') + after);
  if (apart.includes("'"))
    apart = apart.replace(/\b(l|d|dell|dall|nell|all|sull|qu)'(?=\p{L}{2})/gu, ' ').replace(/'/g, '');
  const words = apart.split(isAscii ? betweenAsciiWords : betweenWords).filter((word) => word !== '');
  const kept = withoutLegalForms(joinInitials(words), forms);
  const telling = kept.filter((word) => !stopWords.has(word));
  // `Acme Corp. I`, `Acme Inc. of the`: a form may end the name only once its stop words are gone.
  const said = telling.length === kept.length ? kept : withoutLegalForms(telling, forms);
  return { said: said.length > 0 ? said : kept, whole: kept.join('') };
};

const fullCountry = (segment: string): string | undefined => {
  const words = segment
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/^ ?the /, '')
    .trim();
  return words.length > 1 ? countryNamed(words) : undefined;
};

/** Countries of two words, `south korea`, as one; `new mexico` is no country. */
const understoodWords = (words: readonly string[]): { spelt: string[]; meanings: string[] } => {
  const spelt: string[] = [];
  const meanings: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    const next = words[at + 1];
    const pair = next === undefined || !beginsCountry(word) ? undefined : countryNamed(`${word} ${next}`);
    if (pair !== undefined) at += 1;
    if (pair !== undefined) {
      spelt.push(`${word} ${next}`);
      meanings.push(`@${pair}`);
      continue;
    }
    // One word of theirs may be two of ours: `Universitätsklinikum` is a university and a hospital.
    const { spelt: known, meanings: all } = understoodAs(word);
    for (const meaning of words[at - 1] === 'new' ? [known] : all) {
      spelt.push(known);
      meanings.push(meaning);
    }
  }
  return { spelt, meanings };
};

/** Never throws; of a text without letters or digits nothing is left. */
export const parseName = (text: string): ParsedName => {
  const parsed: ParsedName = { segments: [], spelt: [], whole: [], forms: [], acronyms: [], countries: [] };
  const take = (segment: string, inBrackets: boolean): void => {
    // What stands first and outside brackets is the name, whatever else it says.
    const country = inBrackets || parsed.segments.length > 0 ? fullCountry(segment) : undefined;
    if (country !== undefined) {
      parsed.countries.push(country);
      return;
    }
    const { said: words, whole } = wordsIn(segment, parsed.forms);
    if (words.length === 0 || (words.length === 1 && /^\d+$/.test(words[0]!) && parsed.segments.length > 0)) return;
    if (legalFormAt(words, 0) === words.length && parsed.segments.length > 0) {
      parsed.forms.push(formNamed(words.join(' ')));
      return;
    }
    const { spelt, meanings } = understoodWords(words);
    parsed.whole.push(whole);
    parsed.spelt.push(spelt);
    parsed.segments.push(meanings);
  };
  const notes: string[] = [];
  const folded = withoutUnspacedForms(foldText(text.slice(0, 1_000)).trim())
    .replace(bracketed, (_, inside: string) => {
      notes.push(inside.trim());
      return ' ';
    })
    .replace(stateNote, '')
    .replace(webSuffix, '$1')
    .replace(/\s\d{1,2}\s*(?=,|$)/g, (footnote, at: number, whole: string) =>
      whole.includes(',', at) ? ' ' : footnote,
    );
  for (const segment of folded.split(separators)) take(segment, false);
  for (const note of notes) {
    if (/^(the|class [a-z]|series [a-z])$/.test(note)) continue;
    const letters = note.replace(/[^\p{L}\p{N}]/gu, '');
    if (!/\s/.test(note) && letters.length >= 2 && letters.length <= 8 && countryNamed(note) === undefined) {
      parsed.acronyms.push(letters);
      if (parsed.segments.length === 0) take(note, true);
    } else take(note, true);
  }
  return parsed;
};
