// How a candidate stands: its likeness, its country, and who else is nearly as like. Who belongs to whom counts here.
import type { Blocks } from './blocks.ts';
import type { Card } from './card.ts';
import type { Comparison } from './compare.ts';
import type { LeadView } from './lead-view.ts';

/** Yes and no as 1 and 0, so that weights apply. */
export interface Standing {
  one: Comparison;
  /** Account's country against the one of the form, and against those the text names. */
  sameCountry: number;
  otherCountry: number;
  namedCountry: number;
  otherNamedCountry: number;
  countryAsked: number;
  /** The whole name is in the lead's; all of the lead's part is in the name; both. */
  allNamed: number;
  allCovered: number;
  sameWords: number;
  /** Letter for letter the same, stop words too; the same legal form, another one. */
  sameText: number;
  sameForm: number;
  otherForm: number;
  parts: number;
  firstPart: number;
  lastPart: number;
  partOfOne: number;
  /** How far the best other candidate is ahead in likeness, at most a half either way. */
  behind: number;
  /** Candidates as like, itself included; accounts of exactly this name. */
  rivals: number;
  namesakes: number;
  parentFit: number;
  parentAsLike: number;
  childAsLike: number;
  best: number;
  ahead: number;
}

const exact = 0.99;
/** Closer than this two names are as like as each other. */
const asLike = 0.03;

/** Only names the lead itself may be looked up by are counted: another account of such a name will have the lead matched again. */
const namesakesOf = ({ wholeKey }: Card, lead: LeadView, blocks: Blocks): number =>
  lead.wholeKeys.has(wholeKey) ? Math.max(1, blocks.accountsOf(wholeKey)?.count ?? 1) : 1;

const asNumber = (yes: boolean): number => (yes ? 1 : 0);

export const standingsOf = (comparisons: readonly Comparison[], lead: LeadView, blocks: Blocks): Standing[] => {
  let first = 0;
  let second = 0;
  for (const { fit } of comparisons) {
    if (fit > first) {
      second = first;
      first = fit;
    } else if (fit > second) second = fit;
  }
  const lastSegment = lead.segmentOf.at(-1) ?? 0;
  const parts = asNumber(lead.spans.length > 1);
  return comparisons.map((one) => {
    const { card, fit } = one;
    const { country } = card;
    const span = lead.spans[one.span]!;
    let rivals = 0;
    let childFit = 0;
    let parentFit = 0;
    for (const other of comparisons) {
      if (other.fit >= fit - asLike) rivals += 1;
      if (other.card.parentId === card.id && other.fit > childFit) childFit = other.fit;
      if (other.card.id === card.parentId) parentFit = other.fit;
    }
    const allNamed = asNumber(one.named > exact);
    const allCovered = asNumber(one.covered > exact);
    const isBest = asNumber(fit === first);
    const asked = lead.country !== undefined;
    const named = asNumber(lead.namedCountries.includes(country));
    return {
      one,
      sameCountry: asNumber(asked && lead.country === country),
      otherCountry: asNumber(asked && country !== '' && lead.country !== country),
      namedCountry: named,
      otherNamedCountry: lead.namedCountries.length > 0 ? 1 - named : 0,
      countryAsked: asNumber(asked),
      allNamed,
      allCovered,
      sameWords: allNamed * allCovered,
      sameText: asNumber(span.from === span.to && lead.segments[span.from]!.whole === card.whole),
      sameForm: asNumber(card.form !== '' && lead.form === card.form),
      otherForm: asNumber(card.form !== '' && lead.form !== '' && lead.form !== card.form),
      parts,
      firstPart: parts * asNumber(span.from === 0),
      lastPart: parts * asNumber(span.to === lastSegment),
      partOfOne: asNumber(span.part),
      behind: Math.max(-0.5, Math.min(0.5, (fit === first ? second : first) - fit)),
      rivals,
      namesakes: allNamed * allCovered === 1 ? namesakesOf(card, lead, blocks) : 1,
      parentFit,
      parentAsLike: asNumber(parentFit > 0 && parentFit >= fit),
      childAsLike: asNumber(childFit > 0 && childFit >= fit),
      best: isBest,
      ahead: isBest * Math.min(0.5, fit - second),
    };
  });
};
