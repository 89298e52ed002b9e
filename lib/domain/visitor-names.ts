// The names of one visitor: a browser's, a sign-in's, a previous one's. Which of them nobody identified belong to somebody all the
// same, because they were seen together with a name that was.
//
// Decided anew from the whole set of what was seen together, in the order of its times, so that order, repeats, chains and cycles
// of the news make no difference. Joining two names is refused where it would join two people: each identified as somebody else,
// or two sign-ins that merely used one browser. So whoever used a shared browser first keeps it.
import { type Decided, decidedHolder, isSeparated } from './identity-decisions.ts';
import { type Holder, holderByMail, holderOf, type Links } from './links.ts';
import { isGone, type RecordFate } from './record-fate.ts';

/** The names a name was seen together with, by id, and when first. */
export type Aliases = Record<string, string>;

export interface VisitorName extends Decided {
  links: Links;
  aliases?: Aliases | undefined;
  /** A user id, not a browser's: two of them are two people until a call says that one is the other. */
  signedIn?: true | undefined;
}

/** Whose a name nobody identified is. Their address is for their own item to know: whoever links to them tells it. */
export interface Heir {
  leadId: string;
}

/** A link to whom it was separated from is worth nothing. */
export const linksThatHold = (identity: Decided & { links: Links }): Links =>
  Object.fromEntries(Object.entries(identity.links).filter(([leadId]) => !isSeparated(identity, leadId)));

/** Whoever an identity turned out to be by what was decided and by what people said of themselves, not by its aliases nor by mails
 * opened: a decision is worth more than a link. */
export const ownHolder = (
  kind: 'visitor' | 'crm',
  identity: Decided & { links: Links; fate?: RecordFate | undefined },
): Heir | undefined => {
  if (isGone(identity.fate)) return undefined;
  const leadId = decidedHolder(identity) ?? holderOf(kind, linksThatHold(identity));
  return leadId === undefined ? undefined : { leadId };
};

/** Whoever an identity turned out to be, by any of them. A mail opened in a browser has the last word, since it may have been
 * forwarded; and it says nothing of the browser's other names, for whoever has those may be the one it was forwarded to. */
export const holderIn = (
  identity: Decided & {
    kind: 'email' | 'visitor' | 'crm';
    links: Links;
    heir?: Heir | undefined;
    fate?: RecordFate | undefined;
  },
): Holder | undefined => {
  if (identity.kind === 'email') return undefined;
  const holder = ownHolder(identity.kind, identity) ?? identity.heir;
  if (holder !== undefined) return holder;
  const leadId = holderByMail(linksThatHold(identity));
  return leadId === undefined ? undefined : { leadId, byMail: true };
};

/** People clear cookies and change devices, fifty times at most; beyond it is a kiosk, or a defect that gives everyone one name. */
export const mostAliases = 50;
/** As many unidentified names together are no one visitor: none of them is anybody's. */
export const mostTogether = 50;

/** With another name seen; beyond `mostAliases` the earliest stay, ties by id, whatever order they came in. */
export const aliased = (aliases: Aliases, other: string, at: string): Aliases => {
  const known = aliases[other];
  if (known !== undefined && known <= at) return aliases;
  const entries = Object.entries({ ...aliases, [other]: at });
  if (entries.length > mostAliases) entries.sort(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x < y ? -1 : 1));
  return Object.fromEntries(entries.slice(0, mostAliases).sort(([a], [b]) => (a < b ? -1 : 1)));
};

export interface Refusal {
  names: [string, string];
  reason: 'different people' | 'different sign-ins' | 'too many names';
}

interface Pair {
  names: [string, string];
  at: string;
}

/** What both names know of; of what only one has kept the other had too many. In the order of time, ties by ids. */
const pairsOf = (names: ReadonlyMap<string, VisitorName>): Pair[] => {
  const pairs: Pair[] = [];
  for (const [a, { aliases = {} }] of names) {
    for (const [b, at] of Object.entries(aliases)) {
      const back = names.get(b)?.aliases?.[a];
      if (a < b && back !== undefined) pairs.push({ names: [a, b], at: at > back ? at : back });
    }
  }
  const rank = ({ at, names }: Pair): string => `${at} ${names.join(' ')}`;
  return pairs.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
};

/** Who stands in one group with whom: each group answers by one object, the same for all its names. */
const grouping = <Group extends { names: string[] }>(create: (name: string) => Group) => {
  const groups = new Map<string, Group>();
  const of = (name: string): Group => {
    const group = groups.get(name) ?? create(name);
    groups.set(name, group);
    return group;
  };
  const join = (into: Group, from: Group): void => {
    into.names.push(...from.names);
    for (const name of from.names) groups.set(name, into);
  };
  return { of, join };
};

/** Of names given with all they were seen together with, those nobody identified whose they are, and what was refused. Of a group
 * given in part the answer may be wrong; where a name is identified, the group ends. */
export const heirsOf = (names: ReadonlyMap<string, VisitorName>): { heirs: Map<string, Heir>; refusals: Refusal[] } => {
  const own = new Map<string, Heir>();
  for (const [id, name] of names) {
    const holder = ownHolder('visitor', name);
    if (holder !== undefined) own.set(id, holder);
  }
  const pairs = pairsOf(names);
  const together = grouping((name) => ({ names: [name] }));
  for (const { names: pair } of pairs) {
    const [a, b] = [together.of(pair[0]), together.of(pair[1])];
    if (a !== b && !pair.some((name) => own.has(name))) together.join(a, b);
  }
  const joined = grouping((name) => ({
    names: [name],
    heir: own.get(name),
    signedIn: names.get(name)?.signedIn === true,
  }));
  type Group = ReturnType<typeof joined.of>;
  const reasonAgainst = (pair: Pair['names'], a: Group, b: Group): Refusal['reason'] | undefined => {
    if (pair.some((name) => together.of(name).names.length > mostTogether)) return 'too many names';
    if (a.heir !== undefined && b.heir !== undefined) return 'different people';
    // Two sign-ins are one person where that is said outright, not where they were merely seen on one browser.
    const isSaid = pair.every((name) => names.get(name)?.signedIn);
    return a.signedIn && b.signedIn && !isSaid ? 'different sign-ins' : undefined;
  };
  const refusals: Refusal[] = [];
  for (const { names: pair } of pairs) {
    const [a, b] = [joined.of(pair[0]), joined.of(pair[1])];
    const known = pair.find((name) => own.has(name));
    const isSame = a.heir !== undefined && a.heir.leadId === b.heir?.leadId;
    if (a === b || (isSame && known !== undefined)) continue;
    const reason = isSame ? undefined : reasonAgainst(pair, a, b);
    if (reason !== undefined) {
      refusals.push({ names: pair, reason });
    } else if (known === undefined) {
      a.heir ??= b.heir;
      a.signedIn ||= b.signedIn;
      joined.join(a, b);
    } else {
      // An identified name joins nobody to anybody: it only says whose the others are.
      const [from, to] = pair[0] === known ? [a, b] : [b, a];
      to.heir = from.heir;
      to.signedIn ||= from.signedIn;
    }
  }
  const heirs = new Map<string, Heir>();
  for (const [id, name] of names) {
    const { heir } = joined.of(id);
    if (heir !== undefined && !own.has(id) && !isSeparated(name, heir.leadId)) heirs.set(id, heir);
  }
  return { heirs, refusals };
};
