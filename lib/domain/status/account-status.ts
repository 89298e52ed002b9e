// An account's status from its leads, opportunities and contracts: computed, never typed in, except Disqualified and Partner.
import type { AccountStanding } from '../../../events/crm-change-captured.v1.ts';
import { dayOf } from '../days.ts';
import { anyTouch, type Facts, lastMomentOf } from '../facts/facts.ts';
import type { Register } from '../register.ts';
import { hasBegun, isActive, type Term } from './contracts.ts';
import { isOpen, type Opportunity } from './opportunities.ts';
import { type AccountVerdict, type Ground, ground, type LeadVerdict, type OwnStage, resting } from './verdict.ts';

export interface MemberStanding {
  leadId: string;
  name: string;
  facts: Facts;
  verdict: LeadVerdict;
  /** Since when it waits for an answer, and what it did: qualified, worked on, or by a high-value touch whatever its fit.
   * Absent once sales sent it back, or an opportunity has opened since. */
  engaged?: { at: string; why: string } | undefined;
}

/** Of what is known of an account, all that its status is decided by, as the playbook reads it. */
export interface AccountSituation {
  standing?: Register<AccountStanding | null> | undefined;
  members: readonly MemberStanding[];
  opportunities: readonly Opportunity[];
  /** The latest to end first. */
  terms: readonly Term[];
  /** What unknown visitors from its network did: they engage an account, and qualify nothing. */
  visitors?: readonly Facts[];
  /** The account's own stage, where the tenant has one for it. */
  stage?: (OwnStage & { is: string }) | undefined;
  /** ISO. */
  now: string;
}

/** What follows from the situation and is asked for by several rules. */
interface Asked extends AccountSituation {
  open: Opportunity[];
  active: Term[];
}

const standings = { disqualified: 'Disqualified', partner: 'Partner' } as const;

const termGround = ({ id, from, until }: Term): Ground => ground('contract', { id, at: from, until });
const dealGround = ({ id, stage, openedAt }: Opportunity): Ground =>
  ground('opportunity', { id, name: stage, at: openedAt });
const leadGround = ({ leadId, name, verdict }: MemberStanding, at?: string): Ground =>
  ground('lead', { id: leadId, name, at: at ?? verdict.qualifiedAt });

