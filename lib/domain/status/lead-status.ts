// A lead's status from facts with times: what qualified it, against what sales did last.

import { dayOf } from '../days.ts';
import type { OpportunityFacts } from '../deals.ts';
import { isEmpty } from '../facts/facts.ts';
import type { IdentityState } from '../lead.ts';
import type { Qualification } from '../scoring/qualification.ts';

export type LeadStatus =
  | 'Pre-Qualified'
  | 'Nurture'
  | 'Qualified'
  | 'Sales Working'
  | 'Opportunity Open'
  | 'Disqualified'
  | 'Partner'
  | 'No Longer With Company';

export interface LeadVerdict {
  status: LeadStatus;
  reason: string;
  /** When the touch happened that a seller has to answer; also set while it is being worked. */
  qualifiedAt?: string;
  /** The first thing sales did about it. */
  followedUpAt?: string;
  /** When sales decided what made the status, as far as it has said when. */
  decidedAt?: string;
}

const protectedStatus = {
  disqualified: 'Disqualified',
  partner: 'Partner',
  'no-longer-with-company': 'No Longer With Company',
} as const satisfies Record<string, LeadStatus>;

/** A renewal counts as open only once somebody works on it. */
export const isOpen = ({ state, renewal, worked }: OpportunityFacts): boolean =>
  state?.value === 'open' && (renewal?.value !== true || worked?.value === true);

/** The last time sales said the lead is not theirs now: sent back to nurture, or its opportunity won or lost. */
export const sentBackAt = (state: IdentityState, ownOpportunities: readonly OpportunityFacts[]): string => {
  const moments = ownOpportunities.filter(({ state }) => state && state.value !== 'open').map(({ state }) => state!.at);
  if (state.stage?.value === 'nurture') moments.push(state.stage.at);
  return moments.sort().at(-1) ?? '';
};

/** The last time sales did anything about the lead; empty for never. */
export const lastActiveAt = ({ stage, activities }: IdentityState): string => {
  const moments = activities.map(({ at }) => at);
  if (stage?.value === 'working') moments.push(stage.at);
  return moments.sort().at(-1) ?? '';
};

const followUpAfter = ({ stage, activities }: IdentityState, after: string): string | undefined => {
  const moments = activities.map(({ at }) => at).filter((at) => at >= after);
  if (stage?.value === 'working' && stage.at >= after) moments.push(stage.at);
  return moments.sort()[0];
};

/** Decides in this order: what a person set for good, an open opportunity, a qualification (followed up or not), any
 * engagement, nothing yet. `ownOpportunities` are those with the lead as primary contact. */
export const leadStatusOf = (
  state: IdentityState,
  ownOpportunities: readonly OpportunityFacts[],
  qualification: Qualification | undefined,
): LeadVerdict => {
  const stage = state.stage;
  if (stage !== undefined && stage.value in protectedStatus) {
    const status = protectedStatus[stage.value as keyof typeof protectedStatus];
    return { status, reason: `Set in the CRM on ${dayOf(stage.at)}.`, decidedAt: stage.at };
  }
  if (ownOpportunities.some(isOpen)) {
    return { status: 'Opportunity Open', reason: 'Primary contact of an open opportunity.' };
  }
  if (qualification !== undefined) {
    const followedUpAt = followUpAfter(state, qualification.at);
    return followedUpAt === undefined
      ? { status: 'Qualified', reason: qualification.why, qualifiedAt: qualification.at }
      : {
          status: 'Sales Working',
          reason: `Followed up on ${dayOf(followedUpAt)}. ${qualification.why}`,
          qualifiedAt: qualification.at,
          followedUpAt,
        };
  }
  const back = sentBackAt(state, ownOpportunities);
  if (back !== '')
    return {
      status: 'Nurture',
      reason: `Sent back by sales on ${dayOf(back)}; nothing new that qualifies.`,
      decidedAt: back,
    };
  if (!isEmpty(state.facts)) {
    return { status: 'Nurture', reason: 'Engaged, but not enough to qualify.' };
  }
  return { status: 'Pre-Qualified', reason: 'Known, but has done nothing yet.' };
};
