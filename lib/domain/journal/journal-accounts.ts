// From what a journal says to accounts with their people, as folding leaves them in the table: state is a fresh fold of the trail.
import type { TouchCaptured } from '../../../events/touch-captured.v1.ts';
import type { AccountFacts } from '../account.ts';
import { fateIn, isLive, standsFor } from '../account-fate.ts';
import type { AccountGroup, Member } from '../assessment.ts';
import { dayOf } from '../days.ts';
import type { ContractFacts, OpportunityFacts } from '../deals.ts';
import { claimantOf } from '../domain-claims.ts';
import { factsOfDay } from '../facts/count-day.ts';
import { type Facts, factsOfDays } from '../facts/facts.ts';
import { type HeldState, heldAs, personHeld, stateTogether, wholeState } from '../held-states.ts';
import { isRecord } from '../ids.ts';
import { emptyState, type IdentityState } from '../lead.ts';
import { type EmailKind, mailDomainOf } from '../mail-domains.ts';
import { questionOf } from '../match-question.ts';
import { type Match, matchLead, matchVisitor } from '../matching.ts';
import { knownNetwork, networkHeard, type OwnerLookup } from '../networks.ts';
import type { Playbook } from '../playbook/playbook.ts';
import type { Heard, HeardIdentity } from './heard.ts';
import { domainClaimsIn, knownAccountsIn } from './known-in-journal.ts';
import { holdersIn, identitiesOf, type Person, personsIn } from './persons.ts';
import { distinctLines } from './union-of-lines.ts';

export interface JournalMember extends Member {
  match: Match;
  /** The ids of all their identities, the lead's own first. */
  identities: string[];
}

export interface JournalAccount extends AccountGroup {
  accountId: string;
  members: JournalMember[];
}

/** An account as it is known before any facts are counted. */
export interface JournalPlace {
  accountId: string;
  account?: AccountFacts | undefined;
  people: { leadId: string; email?: string | undefined; mailDomain?: string | undefined }[];
}
/** Which accounts somebody wants to see. */
export type Wanted = (place: JournalPlace) => boolean;

/** Answers touches by what they were heard with. */
export type ReadTouches<Touch> = (touches: readonly Touch[]) => TouchCaptured[];

const heardOf = <Touch>({ own, held, merged }: Person<Touch>): HeardIdentity<Touch>[] => [
  ...[own, ...held.map(({ identity }) => identity)].flatMap((one) => one ?? []),
  ...merged.flatMap((person) => heardOf(person)),
];

/** What distinct touches count for, day by day. */
const factsOfTouches = (touches: readonly TouchCaptured[], playbook: Playbook): Facts => {
  const byDay = Map.groupBy(distinctLines(touches), ({ occurredAt }) => dayOf(occurredAt));
  return factsOfDays([...byDay.values()].map((day) => factsOfDay(day, playbook)));
};

type Mail = { kind: EmailKind; domain?: string };
interface Placed<Touch> {
  match: Match;
  person: Person<Touch>;
  mail?: Mail | undefined;
  /** A visitor nobody knows, or whoever is but an id in the link of a mail. */
  anonymous?: true;
}

const isHeldByMail = <Touch>({ held, merged }: Person<Touch>): boolean =>
  held.some(({ byMail }) => byMail) || merged.some(isHeldByMail);

/** Which account each person belongs to. Facts have no say in that, so that they need not be counted yet, but in who is
 * a lead (`isLead`); of visitors nobody knows `networkOf` answers whose network they came from. */
const placed = <Touch>(
  heard: Heard<Touch>,
  playbook: Playbook,
  isLead: (person: Person<Touch>) => boolean,
  networkOf: (identities: readonly HeardIdentity<Touch>[]) => IdentityState['network'],
): Map<string, Placed<Touch>[]> => {
  const claims = domainClaimsIn(heard.accounts);
  const known = knownAccountsIn(heard);
  const holders = holdersIn(heard);
  const claimantOfDomain = (domain: string | undefined): string | undefined => {
    const claim = domain === undefined ? undefined : claims.get(domain);
    const claimant = claim && claimantOf(claim);
    return claimant && standsFor(claimant, (id) => known.fateOf(id, 'found'));
  };
  const byAccount = new Map<string, Placed<Touch>[]>([...heard.accounts.keys()].map((id) => [id, []]));
  const place = (one: Placed<Touch>): void => {
    const there = byAccount.get(one.match.accountId);
    if (there === undefined) byAccount.set(one.match.accountId, [one]);
    else there.push(one);
  };
  const placeAnonymous = (person: Person<Touch>): void => {
    const domain = knownNetwork(networkOf(heardOf(person)), playbook);
    if (domain === undefined) return;
    place({ person, anonymous: true, match: matchVisitor(domain, claimantOfDomain(domain)) });
  };
  for (const person of personsIn(heard, holders).values()) {
    if (!isLead(person)) {
      placeAnonymous(person);
      continue;
    }
    const { email } = person;
    const identities = heardOf(person);
    const heardState = stateTogether(identities.map((identity) => heldAs(identity.state, identity.fate)));
    const state = { ...heardState, network: networkOf(identities) };
    const mail = email === undefined ? undefined : mailDomainOf(email);
    const { match } = matchLead(questionOf(person, state, playbook), playbook, known);
    place({ person, mail, match });
  }
  for (const [leadId, own] of heard.identities) {
    if (own.kind === 'visitor' && !holders.has(leadId)) placeAnonymous({ leadId, own, held: [], merged: [] });
  }
  return byAccount;
};

