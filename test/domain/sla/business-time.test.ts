import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addBusinessTime, millisecondsOf } from '../../../lib/domain/sla/business-time.ts';
import type { Calendar } from '../../../lib/domain/sla/calendar.ts';
import { weekdayNames } from './weekdays.ts';

const hour = 3_600_000;
const officeHours = [{ from: '10:00', to: '18:00' }];
const weekdays = (hours: Calendar['hours'][keyof Calendar['hours']]): Calendar['hours'] =>
  Object.fromEntries(weekdayNames.slice(0, 5).map((day) => [day, hours]));
const berlin: Calendar = { timezone: 'Europe/Berlin', hours: weekdays(officeHours) };
const ending = (start: string, work: number, calendar: Calendar = berlin): string =>
  new Date(addBusinessTime(Date.parse(start), work, calendar)).toISOString();

describe('Monday to Friday, 10 to 18, Berlin', () => {
  test.each([
    ['within the day', '2026-11-20T10:00:00.000Z', hour, '2026-11-20T11:00:00.000Z'],
    ['Saturday 16:00 and an hour is Monday 11:00', '2026-11-21T15:00:00.000Z', hour, '2026-11-23T10:00:00.000Z'],
    ['over the night', '2026-11-19T16:30:00.000Z', hour, '2026-11-20T09:30:00.000Z'],
    ['over the weekend', '2026-11-20T16:30:00.000Z', hour, '2026-11-23T09:30:00.000Z'],
    ['to the very end of the day', '2026-11-20T16:00:00.000Z', hour, '2026-11-20T17:00:00.000Z'],
    ['before the day begins', '2026-11-20T03:00:00.000Z', hour, '2026-11-20T10:00:00.000Z'],
    ['to the millisecond', '2026-11-20T16:59:59.999Z', 2, '2026-11-23T09:00:00.001Z'],
    ['no work at all, in hours', '2026-11-20T10:00:00.000Z', 0, '2026-11-20T10:00:00.000Z'],
    ['no work at all, out of hours', '2026-11-21T15:00:00.000Z', 0, '2026-11-23T09:00:00.000Z'],
    ['a fortnight', '2026-11-20T09:00:00.000Z', 80 * hour, '2026-12-03T17:00:00.000Z'],
    ['into summer time', '2026-03-27T16:00:00.000Z', 2 * hour, '2026-03-30T09:00:00.000Z'],
    ['into winter time', '2026-10-23T15:00:00.000Z', 2 * hour, '2026-10-26T10:00:00.000Z'],
  ])('%s', (_, start, work, end) => expect(ending(start, work)).toBe(end));
});

describe('where the clock is put forward or back', () => {
  const sunday: Calendar = { timezone: 'Europe/Berlin', hours: { sunday: [{ from: '00:00', to: '06:00' }] } };

  it('the night of spring is an hour shorter', () => {
    expect(ending('2026-03-28T23:00:00.000Z', 5 * hour, sunday)).toBe('2026-03-29T04:00:00.000Z');
    expect(ending('2026-03-28T23:00:00.000Z', 5 * hour + 1, sunday)).toBe('2026-04-04T22:00:00.001Z');
  });

  it('the night of autumn is an hour longer', () => {
    expect(ending('2026-10-24T22:00:00.000Z', 7 * hour, sunday)).toBe('2026-10-25T05:00:00.000Z');
  });

  it('hours that lie in the gap are none', () => {
    const gap: Calendar = { timezone: 'Europe/Berlin', hours: { sunday: [{ from: '02:00', to: '03:00' }] } };
    expect(ending('2026-03-28T23:00:00.000Z', hour, gap)).toBe('2026-04-05T01:00:00.000Z');
  });
});

it('counts several intervals a day, in whatever order they stand', () => {
  const split: Calendar = {
    timezone: 'UTC',
    hours: {
      friday: [
        { from: '13:00', to: '17:00' },
        { from: '09:00', to: '12:00' },
      ],
    },
  };
  expect(ending('2026-11-20T11:30:00.000Z', hour, split)).toBe('2026-11-20T13:30:00.000Z');
  expect(ending('2026-11-20T11:00:00.000Z', hour, split)).toBe('2026-11-20T12:00:00.000Z');
  expect(ending('2026-11-20T12:15:00.000Z', hour, split)).toBe('2026-11-20T14:00:00.000Z');
});

it('runs round the clock where the day ends at 24:00', () => {
  const always: Calendar = {
    timezone: 'Asia/Kathmandu',
    hours: Object.fromEntries(weekdayNames.map((day) => [day, [{ from: '00:00', to: '24:00' }]])),
  };
  expect(ending('2026-11-20T18:14:59.000Z', 1_000 * hour, always)).toBe('2027-01-01T10:14:59.000Z');
});

it.each([
  ['no hours', { timezone: 'UTC', hours: {} }],
  ['a day without hours', { timezone: 'UTC', hours: { monday: [] } }],
] satisfies [string, Calendar][])('says so where nothing is ever reached: %s', (_, calendar) => {
  expect(() => addBusinessTime(0, 1, calendar)).toThrow(RangeError);
});

test.each([
  ['1 second', 1_000],
  ['60 seconds', 60_000],
  ['30 minutes', 1_800_000],
  ['1 hour', hour],
  ['48 hours', 48 * hour],
])('%s is %i ms', (text, expected) => expect(millisecondsOf(text)).toBe(expected));

/** Minute by minute, by what the zone's own clock shows: slow, and right by its looks. */
const reference = (start: number, minutes: number, { timezone, hours }: Calendar): number => {
  const shown = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  let left = minutes;
  for (let at = start; ; at += 60_000) {
    if (left === 0) return at;
    const parts = Object.fromEntries(shown.formatToParts(at).map(({ type, value }) => [type, value]));
    const time = `${parts.hour}:${parts.minute}`;
    const today = hours[parts.weekday!.toLowerCase() as keyof typeof hours] ?? [];
    if (today.some(({ from, to }) => from <= time && time < to)) left -= 1;
  }
};

it('agrees with a clock watched minute by minute, over the changes of summer time', () => {
  const halfHours = fc.uniqueArray(fc.integer({ min: 0, max: 48 }), { minLength: 2, maxLength: 6 });
  const time = (n: number): string => `${String(Math.floor(n / 2)).padStart(2, '0')}:${n % 2 === 0 ? '00' : '30'}`;
  const intervals = halfHours.map((ends) => {
    const sorted = [...ends].sort((a, b) => a - b);
    const pairs = Array.from({ length: Math.floor(sorted.length / 2) }, (_, n) => sorted.slice(2 * n, 2 * n + 2));
    return pairs.map(([from, to]) => ({ from: time(from!), to: time(to!) }));
  });
  const calendar = fc.record({
    timezone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'),
    hours: fc.dictionary(fc.constantFrom(...weekdayNames), intervals, { minKeys: 1 }),
  }) as fc.Arbitrary<Calendar>;
  const start = fc
    .tuple(fc.constantFrom('2026-03-27', '2026-10-23', '2026-04-03', '2026-11-18'), fc.integer({ min: 0, max: 4_000 }))
    .map(([day, minute]) => Date.parse(`${day}T00:00:00.000Z`) + minute * 60_000);
  fc.assert(
    fc.property(calendar, start, fc.integer({ min: 1, max: 1_500 }), (given, from, minutes) => {
      const end = addBusinessTime(from, minutes * 60_000, given);
      expect(new Date(end).toISOString()).toBe(new Date(reference(from, minutes, given)).toISOString());
    }),
    { numRuns: 40 },
  );
});
