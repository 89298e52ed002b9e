// A lead's status from facts with times: what qualified it, against what sales did last.
import { dayOf } from '../days.ts';
import { isEmpty } from '../facts/facts.ts';
import type { IdentityState } from '../lead.ts';
import type { Register } from '../register.ts';
import type { Qualification } from '../scoring/qualification.ts';
import type { OwnOpportunity } from './opportunities.ts';
import type { LeadStatus } from './statuses.ts';
import { type Ground, ground, type LeadVerdict, type OwnStage } from './verdict.ts';

const protectedStatus = {
  disqualified: 'Disqualified',
  partner: 'Partner',
  'no-longer-with-company': 'No Longer With Company',
} as const satisfies Record<string, LeadStatus>;

/** Statuses that somebody set, and that nothing at the account changes (T8). */
export const isProtected = (status: string): boolean => Object.values<string>(protectedStatus).includes(status);

/** Of what is known of a lead, all that its status is decided by. Stages and standing are as the playbook reads them. */
export interface LeadSituation {
  state: IdentityState;
  /** Opportunities it is the primary contact of. */
  own: readonly OwnOpportunity[];
  qualification: Qualification | undefined;
  /** What somebody set of its account, which holds for everybody there. */
  accountStanding?: Register<'disqualified' | 'partner'> | undefined;
  /** The stage of the tenant's own it is in. */
  stage?: (OwnStage & { is: string }) | undefined;
}

/** The last time sales said the lead is not theirs now: sent back to nurture, or its opportunity won or lost. */
export const sentBackAt = (state: IdentityState, own: readonly OwnOpportunity[]): string => {
  const moments = own.filter(({ isClosed }) => isClosed).map(({ at }) => at);
  if (state.stage?.value === 'nurture') moments.push(state.stage.at);
  return moments.sort().at(-1) ?? '';
};

/** The last time sales did anything about the lead; empty for never. */
export const lastActiveAt = ({ stage, activities }: IdentityState): string => {
  const moments = activities.map(({ at }) => at);
  if (stage?.value === 'working') moments.push(stage.at);
  return moments.sort().at(-1) ?? '';
};

/** The first thing sales did from that moment on. */
const followUpAfter = ({ stage, activities }: IdentityState, after: string): (Ground & { at: string }) | undefined => {
  const done = activities.map(({ kind, at }) => ({ kind: 'activity' as const, name: kind, at }));
  const set = stage?.value === 'working' ? [{ kind: 'set' as const, name: 'working', at: stage.at }] : [];
  return [...done, ...set].filter(({ at }) => at >= after).sort((a, b) => (a.at < b.at ? -1 : 1))[0];
};

/** What somebody set for good, of the lead or of its whole account. The lead's own comes first. */
const setForGood = ({ state: { stage }, accountStanding }: LeadSituation): LeadVerdict | undefined => {
  if (stage !== undefined && stage.value in protectedStatus) {
    const status = protectedStatus[stage.value as keyof typeof protectedStatus];
    const rests = [ground('set', { name: status, at: stage.at })];
    return { status, reason: `Set in the CRM on ${dayOf(stage.at)}.`, rests, decidedAt: stage.at };
  }
  if (accountStanding === undefined) return undefined;
  const status = protectedStatus[accountStanding.value];
  const reason = `The account was set to ${status} in the CRM on ${dayOf(accountStanding.at)}.`;
  const rests = [ground('set', { name: `${status} account`, at: accountStanding.at })];
  return { status, reason, rests, decidedAt: accountStanding.at };
};

const byOpportunity = ({ own }: LeadSituation): LeadVerdict | undefined => {
  const open = own.find(({ isOpen }) => isOpen);
  if (open === undefined) return undefined;
  const { id, stage: name, openedAt, primarySince = '' } = open;
  const since = openedAt > primarySince ? openedAt : primarySince;
  return {
    status: 'Opportunity Open',
    reason: `Primary contact of an opportunity that has been open since ${dayOf(openedAt)}.`,
    rests: [ground('opportunity', { id, name, at: openedAt })],
    decidedAt: since,
  };
};

const byQualification = ({ state, qualification }: LeadSituation): LeadVerdict | undefined => {
  if (qualification === undefined) return undefined;
  const { at: qualifiedAt, why } = qualification;
  const touch = ground('touch', { at: qualifiedAt });
  const followUp = followUpAfter(state, qualifiedAt);
  if (followUp === undefined) return { status: 'Qualified', reason: why, rests: [touch], qualifiedAt };
  return {
    status: 'Sales Working',
    reason: `Followed up on ${dayOf(followUp.at)}. ${why}`,
    rests: [followUp, touch],
    qualifiedAt,
    followedUpAt: followUp.at,
  };
};

const byHavingBeenSentBack = ({ state, own }: LeadSituation): LeadVerdict | undefined => {
  const back = sentBackAt(state, own);
  if (back === '') return undefined;
  const closed = own.find(({ isClosed, at }) => isClosed && at === back);
  const [how, rests] =
    closed === undefined
      ? ['Sent back by sales', ground('set', { name: 'nurture', at: back })]
      : [`Its opportunity was ${closed.state}`, ground('opportunity', { id: closed.id, name: closed.state, at: back })];
  const reason = `${how} on ${dayOf(back)}; nothing new that qualifies.`;
  return { status: 'Nurture', reason, rests: [rests], decidedAt: back };
};

const otherwise = ({ state }: LeadSituation): LeadVerdict =>
  isEmpty(state.facts)
    ? { status: 'Pre-Qualified', reason: 'Known, but has done nothing yet.' }
    : { status: 'Nurture', reason: 'Engaged, but not enough to qualify.' };

const inOrder = [setForGood, byOpportunity, byQualification, byHavingBeenSentBack, otherwise];

/** Decides in this order: what a person set for good, an open opportunity, a qualification (followed up or not), having been
 * sent back, any engagement, nothing yet. */
export const leadStatusOf = (situation: LeadSituation): LeadVerdict => {
  let verdict: LeadVerdict | undefined;
  for (const decide of inOrder) {
    verdict = decide(situation);
    if (verdict !== undefined) break;
  }
  const { stage } = situation;
  if (stage?.is !== verdict!.status) return verdict!;
  return { ...verdict!, stage: { name: stage.name, label: stage.label } };
};
