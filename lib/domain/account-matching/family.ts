// Who belongs to whom: accounts and their parents, as far up as these are known.
import type { Blocks } from './blocks.ts';
import type { Card } from './card.ts';

/** Nobody's companies are ten levels deep; a circle of parents ends here. */
const levelsAtMost = 10;

/** Ids of an account and those above it, itself first. */
const lineOf = (card: Card, blocks: Blocks): string[] => {
  const line: string[] = [];
  for (let at: Card | undefined = card; at !== undefined && line.length < levelsAtMost; ) {
    line.push(at.id);
    if (at.parentId === '') break;
    const place = blocks.placeOf(at.parentId);
    const parent: Card | undefined = place === undefined ? undefined : blocks.card(place);
    if (parent === undefined) line.push(at.parentId);
    at = parent;
  }
  return line;
};

export const areRelated = (one: Card, other: Card): boolean => one.parentId === other.id || other.parentId === one.id;

/** Whether anybody is above both, or one of them above the other. */
export const areOfOneFamily = (one: Card, other: Card, blocks: Blocks): boolean => {
  const line = new Set(lineOf(one, blocks));
  return lineOf(other, blocks).some((id) => line.has(id));
};

/** The one of them all others belong to, directly or not. */
export const commonParent = (cards: readonly Card[], blocks: Blocks): Card | undefined => {
  const lines = cards.map((card) => new Set(lineOf(card, blocks)));
  return cards.find(({ id }) => lines.every((line) => line.has(id)));
};