const aboutPlaced = <Touch>({ person, mail, anonymous }: Placed<Touch>): JournalPlace['people'][number] => {
  const { leadId, email } = person;
  return anonymous ? { leadId } : { leadId, email, mailDomain: mail?.domain };
};

/** In the order of their ids, in code units. */
const inOrder = <Value>(entries: Iterable<[string, Value]>): [string, Value][] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : 1));

/** The CRM's records among a person's identities; undefined where there are none. */
const recordsOf = (identities: readonly string[]): string[] | undefined => {
  const records = identities.filter(isRecord).sort();
  return records.length === 0 ? undefined : records;
};

type Deals = Pick<AccountGroup, 'opportunities' | 'contracts'>;
const noDeals: Deals = { opportunities: [], contracts: [] };

interface Known {
  opportunities: (OpportunityFacts & { id: string })[];
  contracts: (ContractFacts & { id: string })[];
}

/** Each with the account that stands for the one it is with; in the order of their ids. */
const dealsByAccount = <Touch>({ accounts, deals }: Heard<Touch>): Map<string, Deals> => {
  const byAccount = new Map<string, Known>();
  for (const [id, deal] of inOrder(deals)) {
    const named = deal.facts.account?.value;
    const accountId = named && standsFor(named, (other) => fateIn(accounts.get(other) ?? {}));
    if (!accountId) continue;
    const own = byAccount.get(accountId) ?? { opportunities: [], contracts: [] };
    if (deal.is === 'opportunity') own.opportunities.push({ ...deal.facts, id });
    else own.contracts.push({ ...deal.facts, id });
    byAccount.set(accountId, own);
  }
  return byAccount;
};

/** Every account with its people, each once, in the order of account and lead ids. Facts are counted account by account, so that
 * nobody else's are held meanwhile. `owners` of networks, where the playbook names some. */
export function* accountsIn<Touch>(
  heard: Heard<Touch>,
  playbook: Playbook,
  read: ReadTouches<Touch>,
  wanted: Wanted = () => true,
  owners?: OwnerLookup,
): Generator<JournalAccount> {
  const networkIn = (touches: readonly TouchCaptured[]) => networkHeard(undefined, touches, playbook, owners);
  const withFacts = ({ state, touches }: HeardIdentity<Touch>): IdentityState => {
    if (touches.length === 0) return state;
    const all = read(touches);
    return { ...state, network: networkIn(all), facts: factsOfTouches(all, playbook) };
  };
  /** Of somebody nobody knows undefined. */
  const stateOf = ({ own, held, merged }: Person<Touch>): HeldState | undefined =>
    personHeld(own === undefined ? emptyState : withFacts(own), [
      ...held.map(({ identity, byMail }) => ({
        ...heldAs(withFacts(identity), identity.fate),
        ...(byMail && { byMail }),
      })),
      ...merged.flatMap((person) => stateOf(person) ?? []),
    ]);
  // Facts are counted early only of those whom they decide: there is nothing else but mails opened.
  const isLead = (person: Person<Touch>): boolean =>
    person.held.some(({ byMail }) => !byMail) || !isHeldByMail(person) || !stateOf(person)?.byMail;
  const hasNetworks = Object.keys(playbook.networks).length > 0;
  const networkOf = (identities: readonly HeardIdentity<Touch>[]): IdentityState['network'] =>
    hasNetworks ? networkIn(identities.flatMap(({ touches }) => read(touches))) : undefined;
  const membersOf = (one: Placed<Touch>): JournalMember[] => {
    const { match, person, mail, anonymous } = one;
    const { leadId, email } = person;
    const held = stateOf(person);
    if (held === undefined) return [];
    const state = wholeState(held);
    const identities = identitiesOf(person);
    if (anonymous) return [{ leadId, anonymous, match, identities, state }];
    const ofMail = { email, emailKind: mail?.kind, mailDomain: mail?.domain };
    return [{ leadId, ...ofMail, match, identities, records: recordsOf(identities), state }];
  };
  const deals = dealsByAccount(heard);
  const places = placed(heard, playbook, isLead, networkOf);
  for (const accountId of deals.keys()) if (!places.has(accountId)) places.set(accountId, []);
  for (const [accountId, people] of inOrder(places)) {
    const told = heard.accounts.get(accountId);
    const account = told && isLive(told) ? told : undefined;
    const own = deals.get(accountId) ?? noDeals;
    if (!wanted({ accountId, account, people: people.map(aboutPlaced) })) continue;
    const members = people.flatMap(membersOf).sort((a, b) => (a.leadId < b.leadId ? -1 : 1));
    if (account === undefined && members.length + own.opportunities.length + own.contracts.length === 0) continue;
    yield {
      accountId,
      account,
      members,
      ...own,
    };
  }
}
