import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { dayNumberOf, isoDay } from '../../../lib/domain/days.ts';
import type { Weekday } from '../../../lib/domain/playbook/calendars.ts';
import type { PlaybookInput } from '../../../lib/domain/playbook/playbook.ts';
import { businessWeekOf, dropsOutOn, firstDayOfWindow } from '../../../lib/domain/scoring/business-days.ts';
import { testPlaybook } from '../playbooks.ts';

const weekdays: Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const officeHours = [{ from: '09:00', to: '17:00' }];
const playbookOpenOn = (open: readonly Weekday[], others: { from: string; to: string }[] | undefined = undefined) => {
  const hours = Object.fromEntries(
    weekdays.map((weekday) => [weekday, open.includes(weekday) ? officeHours : others]).filter(([, at]) => at),
  );
  const { sla } = testPlaybook() as unknown as PlaybookInput;
  return testPlaybook({ sla: { ...sla, calendar: { timezone: 'Europe/Berlin', hours } } });
};
const weekOpenOn = (open: readonly Weekday[]) => businessWeekOf(playbookOpenOn(open));
const workweek = businessWeekOf(testPlaybook());

// 20 November 2026 is a Friday.
test.each([
  ['2026-11-20', 1, '2026-11-20'],
  ['2026-11-20', 2, '2026-11-19'],
  ['2026-11-20', 5, '2026-11-16'],
  ['2026-11-20', 6, '2026-11-13'],
  ['2026-11-20', 11, '2026-11-06'],
  ['2026-11-21', 1, '2026-11-20'],
  ['2026-11-22', 5, '2026-11-16'],
  ['2026-11-23', 1, '2026-11-23'],
  ['2026-11-23', 5, '2026-11-17'],
  ['2026-11-23', 260, '2025-11-25'],
])('on %s the window of %i business days begins on %s', (today, within, first) => {
  expect(isoDay(firstDayOfWindow(workweek, dayNumberOf(today), within))).toBe(first);
});

test.each([
  ['2026-11-16', 1, '2026-11-17'],
  ['2026-11-16', 5, '2026-11-23'],
  ['2026-11-20', 1, '2026-11-23'],
  ['2026-11-21', 1, '2026-11-23'],
  ['2026-11-22', 2, '2026-11-24'],
  ['2026-11-20', 10, '2026-12-04'],
])('what happened on %s drops out of a window of %i on %s', (day, within, out) => {
  expect(isoDay(dropsOutOn(workweek, dayNumberOf(day), within))).toBe(out);
});

it('knows each weekday by name', () => {
  for (const [index, weekday] of weekdays.entries()) {
    const monday = dayNumberOf('2026-11-16');
    const week = weekOpenOn([weekday]);
    expect(week.filter(Boolean)).toHaveLength(1);
    expect(week[(monday + index) % 7]).toBe(true);
  }
});

it('takes a day with no hours for none, and every day for one where nobody ever works', () => {
  expect(businessWeekOf(playbookOpenOn(['monday'], []))).toEqual(weekOpenOn(['monday']));
  expect(weekOpenOn([])).toEqual(Array(7).fill(true));
});

it('is what counting day by day comes to', () => {
  fc.assert(
    fc.property(
      fc.subarray(weekdays, { minLength: 1 }),
      fc.integer({ min: 20_000, max: 20_014 }),
      fc.integer({ min: 1, max: 30 }),
      (open, day, within) => {
        const week = weekOpenOn(open);
        const first = firstDayOfWindow(week, day, within);
        const days = Array.from({ length: day - first + 1 }, (_, index) => week[(first + index) % 7]);
        expect(days.filter(Boolean)).toHaveLength(within);
        expect(days[0]).toBe(true);
        const out = dropsOutOn(week, day, within);
        expect(firstDayOfWindow(week, out, within)).toBeGreaterThan(day);
        expect(firstDayOfWindow(week, out - 1, within)).toBeLessThanOrEqual(day);
      },
    ),
    { seed: 20_261_122, numRuns: 300 },
  );
});
