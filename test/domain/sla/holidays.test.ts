// The packed public holidays are what date-holidays says, and there are enough years of them.
import { describe, expect, it, test } from 'vitest';
import { isoDay } from '../../../lib/domain/days.ts';
import { holidayCountries, holidayRegions, holidayYears, publicHolidays } from '../../../lib/domain/sla/holidays.ts';
import { holidaysByRule } from './pack-holidays.ts';

/** The year of the release: raise it with the changelog's. */
const releaseYear = 2026;

test('there are three years of holidays after the year of the release; else raise the span in pack-holidays.ts', () => {
  expect(holidayYears().last - releaseYear).toBeGreaterThanOrEqual(3);
  expect(holidayYears().first).toBeLessThan(releaseYear);
});

const daysIn = (year: string, place: { country: string; region?: string }): string[] =>
  [...publicHolidays(place)]
    .map(isoDay)
    .filter((day) => day.startsWith(year))
    .sort();

describe('public holidays', () => {
  it('of Bavaria in 2026', () => {
    expect(daysIn('2026', { country: 'DE', region: 'BY' }).map((day) => day.slice(5))).toEqual(
      '01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26'.split(' '),
    );
  });

  it('of a part of a region that has more, Augsburg', () => {
    const [augsburg, bavaria] = ['BY-A', 'BY'].map((region) => new Set(daysIn('2026', { country: 'DE', region })));
    expect([...augsburg!.difference(bavaria!)]).toEqual(['2026-08-08', '2026-08-15']);
  });

  it('of England in 2027, whose Christmas is on a weekend', () => {
    expect(daysIn('2027-12', { country: 'GB', region: 'ENG' })).toEqual(
      expect.arrayContaining(['2027-12-27', '2027-12-28']),
    );
  });

  it('of several days, which begin at sunset', () => {
    expect(daysIn('2026-03', { country: 'TR' })).toEqual(['2026-03-20', '2026-03-21', '2026-03-22']);
  });

  it('of no place but those there are', () => {
    expect(() => publicHolidays({ country: 'DE', region: 'XX' })).toThrow('no public holidays are known of DE-XX');
    expect(() => publicHolidays({ country: 'constructor' })).toThrow(RangeError);
    expect(holidayCountries().length).toBeGreaterThan(200);
    expect(holidayRegions('DE')).toContain('BY');
    expect(holidayRegions('IS')).toEqual([]);
  });
});

test.each(
  'DE DE-BY DE-BY-A DE-NW AT CH-ZH GB-SCT GB-NIR US-CA US-LA FR ES-CT CA-QC IE SE JP IN AE IL CN AU-VIC NZ-AUK'.split(
    ' ',
  ),
)('of %s are the package’s', (place) => {
  const [country, ...regions] = place.split('-') as [string, string?, string?];
  const rules = [...holidaysByRule([country, ...regions]).values()];
  const expected = [...new Set(rules.flatMap((days) => [...days]))].sort((a, b) => a - b).map(isoDay);
  const region = regions.length === 0 ? {} : { region: regions.join('-') };

  expect(expected.length).toBeGreaterThan(50);
  expect([...publicHolidays({ country, ...region })].sort((a, b) => a - b).map(isoDay)).toEqual(expected);
});
