// What a choice among candidates rests on: each candidate's likeness, the countries, and who else is nearly as like.

import { wholeKey } from './block-keys.ts';
import type { Blocks } from './blocks.ts';
import type { Comparison } from './compare.ts';
import type { LeadView } from './lead-view.ts';

/** In the order of the weights. */
export const evidenceNames = [
  'any',
  'named',
  'covered',
  'fit',
  'fit²',
  'fit⁴',
  'all named',
  'all covered',
  'same words',
  'same order',
  'whole',
  'shared',
  'shared²',
  'fuzzy',
  'missing',
  'extra',
  'other kind',
  'same country',
  'other country',
  'named country',
  'other named country',
  'acronym',
  'acronym and country',
  'domain',
  'domain initials',
  'initials and country',
  'first part',
  'last part',
  'department',
  'one part',
  'nearest rival',
  'rivals',
  'same name',
  'parent named',
  'child as like',
  'parent as like',
  'fit and country',
  'all named, more parts',
  'all named and country',
  'short name',
  'domain and fit',
  'best',
  'best and ahead',
  'none country',
  'same words and country',
  'initial domain fit',
] as const;
export const evidenceSize = evidenceNames.length;

const countryEvidence = (
  { card }: Comparison,
  lead: LeadView,
): [same: number, other: number, named: number, otherNamed: number] => {
  const { country } = card;
  const same = lead.country !== undefined && lead.country === country ? 1 : 0;
  const other =
    lead.country !== undefined && country !== undefined && country !== '' && lead.country !== country ? 1 : 0;
  const named = lead.namedCountries.includes(country ?? '') ? 1 : 0;
  return [same, other, named, lead.namedCountries.length > 0 && named === 0 ? 1 : 0];
};

/** One row of numbers a candidate, in the order of `evidenceNames`. */
export const evidenceOf = (comparisons: readonly Comparison[], lead: LeadView, blocks: Blocks): Float64Array[] => {
  const byId = new Map<string, Comparison>();
  let first = 0;
  let second = 0;
  for (const one of comparisons) {
    byId.set(one.card.id, one);
    if (one.fit > first) {
      second = first;
      first = one.fit;
    } else if (one.fit > second) second = one.fit;
  }
  const childFit = new Map<string, number>();
  for (const { card, fit } of comparisons) {
    if (card.parentId) childFit.set(card.parentId, Math.max(childFit.get(card.parentId) ?? 0, fit));
  }
  return comparisons.map((one) => {
    const { card, named, covered, fit } = one;
    const [same, other, inText, otherInText] = countryEvidence(one, lead);
    const span = lead.spans[one.span]!;
    const parts = lead.spans.length === 1 ? 0 : 1;
    const lastSegment = lead.segmentOf.at(-1) ?? 0;
    const rival = one.fit === first ? second : first;
    let rivals = 0;
    for (const { fit: theirs } of comparisons) if (theirs >= fit - 0.03) rivals += 1;
    const sameName = named > 0.99 && covered > 0.99 ? (blocks.accountsOf(wholeKey(card.words))?.count ?? 1) : 1;
    const parent = card.parentId ? byId.get(card.parentId) : undefined;
    const exact = named > 0.99 && covered > 0.99 ? 1 : 0;
    const country = same || inText;
    return Float64Array.of(
      1,
      named,
      covered,
      fit,
      fit ** 2,
      fit ** 4,
      named > 0.99 ? 1 : 0,
      covered > 0.99 ? 1 : 0,
      exact,
      one.ordered ? 1 : 0,
      one.whole,
      Math.min(3, one.shared) / 3,
      Math.min(1, one.shared),
      one.fuzzy > 0 ? 1 : 0,
      one.missing,
      one.extra,
      one.otherKind ? 1 : 0,
      same,
      other,
      inText,
      otherInText,
      one.acronym,
      one.acronym * same,
      one.domain,
      one.initials,
      one.initials * same,
      parts && span.from === 0 ? 1 : 0,
      parts && span.to === lastSegment ? 1 : 0,
      span.part ? 1 : 0,
      1 - parts,
      Math.max(-0.5, Math.min(0.5, rival - fit)),
      Math.log(rivals),
      Math.log(sameName),
      parent ? parent.fit : 0,
      (childFit.get(card.id) ?? 0) >= fit ? 1 : 0,
      parent && parent.fit >= fit ? 1 : 0,
      fit * country,
      named > 0.99 ? parts : 0,
      named > 0.99 ? country : 0,
      card.words.length === 1 ? 1 : 0,
      one.domain * fit,
      fit === first ? 1 : 0,
      fit === first ? Math.min(0.5, fit - second) : 0,
      lead.country === undefined ? fit : 0,
      exact * same,
      one.initials * fit,
    );
  });
};
