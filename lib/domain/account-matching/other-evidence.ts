// What a likeness of names needs beside it, however likely it makes an account. Few accounts stand for few companies: most leads' companies
// are nobody's, and share a word with somebody.
import type { Standing } from './standing.ts';

/** What two rare words weigh: a name that has as much seldom comes twice in the world. People do work abroad for one company. */
const longName = 2;

/** From here on a word tells one company from another: `Systems` weighs 0.3, `Media` 0.44, a rare word 1. */
const telling = { account: 0.3, lead: 0.4 };
const veryTelling = 0.5;
/** Of the lead's name, what an account of several words must at least have: `University of Manchester` has two thirds of Manchester
 * Metropolitan University. */
const mostOfIt = 0.72;

/** Whether the lead's name is a longer one than the account's, and so perhaps that of somebody else who has the word too. */
const isLonger = ({ one }: Standing): boolean => {
  if (one.domain > 0.5) return false;
  return one.card.words.length === 1 ? one.extra >= telling.lead : one.extra >= veryTelling && one.covered < mostOfIt;
};

/** First letters, words in another order and words of another language are those of many, and so is one word of two: each needs
 * something beside it that says the same. To first letters a country adds too little. */
export const lacksOtherEvidence = (standing: Standing): string | undefined => {
  const { one, sameWords, sameCountry, otherCountry, namedCountry, parentFit } = standing;
  // The hospital of a university, the museum of a bank: nearly its name, and an organisation of its own.
  if (one.bodiesExtra > 0 && standing.parts === 0) return 'is another kind of organisation than one the lead names';
  if (one.missing >= telling.account && one.extra >= telling.lead) return 'has a word of its own, and so has the lead';
  if (isLonger(standing)) return 'has a word in common with the lead, who names more';
  const isInDomain = one.domain > 0.5 || one.initials > 0.5;
  if (one.lettersOnly && !isInDomain) return 'has nothing in common but first letters';
  if (otherCountry && !namedCountry && one.shared < longName)
    return `is of ${one.card.country}, and names so short come twice in the world`;
  if (sameCountry || namedCountry || parentFit > 0.5 || isInDomain) return undefined;
  if (sameWords && !one.ordered) return 'has the words in another order, and nothing else says that it is the one';
  return one.translated > 0.5 ? 'is of another language, and nothing else says that it is the one' : undefined;
};
