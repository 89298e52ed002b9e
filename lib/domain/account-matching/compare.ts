// What speaks for and against one account being the company a lead typed: numbers from 0 to 1, each with a name.
import { bodyWords, kindWords } from '../names/word-meaning.ts';
import type { Card } from './card.ts';
import { domainEvidence } from './domain-evidence.ts';
import type { LeadView } from './lead-view.ts';
import { endOf, likenessOf } from './word-likeness.ts';

const segmentsAtMost = 12;
const wordsAtMost = 48;
/** How well each word of the account is met in each segment, and each word of the lead by the account. One comparison at a
 * time, so the two are kept. */
const met = Array.from({ length: wordsAtMost }, () => new Float64Array(segmentsAtMost));
const explained = new Float64Array(wordsAtMost);
let translatedWeight = 0;
const spanSums = new Float64Array(segmentsAtMost);

export interface Comparison {
  card: Card;
  span: number;
  /** Of the account's name, how much the lead's span has; of the span, how much the name has; both together. */
  named: number;
  covered: number;
  fit: number;
  /** Of all the lead typed, how much the name has. */
  whole: number;
  /** Weight of the words both have. */
  shared: number;
  fuzzy: number;
  /** Of the account's name, how much is met by meaning only: another language, an abbreviation. */
  translated: number;
  /** The weightiest word only one side has. */
  missing: number;
  extra: number;
  ordered: boolean;
  otherKind: boolean;
  /** Hospitals, banks and the like that only the account's name says, only the lead's. */
  bodiesMissing: number;
  bodiesExtra: number;
  acronym: number;
  /** Nothing but first letters is in common. */
  lettersOnly: boolean;
  domain: number;
  initials: number;
}

/** Where the lead writes two neighbours of the account as one word; -1 for nowhere. */
const placeOfBoth = (one: string, next: string, { words }: LeadView): number => {
  const length = one.length + next.length;
  for (let place = 0; place < words.length; place += 1) {
    const word = words[place]!;
    if (word.length === length && word.startsWith(one) && word.endsWith(next)) return place;
  }
  return -1;
};

const isSpeltSo = (spelt: string, places: readonly number[], lead: LeadView): boolean => {
  for (const place of places) if (lead.spelt[place] === spelt) return true;
  return false;
};

const fill = (card: Card, lead: LeadView): number => {
  const words = Math.min(card.words.length, wordsAtMost);
  explained.fill(0, 0, lead.words.length);
  let fuzzy = 0;
  const open: number[] = [];
  translatedWeight = 0;
  for (let at = 0; at < words; at += 1) {
    const row = met[at]!;
    row.fill(0);
    const places = lead.places.get(card.words[at]!);
    if (places === undefined) open.push(at);
    else {
      for (const place of places) {
        row[lead.segmentOf[place]!] = 1;
        explained[place] = 1;
      }
      if (!isSpeltSo(card.spelt[at]!, places, lead)) translatedWeight += card.weights[at]!;
    }
  }
  for (const at of open) {
    const word = card.words[at]!;
    const row = met[at]!;
    const pair = lead.joined.get(word);
    if (pair !== undefined) {
      row[lead.segmentOf[pair]!] = 1;
      explained[pair] = 1;
      explained[pair + 1] = 1;
      continue;
    }
    const whole = at + 1 < words ? placeOfBoth(word, card.words[at + 1]!, lead) : -1;
    if (whole !== -1) {
      row[lead.segmentOf[whole]!] = 1;
      met[at + 1]![lead.segmentOf[whole]!] = 1;
      explained[whole] = 1;
      continue;
    }
    const spelt = card.spelt[at]!;
    const first = word.charCodeAt(0);
    const end = endOf(word);
    if (end === -1) continue;
    for (let place = 0; place < lead.words.length; place += 1) {
      if (explained[place] === 1 || (lead.firsts[place] !== first && lead.ends[place] !== end)) continue;
      const theirs = lead.words[place]!;
      const theirSpelt = lead.spelt[place]!;
      let like = likenessOf(word, theirs);
      if (spelt !== word || theirSpelt !== theirs) like = Math.max(like, likenessOf(spelt, theirSpelt) * 0.95);
      if (like === 0) continue;
      const segment = lead.segmentOf[place]!;
      if (like > row[segment]!) row[segment] = like;
      if (like > explained[place]!) explained[place] = like;
      fuzzy = Math.max(fuzzy, like);
    }
  }
  return fuzzy;
};

