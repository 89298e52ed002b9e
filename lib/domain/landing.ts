// Where in a group of companies a lead lands: at the account that was found, the region it is in, or the top.
import type { Blocks } from './account-matching/blocks.ts';
import type { Card } from './account-matching/card.ts';
import type { Playbook } from './playbook/playbook.ts';

/** Groups of companies are not deeper than this. */
const deepest = 10;

const cardOf = (accountId: string, known: Blocks): Card | undefined => {
  const place = known.placeOf(accountId);
  return place === undefined ? undefined : known.card(place);
};

/** The account and those it is a part of, the top last; itself alone where they go round in circles. */
const chainOf = (accountId: string, known: Blocks): string[] => {
  const chain = [accountId];
  while (chain.length < deepest) {
    const parentId = cardOf(chain.at(-1)!, known)?.parentId;
    // Nobody lands where the CRM has told of nothing but children.
    if (!parentId || cardOf(parentId, known) === undefined) break;
    if (chain.includes(parentId)) return [accountId];
    chain.push(parentId);
  }
  return chain;
};

/** The region is the one below the top. What was merged into another is no level of its own: `isMerged` says so. */
export const landingOf = (
  accountId: string,
  lands: Playbook['matching']['lands'],
  known: Blocks,
  isMerged: (accountId: string) => boolean,
): string => {
  if (lands === 'site') return accountId;
  const chain = chainOf(accountId, known).filter((one) => one === accountId || !isMerged(one));
  return chain.at(lands === 'parent' ? -1 : Math.max(0, chain.length - 2))!;
};
