// Stops a clock for what became of its lead, and puts its record right by what is heard afterwards.
import type { LeadAssessment } from '../../domain/assessment.ts';
import type { SlaClock } from '../../domain/sla/clock.ts';
import { endedClock, type FollowedUp, followedUp, withLooks } from '../../domain/sla/clock-endings.ts';
import {
  type Along,
  nowIn,
  type SlaPorts,
  type StoredClock,
  save,
  setTimer,
  stoppedEvent,
  type Whose,
} from './clock-item.ts';

/** When sales answered the lead: the logged follow-up, else the decision that took it out of Qualified; an opportunity that
 * nobody dated better was opened now. A lead that left the account was not answered there, nor one whose interest only faded. */
const answeredAt = (assessment: LeadAssessment, { routedAt }: SlaClock, now: string): string | undefined => {
  const { followedUpAt, decidedAt, status } = assessment;
  if (followedUpAt !== undefined) return followedUpAt;
  // An earlier decision was on something else.
  if (decidedAt !== undefined) return decidedAt >= routedAt ? decidedAt : undefined;
  return status === 'Opportunity Open' ? now : undefined;
};

/** The clock of a lead that is not asked for any more; `assessment` is none of one that moved away. */
export const endedBy = (clock: SlaClock, assessment: LeadAssessment | undefined, now: string): FollowedUp => {
  if (assessment === undefined) return { clock: withLooks(endedClock(clock, 'moved', now), now) };
  const at = answeredAt(assessment, clock, now);
  const ended = at === undefined ? { clock: endedClock(clock, 'over', now) } : followedUp(clock, at, now);
  return { ...ended, clock: withLooks(ended.clock, now) };
};

/** What goes along with a clock that ended. */
export const endingAlong = (
  whose: Whose,
  { clock, past }: FollowedUp,
  now: string,
): Required<Pick<Along, 'events' | 'past'>> => ({
  events: [clock, ...(past ? [past] : [])].map((one) => stoppedEvent(whose, one, now)),
  past: past ? [past] : [],
});

export const endClock = async (
  ports: SlaPorts,
  whose: Whose,
  stored: StoredClock,
  assessment: LeadAssessment | undefined,
): Promise<void> => {
  const now = nowIn(ports);
  if (stored.clock.stoppedAt === undefined) {
    const ended = endedBy(stored.clock, assessment, now);
    await save(ports, whose, stored, ended.clock, endingAlong(whose, ended, now));
    await setTimer(ports, whose, ended.clock);
  } else {
    await correctClock(ports, whose, stored, assessment);
    await setTimer(ports, whose, stored.clock);
  }
};

/** A clock that ended, as it is by what was heard since: somebody had followed up earlier. */
const corrected = (clock: SlaClock, assessment: LeadAssessment | undefined, now: string): FollowedUp => {
  const looks = clock.looks?.filter((at) => at > now) ?? [];
  const looked = { ...clock, looks };
  if (assessment === undefined || (clock.ending !== 'answered' && clock.ending !== 'over')) return { clock: looked };
  const at = answeredAt(assessment, clock, now);
  const isEarlier = at !== undefined && at <= (clock.answeredAt ?? clock.stoppedAt!) && at !== clock.answeredAt;
  return isEarlier ? followedUp(looked, at, now) : { clock: looked };
};

/** Looks again at one that ended. */
export const correctClock = async (
  ports: SlaPorts,
  whose: Whose,
  stored: StoredClock,
  assessment: LeadAssessment | undefined,
): Promise<void> => {
  const now = nowIn(ports);
  const next = corrected(stored.clock, assessment, now);
  const isNews = next.past !== undefined || next.clock.answeredAt !== stored.clock.answeredAt;
  if (!isNews && next.clock.looks?.length === (stored.clock.looks ?? []).length) return;
  await save(ports, whose, stored, next.clock, isNews ? endingAlong(whose, next, now) : {});
};
