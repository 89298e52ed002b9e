// Time as people work it: adds working time to a moment, and tells how much of it lies between two. Moments are ms since 1970;
// all is exact to the millisecond, and takes the same time for each day crossed.
import { dayMilliseconds } from '../days.ts';
import { type Calendar, workingDays } from './calendar.ts';

const dayAt = (at: number): number => Math.floor(at / dayMilliseconds);

/** A calendar the playbook's checks let pass works within six years of any moment: better an error than an endless search. */
const daysSearched = 8 * 366;

/** The moment at which `work` ms of working time have passed since `start`. At closing time that is closing time, not the next
 * morning. Throws RangeError when the calendar has not that much time in the next eight years, or `work` is below 0. */
export const addBusinessTime = (start: number, work: number, calendar: Calendar): number => {
  if (!(work >= 0)) throw new RangeError(`${work} ms are no working time to add`);
  const workingDay = workingDays(calendar);
  const first = dayAt(start);
  let left = work;
  for (let day = first; day < first + daysSearched; day += 1) {
    const { spans, work: whole } = workingDay(day);
    if (day > first && whole < left) {
      left -= whole;
      continue;
    }
    for (const { from, to } of spans) {
      const begin = Math.max(from, start);
      if (begin >= to) continue;
      if (left <= to - begin) return begin + left;
      left -= to - begin;
    }
  }
  throw new RangeError(`the calendar of zone ${calendar.timezone} has no ${work} ms of working time in eight years`);
};

/** The first moment from `at` on at which somebody works: `at` itself within working time. */
export const nextWorkingMoment = (at: number, calendar: Calendar): number => addBusinessTime(at, 0, calendar);

/** Whether somebody works then; not at closing time any more. */
export const isWorking = (at: number, calendar: Calendar): boolean =>
  workingDays(calendar)(dayAt(at)).spans.some(({ from, to }) => from <= at && at < to);

/** The ms of working time from one moment to another; 0 where `to` is not later. */
export const businessTimeBetween = (from: number, to: number, calendar: Calendar): number => {
  const workingDay = workingDays(calendar);
  const [first, last] = [dayAt(from), dayAt(to)];
  let sum = 0;
  for (let day = first; day <= last; day += 1) {
    const { spans, work } = workingDay(day);
    if (day > first && day < last) sum += work;
    else for (const span of spans) sum += Math.max(0, Math.min(span.to, to) - Math.max(span.from, from));
  }
  return sum;
};

const unit = { second: 1_000, minute: 60_000, hour: 3_600_000 } as const;

/** `4 hours` → 14,400,000. */
export const millisecondsOf = (duration: string): number => {
  const [amount, name] = duration.split(' ') as [string, string];
  return Number(amount) * unit[name.replace(/s$/, '') as keyof typeof unit];
};
