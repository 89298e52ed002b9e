// What a running clock hears: that its owner was told, and that somebody paused it. Heard late, it may change how the clock ended.
import type { Playbook } from '../playbook/playbook.ts';
import { planned, type SlaClock } from './clock.ts';
import { answeredClock } from './clock-endings.ts';
import { type PauseAct, withAct } from './clock-pauses.ts';

/** What was heard late may change whether the follow-up was in time. */
const judgedAnew = (clock: SlaClock, now: string): SlaClock =>
  clock.answeredAt === undefined ? clock : answeredClock(clock, clock.answeredAt, now);

/** The owner was told: their time counts from then. */
export const toldClock = (clock: SlaClock, toldAt: string, playbook: Playbook, now: string): SlaClock => {
  if (clock.toldAt !== undefined) return clock;
  const { stoppedAt = toldAt } = clock;
  const latest = toldAt < stoppedAt ? toldAt : stoppedAt;
  const startedAt = latest > clock.startedAt ? latest : clock.startedAt;
  return judgedAnew(planned({ ...clock, toldAt, startedAt }, playbook), now);
};

/** Somebody paused it or had it go on. What they did before this owner got the lead was about somebody else's clock. */
export const pausedClock = (clock: SlaClock, act: PauseAct, playbook: Playbook, now: string): SlaClock => {
  const { routedAt, stoppedAt = act.at } = clock;
  if (!playbook.sla.pauses.allowed || act.at < routedAt || act.at > stoppedAt) return clock;
  const acts = withAct(clock.acts, act);
  return acts === clock.acts ? clock : judgedAnew(planned({ ...clock, acts }, playbook), now);
};
