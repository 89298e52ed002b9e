// Due times a second: random starts over two years, targets of 1 to 48 hours, on 50 calendars in ten zones with their countries'
// holidays. The first round has every day to compute, as after a start; the others find them computed.
import { addBusinessTime, businessTimeBetween } from '../../../lib/domain/sla/business-time.ts';
import type { Calendar } from '../../../lib/domain/sla/calendar.ts';

const places = [
  ['Europe/Berlin', { country: 'DE', region: 'BY' }],
  ['Europe/London', { country: 'GB', region: 'SCT' }],
  ['Europe/Zurich', { country: 'CH', region: 'ZH' }],
  ['America/Los_Angeles', { country: 'US', region: 'CA' }],
  ['America/New_York', { country: 'US', region: 'NY' }],
  ['America/Sao_Paulo', { country: 'BR' }],
  ['Asia/Kolkata', { country: 'IN' }],
  ['Asia/Tokyo', { country: 'JP' }],
  ['Asia/Dubai', { country: 'AE' }],
  ['Australia/Sydney', { country: 'AU', region: 'NSW' }],
] as const;

/** Five kinds of a week in each place: from an early one without a pause to one of evenings. */
const calendars: readonly Calendar[] = places.flatMap(([timezone, holidays]) =>
  ['07', '08', '09', '10', '11'].map((begin, kind): Calendar => {
    const day =
      kind === 0
        ? [{ from: `${begin}:00`, to: '15:30' }]
        : [
            { from: `${begin}:00`, to: '12:30' },
            { from: '13:15', to: `${17 + kind}:00` },
          ];
    const hours = { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day.slice(0, 1) };
    return { timezone, holidays, hours, days: { '2026-12-24': [], '2026-12-31': day.slice(0, 1) } };
  }),
);

const begin = Date.UTC(2026, 0, 1);
const twoYears = Date.UTC(2028, 0, 1) - begin;
const hour = 3_600_000;

interface Asked {
  start: number;
  work: number;
  calendar: Calendar;
}

/** The same each time: Numerical Recipes' generator of 32 bits. */
const questions = (count: number): Asked[] => {
  let state = 20_261_122;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: count }, () => ({
    start: begin + random(twoYears),
    work: (1 + random(48)) * hour,
    calendar: calendars[random(calendars.length)]!,
  }));
};

const perSecond = (asked: readonly Asked[]): number => {
  const begun = performance.now();
  let latest = 0;
  for (const { start, work, calendar } of asked) latest = Math.max(latest, addBusinessTime(start, work, calendar));
  const elapsed = performance.now() - begun;
  // Of 48 hours in weeks of 35 none is due in a month; and what is not used may be optimised away.
  if (latest > begin + twoYears + 31 * 24 * hour) throw new Error(`due at ${new Date(latest).toISOString()}`);
  return (asked.length * 1_000) / elapsed;
};

const rounds = 5;

/** How many are asked in a round; the test of the command is content with less. */
export const dueTimes = (count = 500_000) => {
  const asked = questions(count);
  const first = perSecond(asked);
  for (const { start, work, calendar } of asked.slice(0, 1_000)) {
    if (businessTimeBetween(start, addBusinessTime(start, work, calendar), calendar) !== work) {
      throw new Error(`not ${work} ms after ${start}: ${JSON.stringify(calendar)}`);
    }
  }
  const speeds = Array.from({ length: rounds }, () => perSecond(asked)).sort((a, b) => a - b);
  const median = speeds[Math.floor(rounds / 2)]!;
  console.error(
    `${Math.round(median).toLocaleString('en')} due times/s; while days are computed ${Math.round(first).toLocaleString('en')}`,
  );
  return { dueTimesPerSecond: Math.round(median), firstDueTimesPerSecond: Math.round(first) };
};
