// What of a clock is due, and when to look at it next.
import type { Playbook } from '../playbook/playbook.ts';
import { restsIn, type SlaClock, stepAt } from './clock.ts';
import { type ClockStep, recipientOf } from './clock-steps.ts';

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** When something is due next: a step, or the breach. Undefined once nothing is. */
export const nextMoment = ({ stoppedAt, breachedAt, overBefore, dueAt, steps }: SlaClock): string | undefined => {
  if (stoppedAt !== undefined) return undefined;
  const moments = steps.flatMap(({ at, takenAt }) => (takenAt === undefined ? [at] : []));
  if (breachedAt === undefined && !overBefore) moments.push(dueAt);
  return moments.sort()[0];
};

export interface Taken {
  clock: SlaClock;
  /** The steps that were taken, each now for the only time. */
  steps: ClockStep[];
  /** The time is over, which is said once. */
  breached: boolean;
}

/** Takes what is due at `now`. A reminder that would only come when the time is over is passed over; a step to somebody who does
 * not work now, by the playbook as it is now, is put off. */
export const takeDue = (clock: SlaClock, playbook: Playbook, now: string): Taken => {
  if (clock.stoppedAt !== undefined) return { clock, steps: [], breached: false };
  const isOver = clock.dueAt <= now;
  const breached = isOver && clock.breachedAt === undefined && !clock.overBefore;
  const steps = clock.steps.map((step): ClockStep => {
    if (step.takenAt !== undefined || step.at > now) return step;
    if (step.do === 'remind' && isOver && step.at < clock.dueAt) return { ...step, takenAt: now, passedOver: true };
    const allowed = iso(stepAt(step, Date.parse(now), restsIn(clock), clock.owner, playbook));
    if (allowed > now) return { ...step, at: allowed };
    const recipient = recipientOf(step.to, clock.owner, playbook);
    return { ...step, takenAt: now, recipients: recipient === undefined ? [] : [recipient] };
  });
  const taken = steps.filter((step, index) => step !== clock.steps[index] && step.takenAt && !step.passedOver);
  return { clock: { ...clock, steps, ...(breached && { breachedAt: now }) }, steps: taken, breached };
};
