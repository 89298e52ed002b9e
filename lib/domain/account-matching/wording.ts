// Why an account was chosen by its name, and why another was not, in a sentence.
import type { LeadView } from './lead-view.ts';
import type { Standing } from './standing.ts';

const percent = (part: number): string => `${Math.round(part * 100)} %`;

const lackingWord = ({ one: { card } }: Standing, view: LeadView): string | undefined => {
  let found: number | undefined;
  for (let at = 0; at < card.words.length; at += 1) {
    if (view.places.has(card.words[at]!) || (found !== undefined && card.weights[at]! <= card.weights[found]!))
      continue;
    found = at;
  }
  return found === undefined ? undefined : card.spelt[found];
};

/** For the account that was chosen. */
export const nameEvidence = (standing: Standing, view: LeadView): string => {
  const { one, sameWords, sameCountry, namedCountry } = standing;
  const parts = [
    sameWords
      ? `"${one.card.name}" has the same words`
      : `"${one.card.name}" has ${percent(one.covered)} of the name, and the name ${percent(one.named)} of it`,
  ];
  if (one.fuzzy > 0) parts.push('some spelt otherwise');
  if (one.acronym > 0) parts.push('one side shortened');
  if (one.domain > 0.5 || one.initials > 0.5) parts.push(`its domain ${one.card.domains[0]?.domain} says so too`);
  if (sameCountry) parts.push(`both are of ${view.country}`);
  else if (namedCountry) parts.push(`the text names its country ${one.card.country}`);
  if (standing.parentFit > 0.5) parts.push('its parent is named too');
  return `${parts.join('; ')}.`;
};

/** For one that was not: the strongest reason. */
export const rejection = (standing: Standing, view: LeadView, winner: Standing | undefined): string => {
  const { one } = standing;
  const { card } = one;
  if (standing.otherCountry) return `of ${card.country}, not ${view.country}`;
  if (standing.otherNamedCountry && card.country)
    return `of ${card.country}; the text names ${view.namedCountries.join(', ')}`;
  if (winner && winner.one.card.parentId === card.id) return 'parent of the one chosen';
  if (winner && winner.one.card.id === card.parentId) return 'part of the one chosen';
  if (one.otherKind) return 'another kind of organisation';
  if (standing.namesakes > 1) return `one of ${standing.namesakes} accounts of this name`;
  const lacking = one.missing > 0.2 ? lackingWord(standing, view) : undefined;
  if (lacking !== undefined) return `its name has "${lacking}", the lead's has not`;
  if (one.covered < 0.7) return `has only ${percent(one.covered)} of the lead's name`;
  return winner ? 'less like than the one chosen' : 'not sure enough';
};