/** `suny` of the lead is `State University of New York` of the account, or the other way round: those words count as met. */
const fillAcronyms = (card: Card, lead: LeadView): number => {
  let found = 0;
  for (let place = 0; place < lead.words.length; place += 1) {
    const form = lead.spelt[place]!;
    if (explained[place]! > 0 || form.length < 3 || form.length > 7) continue;
    const at = card.initials.indexOf(form);
    if (at === -1) continue;
    found = Math.max(found, form.length / card.initials.length);
    explained[place] = 0.9;
    for (let n = at; n < at + form.length && n < wordsAtMost; n += 1) met[n]![lead.segmentOf[place]!] = 0.9;
  }
  for (let at = 0; at < Math.min(card.words.length, wordsAtMost); at += 1) {
    const form = card.spelt[at]!;
    if (form.length < 3 || form.length > 7 || lead.places.has(card.words[at]!)) continue;
    for (const span of lead.spans) {
      if (span.from !== span.to) continue;
      const start = span.initials.indexOf(form);
      if (start === -1) continue;
      const first = lead.segmentOf.indexOf(span.from);
      met[at]![span.from] = 0.9;
      for (let n = 0; n < form.length; n += 1)
        explained[first + start + n] = Math.max(0.9, explained[first + start + n]!);
      found = Math.max(found, form.length / span.initials.length);
    }
  }
  for (const form of lead.acronyms) if (form === card.initials || card.acronyms.includes(form)) found = 1;
  return found;
};

const inOrder = (card: Card, lead: LeadView, from: number, to: number): boolean => {
  let at = 0;
  for (let place = 0; place < lead.words.length && at < card.words.length; place += 1) {
    const segment = lead.segmentOf[place]!;
    if (segment >= from && segment <= to && lead.words[place] === card.words[at]) at += 1;
  }
  return at === card.words.length;
};

const anyExplained = (words: number): boolean => {
  for (let place = 0; place < words; place += 1) if (explained[place]! > 0) return true;
  return false;
};

/** How well a word of the account is met in the segments of a span. */
const metIn = (row: Float64Array, from: number, to: number): number => {
  let most = row[from]!;
  for (let segment = from + 1; segment <= to; segment += 1) if (row[segment]! > most) most = row[segment]!;
  return most;
};

export const compare = (card: Card, lead: LeadView): Comparison => {
  const { weights } = card;
  const words = Math.min(card.words.length, wordsAtMost);
  const fuzzy = fill(card, lead);
  const sharesWords = anyExplained(lead.words.length);
  const acronym = fillAcronyms(card, lead);
  spanSums.fill(0);
  let whole = 0;
  for (let place = 0; place < lead.words.length; place += 1) {
    const gained = explained[place]! * lead.weights[place]!;
    spanSums[lead.segmentOf[place]!]! += gained;
    whole += gained;
  }
  let span = 0;
  let [named, covered, fit, shared] = [0, 0, 0, 0];
  for (let n = 0; n < lead.spans.length; n += 1) {
    const { from, to, weight } = lead.spans[n]!;
    let theirs = 0;
    for (let at = 0; at < words; at += 1) theirs += metIn(met[at]!, from, to) * weights[at]!;
    if (theirs === 0) continue;
    let gained = 0;
    for (let segment = from; segment <= to; segment += 1) gained += spanSums[segment]!;
    const namedHere = theirs / card.weight;
    const coveredHere = gained / weight;
    const fitHere = (2 * namedHere * coveredHere) / (namedHere + coveredHere);
    if (fitHere > fit) [span, named, covered, fit, shared] = [n, namedHere, coveredHere, fitHere, theirs];
  }
  const { from, to } = lead.spans[span]!;
  let extra = 0;
  let kindsOfLead = 0;
  let bodiesExtra = 0;
  for (let place = 0; place < lead.words.length; place += 1) {
    const segment = lead.segmentOf[place]!;
    if (segment < from || segment > to) continue;
    extra = Math.max(extra, (1 - explained[place]!) * lead.weights[place]!);
    if (!lead.isKind[place]) continue;
    kindsOfLead += 1;
    if (explained[place] === 0 && bodyWords.has(lead.words[place]!)) bodiesExtra += 1;
  }
  let missing = 0;
  let kindsOfCard = 0;
  let kindsShared = 0;
  let bodiesMissing = 0;
  for (let at = 0; at < words; at += 1) {
    const most = metIn(met[at]!, from, to);
    missing = Math.max(missing, (1 - most) * weights[at]!);
    if (!kindWords.has(card.words[at]!)) continue;
    kindsOfCard += 1;
    if (most > 0) kindsShared += 1;
    else if (bodyWords.has(card.words[at]!)) bodiesMissing += 1;
  }
  const { domain, initials } = domainEvidence(card, lead);
  return {
    card,
    span,
    named,
    covered,
    fit,
    whole: lead.weight > 0 ? whole / lead.weight : 0,
    shared,
    fuzzy,
    translated: card.weight > 0 ? translatedWeight / card.weight : 0,
    missing,
    extra,
    ordered: named > 0.99 && inOrder(card, lead, from, to),
    otherKind: kindsOfCard > 0 && kindsOfLead > 0 && kindsShared === 0,
    bodiesMissing,
    bodiesExtra,
    acronym,
    lettersOnly: acronym > 0 && !sharesWords,
    domain,
    initials,
  };
};
