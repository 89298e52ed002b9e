// What becomes of a clock when its lead gets another owner or another account.
import type { Playbook } from '../playbook/playbook.ts';
import { type Assigned, type PastClock, planned, type SlaClock, startClock, workedUntil } from './clock.ts';
import { endedClock } from './clock-endings.ts';
import { stepsOf } from './clock-steps.ts';

/** The clock goes on in the account its lead went to. */
export const movedClock = ({ stoppedAt, ending, ...clock }: SlaClock, generation: string): SlaClock =>
  ending === 'moved' || stoppedAt === undefined
    ? { ...clock, generation }
    : { ...clock, stoppedAt, ending, generation };

const mostPast = 5;

const pastOf = ({ acts: _, past: __, conversation: ___, ...rest }: SlaClock): PastClock => rest;

/** The clock of the next owner of the same qualification: with the whole time or, carried, with what is left of it. A rest that
 * is under way goes on. Of whoever was never told no time was used. */
export const replacingClock = (before: SlaClock, assigned: Assigned, playbook: Playbook, now: string): SlaClock => {
  const ended = endedClock(before, 'replaced', now);
  const past = [...before.past, pastOf(ended)].slice(-mostPast);
  const fresh = startClock(assigned, playbook);
  const { within, acts } = before;
  if (playbook.sla.onReassign === 'restart') return planned({ ...fresh, acts, past }, playbook);
  const used = before.used + (before.toldAt === undefined ? 0 : workedUntil(before, assigned.routedAt, playbook));
  const overBefore = before.overBefore || before.breachedAt !== undefined || before.dueAt <= assigned.routedAt;
  const taken = new Map(before.steps.flatMap((step) => (step.takenAt === undefined ? [] : [[step.name, step]])));
  const steps = stepsOf(playbook, within).map((step) => taken.get(step.name) ?? { ...step, at: assigned.routedAt });
  const carried = { ...fresh, within, acts, used, steps, past, ...(overBefore && { overBefore: true as const }) };
  return planned(carried, playbook);
};
