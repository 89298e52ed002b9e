// Public holidays by country and region, packed from the npm package date-holidays by test/domain/sla/pack-holidays.ts: the package
// is 1.5 MB of rules, the days of some years are 50 KB. Outside those years no public holiday is known.
import { dayMilliseconds, dayNumberOf } from '../days.ts';
import packed from './public-holidays.json' with { type: 'json' };

/** `{ country: DE, region: BY }`; the region of a region is `BY-A`. */
export interface Place {
  country: string;
  region?: string | undefined;
}

export const holidayYears = () => ({ first: packed.firstYear, last: packed.lastYear });

// Read where it is used, as the years are: who uses neither, having only the calendar's arithmetic, is not bundled with the days.
const places = (): Readonly<Record<string, string>> => packed.places;
const keyOf = ({ country, region }: Place): string => (region === undefined ? country : `${country}-${region}`);

export const holidayCountries = (): string[] => Object.keys(places()).filter((key) => !key.includes('-'));
export const holidayRegions = (country: string): string[] =>
  Object.keys(places()).flatMap((key) => (key.startsWith(`${country}-`) ? [key.slice(country.length + 1)] : []));

/** `01-06` is that day of every year; else base 36: the first day since the span began, then the days from each to the next. */
const daysOfSeries = (text: string): number[] => {
  const years = Array.from({ length: packed.lastYear - packed.firstYear + 1 }, (_, n) => packed.firstYear + n);
  if (/^\d\d-\d\d$/.test(text)) return years.map((year) => dayNumberOf(`${year}-${text}`));
  let day = Date.UTC(packed.firstYear) / dayMilliseconds;
  return text.split(' ').map((apart) => {
    day += Number.parseInt(apart, 36);
    return day;
  });
};

/** The country's series, then what the region has more (`7`) and less (`-7`). */
const seriesOf = (key: string): Set<string> => {
  const around = key.slice(0, Math.max(0, key.lastIndexOf('-')));
  const series = around === '' ? new Set<string>() : seriesOf(around);
  for (const number of places()[key]!.split(' ').filter(Boolean)) {
    if (number.startsWith('-')) series.delete(number.slice(1));
    else series.add(number);
  }
  return series;
};

const unpacked = new Map<string, ReadonlySet<number>>();

/** Its public holidays as day numbers since 1970, substitute days included. Throws RangeError where nothing is known of the place. */
export const publicHolidays = (place: Place): ReadonlySet<number> => {
  const key = keyOf(place);
  if (!Object.hasOwn(places(), key)) throw new RangeError(`no public holidays are known of ${key}`);
  let days = unpacked.get(key);
  if (days === undefined) {
    days = new Set([...seriesOf(key)].flatMap((number) => daysOfSeries(packed.series[Number(number)]!)));
    unpacked.set(key, days);
  }
  return days;
};
