// What speaks for and against a candidate, each piece with its name and its number; what each weighs is in weights.json.
import type { Standing } from './standing.ts';

export const evidence = {
  any: () => 1,
  named: ({ one }) => one.named,
  covered: ({ one }) => one.covered,
  fit: ({ one }) => one.fit,
  fit2: ({ one }) => one.fit * one.fit,
  fit4: ({ one }) => one.fit * one.fit * one.fit * one.fit,
  allNamed: ({ allNamed }) => allNamed,
  allCovered: ({ allCovered }) => allCovered,
  sameWords: ({ sameWords }) => sameWords,
  sameOrder: ({ one }) => (one.ordered ? 1 : 0),
  sameText: ({ sameText }) => sameText,
  sameForm: ({ sameForm }) => sameForm,
  otherForm: ({ otherForm }) => otherForm,
  whole: ({ one }) => one.whole,
  shared: ({ one }) => Math.min(1, one.shared),
  sharedMuch: ({ one }) => Math.min(1, one.shared / 3),
  fuzzy: ({ one }) => (one.fuzzy > 0 ? 1 : 0),
  translated: ({ one }) => one.translated,
  translatedAll: ({ one, sameWords }) => one.translated * sameWords,
  missing: ({ one }) => one.missing,
  extra: ({ one }) => one.extra,
  otherKind: ({ one }) => (one.otherKind ? 1 : 0),
  sameCountry: ({ sameCountry }) => sameCountry,
  otherCountry: ({ otherCountry }) => otherCountry,
  namedCountry: ({ namedCountry }) => namedCountry,
  otherNamedCountry: ({ otherNamedCountry }) => otherNamedCountry,
  acronym: ({ one }) => one.acronym,
  acronymAndCountry: ({ one, sameCountry }) => one.acronym * sameCountry,
  domain: ({ one }) => one.domain,
  domainAndFit: ({ one }) => one.domain * one.fit,
  initials: ({ one }) => one.initials,
  initialsAndFit: ({ one }) => one.initials * one.fit,
  initialsAndCountry: ({ one, sameCountry }) => one.initials * sameCountry,
  firstPart: ({ firstPart }) => firstPart,
  lastPart: ({ lastPart }) => lastPart,
  partOfOne: ({ partOfOne }) => partOfOne,
  onePart: ({ parts }) => 1 - parts,
  behind: ({ behind }) => behind,
  rivals: ({ rivals }) => Math.log(rivals),
  namesakes: ({ namesakes }) => Math.log(namesakes),
  parentFit: ({ parentFit }) => parentFit,
  parentAsLike: ({ parentAsLike }) => parentAsLike,
  childAsLike: ({ childAsLike }) => childAsLike,
  fitAndCountry: ({ one, sameCountry, namedCountry }) => one.fit * Math.max(sameCountry, namedCountry),
  fitWithoutCountry: ({ one, countryAsked }) => one.fit * (1 - countryAsked),
  allNamedInParts: ({ allNamed, parts }) => allNamed * parts,
  allNamedAndCountry: ({ allNamed, sameCountry, namedCountry }) => allNamed * Math.max(sameCountry, namedCountry),
  sameWordsAndCountry: ({ sameWords, sameCountry }) => sameWords * sameCountry,
  oneWord: ({ one }) => (one.card.words.length === 1 ? 1 : 0),
  best: ({ best }) => best,
  ahead: ({ ahead }) => ahead,
} satisfies Record<string, (standing: Standing) => number>;

export type EvidenceName = keyof typeof evidence;
export const evidenceNames = Object.keys(evidence) as EvidenceName[];
const measures: ((standing: Standing) => number)[] = Object.values(evidence);

/** All of it, in the order of `evidenceNames`. */
export const measured = (standing: Standing): number[] => measures.map((measure) => measure(standing));
