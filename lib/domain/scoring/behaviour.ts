// Points for what a person did: facts by day, counted, capped, decayed and rounded signal by signal, so that the parts shown
// add up to the total exactly.
import { dayMilliseconds, dayNumberOf, momentIn } from '../days.ts';
import type { PeriodCount } from '../facts/counts.ts';
import type { Facts } from '../facts/facts.ts';
import type { Dimension } from '../playbook/dimensions.ts';
import { type Look, latestPlaces, placesUnderCap } from './contents.ts';
import type { SignalWorth } from './model.ts';

export interface BehaviourPart {
  /** The signal's id in the playbook. */
  rule: string;
  label: string;
  dimension: Dimension;
  /** What it adds to the score: whole points, after caps and decay, rounded half away from zero. */
  points: number;
  /** Touches behind it, all of them. */
  count: number;
  /** Points not given because the touch does not count again, or because of a cap a day or in total. */
  trimmed: number;
  /** Points lost to time. `points + trimmed + decayed` is what the touches were worth when they happened. */
  decayed: number;
  first: string;
  last: string;
}

/** Half away from zero, so that a penalty rounds as its reward would. Never minus zero. */
export const rounded = (points: number): number => Math.sign(points) * Math.round(Math.abs(points)) || 0;

const bitsIn = (mask: number): number => {
  let bits = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) bits += 1;
  return bits;
};

/** What stands behind a signal's points while they are summed up. */
interface Tally {
  /** Touches. */
  count: number;
  /** Points that count, before decay and the cap in total. */
  given: number;
  /** The same after decay. */
  left: number;
}

const shareLeft = ({ remaining }: SignalWorth, age: number): number =>
  remaining === undefined ? 1 : (remaining.table[age] ?? remaining.after(age));

const add = (tally: Tally, signal: SignalWorth, points: number, age: number): void => {
  tally.given += points;
  tally.left += points * shareLeft(signal, age);
};

const cappedADay = ({ capPerDay }: SignalWorth, points: number): number =>
  points > capPerDay ? capPerDay : points < -capPerDay ? -capPerDay : points;

/** What is kept by month or year counts from its first day. Where touches of a day are capped or counted once, each active day
 * (of a year: month) counts as one touch: never more than the days themselves gave, so that age alone never raises points. */
const addPeriods = (tally: Tally, signal: SignalWorth, periods: readonly PeriodCount[] = [], today: number): void => {
  const isByDay = signal.count === 'per-day' || signal.capPerDay !== Number.POSITIVE_INFINITY;
  const aDay = cappedADay(signal, signal.points);
  for (const [, count, active, first] of periods) {
    const age = today - Math.floor(first / dayMilliseconds);
    if (age < 0) break;
    tally.count += count;
    add(tally, signal, isByDay ? bitsIn(active) * aDay : count * signal.points, age);
  }
};

const addEach = (tally: Tally, signal: SignalWorth, { days, months, years }: Facts, today: number): void => {
  const { rule, points } = signal;
  if (years !== undefined) addPeriods(tally, signal, years[rule], today);
  if (months !== undefined) addPeriods(tally, signal, months[rule], today);
  const list = days[rule];
  if (list === undefined) return;
  const isPerDay = signal.count === 'per-day';
  // Half a million leads a second: by index, since an iterator costs as much as the rest of the loop.
  for (let n = 0; n < list.length; n += 1) {
    const day = list[n]!;
    const age = today - day[0];
    if (age < 0) break;
    tally.count += day[1];
    add(tally, signal, cappedADay(signal, isPerDay ? points : day[1] * points), age);
  }
};

/** What counts once counts where it came last, so that doing it again is as good as new. Of contents on a day whose cap has
 * no room for all, some count on an earlier day they were seen on. */
const addDistinct = (tally: Tally, signal: SignalWorth, { days, months, years }: Facts, today: number): void => {
  const { rule, points, capPerDay } = signal;
  const newestFirst: Look[] = [];
  const look = (age: number, count: number, contents: string | undefined): void => {
    if (age < 0) return;
    tally.count += count;
    newestFirst.push({ age, contents });
  };
  for (const [day, count, , , , contents] of (days[rule] ?? []).toReversed()) look(today - day, count, contents);
  for (const [, count, , first, , , contents] of [...(years?.[rule] ?? []), ...(months?.[rule] ?? [])].reverse()) {
    look(today - Math.floor(first / dayMilliseconds), count, contents);
  }
  if (signal.count === 'once') {
    if (newestFirst[0] !== undefined) add(tally, signal, cappedADay(signal, points), newestFirst[0].age);
    return;
  }
  const places =
    capPerDay === Number.POSITIVE_INFINITY
      ? latestPlaces(newestFirst, Math.abs(points))
      : placesUnderCap(newestFirst, Math.abs(points), capPerDay, (age) => shareLeft(signal, age));
  for (const place of places) add(tally, signal, Math.sign(points) * place.points, place.age);
};

const tallyOf = (signal: SignalWorth, facts: Facts, today: number): Tally => {
  const tally: Tally = { count: 0, given: 0, left: 0 };
  if (signal.isDistinct) addDistinct(tally, signal, facts, today);
  else addEach(tally, signal, facts, today);
  return tally;
};

const pointsIn = ({ left }: Tally, { cap }: SignalWorth): number =>
  rounded(left > cap ? cap : left < -cap ? -cap : left);

/** The points of all signals on a day: what the parts of that day add up to, without making them. */
export const behaviourPoints = (signals: readonly SignalWorth[], facts: Facts, today: number): number => {
  let points = 0;
  for (const signal of signals) points += pointsIn(tallyOf(signal, facts, today), signal);
  return points;
};

const startOf = ({ days, months, years }: Facts, rule: string): string => {
  const period = years?.[rule]?.[0] ?? months?.[rule]?.[0];
  if (period !== undefined) return new Date(period[3]).toISOString();
  const [day, , first] = days[rule]![0]!;
  return momentIn(day, first);
};

const endOf = ({ days, months, years }: Facts, rule: string, today: number): string => {
  const day = days[rule]?.findLast(([one]) => one <= today);
  if (day !== undefined) return momentIn(day[0], day[3]);
  const end = (today + 1) * dayMilliseconds;
  const period = [...(years?.[rule] ?? []), ...(months?.[rule] ?? [])].findLast((one) => one[3] < end);
  return new Date(period![4]).toISOString();
};

/** The parts of a behaviour score on the day of `asOf` (ISO); later days do not count. Parts stand in the playbook's order. */
export const behaviourParts = (signals: readonly SignalWorth[], facts: Facts, asOf: string): BehaviourPart[] => {
  const today = dayNumberOf(asOf);
  return signals.flatMap((signal): BehaviourPart[] => {
    const { rule, label, dimension } = signal;
    const tally = tallyOf(signal, facts, today);
    if (tally.count === 0) return [];
    const points = pointsIn(tally, signal);
    // Whole points everywhere, and never a cap that nobody set: what rounding shifts is part of what time took.
    const decayed = tally.given - rounded(tally.left);
    const trimmed = tally.count * signal.points - points - decayed;
    const [first, last] = [startOf(facts, rule), endOf(facts, rule, today)];
    return [{ rule, label, dimension, points, count: tally.count, trimmed, decayed, first, last }];
  });
};

export const totalOf = (parts: readonly { points: number }[]): number =>
  parts.reduce((sum, { points }) => sum + points, 0);
