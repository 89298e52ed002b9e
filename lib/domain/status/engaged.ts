// Who of a customer's people waits for an answer: what makes the account Customer Engaged.
import { dayOf } from '../days.ts';
import { highValueAfter, type Scored } from '../scoring/qualification.ts';
import type { MemberStanding } from './account-status.ts';
import { isProtected } from './lead-status.ts';
import type { LeadVerdict } from './verdict.ts';

/** Since when a lead waits to be answered by an opportunity or by being sent back, qualified or not (T7). */
export const engagedOf = (
  scored: Scored,
  verdict: LeadVerdict,
  sentBack: string,
  opened: string,
): MemberStanding['engaged'] => {
  const { status, reason, qualifiedAt = '' } = verdict;
  if (status === 'Qualified') return { at: qualifiedAt, why: reason };
  if (isProtected(status) || scored.score.suppressed?.factor === 0) return undefined;
  if (status === 'Sales Working' && qualifiedAt > opened) return { at: qualifiedAt, why: reason };
  const touch = highValueAfter(scored, sentBack > opened ? sentBack : opened);
  return touch && { at: touch.at, why: `${touch.label} on ${dayOf(touch.at)}.` };
};
