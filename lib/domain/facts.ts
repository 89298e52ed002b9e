// What a person did, as counts by signal and UTC day: the only thing scores are computed from.
//
// A day's counts are derived from the set of that day's touches (the trail) and replace what stood there, so repeats and
// disorder cannot add up: the same set always gives the same counts.
import type { TouchCaptured } from '../../events/touch-captured.v1.ts';
import type { Playbook } from './playbook/playbook.ts';
import { matchedSignals } from './signals.ts';

/** How often, and the first and last moment that day (milliseconds since midnight UTC). */
export type DayCount = [count: number, first: number, last: number];
export type DayFacts = Record<string, DayCount>;
/** By UTC day, `2026-11-22`. */
export type Facts = Record<string, DayFacts>;

/** The signal every touch of a person counts for, whatever the playbook says: that they did anything at all. */
export const anyTouch = '*';

export const dayOf = (moment: string): string => moment.slice(0, 10);
const dayMilliseconds = 86_400_000;
const millisecondOfDay = (moment: string): number => Date.parse(moment) % dayMilliseconds;
/** A day count's moment as ISO. */
export const momentOf = (day: string, millisecond: number): string =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + millisecond).toISOString();

const counted = (known: DayCount | undefined, millisecond: number): DayCount =>
  known === undefined
    ? [1, millisecond, millisecond]
    : [known[0] + 1, Math.min(known[1], millisecond), Math.max(known[2], millisecond)];

/** Counts of one day from its distinct touches. Flagged ones (bots, spam) count for nothing. Keys are sorted. */
export const factsOfDay = (touches: readonly TouchCaptured[], playbook: Playbook): DayFacts => {
  const counts: DayFacts = {};
  for (const touch of touches) {
    if (touch.flag !== undefined) continue;
    const millisecond = millisecondOfDay(touch.occurredAt);
    for (const signal of [anyTouch, ...matchedSignals(touch, playbook)]) {
      counts[signal] = counted(counts[signal], millisecond);
    }
  }
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
};

const addDay = (known: DayFacts, more: DayFacts): DayFacts => {
  const sum: DayFacts = { ...known };
  for (const [signal, [count, first, last]] of Object.entries(more)) {
    const own = sum[signal];
    sum[signal] =
      own === undefined ? [count, first, last] : [own[0] + count, Math.min(own[1], first), Math.max(own[2], last)];
  }
  return sum;
};

/** The facts of several identities of one person. Each touch belongs to exactly one identity, so counts add. */
export const unionOfFacts = (parts: readonly Facts[]): Facts => {
  const union: Facts = {};
  for (const part of parts) {
    for (const [day, facts] of Object.entries(part)) {
      union[day] = union[day] === undefined ? facts : addDay(union[day], facts);
    }
  }
  return union;
};
