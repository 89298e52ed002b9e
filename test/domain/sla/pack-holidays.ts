// Makes lib/domain/sla/public-holidays.json of the npm package date-holidays: `node test/domain/sla/pack-holidays.ts`, in half a minute,
// after the package or the span of years has changed.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Holidays from 'date-holidays';
import { dayMilliseconds, isoDay } from '../../../lib/domain/days.ts';

/** From two years back, for what is judged afterwards; a test tells when fewer than three are left. */
const [firstYear, lastYear] = [2024, 2040];

/** Its data are under CC BY-SA, so what is made of them says so wherever it goes. */
const source =
  'date-holidays 3.37.0, https://github.com/commenthol/date-holidays, CC BY-SA 3.0; turned into days and packed';

type Codes = readonly [country: string, state?: string, region?: string];

const everyPlace = (): Codes[] => {
  const all = new Holidays();
  return Object.keys(all.getCountries()).flatMap((country): Codes[] => [
    [country],
    ...Object.keys(all.getStates(country) ?? {}).flatMap((state): Codes[] => [
      [country, state],
      ...Object.keys(all.getRegions(country, state) ?? {}).map((region): Codes => [country, state, region]),
    ]),
  ]);
};

/** The days of a holiday by the rule they follow. A day counts whose noon lies within: some begin at sunset of the day before,
 * and half days are no holidays. */
export const holidaysByRule = ([country, state = '', region = '']: Codes): Map<string, Set<number>> => {
  const holidays = new Holidays(country, state, region, { timezone: 'UTC', types: ['public'] });
  const byRule = new Map<string, Set<number>>();
  for (let year = firstYear - 1; year <= lastYear + 1; year += 1) {
    for (const { rule, start, end } of holidays.getHolidays(year)) {
      const days = byRule.get(rule) ?? new Set();
      byRule.set(rule, days);
      for (let day = Math.floor(start.getTime() / dayMilliseconds); day * dayMilliseconds < end.getTime(); day += 1) {
        const noon = (day + 0.5) * dayMilliseconds;
        const inSpan = day >= Date.UTC(firstYear) / dayMilliseconds && day < Date.UTC(lastYear + 1) / dayMilliseconds;
        if (inSpan && start.getTime() < noon && noon < end.getTime()) days.add(day);
      }
    }
  }
  return byRule;
};

const packedSeries = (days: readonly number[]): string => {
  const dates = new Set(days.map((day) => isoDay(day).slice(5)));
  if (dates.size === 1 && days.length === lastYear - firstYear + 1) return [...dates].join();
  const before = (index: number): number => days[index - 1] ?? Date.UTC(firstYear) / dayMilliseconds;
  return days.map((day, index) => (day - before(index)).toString(36)).join(' ');
};

const pack = () => {
  const numbers = new Map<string, number>();
  const numberOf = (series: string): number => {
    const number = numbers.get(series) ?? numbers.size;
    numbers.set(series, number);
    return number;
  };
  const seriesOf = new Map<string, ReadonlySet<number>>();
  const places: Record<string, string> = {};
  for (const codes of everyPlace()) {
    const days = [...holidaysByRule(codes).values()].filter(({ size }) => size > 0);
    const own = new Set(days.map((set) => numberOf(packedSeries([...set].sort((a, b) => a - b)))));
    seriesOf.set(codes.join('-'), own);
    const around = seriesOf.get(codes.slice(0, -1).join('-')) ?? new Set<number>();
    const less = [...around.difference(own)].map((number) => `-${number}`);
    places[codes.join('-')] = [...own.difference(around), ...less].join(' ');
  }
  return { source, firstYear, lastYear, series: [...numbers.keys()], places };
};

if (import.meta.main) {
  const file = join(import.meta.dirname, '../../../lib/domain/sla/public-holidays.json');
  writeFileSync(file, `${JSON.stringify(pack(), null, 2)}\n`);
}
