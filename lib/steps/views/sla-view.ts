// A lead's clock as the console shows it: working time, what was done and is to come, and how it ended.
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { ownerNamed } from '../../domain/routing/availability.ts';
import { isWorking, nextWorkingMoment } from '../../domain/sla/business-time.ts';
import { calendarOf } from '../../domain/sla/calendar-of.ts';
import { type SlaClock, workedUntil } from '../../domain/sla/clock.ts';
import { type ClockStep, recipientOf } from '../../domain/sla/clock-steps.ts';
import type { StoredItem } from '../../table/items.ts';

/** When working time counts again; null while it does, and where it will not. ISO. */
const goesOnAt = ({ owner, rests, stoppedAt }: SlaClock, now: string, playbook: Playbook): string | null => {
  if (stoppedAt !== undefined) return null;
  const calendar = calendarOf(owner, playbook);
  const from = rests.reduce((moment, rest) => (rest.from <= moment && moment < rest.to ? rest.to : moment), now);
  if (isWorking(Date.parse(from), calendar)) return from === now ? null : from;
  return new Date(nextWorkingMoment(Date.parse(from), calendar)).toISOString();
};

const stepView = (
  { name, do: does, at, takenAt, to, recipients, passedOver, work }: ClockStep,
  { owner, within }: SlaClock,
  playbook: Playbook,
) => {
  const meant = recipientOf(to, owner, playbook);
  const emails = recipients ?? (takenAt === undefined && meant !== undefined ? [meant] : []);
  return {
    ...{ name, do: does, at, takenAt: takenAt ?? null, passedOver: passedOver ?? false },
    /** Whom it went to; of one that is to come who it would be by now. */
    to: emails.map((email) => ownerNamed(email, playbook)),
    /** Of the clock's working time, before it. */
    share: within === 0 ? 1 : work / within,
  };
};

export const slaView = ({ clock }: StoredItem<'sla'>, playbook: Playbook, now: string) => {
  const reminder = clock.steps.find((step) => step.do === 'remind');
  const usedAt = clock.stoppedAt ?? now;
  return {
    startedAt: clock.startedAt,
    /** Of the first reminder, if there is one. */
    remindAt: reminder?.at ?? null,
    dueAt: clock.correctedDueAt ?? clock.dueAt,
    remindedAt: (reminder?.recipients && reminder.takenAt) ?? null,
    breachedAt: clock.breachedAt ?? null,
    stoppedAt: clock.stoppedAt ?? null,
    met: clock.met ?? null,
    conversation: clock.conversation ?? null,
    toldAt: clock.toldAt ?? null,
    /** Why it stopped. */
    ending: clock.ending ?? null,
    /** When it was heard that the breach was none. */
    correctedAt: clock.correctedAt ?? null,
    rests: clock.rests,
    goesOnAt: goesOnAt(clock, now, playbook),
    /** Milliseconds of the owner's working time: all there is, what is gone at a moment, and what of that owners before used. */
    workMs: clock.within,
    used: { ms: clock.used + workedUntil(clock, usedAt, playbook), at: usedAt },
    carriedMs: clock.used,
    /** It was over before this owner had the lead. */
    overBefore: clock.overBefore ?? false,
    steps: clock.steps.map((step) => stepView(step, clock, playbook)),
  };
};
