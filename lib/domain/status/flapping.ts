// Keeps a status from going round in circles: two systems that answer each other's changes would else start a clock and send
// mails with every turn.
//
// After so many changes in so much time the status that stands is held. It is let go once what would be judged has stood still
// as long. What somebody set is never held back, nor that a lead is Qualified no longer: else its clock would run on although
// somebody has answered.
import type { Playbook } from '../playbook/playbook.ts';
import { millisecondsOf } from '../sla/business-time.ts';
import type { StatusChange } from './history.ts';
import { isProtected } from './lead-status.ts';

/** A status that is held. */
export interface Hold {
  since: string;
  /** When it is let go, if nothing changes till then. */
  until: string;
  /** What would be judged. */
  wouldBe: string;
}

export interface Standing {
  status: string;
  history: readonly StatusChange[];
  hold?: Hold | undefined;
}

type Flapping = Pick<Playbook, 'flapping'>;

const later = (moment: string, milliseconds: number): string =>
  new Date(Date.parse(moment) + milliseconds).toISOString();

const changesSince = (history: readonly StatusChange[], since: string): number =>
  history.filter(({ at }) => at > since).length;

/** Whether `judged` has to wait, and until when: undefined where it counts at once. `now` is ISO. */
export const holdOn = (
  { status, history, hold }: Standing,
  judged: string,
  { flapping }: Flapping,
  now: string,
): Hold | undefined => {
  if (judged === status && hold === undefined) return undefined;
  if (isProtected(judged)) return undefined;
  const within = millisecondsOf(flapping.within);
  if (hold !== undefined) {
    if (hold.wouldBe !== judged) return { ...hold, until: later(now, within), wouldBe: judged };
    return hold.until > now ? hold : undefined;
  }
  if (status === 'Qualified' || changesSince(history, later(now, -within)) < flapping.changes) return undefined;
  return { since: now, until: later(now, within), wouldBe: judged };
};

/** Why the status is held, after the reason why it would be another. */
export const heldReason = ({ since, until, wouldBe }: Hold, { flapping }: Flapping, reason: string): string =>
  `Held since ${since}, until it has been calm up to ${until}: it changed more than ${flapping.changes} times within ${flapping.within}. It would be ${wouldBe}: ${reason}`;
