// What speaks for and against one account being the company a lead typed: numbers from 0 to 1, each with a name.
import { bodyWords, kindWords } from '../names/word-meaning.ts';
import type { Card } from './card.ts';
import { domainEvidence } from './domain-evidence.ts';
import { type LeadView, segmentsAtMost, wordsAtMost } from './lead-view.ts';
import { explained, meetAcronyms, meetWords, met } from './meet-words.ts';

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
const metIn = (word: number, from: number, to: number): number => {
  const row = word * segmentsAtMost;
  let most = met[row + from]!;
  for (let at = row + from + 1; at <= row + to; at += 1) if (met[at]! > most) most = met[at]!;
  return most;
};

export const compare = (card: Card, lead: LeadView): Comparison => {
  const { weights } = card;
  const words = Math.min(card.words.length, wordsAtMost);
  const { fuzzy, translated } = meetWords(card, lead);
  const sharesWords = anyExplained(lead.words.length);
  // Before first letters count: what the name itself has explained, its own domain only says again.
  const { domain, initials } = domainEvidence(card, lead);
  const acronym = meetAcronyms(card, lead);
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
    for (let at = 0; at < words; at += 1) theirs += metIn(at, from, to) * weights[at]!;
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
    const most = metIn(at, from, to);
    missing = Math.max(missing, (1 - most) * weights[at]!);
    if (!kindWords.has(card.words[at]!)) continue;
    kindsOfCard += 1;
    if (most > 0) kindsShared += 1;
    else if (bodyWords.has(card.words[at]!)) bodiesMissing += 1;
  }
  return {
    card,
    span,
    named,
    covered,
    fit,
    whole: lead.weight > 0 ? whole / lead.weight : 0,
    shared,
    fuzzy,
    translated: card.weight > 0 ? translated / card.weight : 0,
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
