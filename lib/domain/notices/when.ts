// When a mail may reach somebody: at once, in their working hours, or with the day's digest.
import { DateTime } from 'luxon';
import type { Playbook } from '../playbook/playbook.ts';
import { isWorking, nextWorkingMoment } from '../sla/business-time.ts';
import type { Calendar } from '../sla/calendar.ts';
import { calendarOf } from '../sla/calendar-of.ts';

export type When = 'at-once' | 'in-hours' | 'digest';

/** The next moment of that time of day on a day on which they work then; where they never do, when they next begin. */
const digestMoment = (now: number, time: string, calendar: Calendar): number => {
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  const on = (day: DateTime): number => day.set({ hour, minute, second: 0, millisecond: 0 }).toMillis();
  const today = DateTime.fromMillis(now, { zone: calendar.timezone });
  const next = on(today) >= now ? on(today) : on(today.plus({ days: 1 }));
  const opens = nextWorkingMoment(next, calendar);
  const thatDay = on(DateTime.fromMillis(opens, { zone: calendar.timezone }));
  return isWorking(thatDay, calendar) ? thatDay : opens;
};

/** Ms since 1970; `now` where nothing holds it up. */
export const mayGoAt = (
  when: When,
  to: string,
  playbook: Pick<Playbook, 'calendars' | 'people' | 'sla' | 'teams' | 'notices'>,
  now: number,
): number => {
  const { digest } = playbook.notices;
  if (when === 'at-once') return now;
  const calendar = calendarOf(to, playbook);
  return when === 'digest' && digest !== undefined
    ? digestMoment(now, digest.at, calendar)
    : nextWorkingMoment(now, calendar);
};
