// From what a journal says to accounts with their people, as folding leaves them in the table: state is a fresh fold of the trail.
import type { TouchCaptured } from '../../../events/touch-captured.v1.ts';
import { type AccountFacts, claimantOf, claimIn, type DomainClaims } from '../account.ts';
import type { AccountGroup, Member } from '../assessment.ts';
import { dayOf } from '../days.ts';
import { type Facts, factsOfDay, factsOfDays } from '../facts/facts.ts';
import { holderOf, type IdentityState, isKnown, unionOfStates } from '../lead.ts';
import { claimableDomains, type EmailKind, mailDomainOf } from '../mail-domains.ts';
import { type Match, matchLead } from '../matching.ts';
import type { Playbook } from '../playbook/playbook.ts';
import type { Heard, HeardIdentity } from './heard.ts';
import { unionOfLines } from './union-of-lines.ts';

/** A person's identities: the own one, where a line was about them by name, and those that turned out to be them. */
interface Person<Touch> {
  leadId: string;
  email: string;
  own: HeardIdentity<Touch> | undefined;
  held: [id: string, HeardIdentity<Touch>][];
}

export interface JournalMember extends Member {
  match: Match;
  /** The ids of all their identities, the lead's own first. */
  identities: string[];
}

export interface JournalAccount extends AccountGroup {
  accountId: string;
  members: JournalMember[];
}

/** Answers touches by what they were heard with. */
export type ReadTouches<Touch> = (touches: readonly Touch[]) => TouchCaptured[];

const personsIn = <Touch>({ identities }: Heard<Touch>): Map<string, Person<Touch>> => {
  const persons = new Map<string, Person<Touch>>();
  const personOf = (leadId: string, email: string): Person<Touch> => {
    const person = persons.get(leadId) ?? { leadId, email, own: identities.get(leadId), held: [] };
    persons.set(leadId, person);
    return person;
  };
  for (const [id, identity] of identities) {
    if (identity.kind === 'email') {
      personOf(id, identity.email!);
      continue;
    }
    const holder = holderOf(identity.kind, identity.links);
    if (holder !== undefined) personOf(holder, identity.links[holder]!.email).held.push([id, identity]);
  }
  // In the order of ids, as the table keeps a lead's parts.
  for (const { held } of persons.values()) held.sort(([a], [b]) => (a < b ? -1 : 1));
  return persons;
};

/** Who holds each domain, of those any account names. */
export const domainClaimsIn = (accounts: Iterable<[string, { facts?: AccountFacts }]>): Map<string, DomainClaims> => {
  const claims = new Map<string, DomainClaims>();
  for (const [accountId, { facts }] of accounts) {
    if (facts?.namedSince === undefined) continue;
    for (const domain of claimableDomains(Object.keys(facts.namedSince))) {
      claims.set(domain, { ...claims.get(domain), [accountId]: claimIn(facts, domain) });
    }
  }
  return claims;
};

/** What touches count for. Of several deliveries of one the first received counts, whatever day the others bear: a form that is
 * sent again after midnight is one. (The table looks for a first delivery on the days next to it alone.) */
export const factsOfTouches = (touches: readonly TouchCaptured[], playbook: Playbook): Facts => {
  const byDay = Map.groupBy(unionOfLines([], touches), ({ occurredAt }) => dayOf(occurredAt));
  return factsOfDays([...byDay.values()].map((day) => factsOfDay(day, playbook)));
};

type Mail = { kind: EmailKind; domain?: string };
interface Placed<Touch> {
  person: Person<Touch>;
  mail: Mail;
  match: Match;
}

/** Which account each person belongs to. Facts have no say in that, so that they need not be counted yet. */
const placed = <Touch>(heard: Heard<Touch>): Map<string, Placed<Touch>[]> => {
  const claims = domainClaimsIn(heard.accounts);
  const byAccount = new Map<string, Placed<Touch>[]>([...heard.accounts.keys()].map((id) => [id, []]));
  for (const person of personsIn(heard).values()) {
    const { leadId, email, own, held } = person;
    const state = unionOfStates([own, ...held.map(([, identity]) => identity)].flatMap((one) => one?.state ?? []));
    const mail = mailDomainOf(email);
    const claim = mail.domain === undefined ? undefined : claims.get(mail.domain);
    const match = matchLead({ leadId, state, mail, claimant: claim && claimantOf(claim) });
    const there = byAccount.get(match.accountId);
    if (there === undefined) byAccount.set(match.accountId, [{ person, mail, match }]);
    else there.push({ person, mail, match });
  }
  return byAccount;
};

/** In the order of their ids, in code units. */
const inOrder = <Value>(entries: Iterable<[string, Value]>): [string, Value][] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : 1));

/** Every account with its people, each once, in the order of account and lead ids. Facts are counted account by account, so that
 * nobody else's are held meanwhile. */
export function* accountsIn<Touch>(
  heard: Heard<Touch>,
  playbook: Playbook,
  read: ReadTouches<Touch>,
): Generator<JournalAccount> {
  const withFacts = ({ state, touches }: HeardIdentity<Touch>): IdentityState =>
    touches.length === 0 ? state : { ...state, facts: factsOfTouches(read(touches), playbook) };
  const membersOf = ({ person, mail, match }: Placed<Touch>): JournalMember[] => {
    const { leadId, email, own, held } = person;
    const heldStates = held.map(([, identity]) => withFacts(identity));
    const state = unionOfStates([...(own === undefined ? [] : [withFacts(own)]), ...heldStates]);
    if (!isKnown(state, heldStates)) return [];
    const identities = [leadId, ...held.map(([id]) => id)];
    return [{ leadId, email, emailKind: mail.kind, mailDomain: mail.domain, match, identities, state }];
  };
  for (const [accountId, people] of inOrder(placed(heard))) {
    const account = heard.accounts.get(accountId);
    const members = people.flatMap(membersOf).sort((a, b) => (a.leadId < b.leadId ? -1 : 1));
    if (account === undefined && members.length === 0) continue;
    yield {
      accountId,
      account: account?.facts,
      members,
      opportunities: inOrder(account?.opportunities ?? []).map(([, facts]) => facts),
      contracts: inOrder(account?.contracts ?? []).map(([, facts]) => facts),
    };
  }
}
