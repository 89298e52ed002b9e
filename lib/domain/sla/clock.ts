// One assignment's clock to first follow-up: when it is due, what is due next, and how it ended. Each step is taken once, whatever
// fires early, late, twice or never. Moments are ISO, amounts of working time ms.
import { mayGoAt } from '../notices/when.ts';
import type { Grade } from '../playbook/grade.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { millisecondsOf } from './business-time.ts';
import { calendarOf } from './calendar-of.ts';
import { addWorkedTime, afterRests, type PauseAct, type Rest, restsOf, workedBetween } from './clock-pauses.ts';
import { allowedFrom, type ClockStep, stepsOf } from './clock-steps.ts';

/** What a clock is for. */
export interface Assigned {
  assignmentId: string;
  generation: string;
  qualifiedAt: string;
  /** An e-mail address. */
  owner: string;
  grade: Grade;
  routedAt: string;
}

/** `answered`: somebody followed up. `over`: it is no longer asked for. `replaced`: by the clock of another assignment. `moved`: the
 * lead went to another account, where its clock goes on if it is still asked for. */
export type Ending = 'answered' | 'over' | 'replaced' | 'moved';

export interface SlaClock extends Assigned {
  conversation?: string | undefined;
  within: number;
  /** What owners before used of it, where the playbook has it carried. */
  used: number;
  /** It was over before this owner got the lead: nothing is held against them. */
  overBefore?: true | undefined;
  /** When the owner was told; until then it runs from when they got it, so that it is never lost. */
  toldAt?: string;
  startedAt: string;
  dueAt: string;
  /** When it would be due by what was heard after the breach: whether it was met is judged by it. */
  correctedDueAt?: string;
  acts: readonly PauseAct[];
  /** When it rests, by these acts. */
  rests: readonly { from: string; to: string }[];
  steps: ClockStep[];
  breachedAt?: string;
  answeredAt?: string;
  stoppedAt?: string;
  ending?: Ending | undefined;
  met?: boolean;
  /** When a follow-up was heard of that makes a breach none. */
  correctedAt?: string;
  /** When to look once more whether somebody had followed up earlier than was heard. */
  looks?: readonly string[];
  /** Those of earlier owners of the same qualification, newest last. */
  past: PastClock[];
}

/** What is kept of a replaced clock: enough to put right what is said of it. */
export type PastClock = Omit<SlaClock, 'acts' | 'past' | 'conversation' | 'looks'>;

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

export const restsIn = ({ rests }: Pick<SlaClock, 'rests'>): Rest[] =>
  rests.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }));

/** When the step may be taken, if the working time before it is over at `due`: in the recipient's hours, and in no rest. */
export const stepAt = (
  step: Omit<ClockStep, 'at'>,
  due: number,
  rests: readonly Rest[],
  owner: string,
  playbook: Playbook,
) => {
  for (let at = due; ; ) {
    const next = afterRests(allowedFrom(at, step, owner, playbook), rests);
    if (next === at) return at;
    at = next;
  }
};

/** Everything that is still to come, reckoned anew from when it started and how it rested. */
export const planned = (clock: SlaClock, playbook: Playbook): SlaClock => {
  const { owner, used, within, breachedAt, overBefore } = clock;
  const calendar = calendarOf(owner, playbook);
  const start = Date.parse(clock.startedAt);
  const rests = restsOf(clock.acts, { start, longest: millisecondsOf(playbook.sla.pauses.longest), calendar });
  const after = (work: number): number => addWorkedTime(start, Math.max(0, work - used), calendar, rests);
  const steps = clock.steps.map((step) =>
    step.takenAt === undefined ? { ...step, at: iso(stepAt(step, after(step.work), rests, owner, playbook)) } : step,
  );
  const next = { ...clock, rests: rests.map(({ from, to }) => ({ from: iso(from), to: iso(to) })), steps };
  const dueAt = iso(after(within));
  if (breachedAt === undefined || overBefore) return { ...next, dueAt };
  return dueAt > clock.dueAt ? { ...next, correctedDueAt: dueAt } : next;
};

/** When the owner can know of it at the earliest: a lead that waits for the day's digest is nobody's neglect before that. */
const knowableAt = ({ grade, owner, routedAt }: Assigned, playbook: Playbook): string =>
  playbook.notices.digest?.grades.includes(grade)
    ? iso(mayGoAt('digest', owner, playbook, Date.parse(routedAt)))
    : routedAt;

/** A clock that runs from when the owner got the lead or the digest with it, with the whole time of its grade. */
export const startClock = (assigned: Assigned, playbook: Playbook): SlaClock => {
  const { targets, otherwise } = playbook.sla;
  const { within: duration, conversation } = targets[assigned.grade] ?? otherwise;
  const within = millisecondsOf(duration);
  const startedAt = knowableAt(assigned, playbook);
  const steps = stepsOf(playbook, within).map((step) => ({ ...step, at: startedAt }));
  const running = { startedAt, dueAt: startedAt, used: 0, acts: [], rests: [], past: [] };
  return planned({ ...assigned, conversation, within, ...running, steps }, playbook);
};

/** The owner's working time from the start to a moment, without rests. */
export const workedUntil = (
  clock: Pick<SlaClock, 'owner' | 'startedAt' | 'rests'>,
  until: string,
  playbook: Playbook,
): number =>
  workedBetween(Date.parse(clock.startedAt), Date.parse(until), calendarOf(clock.owner, playbook), restsIn(clock));
