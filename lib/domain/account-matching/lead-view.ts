// A lead's company as it is compared with many accounts: words with weights, where each stands, spans between commas.
import { parseName } from '../names/parse-name.ts';
import { kindWords, partWords } from '../names/word-meaning.ts';
import { initialsOf, wholeKey } from './block-keys.ts';
import { endOf } from './word-likeness.ts';
import { weightOf } from './word-weights.ts';

export interface Span {
  /** First and last segment. */
  from: number;
  to: number;
  weight: number;
  initials: string;
  /** It begins with a word for a part of an organisation: `Department of …`. */
  part: boolean;
}

export interface LeadView {
  /** Each part between commas: its words and their first letters. */
  segments: { words: string[]; initials: string; whole: string }[];
  /** Legal form, '' if it says none. */
  form: string;
  /** Short forms it gives in brackets. */
  acronyms: string[];
  words: string[];
  spelt: string[];
  weights: number[];
  /** Whether it says what kind of organisation it is. */
  isKind: boolean[];
  /** First letter and last four of each word, as numbers: most words differ in both. */
  firsts: number[];
  ends: number[];
  /** Segment of each word. */
  segmentOf: number[];
  /** Places of each word, by its meaning. */
  places: Map<string, number[]>;
  spans: Span[];
  /** The key of the whole name, of each span. */
  wholeKeys: Set<string>;
  weight: number;
  /** ISO codes: from the form, and from the text. */
  country?: string;
  namedCountries: string[];
}

export const segmentsAtMost = 12;
export const wordsAtMost = 48;

/** What stands before the 13th comma and the 49th word. */
const readable = (parsed: readonly string[][]): string[][] => {
  let room = wordsAtMost;
  const segments: string[][] = [];
  for (const words of parsed.slice(0, segmentsAtMost)) {
    if (room === 0) break;
    const kept = words.length > room ? words.slice(0, room) : words;
    room -= kept.length;
    segments.push(kept);
  }
  return segments;
};

export const viewOf = (company: string, country: string | undefined): LeadView => {
  const parsed = parseName(company);
  const segments = readable(parsed.segments);
  const view: LeadView = {
    segments: segments.map((words, at) => ({
      words,
      initials: initialsOf(parsed.spelt[at]!),
      whole: parsed.whole[at]!,
    })),
    form: parsed.forms.at(-1) ?? '',
    acronyms: parsed.acronyms,
    words: [],
    spelt: [],
    weights: [],
    isKind: [],
    firsts: [],
    ends: [],
    segmentOf: [],
    places: new Map(),
    spans: [],
    wholeKeys: new Set(),
    weight: 0,
    country: country || undefined,
    namedCountries: parsed.countries,
  };
  const sums: number[] = [];
  for (let segment = 0; segment < segments.length; segment += 1) {
    const words = segments[segment]!;
    let sum = 0;
    for (let at = 0; at < words.length; at += 1) {
      const word = words[at]!;
      const place = view.words.length;
      const weight = weightOf(word);
      view.words.push(word);
      view.spelt.push(parsed.spelt[segment]![at]!);
      view.weights.push(weight);
      view.isKind.push(kindWords.has(word));
      view.firsts.push(word.charCodeAt(0));
      view.ends.push(endOf(word));
      view.segmentOf.push(segment);
      const places = view.places.get(word);
      if (places === undefined) view.places.set(word, [place]);
      else places.push(place);
      sum += weight;
    }
    sums.push(sum);
    view.weight += sum;
  }
  const span = (from: number, to: number): void => {
    let weight = 0;
    let initials = '';
    for (let at = from; at <= to; at += 1) {
      weight += sums[at]!;
      initials += view.segments[at]!.initials;
    }
    view.spans.push({ from, to, weight, initials, part: partWords.has(segments[from]![0]!) });
    view.wholeKeys.add(wholeKey(from === to ? segments[from]! : segments.slice(from, to + 1).flat()));
  };
  for (let at = 0; at < segments.length; at += 1) span(at, at);
  for (let at = 0; at + 1 < segments.length; at += 1) span(at, at + 1);
  if (segments.length > 2) span(0, segments.length - 1);
  return view;
};
