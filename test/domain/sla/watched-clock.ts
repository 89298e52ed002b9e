// Working time told by watching the clock on the wall second by second: slow, and right by its looks. Holidays come straight from
// date-holidays.
import Holidays from 'date-holidays';
import type { Calendar } from '../../../lib/domain/sla/calendar.ts';
import { weekdayNames } from './weekdays.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** `2026-11-22 09:30:00`. Swedes write it so. */
const shownOn = (timezone: string, at: number): string => {
  const options = { timeZone: timezone, dateStyle: 'short', timeStyle: 'medium' } as const;
  const format = formats.get(timezone) ?? new Intl.DateTimeFormat('sv-SE', options);
  formats.set(timezone, format);
  return format.format(at);
};

const holidaysIn = new Map<string, Set<string>>();

const isHoliday = (day: string, { country, region }: { country: string; region?: string | undefined }): boolean => {
  const key = `${country} ${region} ${day.slice(0, 4)}`;
  let days = holidaysIn.get(key);
  if (days === undefined) {
    const all = new Holidays(country, region ?? '').getHolidays(day.slice(0, 4));
    days = new Set(all.filter(({ type }) => type === 'public').map(({ date }) => date.slice(0, 10)));
    holidaysIn.set(key, days);
  }
  return days.has(day);
};

const works = (at: number, { timezone, hours, days, holidays, away = [] }: Calendar): boolean => {
  const shown = shownOn(timezone, at);
  const [day, time] = shown.split(' ') as [string, string];
  const begun = (text: string): boolean => text.replace('T', ' ') <= shown;
  const isOver = (text: string): boolean => (text.length === 10 ? text < day : begun(text));
  if (away.some(({ from, to }) => begun(from) && !isOver(to))) return false;
  const weekday = weekdayNames[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7]!;
  const usual = holidays !== undefined && isHoliday(day, holidays) ? [] : (hours[weekday] ?? []);
  return (days?.[day] ?? usual).some(({ from, to }) => from <= time.slice(0, 5) && time.slice(0, 5) < to);
};

/** The working time from a whole step on, looking every `step` ms; calendars that change within a step are not told rightly. */
export const watched = (from: number, steps: number, step: number, calendar: Calendar): number => {
  let working = 0;
  for (let n = 0; n < steps; n += 1) if (works(from + n * step, calendar)) working += 1;
  return working * step;
};
