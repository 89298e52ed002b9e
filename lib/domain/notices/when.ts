// When a mail may reach somebody: at once, in their working hours, or with the day's digest.
import { dayMilliseconds } from '../days.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { isWorking, nextWorkingMoment } from '../sla/business-time.ts';
import type { Calendar } from '../sla/calendar.ts';
import { calendarOf } from '../sla/calendar-of.ts';
import { stretchesBetween } from '../sla/zone-offsets.ts';

export type When = 'at-once' | 'in-hours' | 'digest';

const offsetAt = (zone: string, at: number): number => stretchesBetween(zone, at, at + 1)[0]!.offset;

/** The next moment of that time of day on a day on which they work then; where they never do, when they next begin. */
const digestMoment = (now: number, time: string, calendar: Calendar): number => {
  const { timezone } = calendar;
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  const dayOf = (at: number): number => Math.floor((at + offsetAt(timezone, at)) / dayMilliseconds);
  const on = (day: number): number => {
    const shown = day * dayMilliseconds + (hour * 60 + minute) * 60_000;
    // The offset then is known by about when it is: what it is at midnight it need not be at half past eight.
    return shown - offsetAt(timezone, shown - offsetAt(timezone, shown));
  };
  const today = on(dayOf(now));
  const opens = nextWorkingMoment(today >= now ? today : on(dayOf(now) + 1), calendar);
  const thatDay = on(dayOf(opens));
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
