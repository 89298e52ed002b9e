// Whose hours count: everybody has a calendar, their own, their team's or the tenant's.
import type { CalendarRules } from '../playbook/calendars.ts';
import type { Playbook } from '../playbook/playbook.ts';
import type { Calendar } from './calendar.ts';

type WithCalendars = Pick<Playbook, 'calendars' | 'people' | 'sla' | 'teams'>;

/** The one for whatever concerns nobody in particular. */
export const tenantCalendar = ({ calendars, sla }: Pick<Playbook, 'calendars' | 'sla'>): CalendarRules =>
  typeof sla.calendar === 'string' ? calendars[sla.calendar]! : sla.calendar;

const computeCalendar = (email: string, playbook: WithCalendars): Calendar => {
  const person = playbook.people.find((one) => one.email === email);
  const team = Object.values(playbook.teams).find(
    ({ members, calendar }) => calendar !== undefined && members.includes(email),
  );
  const name = person?.calendar ?? team?.calendar;
  const calendar = name === undefined ? tenantCalendar(playbook) : playbook.calendars[name]!;
  return person === undefined || person.away.length === 0 ? calendar : { ...calendar, away: person.away };
};

/** The same object each time, since what a calendar makes of its days is kept by it. */
const known = new WeakMap<WithCalendars, Map<string, Calendar>>();

/** The calendar of whoever has this e-mail, with the times they are away; of somebody not among `people` the tenant's. */
export const calendarOf = (email: string, playbook: WithCalendars): Calendar => {
  const calendars = known.get(playbook) ?? new Map<string, Calendar>();
  known.set(playbook, calendars);
  const calendar = calendars.get(email) ?? computeCalendar(email, playbook);
  calendars.set(email, calendar);
  return calendar;
};
