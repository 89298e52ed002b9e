// Working time on calendars nobody thought of: against a clock watched all the time, and against itself.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addBusinessTime,
  businessTimeBetween,
  isWorking,
  nextWorkingMoment,
} from '../../../lib/domain/sla/business-time.ts';
import type { Calendar } from '../../../lib/domain/sla/calendar.ts';
import { watched } from './watched-clock.ts';
import { weekdayNames } from './weekdays.ts';

const seed = Number(process.env.MUSTER_SEED ?? 20_261_122);
console.log(`business-time: MUSTER_SEED=${seed}`);

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];

/** Where the clock is or was changed, and one of those moments. */
const changes: readonly (readonly [timezone: string, at: string])[] = [
  ['Europe/Berlin', '2026-03-29T01:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00Z'],
  ['America/New_York', '2026-03-08T07:00Z'],
  ['America/New_York', '2027-11-07T06:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00Z'],
  ['America/Sao_Paulo', '2019-02-17T02:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00Z'],
  ['America/St_Johns', '2010-11-07T02:31Z'],
  ['America/Havana', '2026-11-01T05:00Z'],
  ['Africa/Cairo', '2026-04-23T22:00Z'],
  ['Africa/Cairo', '2026-10-29T21:00Z'],
  ['Asia/Beirut', '2026-03-28T22:00Z'],
  ['Africa/Casablanca', '2026-03-22T02:00Z'],
  ['Pacific/Chatham', '2026-04-04T14:00Z'],
  ['Asia/Kathmandu', '2026-12-24T18:15Z'],
  ['Asia/Kolkata', '2026-05-01T18:30Z'],
  ['America/Los_Angeles', '2026-07-04T07:00Z'],
  ['Europe/London', '2026-12-28T00:00Z'],
  ['UTC', '2026-12-31T00:00Z'],
];

const timeOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((number) => String(number).padStart(2, '0')).join(':');

/** Up to three intervals, their ends mostly on quarters of an hour near where clocks are changed. */
const intervals = fc
  .uniqueArray(
    fc.oneof(
      fc.integer({ min: 0, max: 16 }).map((n) => n * 15),
      fc.integer({ min: 0, max: 1_440 }),
    ),
    {
      minLength: 2,
      maxLength: 6,
    },
  )
  .map((ends) => {
    const sorted = ends.toSorted((a, b) => a - b);
    return Array.from({ length: Math.floor(sorted.length / 2) }, (_, n) => ({
      from: timeOf(sorted[2 * n]!),
      to: timeOf(sorted[2 * n + 1]!),
    }));
  });

const dayNear = (at: string) =>
  fc.integer({ min: -6, max: 8 }).map((days) => new Date(Date.parse(at) + days * day).toISOString().slice(0, 10));

const awayNear = (at: string) =>
  fc
    .tuple(
      dayNear(at),
      dayNear(at),
      fc.option(fc.integer({ min: 0, max: 1_439 })),
      fc.option(fc.integer({ min: 0, max: 1_439 })),
    )
    .map(([one, other, fromTime, toTime]) => {
      const [from, to] = one < other ? [one, other] : [other, one];
      return {
        from: fromTime === null ? from : `${from}T${timeOf(fromTime)}`,
        to: toTime === null ? to : `${to} ${timeOf(toTime)}`,
      };
    });

const holidays = fc.constantFrom(
  { country: 'DE', region: 'BY' },
  { country: 'US', region: 'CA' },
  { country: 'GB', region: 'SCT' },
  { country: 'BR' },
);

/** A calendar, and a moment near a change of its clock. */
const situation = fc.constantFrom(...changes).chain(([timezone, at]) =>
  fc.record({
    calendar: fc.record(
      {
        timezone: fc.constant(timezone),
        hours: fc.dictionary(fc.constantFrom(...weekdayNames), intervals, { minKeys: 1, maxKeys: 7 }),
        // Of years before 2024 no holidays are packed.
        ...(at > '2024' && { holidays }),
        days: fc.dictionary(dayNear(at), fc.oneof(fc.constant([]), intervals), { maxKeys: 3 }),
        away: fc.array(awayNear(at), { maxLength: 2 }),
      },
      { requiredKeys: ['timezone', 'hours'] },
    ) as fc.Arbitrary<Calendar>,
    near: fc.constant(Date.parse(at)),
  }),
);

