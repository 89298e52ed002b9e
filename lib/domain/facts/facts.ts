// What a person did, as counts by signal and UTC day: the only thing scores are computed from.
//
// A day's counts are derived from the set of that day's touches (the trail) and replace what stood there, so repeats and
// disorder cannot add up: the same set always gives the same counts (`count-day.ts`). How they stay small: `bounded.ts`.
import { dayMilliseconds, dayNumberOf, firstDayOf, momentIn, monthOf } from '../days.ts';
import { bounded } from './bounded.ts';
import {
  anyTouch,
  type Counts,
  type DayCount,
  type DayFacts,
  type PeriodCount,
  unionOfCounts,
  unionOfDay,
  unionOfPeriod,
  withoutEach,
} from './counts.ts';

export interface Facts {
  days: Counts<DayCount>;
  months?: Counts<PeriodCount>;
  years?: Counts<PeriodCount>;
}

export const noFacts: Facts = { days: {} };

export { anyTouch };

const isAny = (counts: Counts<PeriodCount>): boolean => Object.keys(counts).length > 0;

const factsOf = (parts: readonly Facts[]): Facts => {
  const { days, months, years } = bounded({
    days: unionOfCounts(
      parts.map((part) => part.days),
      unionOfDay,
    ),
    months: unionOfCounts(
      parts.map((part) => part.months),
      unionOfPeriod,
    ),
    years: unionOfCounts(
      parts.map((part) => part.years),
      unionOfPeriod,
    ),
  });
  return { days, ...(isAny(months) && { months }), ...(isAny(years) && { years }) };
};

/** The facts of several identities of one person. Each touch belongs to exactly one identity, so counts add. */
export const unionOfFacts = (parts: readonly Facts[]): Facts => (parts.length === 1 ? parts[0]! : factsOf(parts));

const hasPeriod = (counts: Counts<PeriodCount> | undefined, period: number): boolean =>
  Object.values(counts ?? {}).some((list) => list.some((count) => count[0] === period));

/** The month (`2024-03`) or year (`2024`) whose days can only be replaced together, since they are kept as one; the day itself
 * where it is kept. `day` is ISO. */
export const keptAs = ({ months, years }: Facts, day: string): string => {
  const month = monthOf(dayNumberOf(day));
  if (hasPeriod(years, Math.floor(month / 12))) return day.slice(0, 4);
  return hasPeriod(months, month) ? day.slice(0, 7) : day;
};

/** Whether anything is counted of a day, month or year (as `keptAs` names it). */
export const isCounted = ({ days }: Facts, period: string): boolean => {
  if (period.length < 10) return true;
  const asked = dayNumberOf(period);
  return days[anyTouch]?.some(([day]) => day === asked) ?? false;
};

/** Facts with the counts of a day, month or year (as `keptAs` names it) replaced by those of its days. */
export const withDays = (facts: Facts, period: string, days: readonly DayFacts[]): Facts => {
  const first = dayNumberOf(period);
  const isIn: Record<number, (day: number) => boolean> = {
    4: (day) => Math.floor(monthOf(day) / 12) === Math.floor(monthOf(first) / 12),
    7: (day) => monthOf(day) === monthOf(first),
    10: (day) => day === first,
  };
  const others: Facts = {
    days: withoutEach(facts.days, ([day]) => isIn[period.length]!(day)),
    months: withoutEach(facts.months ?? {}, ([month]) =>
      period.length === 4 ? Math.floor(month / 12) === Number(period) : period.length === 7 && month === monthOf(first),
    ),
    years: withoutEach(facts.years ?? {}, ([year]) => period.length === 4 && year === Number(period)),
  };
  const counted = days.map(
    (counts): Facts => ({
      days: Object.fromEntries(Object.entries(counts).map(([signal, count]) => [signal, [count]])),
    }),
  );
  return factsOf([others, ...counted]);
};

