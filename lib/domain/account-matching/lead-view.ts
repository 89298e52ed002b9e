// A lead's company as it is compared with many accounts: words with weights, where each stands, spans between commas.
import { parseName } from '../names/parse-name.ts';
import { partWords } from '../names/word-meaning.ts';
import { initialsOf } from './block-keys.ts';
import { type Blocks, type Posting, weightOf } from './blocks.ts';
import { endOf } from './word-likeness.ts';

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
  /** Accounts with each word, and how many of them there are. */
  postings: (Posting | undefined)[];
  counts: number[];
  /** First letter and last four of each word, as numbers: most words differ in both. */
  firsts: number[];
  ends: number[];
  /** Segment of each word. */
  segmentOf: number[];
  /** Places of each word, by its meaning. */
  places: Map<string, number[]>;
  /** Two neighbours written as one: the place of the first. */
  joined: Map<string, number>;
  spans: Span[];
  weight: number;
  /** ISO codes: from the form, and from the text. */
  country?: string;
  namedCountries: string[];
}

const segmentsAtMost = 12;
const wordsAtMost = 48;

export const viewOf = (company: string, country: string | undefined, blocks: Blocks): LeadView => {
  const parsed = parseName(company);
  const segments = parsed.segments.slice(0, segmentsAtMost);
  const view: LeadView = {
    ...{
      segments: segments.map((all, at) => ({
        words: all,
        initials: initialsOf(parsed.spelt[at]!),
        whole: parsed.whole[at]!,
      })),
      form: parsed.forms.at(-1) ?? '',
      acronyms: parsed.acronyms,
      words: [],
      spelt: [],
      weights: [],
      postings: [],
      counts: [],
      firsts: [],
      ends: [],
      segmentOf: [],
      places: new Map(),
      joined: new Map(),
      spans: [],
    },
    ...{ weight: 0, country: country || undefined, namedCountries: parsed.countries },
  };
  const sums: number[] = [];
  for (const [segment, words] of segments.entries()) {
    let sum = 0;
    for (const [at, word] of words.entries()) {
      const place = view.words.length;
      if (place >= wordsAtMost) break;
      const posting = blocks.accountsOf(word);
      const count = posting?.count ?? 0;
      const weight = weightOf(word, count, blocks.size);
      view.postings.push(posting);
      view.counts.push(count);
      view.words.push(word);
      view.spelt.push(parsed.spelt[segment]![at]!);
      view.weights.push(weight);
      view.firsts.push(word.charCodeAt(0));
      view.ends.push(endOf(word));
      view.segmentOf.push(segment);
      const places = view.places.get(word);
      if (places === undefined) view.places.set(word, [place]);
      else places.push(place);
      if (at > 0) view.joined.set(words[at - 1]! + word, place - 1);
      sum += weight;
    }
    sums.push(sum);
    view.weight += sum;
  }
  const span = (from: number, to: number): void => {
    const weight = sums.slice(from, to + 1).reduce((sum, one) => sum + one, 0);
    let initials = '';
    for (let at = from; at <= to; at += 1) initials += view.segments[at]!.initials;
    view.spans.push({ from, to, weight, initials, part: partWords.has(segments[from]![0]!) });
  };
  for (let at = 0; at < segments.length; at += 1) span(at, at);
  for (let at = 0; at + 1 < segments.length; at += 1) span(at, at + 1);
  if (segments.length > 2) span(0, segments.length - 1);
  return view;
};
