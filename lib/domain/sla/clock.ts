// One lead's clock to first follow-up: when it is due, what is due next, and when it may stop. Each step happens once per
// generation, whatever fires early, late, twice or never.
import type { Grade } from '../playbook/fit.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { addBusinessTime, millisecondsOf } from './business-time.ts';
import { tenantCalendar } from './calendar-of.ts';

export interface SlaClock {
  /** The lead-qualified event it answers. A new generation replaces the clock. */
  generation: string;
  startedAt: string;
  remindAt: string;
  dueAt: string;
  conversation?: string;
  remindedAt?: string;
  breachedAt?: string;
  stoppedAt?: string;
  met?: boolean;
}

export type SlaStep = 'remind' | 'breach';

/** A clock that starts now (ms since 1970) for a lead of this grade. */
export const startClock = (generation: string, grade: Grade, playbook: Playbook, now: number): SlaClock => {
  const { targets, otherwise, remindAt } = playbook.sla;
  const calendar = tenantCalendar(playbook);
  const target = targets[grade] ?? otherwise;
  const within = millisecondsOf(target.within);
  const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
  return {
    generation,
    startedAt: iso(now),
    remindAt: iso(addBusinessTime(now, Math.round(within * remindAt), calendar)),
    dueAt: iso(addBusinessTime(now, within, calendar)),
    conversation: target.conversation,
  };
};

/** The step that comes next and when; undefined once stopped or all done. */
export const nextStep = (clock: SlaClock): { step: SlaStep; at: string } | undefined => {
  if (clock.stoppedAt !== undefined || clock.breachedAt !== undefined) return undefined;
  return clock.remindedAt === undefined ? { step: 'remind', at: clock.remindAt } : { step: 'breach', at: clock.dueAt };
};

/** The step due at `now` (ISO). A reminder that would only come with the breach is passed over. */
export const dueStep = (clock: SlaClock, now: string): SlaStep | undefined => {
  const next = nextStep(clock);
  if (next === undefined) return undefined;
  if (clock.dueAt <= now) return 'breach';
  return next.at <= now ? next.step : undefined;
};

export const stepTaken = (clock: SlaClock, step: SlaStep, now: string): SlaClock =>
  step === 'remind' ? { ...clock, remindedAt: now } : { ...clock, breachedAt: now };

/** Stops when the lead was answered, which may lie before a breach already sent; met when that was in time. */
export const stopClock = (clock: SlaClock, answeredAt: string | undefined, now: string): SlaClock =>
  clock.stoppedAt !== undefined
    ? clock
    : { ...clock, stoppedAt: answeredAt ?? now, ...(answeredAt && { met: answeredAt <= clock.dueAt }) };