/** The facts of these days alone, each day once. */
export const factsOfDays = (days: readonly DayFacts[]): Facts => {
  const bySignal = new Map<string, DayCount[]>();
  for (const day of days) {
    for (const [signal, count] of Object.entries(day)) {
      const list = bySignal.get(signal);
      if (list === undefined) bySignal.set(signal, [count]);
      else list.push(count);
    }
  }
  for (const list of bySignal.values()) list.sort((a, b) => a[0] - b[0]);
  return factsOf([{ days: Object.fromEntries(bySignal) }]);
};

/** What was counted of some days alone, and of the months and years that began on any of `before`. */
export const factsOnly = ({ days, months, years }: Facts, isIn: (day: number) => boolean, before: number): Facts => ({
  days: withoutEach(days, ([day]) => !isIn(day)),
  months: withoutEach(months ?? {}, ([month]) => firstDayOf(month) >= before),
  years: withoutEach(years ?? {}, ([year]) => firstDayOf(year * 12) >= before),
});

/** The facts as they stood at the end of a day. Exact for every day still kept as one; what is compacted counts from the day
 * it began, and only the trail knows better. */
export const factsUpTo = ({ days, months, years }: Facts, day: number): Facts => {
  const end = (day + 1) * dayMilliseconds;
  return factsOf([
    {
      days: withoutEach(days, (count) => count[0] > day),
      months: withoutEach(months ?? {}, (count) => count[3] >= end),
      years: withoutEach(years ?? {}, (count) => count[3] >= end),
    },
  ]);
};

/** The last moment a signal was heard, ISO; undefined if never. */
export const lastMomentOf = ({ days, months, years }: Facts, signal: string): string | undefined => {
  const day = days[signal]?.at(-1);
  if (day !== undefined) return momentIn(day[0], day[3]);
  const period = months?.[signal]?.at(-1) ?? years?.[signal]?.at(-1);
  return period && new Date(period[4]).toISOString();
};

/** The first moment after `after` (ISO, exclusive) at which a signal is known to have been heard; undefined if there is none.
 * Of a day, a month and a year the first and the last moment are known. */
export const firstMomentAfter = ({ days, months, years }: Facts, signal: string, after: string): string | undefined => {
  const since = after === '' ? Number.NEGATIVE_INFINITY : Date.parse(after);
  for (const [, , , first, last] of [...(years?.[signal] ?? []), ...(months?.[signal] ?? [])]) {
    if (last > since) return new Date(first > since ? first : last).toISOString();
  }
  for (const [day, , first, last] of days[signal] ?? []) {
    if (momentIn(day, last) <= after) continue;
    const begun = momentIn(day, first);
    return begun > after ? begun : momentIn(day, last);
  }
  return undefined;
};

/** Whether anything was ever heard of them. */
export const isEmpty = ({ days, months, years }: Facts): boolean =>
  [days, months, years].every((counts) => counts?.[anyTouch] === undefined);

/** The days from one to another, both included, on which they did something, with how often; the latest first. Exact however
 * long ago. Never reads further back than asked, so that what looks at a week costs a week. */
export const activeDays = ({ days, months }: Facts, from: number, to: number): [day: number, touches: number][] => {
  const found: [number, number][] = [];
  const look = (day: number, touches: number): void => {
    if (touches > 0 && day >= from && day <= to) found.push([day, touches]);
  };
  const byDay = days[anyTouch] ?? [];
  for (let at = byDay.length - 1; at >= 0 && byDay[at]![0] >= from; at -= 1) look(byDay[at]![0], byDay[at]![1]);
  const byMonth = months?.[anyTouch] ?? [];
  for (let at = byMonth.length - 1; at >= 0 && byMonth[at]![4] >= from * dayMilliseconds; at -= 1) {
    const [month, , , , , , , touches = []] = byMonth[at]!;
    const first = firstDayOf(month);
    for (let n = touches.length - 1; n >= 0; n -= 1) look(first + n, touches[n]!);
  }
  return found;
};

/** Every touch there is, whatever its day. */
export const touchesIn = ({ days, months, years }: Facts, signal: string): number => {
  const sum = (list: readonly (DayCount | PeriodCount)[] = []): number =>
    list.reduce((all, count) => all + count[1], 0);
  return sum(days[signal]) + sum(months?.[signal]) + sum(years?.[signal]);
};
