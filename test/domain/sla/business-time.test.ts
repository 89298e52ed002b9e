// Working time against known answers: business-time.yaml, and what no calendar can.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { awayList, calendar } from '../../../lib/domain/playbook/calendars.ts';
import {
  addBusinessTime,
  businessTimeBetween,
  isWorking,
  millisecondsOf,
  nextWorkingMoment,
} from '../../../lib/domain/sla/business-time.ts';
import type { Calendar } from '../../../lib/domain/sla/calendar.ts';

const hour = 3_600_000;
const known = z
  .record(
    z.string(),
    z.strictObject({ calendar: calendar.extend({ away: awayList }), cases: z.record(z.string(), z.string()) }),
  )
  .parse(parse(readFileSync(join(import.meta.dirname, 'business-time.yaml'), 'utf8')));

/** `Sat 2026-11-21 16:00`, with seconds or without, and with its distance from UTC where that time comes twice. */
const momentOf = (text: string, timezone: string): number => {
  const [weekday, day, time, offset = ''] = text.split(' ');
  const at = DateTime.fromISO(`${day}T${time}${offset}`, { zone: timezone });
  expect(at.isValid, text).toBe(true);
  expect(at.toFormat('ccc yyyy-MM-dd HH:mm'), text).toBe(`${weekday} ${day} ${time!.slice(0, 5)}`);
  return at.toMillis();
};

describe.each(Object.entries(known))('%s', (_, { calendar, cases }) => {
  test.each(Object.entries(cases))('%s: %s', (_, line) => {
    const [start, work, end] = line.split(/ [+] | = /) as [string, string, string];
    const [from, to] = [momentOf(start, calendar.timezone), momentOf(end, calendar.timezone)];

    expect(new Date(addBusinessTime(from, millisecondsOf(work), calendar)).toISOString()).toBe(
      new Date(to).toISOString(),
    );
    expect(businessTimeBetween(from, to, calendar)).toBe(millisecondsOf(work));
  });
});

describe('at a moment', () => {
  const office = known.office!.calendar;
  const at = (text: string): number => momentOf(text, office.timezone);

  it.each([
    ['Fri 2026-11-20 09:59:59.999', false, 'Fri 2026-11-20 10:00'],
    ['Fri 2026-11-20 10:00', true, 'Fri 2026-11-20 10:00'],
    ['Fri 2026-11-20 17:59:59.999', true, 'Fri 2026-11-20 17:59:59.999'],
    ['Fri 2026-11-20 18:00', false, 'Mon 2026-11-23 10:00'],
    ['Sat 2026-11-21 12:00', false, 'Mon 2026-11-23 10:00'],
  ])('%s somebody works: %s; next from %s', (moment, working, next) => {
    expect(isWorking(at(moment), office)).toBe(working);
    expect(nextWorkingMoment(at(moment), office)).toBe(at(next));
  });

  it('no working time lies between a moment and one before it', () => {
    expect(businessTimeBetween(at('Fri 2026-11-20 17:00'), at('Fri 2026-11-20 11:00'), office)).toBe(0);
    expect(businessTimeBetween(at('Fri 2026-11-20 17:00'), at('Tue 2026-11-17 11:00'), office)).toBe(0);
  });
});

it.each([
  ['no hours', { timezone: 'UTC', hours: {} }],
  ['a day without hours', { timezone: 'UTC', hours: { monday: [] } }],
] satisfies [string, Calendar][])('says so where nothing is ever reached: %s', (_, calendar) => {
  expect(() => addBusinessTime(0, 1, calendar)).toThrow('no 1 ms of working time in eight years');
});

it.each([-1, Number.NaN])('refuses to add %s ms', (work) => {
  expect(() => addBusinessTime(0, work, known.office!.calendar)).toThrow('are no working time to add');
});

test.each([
  ['1 second', 1_000],
  ['60 seconds', 60_000],
  ['30 minutes', 1_800_000],
  ['1 hour', hour],
  ['48 hours', 48 * hour],
])('%s is %i ms', (text, expected) => expect(millisecondsOf(text)).toBe(expected));
