// Time as people work it: adds working time to a moment on a weekly calendar in one zone, daylight saving included.
import { DateTime } from 'luxon';
import type { Playbook, Weekday } from '../playbook/playbook.ts';

export type Calendar = Playbook['sla']['calendar'];

const weekdays: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const quarter = 15 * 60_000;

/** A time of day as a moment. One the clock skips that day (spring forward) is the moment it skips: nobody works an hour that
 * does not exist. Of one that comes twice it is the first. */
const atTimeOfDay = (day: DateTime, time: string): number => {
  if (time === '24:00') return day.plus({ days: 1 }).startOf('day').toMillis();
  const [hour, minute] = time.split(':').map(Number);
  const at = day.set({ hour, minute, second: 0, millisecond: 0 });
  if (at.hour === hour && at.minute === minute) return at.toMillis();
  // Luxon moved it on by the gap; every zone's clock changes on a quarter of an hour.
  const offsetAt = (moment: number): number => DateTime.fromMillis(moment, { zone: day.zone }).offset;
  let change = Math.floor(at.toMillis() / quarter) * quarter;
  while (offsetAt(change - quarter) === at.offset) change -= quarter;
  return change;
};

type Interval = readonly [from: number, to: number];

/** The working intervals of one local day, in order, as milliseconds since 1970. */
const computeIntervals = (day: DateTime, calendar: Calendar): Interval[] =>
  (calendar.hours[weekdays[day.weekday - 1]!] ?? [])
    .map(({ from, to }): Interval => [atTimeOfDay(day, from), atTimeOfDay(day, to)])
    .filter(([from, to]) => from < to)
    .sort(([a], [b]) => a - b);

/** Days already computed, by their distance from a quarter of an hour: every zone's midnight falls on one, so all moments
 * of a quarter share their local day. Zone arithmetic costs 100 times the rest. */
const computed = new WeakMap<Calendar, Map<string, readonly Interval[]>>();
const keptDays = 10_000;

const intervalsAfter = (start: number, days: number, calendar: Calendar): readonly Interval[] => {
  let known = computed.get(calendar);
  if (known === undefined || known.size > keptDays) {
    known = new Map();
    computed.set(calendar, known);
  }
  const key = `${Math.floor(start / quarter)}+${days}`;
  let found = known.get(key);
  if (found === undefined) {
    const day = DateTime.fromMillis(start, { zone: calendar.timezone }).plus({ days }).startOf('day');
    found = computeIntervals(day, calendar);
    known.set(key, found);
  }
  return found;
};

/** A calendar in which nothing is reached within four years works never; better an error than an endless search. */
const daysSearched = 4 * 366;

/** The moment at which `work` milliseconds of working time have passed since `start` (both ms since 1970).
 * Exact to the millisecond. Throws RangeError when the calendar has not that much time in the next four years. */
export const addBusinessTime = (start: number, work: number, calendar: Calendar): number => {
  let left = work;
  for (let days = 0; days < daysSearched; days += 1) {
    for (const [from, to] of intervalsAfter(start, days, calendar)) {
      const begin = Math.max(from, start);
      if (begin >= to) continue;
      if (left <= to - begin) return begin + left;
      left -= to - begin;
    }
  }
  throw new RangeError(`the calendar of zone ${calendar.timezone} has no ${work} ms of working time in four years`);
};

const unit = { second: 1_000, minute: 60_000, hour: 3_600_000 } as const;

/** `4 hours` → 14,400,000. */
export const millisecondsOf = (duration: string): number => {
  const [amount, name] = duration.split(' ') as [string, string];
  return Number(amount) * unit[name.replace(/s$/, '') as keyof typeof unit];
};
