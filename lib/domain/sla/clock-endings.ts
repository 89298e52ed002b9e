// How clocks end, and how what is heard afterwards puts the record right.
import type { Ending, PastClock, SlaClock } from './clock.ts';

/** Whether a follow-up then was in time; undefined where it was over before this owner had it. */
const isMet = ({ overBefore, correctedDueAt, dueAt }: PastClock, answeredAt: string): boolean | undefined =>
  overBefore ? undefined : answeredAt <= (correctedDueAt ?? dueAt);

/** The clock as it is if somebody followed up then. A breach that was none is corrected. */
export const answeredClock = <Some extends PastClock>(clock: Some, answeredAt: string, now: string): Some => {
  const { correctedAt, ...rest } = clock;
  const met = isMet(clock, answeredAt);
  const isCorrection = met === true && clock.breachedAt !== undefined;
  return {
    ...rest,
    ...{ answeredAt, stoppedAt: answeredAt, ending: 'answered' },
    ...(met !== undefined && { met }),
    ...(isCorrection && { correctedAt: correctedAt ?? now }),
  } as Some;
};

/** Stops without a follow-up. */
export const endedClock = (clock: SlaClock, ending: Exclude<Ending, 'answered'>, now: string): SlaClock =>
  clock.stoppedAt === undefined ? { ...clock, stoppedAt: now, ending } : clock;

/** Whose turn it was at a moment: the last of the earlier owners who had the lead by then. */
const turnAt = (past: readonly PastClock[], at: string): number => {
  const index = past.findLastIndex(({ routedAt }) => routedAt <= at);
  return Math.max(index, 0);
};

export interface FollowedUp {
  clock: SlaClock;
  /** Of an earlier owner, whose record is put right. */
  past?: PastClock;
}

/** Somebody followed up then. If that was in an earlier owner's turn it is theirs, and this clock ends without a result. */
export const followedUp = (clock: SlaClock, answeredAt: string, now: string): FollowedUp => {
  const { past, routedAt } = clock;
  if (answeredAt >= routedAt || past.length === 0) return { clock: answeredClock(clock, answeredAt, now) };
  const { met: _, ...unmet } = clock;
  const ended = clock.ending === 'answered' ? { ...unmet, stoppedAt: now, ending: 'over' as const } : clock;
  const index = turnAt(past, answeredAt);
  const turn = past[index]!;
  const next = endedClock(ended, 'over', now);
  if (turn.answeredAt !== undefined && turn.answeredAt <= answeredAt) return { clock: next };
  const corrected = answeredClock(turn, answeredAt, now);
  return { clock: { ...next, past: past.with(index, corrected) }, past: corrected };
};

const minute = 60_000;
const hour = 60 * minute;
/** CRMs are asked every hour what changed, and people log calls when they come to it. */
const looksAfter = [2 * hour, 24 * hour, 7 * 24 * hour];

/** When a clock that ended otherwise than in time is looked at again: for a follow-up heard of later and, where its lead moved, for
 * the clock that should go on there by then. */
export const withLooks = (clock: SlaClock, now: string): SlaClock => {
  if (clock.met === true || clock.ending === 'replaced') return clock;
  const after = clock.ending === 'moved' ? [5 * minute, ...looksAfter] : looksAfter;
  return { ...clock, looks: after.map((later) => new Date(Date.parse(now) + later).toISOString()) };
};
