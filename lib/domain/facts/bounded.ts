// Keeps facts small however active somebody is: the latest counts by day, those before by month, those before by year.
//
// A count is some 35 characters, and as much more for every seven contents: that is a unit. By day stand the latest 2,000 units,
// in whole months, and never less than the latest month; by month the latest 600; the rest by year. A playbook has at most 100
// signals. Somebody who feeds five of them on every working day keeps 15 months by day, in 70 KB, and packed for the table a
// fifth of that; whoever does less is not compacted for years. The worst there can be, 100 signals a day with 12 contents
// each, is 300 KB by day, 31 KB by month and 10 KB a year, which an item of 400 KB still holds.
//
// Older than that a signal has no days: what asks for touches within a window sees the current month for certain, and no more
// for whoever is as active as that. That somebody was there at all is different: it is told by the day for good (`anyTouch`),
// and so stays by month, a busy one in 130 characters, 1.6 KB a year.
//
// What is kept depends on the set alone, not on when it was compacted: a month too old for one identity's facts is too old for
// the union's, which has at least as many units. So compacting first and uniting first end the same.
import { dayMilliseconds, dayOfMonth, monthOf } from '../days.ts';
import {
  anyTouch,
  type Counts,
  type DayCount,
  inOrder,
  type PeriodCount,
  rest,
  restOfPeriod,
  unionOfCounts,
  unionOfPeriod,
  withoutEach,
} from './counts.ts';

export interface Levels {
  days: Counts<DayCount>;
  months: Counts<PeriodCount>;
  years: Counts<PeriodCount>;
}

const daysKept = 2_000;
const monthsAtLeast = 1;
const monthsKept = 600;
const yearsAtLeast = 0;

/** Units of 35 characters, by the contents, which are the end of a count that has any. */
const unitsOf = (end: unknown): number => (typeof end === 'string' ? 1 + Math.floor(end.length / 35) : 1);

const newestIn = (counts: Counts<PeriodCount>): number =>
  Math.max(...Object.values(counts).map((list) => list.at(-1)![0]), Number.NEGATIVE_INFINITY);

/** The first period from which on everything stays as it is: never one that was compacted already, since the counts of others
 * that come to it later must be found where its own are. */
const cutOf = <Count extends [number, ...unknown[]]>(
  counts: Counts<Count>,
  periodOf: (count: Count) => number,
  compacted: number,
  kept: number,
  atLeast: number,
): number => {
  const sizes = new Map<number, number>();
  let all = 0;
  for (const list of Object.values(counts)) {
    for (const count of list) {
      const units = unitsOf(count.at(-1));
      sizes.set(periodOf(count), (sizes.get(periodOf(count)) ?? 0) + units);
      all += units;
    }
  }
  if (all <= kept) return compacted + 1;
  const newestFirst = [...sizes.keys()].sort((a, b) => b - a);
  let left = kept;
  let cut = newestFirst[0]! - atLeast + 1;
  for (const period of newestFirst) {
    left -= sizes.get(period)!;
    if (left < 0) break;
    cut = Math.min(cut, period);
  }
  return Math.max(cut, compacted + 1);
};

const monthOfDay = ([day, count, first, last, dwell = 0, contents]: DayCount, signal: string): PeriodCount => {
  const before = dayOfMonth(day) - 1;
  const byDay = signal === anyTouch && count > 0 ? [...Array<number>(before).fill(0), count] : [];
  return [
    monthOf(day),
    count,
    1 << before,
    day * dayMilliseconds + first,
    day * dayMilliseconds + last,
    ...restOfPeriod(dwell, contents, byDay),
  ];
};

const yearOf = (month: number): number => Math.floor(month / 12);

const yearOfMonth = ([month, count, , first, last, dwell = 0, contents]: PeriodCount): PeriodCount => [
  yearOf(month),
  count,
  1 << (month % 12),
  first,
  last,
  ...rest(dwell, contents),
];

/** Moves what lies before the cut to the coarser level. */
const moved = <Fine extends [number, ...unknown[]]>(
  fine: Counts<Fine>,
  coarse: Counts<PeriodCount>,
  isOld: (count: Fine) => boolean,
  coarser: (count: Fine, signal: string) => PeriodCount,
): { fine: Counts<Fine>; coarse: Counts<PeriodCount> } => {
  const old = Object.fromEntries(
    Object.entries(fine).map(([signal, list]) => {
      const older = list.filter(isOld).map((count) => coarser(count, signal));
      return [signal, inOrder(older, unionOfPeriod)];
    }),
  );
  return { fine: withoutEach(fine, isOld), coarse: unionOfCounts([coarse, old], unionOfPeriod) };
};

export const bounded = ({ days, months, years }: Levels): Levels => {
  const yearBefore = newestIn(years);
  const monthBefore = Math.max(newestIn(months), yearBefore * 12 + 11);
  const monthCut = cutOf(days, ([day]) => monthOf(day), monthBefore, daysKept, monthsAtLeast);
  if (Number.isFinite(monthCut)) {
    ({ fine: days, coarse: months } = moved(days, months, ([day]) => monthOf(day) < monthCut, monthOfDay));
  }
  const { [anyTouch]: any, ...others } = months;
  const yearCut = cutOf(others, ([month]) => yearOf(month), yearBefore, monthsKept, yearsAtLeast);
  if (!Number.isFinite(yearCut)) return { days, months, years };
  const { fine, coarse } = moved(others, years, ([month]) => yearOf(month) < yearCut, yearOfMonth);
  // It stands before every signal in the alphabet too.
  return { days, months: { ...(any && { [anyTouch]: any }), ...fine }, years: coarse };
};