const openText = (open: readonly Opportunity[]): string => {
  const since = dayOf(open[0]!.openedAt);
  return open.length === 1 ? `an open opportunity, since ${since}` : `${open.length} open opportunities since ${since}`;
};
const termText = ({ until }: Term): string =>
  until === undefined ? 'An active contract' : `An active contract until ${dayOf(until)}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const bySetting = ({ standing }: Asked): AccountVerdict | undefined => {
  if (!standing?.value) return undefined;
  const status = standings[standing.value];
  const rests = [ground('set', { name: status, at: standing.at })];
  return { status, reason: `Set in the CRM on ${dayOf(standing.at)}.`, rests };
};

const byContract = ({ active, open, members }: Asked): AccountVerdict | undefined => {
  const [term] = active;
  if (term === undefined) return undefined;
  const contracts = active.map(termGround);
  if (open.length > 0) {
    const reason = `${termText(term)}, and ${openText(open)}.`;
    return { status: 'Customer Opportunity', reason, ...resting([...open.map(dealGround), ...contracts]) };
  }
  // Who is Qualified waits longest for somebody, so it is the first to be named.
  const engaged =
    members.find(({ verdict }) => verdict.status === 'Qualified') ??
    members.find(({ engaged }) => engaged !== undefined);
  if (engaged === undefined) return { status: 'Customer', reason: `${termText(term)}.`, ...resting(contracts) };
  const why = engaged.engaged?.why ?? engaged.verdict.reason;
  const rests = [leadGround(engaged, engaged.engaged?.at), ...contracts];
  return { status: 'Customer Engaged', reason: `A customer; ${engaged.name}: ${why}`, ...resting(rests) };
};

const byOpportunity = ({ open }: Asked): AccountVerdict | undefined =>
  open.length === 0
    ? undefined
    : { status: 'Opportunity Open', reason: `${capital(openText(open))}.`, ...resting(open.map(dealGround)) };

/** A lead sent back does not pull down one that is worked on, and work on who never qualified is none on the account (T4). */
const byLead =
  (status: 'Sales Working' | 'Qualified') =>
  ({ members }: Asked): AccountVerdict | undefined => {
    const such = members.filter(({ verdict }) => verdict.status === status && verdict.qualifiedAt !== undefined);
    const [first] = such;
    if (first === undefined) return undefined;
    const rests = such.map((member) => leadGround(member));
    return { status, reason: `${first.name}: ${first.verdict.reason}`, ...resting(rests) };
  };

const lastOf = (all: readonly Facts[]): string =>
  all
    .map((facts) => lastMomentOf(facts, anyTouch) ?? '')
    .sort()
    .at(-1) ?? '';

const lastTouchOf = ({ members, visitors = [] }: Asked): string =>
  lastOf([...members.map(({ facts }) => facts), ...visitors]);

/** All contracts are over, none is to come, nobody did anything since the last, and nobody waits for an answer (T7). */
const byEnd = (asked: Asked): AccountVerdict | undefined => {
  const { terms, members, now } = asked;
  const [last] = terms;
  if (last?.until === undefined || terms.some((term) => !hasBegun(term, now))) return undefined;
  if (lastTouchOf(asked) > last.until || members.some(({ engaged }) => engaged !== undefined)) return undefined;
  const reason = `The last contract ended on ${dayOf(last.until)}; nothing since.`;
  return { status: 'Churned', reason, ...resting([termGround(last)]) };
};

const byEngagement = (asked: Asked): AccountVerdict | undefined => {
  const { members } = asked;
  const last = lastTouchOf(asked);
  if (last === '') return undefined;
  const of = members.find(({ facts }) => lastMomentOf(facts, anyTouch) === last);
  if (members.every(({ facts }) => lastMomentOf(facts, anyTouch) === undefined)) {
    const reason = `Unknown visitors from its network, last on ${dayOf(last)}.`;
    return { status: 'Nurture', reason, ...resting([ground('visitors', { at: last })]) };
  }
  const reason = `Last engaged on ${dayOf(last)}; nobody qualifies now.`;
  return {
    status: 'Nurture',
    reason,
    ...resting([of === undefined ? ground('visitors', { at: last }) : leadGround(of, last)]),
  };
};

/** Who was once qualified, sold to or a customer is known, though nothing is left of what they did. */
const byPast = ({ members, opportunities, terms, now }: Asked): AccountVerdict | undefined => {
  const closed = opportunities.findLast(({ state }) => state !== 'open');
  const back = members.find(({ verdict }) => verdict.status === 'Nurture');
  if (back !== undefined) {
    const { decidedAt } = back.verdict;
    const reason = `${back.name}: ${back.verdict.reason}`;
    return { status: 'Nurture', reason, ...resting([leadGround(back, decidedAt)]) };
  }
  if (closed !== undefined) {
    const reason = `An opportunity was ${closed.state} on ${dayOf(closed.at)}; nothing new since.`;
    return { status: 'Nurture', reason, ...resting([ground('opportunity', { id: closed.id, at: closed.at })]) };
  }
  const over = terms.find(({ until }) => until !== undefined && until <= now);
  if (over === undefined) return undefined;
  const reason = `A contract ended on ${dayOf(over.until!)}, and another is to come.`;
  return { status: 'Nurture', reason, ...resting([termGround(over)]) };
};

const nothingYet = (): AccountVerdict => ({
  status: 'Pre-Qualified',
  reason: 'Nothing has been heard from anybody there.',
});

/** The order of decision: the first that has an answer. */
const inOrder = [
  bySetting,
  byContract,
  byOpportunity,
  byLead('Sales Working'),
  byLead('Qualified'),
  byEnd,
  byEngagement,
  byPast,
  nothingYet,
];

/** The stage of the tenant's own that says more exactly what a verdict means: the account's own, else that of the opportunity
 * opened last, else that of the lead, of those that it rests on. */
const stageOf = ({ status, rests = [] }: AccountVerdict, asked: Asked): OwnStage | undefined => {
  if (asked.stage?.is === status) return { name: asked.stage.name, label: asked.stage.label };
  const isOfOpen = status === 'Opportunity Open' || status === 'Customer Opportunity';
  // A customer's opportunity is in the same pipeline as anybody's.
  const deal = asked.open.findLast(({ own }) => own?.is === status || own?.is === 'Opportunity Open')?.own;
  if (isOfOpen) return deal && { name: deal.name, label: deal.label };
  const [first] = rests;
  const lead = asked.members.find(({ leadId }) => first?.kind === 'lead' && leadId === first.id)?.verdict;
  return lead?.status === status ? lead.stage : undefined;
};

/** The first rule that holds, in the order of the requirements (T3 to T8). */
export const accountStatusOf = (situation: AccountSituation): AccountVerdict => {
  const { opportunities, terms, now } = situation;
  const asked: Asked = {
    ...situation,
    open: opportunities.filter((opportunity) => isOpen(opportunity, terms, now)),
    active: terms.filter((term) => isActive(term, now)),
  };
  let verdict: AccountVerdict | undefined;
  for (const decide of inOrder) {
    verdict = decide(asked);
    if (verdict !== undefined) break;
  }
  const stage = stageOf(verdict!, asked);
  return { ...verdict!, ...(stage && { stage }) };
};
