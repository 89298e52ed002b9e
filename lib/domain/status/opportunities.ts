// An account's opportunities as the playbook reads them: whether each is open, whose it is, and whether it counts yet.
import type { OpportunityState } from '../../../events/crm-change-captured.v1.ts';
import type { ContactRole, OpportunityFacts } from '../deals.ts';
import { crmMappingOf } from '../playbook/crm-mapping.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { latest, type Register } from '../register.ts';
import { isUpForRenewal, type Term } from './contracts.ts';
import { hasMoved, opportunityStage } from './crm-stages.ts';
import type { OwnStage } from './verdict.ts';

export interface Opportunity {
  /** As we have it, as far as it is known. */
  id?: string | undefined;
  state: OpportunityState;
  /** Since when it is so. */
  at: string;
  /** The first it was heard to be open; of what was only ever heard to be closed, then. */
  openedAt: string;
  /** Made automatically to renew a contract. */
  renewal: boolean;
  /** Somebody works on it: it was said so, or its stage has moved, not merely to its end. */
  worked: boolean;
  /** The lead it is with. */
  primary?: string | undefined;
  /** Since when that lead is. */
  primarySince?: string | undefined;
  /** As the CRM calls where it stands, or as the tenant does. */
  stage?: string | undefined;
  own?: (OwnStage & { is: string }) | undefined;
}

/** Of a lead who is its primary contact. One that does not count is neither. */
export interface OwnOpportunity extends Opportunity {
  isOpen: boolean;
  isClosed: boolean;
}

/** Who may be meant by an opportunity's contacts. */
export interface Contact {
  leadId: string;
  email?: string | undefined;
  /** Ids of the CRM's persons they are. */
  records?: readonly string[] | undefined;
}

const earlier = <Value>(a: Register<Value> | undefined, b: Register<Value>): Register<Value> =>
  a === undefined || latest(a, b) === b ? (a ?? b) : b;

const roleOf = (
  { records = [] }: Contact,
  contacts: NonNullable<OpportunityFacts['contacts']>,
  wanted: ContactRole,
  pick: (a: Register<ContactRole> | undefined, b: Register<ContactRole>) => Register<ContactRole>,
): Register<ContactRole> | undefined => {
  let found: Register<ContactRole> | undefined;
  for (const id of records) {
    const role = Object.hasOwn(contacts, id) ? contacts[id] : undefined;
    if (role?.value === wanted) found = pick(found, role);
  }
  return found;
};

/** The one of most claim: the latest of registers, or the first, and of equals the first id. */
const first = (
  claims: readonly { leadId: string; register: Register<unknown> }[],
  isBefore: (a: string, b: string) => boolean,
) =>
  claims.reduce<{ leadId: string; register: Register<unknown> } | undefined>((best, claim) => {
    if (best === undefined || isBefore(claim.register.at, best.register.at)) return claim;
    if (claim.register.at === best.register.at && claim.leadId < best.leadId) return claim;
    return best;
  }, undefined);

/** Whom the CRM calls the primary contact, by mail or record, whichever it said last; where it names none, the first of its
 * other contacts who is here. An address of somebody who is not here is nobody here. */
const primaryOf = ({ primaryContactEmail: email, contacts = {} }: OpportunityFacts, people: readonly Contact[]) => {
  const later = (a: Register<ContactRole> | undefined, b: Register<ContactRole>) => latest(a, b)!;
  const claims = (wanted: ContactRole, pick: typeof later) =>
    people.flatMap((person) => {
      const register = roleOf(person, contacts, wanted, pick);
      return register === undefined ? [] : [{ leadId: person.leadId, register }];
    });
  const byMail = email && people.find((person) => person.email === email.value);
  const named = first(
    [...claims('primary', later), ...(byMail ? [{ leadId: byMail.leadId, register: email }] : [])],
    (a, b) => a > b,
  );
  if (named !== undefined || email !== undefined) return named;
  if (Object.values(contacts).some(({ value }) => value === 'primary')) return undefined;
  return first(claims('other', earlier), (a, b) => a < b);
};

/** The first it was said to be open: in our words, or by one of its first two stages that is neither won nor lost. */
const openedAtOf = (facts: OpportunityFacts, playbook: Playbook): string | undefined => {
  const { openedAt, firstCrmStage, movedTo } = facts;
  const open = [firstCrmStage, movedTo].find((crmStage) => {
    if (crmStage === undefined) return false;
    return (opportunityStage({ crmStage }, playbook).register?.value ?? 'open') === 'open';
  });
  return open !== undefined && (openedAt === undefined || open.at < openedAt) ? open.at : openedAt;
};

const isRenewal = ({ renewal, crmType }: OpportunityFacts, playbook: Playbook): boolean =>
  renewal?.value === true ||
  (crmType !== undefined && crmMappingOf(playbook, crmType.source).renewals.includes(crmType.value));

const opportunityOf = (
  facts: OpportunityFacts & { id?: string },
  people: readonly Contact[],
  playbook: Playbook,
): Opportunity[] => {
  const { id, crmStage, worked, deleted } = facts;
  const { register, own } = opportunityStage(facts, playbook);
  // Of what nobody ever said how it stands only the name is known; in a stage nobody knows it is there, and so it is open.
  const said = register ?? crmStage;
  if (said === undefined || deleted?.value === true) return [];
  const state = register?.value ?? 'open';
  const primary = primaryOf(facts, people);
  return [
    {
      id,
      state,
      at: said.at,
      openedAt: openedAtOf(facts, playbook) ?? said.at,
      renewal: isRenewal(facts, playbook),
      worked: worked?.value === true || hasMoved(facts, playbook),
      primary: primary?.leadId,
      primarySince: primary?.register.at,
      stage: own?.label ?? crmStage?.value,
      own,
    },
  ];
};

const inOrder = (a: Opportunity, b: Opportunity): number => {
  const [keyA, keyB] = [a, b].map((one) => `${one.openedAt} ${one.id ?? ''} ${JSON.stringify(one)}`) as [
    string,
    string,
  ];
  return keyA < keyB ? -1 : 1;
};

/** In the order in which they were opened. */
export const opportunitiesOf = (
  all: readonly (OpportunityFacts & { id?: string })[],
  people: readonly Contact[],
  playbook: Playbook,
): Opportunity[] => all.flatMap((facts) => opportunityOf(facts, people, playbook)).sort(inOrder);

/** A renewal made automatically counts only once it is worked, or its contract nears its end (T6). */
export const counts = ({ renewal, worked }: Opportunity, terms: readonly Term[], now: string): boolean =>
  !renewal || worked || terms.some((term) => isUpForRenewal(term, now));

/** It was won or lost, and until then it counted: what nobody ever worked on ends without anybody's doing. */
export const isClosed = (opportunity: Opportunity, terms: readonly Term[]): boolean =>
  opportunity.state !== 'open' && counts(opportunity, terms, opportunity.at);

export const isOpen = (opportunity: Opportunity, terms: readonly Term[], now: string): boolean =>
  opportunity.state === 'open' && counts(opportunity, terms, now);
