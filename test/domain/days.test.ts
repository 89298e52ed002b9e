import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayMilliseconds, dayNumberOf, dayOf, dayOfMonth, isoDay, momentIn, monthOf } from '../../lib/domain/days.ts';

it('names every moment of every day as a date would', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 60_000 }),
      fc.integer({ min: 0, max: dayMilliseconds - 1 }),
      (day, millisecond) => {
        const moment = new Date(day * dayMilliseconds + millisecond).toISOString();
        expect(momentIn(day, millisecond)).toBe(moment);
        expect(isoDay(day)).toBe(dayOf(moment));
        expect(dayNumberOf(moment)).toBe(day);
        expect(dayNumberOf(dayOf(moment))).toBe(day);
        expect(dayOfMonth(day)).toBe(Number(moment.slice(8, 10)));
        expect(monthOf(day)).toBe(Number(moment.slice(0, 4)) * 12 + Number(moment.slice(5, 7)) - 1);
      },
    ),
    { seed: 20_261_122, numRuns: 500 },
  );
});

it('begins a day at its midnight', () => {
  expect(momentIn(0)).toBe('1970-01-01T00:00:00.000Z');
});

it('remembers no more days than it has room for', () => {
  for (let day = 0; day < 25_000; day += 1) isoDay(day);
  expect(isoDay(20_779)).toBe('2026-11-22');
});
