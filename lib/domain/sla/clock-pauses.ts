// When a clock rested. What was said about it comes in any order and perhaps twice; from all of it the same rests follow.
import { addBusinessTime, businessTimeBetween } from './business-time.ts';
import type { Calendar } from './calendar.ts';

/** Somebody paused a clock, until a moment or until further notice, or had it go on. ISO. */
export interface PauseAct {
  /** The line it was said in. */
  id: string;
  at: string;
  does: 'pause' | 'resume';
  until?: string | undefined;
}

/** From `from` until before `to`; ms since 1970. */
export interface Rest {
  from: number;
  to: number;
}

/** Whoever says more than that of one clock is a program. */
const mostActs = 100;

/** With one more; the same list where it was known, or where there are too many. */
export const withAct = (acts: readonly PauseAct[], act: PauseAct): readonly PauseAct[] =>
  acts.length >= mostActs || acts.some(({ id }) => id === act.id)
    ? acts
    : [...acts, act].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));

/** The rests as they were said, in order and apart from each other; one without an end is until Infinity. */
const saidIn = (acts: readonly PauseAct[]): Rest[] => {
  const rests: Rest[] = [];
  let open: Rest | undefined;
  for (const { at, does, until } of acts) {
    const moment = Date.parse(at);
    if (open !== undefined && open.to <= moment) {
      rests.push(open);
      open = undefined;
    }
    const to = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until);
    if (does === 'pause') open = { from: open?.from ?? moment, to: Math.max(to, moment) };
    else if (open !== undefined) {
      rests.push({ from: open.from, to: moment });
      open = undefined;
    }
  }
  return [...rests, ...(open === undefined ? [] : [open])].filter(({ from, to }) => from < to);
};

/** When the clock rests: not before `start`, and for no more working time in all than `longest` (ms). */
export const restsOf = (
  acts: readonly PauseAct[],
  { start, longest, calendar }: { start: number; longest: number; calendar: Calendar },
): Rest[] => {
  let left = longest;
  return saidIn(acts).flatMap((said): Rest[] => {
    const from = Math.max(said.from, start);
    if (from >= said.to || left <= 0) return [];
    const to = Math.min(said.to, addBusinessTime(from, left, calendar));
    left -= businessTimeBetween(from, to, calendar);
    return to > from ? [{ from, to }] : [];
  });
};

/** The moment at which `work` ms of working time have passed since `start`, those within rests not counted. */
export const addWorkedTime = (start: number, work: number, calendar: Calendar, rests: readonly Rest[]): number => {
  let [from, left] = [start, work];
  for (const rest of rests) {
    const before = businessTimeBetween(from, rest.from, calendar);
    if (left <= before) break;
    left -= before;
    from = Math.max(from, rest.to);
  }
  return addBusinessTime(from, left, calendar);
};

/** The ms of working time between two moments, without rests. */
export const workedBetween = (from: number, to: number, calendar: Calendar, rests: readonly Rest[]): number =>
  rests.reduce(
    (sum, rest) => sum - businessTimeBetween(Math.max(from, rest.from), Math.min(to, rest.to), calendar),
    businessTimeBetween(from, to, calendar),
  );

/** The first moment from `at` on that is in no rest. */
export const afterRests = (at: number, rests: readonly Rest[]): number =>
  rests.reduce((moment, { from, to }) => (from <= moment && moment < to ? to : moment), at);
