// What a calendar makes of each day: the stretches of it somebody works. A moment is working time when the clock on the wall of the
// calendar's zone shows a working hour: an hour that is left out in spring is none, one that comes twice in autumn is two.
import { dayMilliseconds, dayNumberOf, isoDay } from '../days.ts';
import type { Away, CalendarRules, Interval, Weekday } from '../playbook/calendars.ts';
import { publicHolidays } from './holidays.ts';
import { stretchesBetween } from './zone-offsets.ts';

/** A calendar of the playbook; somebody's own also has when they are away. */
export type Calendar = CalendarRules & { away?: readonly Away[] };

/** From `from` until before `to`, in milliseconds. */
interface Span {
  from: number;
  to: number;
}

/** The working time of one UTC day, in order, as ms since 1970, and how many ms that is. */
export interface WorkingDay {
  spans: readonly Span[];
  work: number;
}

/** Day 0, 1 January 1970, was a Thursday. */
const weekdays: readonly Weekday[] = ['thursday', 'friday', 'saturday', 'sunday', 'monday', 'tuesday', 'wednesday'];
const weekdayOf = (date: number): Weekday => weekdays[((date % 7) + 7) % 7]!;

const timeOfDay = (text: string): number => Number(text.slice(0, 2)) * 3_600_000 + Number(text.slice(3)) * 60_000;

/** What the clock on the wall shows, as if it were UTC; of a day alone its beginning. */
const onTheWall = (text: string): number =>
  dayNumberOf(text.slice(0, 10)) * dayMilliseconds + timeOfDay(text.slice(11));

const isDayAlone = (text: string): boolean => text.length === 10;

const awaySpan = ({ from, to }: Away): Span => ({
  from: onTheWall(from),
  to: onTheWall(to) + (isDayAlone(to) ? dayMilliseconds : 0),
});

/** Cuts `hole` out of spans. */
const without = (spans: readonly Span[], hole: Span): Span[] =>
  spans
    .flatMap(({ from, to }) => [
      { from, to: Math.min(to, hole.from) },
      { from: Math.max(from, hole.to), to },
    ])
    .filter(({ from, to }) => from < to);

const hoursOn = (date: number, { hours, days, holidays }: Calendar): readonly Interval[] => {
  const own = days?.[isoDay(date)];
  if (own !== undefined) return own;
  if (holidays !== undefined && publicHolidays(holidays).has(date)) return [];
  return hours[weekdayOf(date)] ?? [];
};

/** The working time of a local date, as the clock on the wall shows it. */
const wallSpans = (date: number, calendar: Calendar): Span[] => {
  const spans = hoursOn(date, calendar).map(({ from, to }) => ({
    from: date * dayMilliseconds + timeOfDay(from),
    to: date * dayMilliseconds + timeOfDay(to),
  }));
  const away = (calendar.away ?? []).map(awaySpan).filter(({ from, to }) => from < to);
  return away.reduce(without, spans);
};

const computeDay = (day: number, calendar: Calendar): WorkingDay => {
  const [begin, end] = [day * dayMilliseconds, (day + 1) * dayMilliseconds];
  const spans = stretchesBetween(calendar.timezone, begin, end).flatMap(({ from, to, offset }) => {
    const first = Math.floor((from + offset) / dayMilliseconds);
    const last = Math.floor((to - 1 + offset) / dayMilliseconds);
    return Array.from({ length: last - first + 1 }, (_, n) => wallSpans(first + n, calendar))
      .flat()
      .map((span) => ({ from: Math.max(span.from - offset, from), to: Math.min(span.to - offset, to) }))
      .filter((span) => span.from < span.to);
  });
  spans.sort((a, b) => a.from - b.from);
  return { spans, work: spans.reduce((sum, { from, to }) => sum + to - from, 0) };
};

/** Days already computed: zone arithmetic costs a hundred times the rest. Enough for 27 years of them. */
const computed = new WeakMap<Calendar, Map<number, WorkingDay>>();
const keptDays = 10_000;

/** By number of the UTC day since 1970. */
export const workingDays = (calendar: Calendar): ((day: number) => WorkingDay) => {
  const known = computed.get(calendar) ?? new Map<number, WorkingDay>();
  computed.set(calendar, known);
  return (day) => {
    let found = known.get(day);
    if (found === undefined) {
      if (known.size >= keptDays) known.clear();
      found = computeDay(day, calendar);
      known.set(day, found);
    }
    return found;
  };
};
