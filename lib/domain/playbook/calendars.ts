// When people work: calendars by name for the tenant, its teams and its people, and when somebody is away.
import * as z from 'zod';
import { name } from './words.ts';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time of day such as 09:00');

const weekday = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);
export type Weekday = z.infer<typeof weekday>;

const interval = z
  .strictObject({ from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => from < to, 'must end after it begins');
export type Interval = z.infer<typeof interval>;

/** The 31st of February is what a date becomes that is none: another one. */
const isRealDate = (text: string): boolean => {
  const at = Date.parse(`${text.slice(0, 10)}T00:00:00.000Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text.slice(0, 10));
};
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day such as 2026-12-24')
  .refine(isRealDate, 'is no day of any calendar; write one such as 2026-12-24');
const dayOrMoment = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}([T ]([01]\d|2[0-3]):[0-5]\d)?$/,
    'must be a day such as 2026-12-24, or a day and a time such as 2026-12-24 12:00',
  )
  .refine(isRealDate, 'is no day of any calendar; write one such as 2026-12-24');

/** Two hundred closed days of somebody who works once a week are four years, which the search for working time outlasts. */
const mostDays = 200;

export const calendar = z.strictObject({
  timezone: z.string().min(1).describe('Such as Europe/Berlin.'),
  hours: z.partialRecord(weekday, z.array(interval)).describe('Working time, by weekday.'),
  holidays: z
    .strictObject({
      country: z.string().describe('Two letters, such as DE.'),
      region: z.string().optional().describe('Such as BY in DE, CA in US, SCT in GB: with its own holidays too.'),
    })
    .optional()
    .describe('Nobody works on the public holidays of this country or region.'),
  days: z
    .record(day, z.array(interval))
    .refine((days) => Object.keys(days).length <= mostDays, `has more than ${mostDays}; take those out that are past`)
    .optional()
    .describe('Days of your own, whatever weekday or holiday they are: "2026-12-24": [] is closed, or other hours.'),
});
export type CalendarRules = z.infer<typeof calendar>;

export const calendarName = name.describe('One of `calendars`.');
export const calendarOrName = z.union([calendar, calendarName]);

const away = z.strictObject({
  from: dayOrMoment.describe('The first day, or the moment it begins, in the zone of the person’s calendar.'),
  to: dayOrMoment.describe('The last day, or the moment they are back.'),
});
export type Away = z.infer<typeof away>;
export const awayList = z
  .array(away)
  .max(100)
  .default([])
  .describe('Holidays, leave, illness: none of it is working time of this person.');
