// What a domain says of the account behind it: whose it is, or whose subsidiaries use it.
import { registrableDomain } from '../mail-domains.ts';
import type { Blocks, Card } from './blocks.ts';
import type { Standing } from './standing.ts';

export interface DomainFinding {
  card: Card;
  evidence: string;
}

const cardsUnder = (key: string, blocks: Blocks): Card[] =>
  (blocks.accountsOf(key)?.accounts ?? []).map((account) => blocks.card(account));

/** The one all others belong to, directly or not. */
const commonParent = (cards: readonly Card[], blocks: Blocks): Card | undefined => {
  const isUnder = (card: Card, top: Card): boolean => {
    // Nobody's companies are ten levels deep; a circle of parents ends here.
    for (let level = 0, at: Card | undefined = card; at !== undefined && level < 10; level += 1) {
      if (at.id === top.id) return true;
      const place: number | undefined = at.parentId ? blocks.placeOf(at.parentId) : undefined;
      at = place === undefined ? undefined : blocks.card(place);
    }
    return false;
  };
  return cards.find((top) => cards.every((card) => isUnder(card, top)));
};

/** Mail at `jacob.cea.fr` looks for `jacob.cea.fr`, then for `cea.fr`. Several accounts with the domain: the one the name says, or
 * the parent of all; otherwise none. */
export const findByDomain = (
  domain: string,
  what: 'mail' | 'network',
  blocks: Blocks,
  byName: readonly { standing: Standing; score: number }[],
): DomainFinding | undefined => {
  for (const known of new Set([domain, registrableDomain(domain)])) {
    const cards = cardsUnder(`.${known}`, blocks);
    if (cards.length === 0) continue;
    const evidence = `The ${what} is of ${known}, the account's domain`;
    if (cards.length === 1) return { card: cards[0]!, evidence: `${evidence}.` };
    const said = byName[0];
    if (said !== undefined && said.score > 0.5 && cards.some(({ id }) => id === said.standing.one.card.id))
      return {
        card: said.standing.one.card,
        evidence: `${evidence}; of ${cards.length} accounts with it the name says this one.`,
      };
    const top = commonParent(cards, blocks);
    return top && { card: top, evidence: `${evidence}; of ${cards.length} accounts with it this is the parent.` };
  }
  return undefined;
};

/** Accounts whose sites are below the mail's domain (`lilpa.unistra.fr` for mail at `unistra.fr`): their common parent. */
export const findSubsidiary = (domain: string, blocks: Blocks): DomainFinding | undefined => {
  const top = registrableDomain(domain);
  const cards = cardsUnder(`^${top}`, blocks);
  const parents = new Set(cards.map(({ id, parentId }) => parentId || id));
  if (parents.size !== 1) return undefined;
  const [parentId] = parents;
  const place = blocks.placeOf(parentId!);
  if (place === undefined) return undefined;
  const card = blocks.card(place);
  return {
    card,
    evidence: `The mail is of ${top}, under which ${cards[0]!.domain} of the account or its subsidiary lies.`,
  };
};
