// Accounts by how likely each is the company a lead typed, and whether the first of them is sure enough to be the answer.
import type { Blocks } from './blocks.ts';
import type { Card } from './card.ts';
import { compare } from './compare.ts';
import { areRelated } from './family.ts';
import type { LeadView } from './lead-view.ts';
import { likelihoods } from './likelihood.ts';
import { shortlist } from './shortlist.ts';
import { type Standing, standingsOf } from './standing.ts';

export interface Ranked {
  standing: Standing;
  score: number;
}

export const rank = (cards: readonly Card[], view: LeadView, blocks: Blocks): Ranked[] => {
  const standings = standingsOf(
    cards.map((card) => compare(card, view)),
    view,
    blocks,
  );
  const scores = likelihoods(standings);
  const ranked = standings.map((standing, at) => ({ standing, score: scores[at]! }));
  // Ties by id: the order accounts were read in must not decide.
  return ranked.sort((a, b) => b.score - a.score || (a.standing.one.card.id < b.standing.one.card.id ? -1 : 1));
};

export const rankByName = (view: LeadView, blocks: Blocks): Ranked[] =>
  view.words.length === 0 ? [] : rank(shortlist(view, blocks), view, blocks);

/** An answer must be so much likelier than the next that is not its parent or child: 1.1 to 1. */
const margin = 1.1;

/** The next likely that leaves the first unsure. */
export const rivalOf = ([first, ...others]: readonly Ranked[]): Ranked | undefined => {
  if (first === undefined) return undefined;
  const next = others.find(({ standing }) => !areRelated(standing.one.card, first.standing.one.card));
  return next !== undefined && first.score < next.score * margin ? next : undefined;
};

/** Whether an account of the very same words was left out of the comparison, for there being too many: then nobody knows. */
export const hasUnseenTwin = (ranked: readonly Ranked[], view: LeadView, blocks: Blocks): boolean => {
  const card = ranked[0]?.standing.one.card;
  if (card === undefined || !view.wholeKeys.has(card.wholeKey)) return false;
  const posting = blocks.accountsOf(card.wholeKey);
  if (posting === undefined || posting.count < 2) return false;
  if (posting.accounts.length === 0) return true;
  const seen = new Set(ranked.map(({ standing }) => standing.one.card.id));
  return posting.accounts
    .map((account) => blocks.card(account))
    .some((other) => other !== undefined && !seen.has(other.id) && other.country === card.country);
};
