// Which words of an account and of a lead meet: the same, joined or parted, much alike, or short for several.
import type { Card } from './card.ts';
import { type LeadView, segmentsAtMost, wordsAtMost } from './lead-view.ts';
import { endOf, likenessOf } from './word-likeness.ts';

/** How well each word of the account is met in each segment, a row of segments to a word, and each word of the lead by the account. One
 * comparison at a time, so the two are kept. */
export const met = new Float64Array(wordsAtMost * segmentsAtMost);
export const explained = new Float64Array(wordsAtMost);

/** Where the lead writes two neighbours of the account as one word; -1 for nowhere. */
const placeOfBoth = (one: string, next: string, { words }: LeadView): number => {
  const length = one.length + next.length;
  for (let place = 0; place < words.length; place += 1) {
    const word = words[place]!;
    if (word.length === length && word.startsWith(one) && word.endsWith(next)) return place;
  }
  return -1;
};

/** Where the lead writes a word of the account as two neighbours: the place of the first; -1 for nowhere. */
const placeOfParts = (word: string, { words, segmentOf }: LeadView): number => {
  for (let place = words.length - 2; place >= 0; place -= 1) {
    const one = words[place]!;
    const next = words[place + 1]!;
    if (one.length + next.length !== word.length || segmentOf[place] !== segmentOf[place + 1]) continue;
    if (word.startsWith(one) && word.endsWith(next)) return place;
  }
  return -1;
};

const isSpeltSo = (spelt: string, places: readonly number[], lead: LeadView): boolean => {
  for (const place of places) if (lead.spelt[place] === spelt) return true;
  return false;
};

/** Fills both from words alone. `fuzzy`: the best likeness of two words that differ; `translated`: weight of the account's words met by
 * meaning only. */
export const meetWords = (card: Card, lead: LeadView): { fuzzy: number; translated: number } => {
  const words = Math.min(card.words.length, wordsAtMost);
  met.fill(0, 0, words * segmentsAtMost);
  explained.fill(0, 0, lead.words.length);
  let fuzzy = 0;
  const open: number[] = [];
  let translated = 0;
  for (let at = 0; at < words; at += 1) {
    const places = lead.places.get(card.words[at]!);
    if (places === undefined) open.push(at);
    else {
      for (const place of places) {
        met[at * segmentsAtMost + lead.segmentOf[place]!] = 1;
        explained[place] = 1;
      }
      if (!isSpeltSo(card.spelt[at]!, places, lead)) translated += card.weights[at]!;
    }
  }
  for (const at of open) {
    const word = card.words[at]!;
    const row = at * segmentsAtMost;
    const pair = placeOfParts(word, lead);
    if (pair !== -1) {
      met[row + lead.segmentOf[pair]!] = 1;
      explained[pair] = 1;
      explained[pair + 1] = 1;
      continue;
    }
    const whole = at + 1 < words ? placeOfBoth(word, card.words[at + 1]!, lead) : -1;
    if (whole !== -1) {
      met[row + lead.segmentOf[whole]!] = 1;
      met[row + segmentsAtMost + lead.segmentOf[whole]!] = 1;
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
      const here = row + lead.segmentOf[place]!;
      if (like > met[here]!) met[here] = like;
      if (like > explained[place]!) explained[place] = like;
      fuzzy = Math.max(fuzzy, like);
    }
  }
  return { fuzzy, translated };
};

/** `suny` of the lead is `State University of New York` of the account, or the other way round: those words count as met. */
export const meetAcronyms = (card: Card, lead: LeadView): number => {
  let found = 0;
  for (let place = 0; place < lead.words.length; place += 1) {
    const form = lead.spelt[place]!;
    if (explained[place]! > 0 || form.length < 3 || form.length > 7) continue;
    const at = card.initials.indexOf(form);
    if (at === -1) continue;
    found = Math.max(found, form.length / card.initials.length);
    explained[place] = 0.9;
    for (let n = at; n < at + form.length && n < wordsAtMost; n += 1)
      met[n * segmentsAtMost + lead.segmentOf[place]!] = 0.9;
  }
  for (let at = 0; at < Math.min(card.words.length, wordsAtMost); at += 1) {
    const form = card.spelt[at]!;
    if (form.length < 3 || form.length > 7 || lead.places.has(card.words[at]!)) continue;
    for (const span of lead.spans) {
      if (span.from !== span.to) continue;
      const start = span.initials.indexOf(form);
      if (start === -1) continue;
      const first = lead.segmentOf.indexOf(span.from);
      met[at * segmentsAtMost + span.from] = 0.9;
      for (let n = 0; n < form.length; n += 1)
        explained[first + start + n] = Math.max(0.9, explained[first + start + n]!);
      found = Math.max(found, form.length / span.initials.length);
    }
  }
  for (const form of lead.acronyms) if (form === card.initials || card.acronyms.includes(form)) found = 1;
  return found;
};
