// What a domain says of the account behind it: whose it is, or whose subsidiaries use it.
import { registrableDomain } from '../mail-domains.ts';
import type { Blocks } from './blocks.ts';
import { type Card, earlier } from './card.ts';
import { isUnlike } from './doubt.ts';
import { commonParent } from './family.ts';
import type { LeadView } from './lead-view.ts';
import type { SharedDomain } from './policy.ts';
import { rank, rivalOf } from './ranking.ts';

export interface DomainAnswer {
  card: Card;
  evidence: string;
  /** All who have the domain, where several have; with why they are not the one. */
  holders?: readonly Holder[];
}
export interface Holder {
  card: Card;
  score: number;
  rejected: string;
}
/** Nobody has the domain; or several have, and nothing tells which it is. */
export type NoDomainAnswer = { why: string; undecided?: readonly Holder[] };

const cardsUnder = (key: string, blocks: Blocks): Card[] =>
  (blocks.accountsOf(key)?.accounts ?? []).map((account) => blocks.card(account)).filter((card) => card !== undefined);

/** How likely it must be that the name means this holder of the domain and none of the others. */
const saidClearly = 0.5;

/** The one of several that the name says, the only one in the lead's country, the one above all, the first to name the domain: in
 * this order. */
const decide = (
  cards: readonly Card[],
  domain: string,
  view: LeadView,
  blocks: Blocks,
): { scores: Map<string, number>; card: Card; decidedBy: 'name' | 'country' | 'parent' | 'since' | 'id' } => {
  const ranked = view.words.length === 0 ? [] : rank(cards, view, blocks);
  const scores = new Map(ranked.map(({ standing, score }) => [standing.one.card.id, score]));
  const [said] = ranked;
  if (said !== undefined && said.score > saidClearly && rivalOf(ranked) === undefined)
    return { scores, card: said.standing.one.card, decidedBy: 'name' };
  const there = view.country === undefined ? [] : cards.filter(({ country }) => country === view.country);
  if (there.length === 1) return { scores, card: there[0]!, decidedBy: 'country' };
  const top = commonParent(cards, blocks);
  if (top !== undefined) return { scores, card: top, decidedBy: 'parent' };
  const named = (card: Card) => card.domains.find((one) => one.domain === domain) ?? { domain };
  const [first, second] = cards.toSorted((a, b) => earlier(named(a), named(b)) || (a.id < b.id ? -1 : 1));
  const isDated = named(first!).since !== undefined && named(first!).since !== named(second!).since;
  return { scores, card: first!, decidedBy: isDated ? 'since' : 'id' };
};

const said = {
  name: { chosen: 'the name says this one', rejected: 'the name says another with the same domain' },
  country: { chosen: 'this is the only one in their country', rejected: 'is not in their country' },
  parent: { chosen: 'this is the parent', rejected: 'part of the one chosen' },
  since: { chosen: 'the first to name it', rejected: 'named the domain later' },
  id: { chosen: 'the one with the smallest id, as none is known to have named it first', rejected: 'has a greater id' },
} as const;

/** Mail at `jacob.cea.fr` looks for `jacob.cea.fr`, then for `cea.fr`. */
export const findByDomain = (
  domain: string,
  what: 'mail' | 'network',
  { view, blocks, sharedDomain }: { view: () => LeadView; blocks: Blocks; sharedDomain: SharedDomain },
): DomainAnswer | NoDomainAnswer => {
  for (const known of new Set([domain, registrableDomain(domain)])) {
    const posting = blocks.accountsOf(`.${known}`);
    if (posting !== undefined && posting.count > 0 && posting.accounts.length === 0)
      return { why: `More than ${posting.count - 1} accounts have the domain ${known}.` };
    const cards = cardsUnder(`.${known}`, blocks);
    const [only] = cards;
    if (only === undefined) continue;
    const evidence = `The ${what} is of ${known}, the account's domain`;
    if (cards.length === 1) return { card: only, evidence: `${evidence}.` };
    const { scores, card, decidedBy } = decide(cards, known, view(), blocks);
    const holdersWith = (rejected: string): Holder[] =>
      cards
        .map((one) => ({ card: one, score: scores.get(one.id) ?? 0, rejected: one === card ? '' : rejected }))
        .sort((a, b) => b.score - a.score || (a.card.id < b.card.id ? -1 : 1));
    if (sharedDomain === 'review' && (decidedBy === 'since' || decidedBy === 'id')) {
      const why = `${cards.length} accounts have the domain ${known}; neither the name, the country nor a parent says which it is.`;
      return { why, undecided: holdersWith('').map((holder) => ({ ...holder, rejected: 'has the domain too' })) };
    }
    const { chosen, rejected } = said[decidedBy];
    return {
      card,
      evidence: `${evidence}; of ${cards.length} accounts with it ${chosen}.`,
      holders: holdersWith(rejected),
    };
  }
  return { why: `Nobody has the domain ${domain}.` };
};

/** Accounts whose sites are below the mail's domain (`lilpa.unistra.fr` for mail at `unistra.fr`): their common parent. Without a
 * parent, one that the lead names; else somebody has to look, as mail of a university is seldom that of one laboratory. */
export const findSubsidiary = (domain: string, view: () => LeadView, blocks: Blocks): DomainAnswer | NoDomainAnswer => {
  const top = registrableDomain(domain);
  const siteOf = (card: Card) => card.domains.find((one) => one.domain.endsWith(`.${top}`))?.domain;
  // A list may still have an account whose page there is one that anybody can have.
  const cards = cardsUnder(`^${top}`, blocks).filter((card) => siteOf(card) !== undefined);
  const [first] = cards;
  if (first === undefined) return { why: `No account has a site under ${top}.` };
  const parents = new Set(cards.map(({ id, parentId }) => parentId || id));
  if (parents.size > 1) return { why: `Accounts with sites under ${top} have no parent in common.` };
  const place = blocks.placeOf([...parents][0]!);
  const card = place === undefined ? undefined : blocks.card(place);
  if (card === undefined) return { why: `The parent of the accounts with sites under ${top} is not known.` };
  if (card === first && cards.length === 1 && (view().words.length === 0 || isUnlike(card, view()))) {
    const why = `"${card.name}" has a site under ${top}, and nothing says that the lead is of this part of it.`;
    return { why, undecided: [{ card, score: 0, rejected: 'a part of whoever has the domain' }] };
  }
  return {
    card,
    evidence: `The mail is of ${top}, under which ${siteOf(first)} of the account or its subsidiary lies.`,
  };
};
