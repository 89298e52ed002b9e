// Whether somebody can take a lead now, and if not, why and when they may.
import type { Playbook } from '../playbook/playbook.ts';
import type { Person } from '../playbook/routing.ts';
import { nextWorkingMoment } from '../sla/business-time.ts';
import type { Calendar } from '../sla/calendar.ts';
import { calendarOf } from '../sla/calendar-of.ts';
import type { Owner } from './assignment.ts';

/** The worse the later: when somebody has to take it anyway, whoever has the least does. */
const obstacles = ['hours', 'capacity', 'away', 'skills', 'excluded'] as const;
export type Obstacle = (typeof obstacles)[number];
export const severity = (obstacle: Obstacle | undefined): number =>
  obstacle === undefined ? -1 : obstacles.indexOf(obstacle);

export interface Availability {
  /** Absent: they can take it now. */
  obstacle?: Obstacle;
  why?: string;
  /** When they will be at work, where nothing else is in the way. Ms since 1970. */
  from?: number;
}

/** What availability hangs on besides the playbook. */
export interface Moment {
  /** Ms since 1970. */
  now: number;
  /** Leads that are Qualified or Sales Working, by their owner's e-mail. */
  open: Readonly<Record<string, number>>;
}

const byEmail = new WeakMap<Playbook, ReadonlyMap<string, Person>>();
export const personOf = (email: string, playbook: Playbook): Person | undefined => {
  const known = byEmail.get(playbook) ?? new Map(playbook.people.map((person) => [person.email, person]));
  byEmail.set(playbook, known);
  return known.get(email);
};

export const ownerNamed = (email: string, playbook: Playbook): Owner => ({
  email,
  name: personOf(email, playbook)?.name ?? email,
});

/** The same object each time, since what a calendar makes of its days is kept by it. */
const usual = new WeakMap<Calendar, Calendar>();
const withoutAway = (calendar: Calendar): Calendar => {
  if (calendar.away === undefined) return calendar;
  const { away: _, ...rest } = calendar;
  const known = usual.get(calendar) ?? rest;
  usual.set(calendar, known);
  return known;
};

/** As people read it; to the minute is exact enough for who was asked why. */
export const told = (moment: number): string => `${new Date(moment).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Until when they are away, if they miss their next working time by it: not merely gone home. */
export const awayUntil = (email: string, now: number, playbook: Playbook): number | undefined => {
  const calendar = calendarOf(email, playbook);
  const back = nextWorkingMoment(now, calendar);
  return back > nextWorkingMoment(now, withoutAway(calendar)) ? back : undefined;
};

export const availabilityOf = (
  email: string,
  skills: readonly string[],
  { now, open }: Moment,
  playbook: Playbook,
): Availability => {
  const person = personOf(email, playbook);
  const lacking = skills.filter((skill) => !person?.skills.includes(skill));
  if (lacking.length > 0) return { obstacle: 'skills', why: `has no ${lacking.join(' and no ')}` };
  const { [email]: count = 0 } = open;
  const isFull = person?.capacity !== undefined && count >= person.capacity;
  const back = awayUntil(email, now, playbook);
  if (back !== undefined) {
    return { obstacle: 'away', why: `is away until ${told(back)}`, ...(!isFull && { from: back }) };
  }
  if (isFull) return { obstacle: 'capacity', why: `has ${count} open leads, of ${person.capacity} at most` };
  const from = nextWorkingMoment(now, calendarOf(email, playbook));
  return from > now ? { obstacle: 'hours', why: `is not at work until ${told(from)}`, from } : {};
};
