// When a mail leads to one account and the company's name is clearly another's: the answer stands, and somebody should look.
import type { Doubt } from './answer.ts';
import type { Blocks } from './blocks.ts';
import type { Card } from './card.ts';
import { compare } from './compare.ts';
import { areOfOneFamily } from './family.ts';
import type { LeadView } from './lead-view.ts';
import { hasUnseenTwin, type Ranked, rivalOf } from './ranking.ts';

/** Names that have half of their weight in common, or of which one is short for the other, contradict nothing. */
const half = 0.5;
export const isUnlike = (card: Card, view: LeadView): boolean => {
  if (view.words.length === 0) return false;
  const { fit, acronym, domain, initials } = compare(card, view);
  return fit < half && acronym === 0 && domain <= half && initials <= half;
};

/** Names are ranked only where they are unlike. */
export const doubtOf = (
  card: Card,
  view: LeadView,
  ranking: () => readonly Ranked[],
  least: number,
  blocks: Blocks,
): Doubt | undefined => {
  if (view.words.length === 0 || !isUnlike(card, view)) return undefined;
  const ranked = ranking();
  const [first] = ranked;
  if (first === undefined || first.score < least) return undefined;
  const other = first.standing.one.card;
  if (rivalOf(ranked) !== undefined || hasUnseenTwin(ranked, view, blocks)) return undefined;
  if (areOfOneFamily(card, other, blocks)) return undefined;
  const why = `The domain is that of "${card.name}", but the company's name is that of "${other.name}".`;
  return { accountId: other.id, name: other.name, score: first.score, why };
};