describe('random calendars where clocks are changed', () => {
  it('agree with a clock watched second by second', () => {
    fc.assert(
      fc.property(
        situation,
        fc.integer({ min: -4 * 3_600, max: 3 * 3_600 }),
        fc.integer({ min: 1, max: 4 * 3_600 }),
        ({ calendar, near }, offset, seconds) => {
          const from = near + offset * second;
          expect(businessTimeBetween(from, from + seconds * second, calendar)).toBe(
            watched(from, seconds, second, calendar),
          );
        },
      ),
      { seed, numRuns: 150 },
    );
  });

  it('agree with a clock watched minute by minute, for days', () => {
    fc.assert(
      fc.property(
        situation,
        fc.integer({ min: -7 * 1_440, max: 2 * 1_440 }),
        fc.integer({ min: 1, max: 7 * 1_440 }),
        ({ calendar, near }, offset, minutes) => {
          const from = near + offset * minute;
          expect(businessTimeBetween(from, from + minutes * minute, calendar)).toBe(
            watched(from, minutes, minute, calendar),
          );
        },
      ),
      { seed, numRuns: 150 },
    );
  });
});

describe('random calendars, to the millisecond', () => {
  const start = fc.integer({ min: -10 * day, max: 5 * day });
  const work = fc.oneof(
    fc.integer({ min: 1, max: 48 * hour }),
    fc.integer({ min: 1, max: 48 }).map((n) => n * hour),
  );
  const check = (property: (calendar: Calendar, from: number, work: number) => void): void => {
    fc.assert(
      fc.property(situation, start, work, ({ calendar, near }, offset, amount) => {
        // Not all that chance makes works as long as is asked.
        fc.pre(businessTimeBetween(near, near + 60 * day, calendar) > 2 * hour);
        property(calendar, near + offset, amount);
      }),
      { seed, numRuns: 400 },
    );
  };

  it('what is added lies between, and is reached not a millisecond sooner', () => {
    check((calendar, from, amount) => {
      const end = addBusinessTime(from, amount, calendar);
      expect(businessTimeBetween(from, end, calendar)).toBe(amount);
      expect(businessTimeBetween(from, end - 1, calendar)).toBe(amount - 1);
      expect(isWorking(end - 1, calendar)).toBe(true);
    });
  });

  it('two amounts one after the other are their sum', () => {
    check((calendar, from, amount) => {
      const part = Math.ceil(amount / 3);
      expect(addBusinessTime(addBusinessTime(from, part, calendar), amount - part, calendar)).toBe(
        amount === part
          ? nextWorkingMoment(addBusinessTime(from, part, calendar), calendar)
          : addBusinessTime(from, amount, calendar),
      );
    });
  });

  it('time between adds up, and never runs faster than time', () => {
    check((calendar, from, amount) => {
      const [middle, to] = [from + Math.floor(amount / 3), from + amount];
      const whole = businessTimeBetween(from, to, calendar);
      expect(businessTimeBetween(from, middle, calendar) + businessTimeBetween(middle, to, calendar)).toBe(whole);
      expect(whole).toBeLessThanOrEqual(to - from);
    });
  });

  it('the next working moment is one, with no working time before it', () => {
    check((calendar, from) => {
      const next = nextWorkingMoment(from, calendar);
      expect(next).toBeGreaterThanOrEqual(from);
      expect(isWorking(next, calendar)).toBe(true);
      expect(businessTimeBetween(from, next, calendar)).toBe(0);
      expect(next === from).toBe(isWorking(from, calendar));
    });
  });
});
