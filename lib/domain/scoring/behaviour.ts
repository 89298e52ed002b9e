// Points for what a person did: facts by day, capped, decayed and rounded signal by signal, so that the parts shown add up
// to the total exactly.
import { type DayCount, dayOf, type Facts } from '../facts.ts';
import type { Playbook, Signal } from '../playbook/playbook.ts';

export interface BehaviourPart {
  /** The signal's id in the playbook. */
  rule: string;
  label: string;
  dimension: Signal['dimension'];
  /** What it adds to the score: whole points, after caps and decay, rounded half away from zero. */
  points: number;
  /** Touches behind it, capped ones included. */
  count: number;
  /** Points not given because of a cap a day or in total. */
  trimmed: number;
  /** Points lost to time. `points + trimmed + decayed` is what the touches were worth when they happened. */
  decayed: number;
  first: string;
  last: string;
}

const dayMilliseconds = 86_400_000;
const daysBetween = (day: string, today: string): number => (Date.parse(today) - Date.parse(day)) / dayMilliseconds;

/** Half away from zero, so that a penalty rounds as its reward would. Never minus zero. */
const rounded = (points: number): number => Math.sign(points) * Math.round(Math.abs(points)) || 0;

const partOf = (rule: string, signal: Signal, days: [day: string, count: DayCount][], today: string): BehaviourPart => {
  let count = 0;
  let afterDayCap = 0;
  let remaining = 0;
  for (const [day, [touches]] of days) {
    const counted = Math.min(touches, signal.capPerDay ?? touches);
    const points = counted * signal.points;
    count += touches;
    afterDayCap += points;
    remaining +=
      signal.halfLifeDays === undefined ? points : points * 0.5 ** (daysBetween(day, today) / signal.halfLifeDays);
  }
  const worth = count * signal.points;
  // Whole points everywhere, and never a cap that nobody set: what rounding shifts is part of what time took.
  const decayed = afterDayCap - rounded(remaining);
  const limit = signal.cap === undefined ? Number.POSITIVE_INFINITY : signal.cap;
  const points = rounded(Math.sign(remaining) * Math.min(Math.abs(remaining), limit));
  const [firstDay, [, first]] = days[0]!;
  const [lastDay, [, , last]] = days.at(-1)!;
  return {
    rule,
    label: signal.label,
    dimension: signal.dimension,
    points,
    count,
    trimmed: worth - points - decayed,
    decayed,
    first: new Date(Date.parse(firstDay) + first).toISOString(),
    last: new Date(Date.parse(lastDay) + last).toISOString(),
  };
};

/** The parts of a behaviour score on the day of `asOf`; later days do not count. Parts stand in the playbook's order. */
export const scoreBehaviour = (facts: Facts, playbook: Playbook, asOf: string): BehaviourPart[] => {
  const today = dayOf(asOf);
  const days = Object.keys(facts)
    .filter((day) => day <= today)
    .sort();
  const parts: BehaviourPart[] = [];
  for (const [rule, signal] of Object.entries(playbook.signals)) {
    const counts: [string, DayCount][] = [];
    for (const day of days) {
      const count = facts[day]![rule];
      if (count !== undefined) counts.push([day, count]);
    }
    if (counts.length > 0) parts.push(partOf(rule, signal, counts, today));
  }
  return parts;
};

export const totalOf = (parts: readonly { points: number }[]): number =>
  parts.reduce((sum, { points }) => sum + points, 0);
