// Windows of business days: on which day one begins, and when a day drops out of it.
//
// Business days are the weekdays with hours in the playbook's `sla.calendar`. Facts are kept by UTC day, and a touch's UTC day
// stands for the local one: what somebody does after midnight UTC but before local midnight counts a day early or late. The
// days in between that are none (weekends) belong to the window, and on such a day it still begins where it began before.
import type { Weekday } from '../playbook/calendars.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { tenantCalendar } from '../sla/calendar-of.ts';

/** Whether a day is a business day, by its number modulo 7. */
export type BusinessWeek = readonly boolean[];

/** Day 0, 1 January 1970, was a Thursday. */
const weekdays: readonly Weekday[] = ['thursday', 'friday', 'saturday', 'sunday', 'monday', 'tuesday', 'wednesday'];

/** Where nobody works on any day, every day is as good as another. */
export const businessWeekOf = (playbook: Playbook): BusinessWeek => {
  const { hours } = tenantCalendar(playbook);
  const week = weekdays.map((weekday) => (hours[weekday] ?? []).length > 0);
  return week.includes(true) ? week : week.map(() => true);
};

/** The day a walk of `count` business days ends on, the first of them included: whole weeks at once, then day by day. */
const walk = (week: BusinessWeek, start: number, step: 1 | -1, count: number): number => {
  const perWeek = week.filter(Boolean).length;
  let day = start + step * 7 * Math.floor((count - 1) / perWeek);
  for (let left = ((count - 1) % perWeek) + 1; ; day += step) {
    if (week[day % 7]) left -= 1;
    if (left === 0) return day;
  }
};

/** The first day of the window of the last `within` business days, `today` included. */
export const firstDayOfWindow = (week: BusinessWeek, today: number, within: number): number =>
  walk(week, today, -1, within);

/** The first day whose window of `within` business days does not reach back to `day`. */
export const dropsOutOn = (week: BusinessWeek, day: number, within: number): number => walk(week, day + 1, 1, within);
