import { describe, expect, it, test } from 'vitest';
import { dayNumberOf } from '../../../lib/domain/days.ts';
import type { PeriodCount } from '../../../lib/domain/facts/counts.ts';
import { anyTouch, type Facts } from '../../../lib/domain/facts/facts.ts';
import type { PlaybookInput } from '../../../lib/domain/playbook/playbook.ts';
import { behaviourParts, behaviourPoints, rounded, totalOf } from '../../../lib/domain/scoring/behaviour.ts';
import { modelsOf } from '../../../lib/domain/scoring/model.ts';
import { factsOf } from '../facts-of.ts';
import { testPlaybook } from '../playbooks.ts';

type Signal = Partial<PlaybookInput['signals'][string]>;
type Count = Parameters<typeof factsOf>[0][string][string];

const noon = '2026-11-20T12:00:00.000Z';
/** Touches between the first and the second second of a day, about these contents. */
const about = (count: number, contents: string): Count => [count, 1_000, 2_000, 0, contents];
const tried = (counts: Record<string, Count>): Facts =>
  factsOf(Object.fromEntries(Object.entries(counts).map(([day, count]) => [day, { tried: count }])));

/** The part of one signal, worth 10 points unless told, which the sum without parts must agree with. */
const scored = (signal: Signal, given: Record<string, Count> | { facts: Facts }, asOf = noon) => {
  const { signals } = modelsOf(
    testPlaybook({ signals: { tried: { label: 'Tried', match: { kind: 'page' }, points: 10, ...signal } } }),
  )[0]!;
  const facts = 'facts' in given ? (given.facts as Facts) : tried(given);
  const parts = behaviourParts(signals, facts, asOf);
  expect(behaviourPoints(signals, facts, dayNumberOf(asOf))).toBe(totalOf(parts));
  return parts[0];
};

describe('points', () => {
  it('are counted by touch where nothing limits them', () => {
    expect(scored({}, { '2026-11-18': 2, '2026-11-20': 1 })).toEqual({
      rule: 'tried',
      label: 'Tried',
      dimension: 'engagement',
      points: 30,
      count: 3,
      trimmed: 0,
      decayed: 0,
      first: '2026-11-18T00:00:01.000Z',
      last: '2026-11-20T00:00:02.000Z',
    });
  });

  it('stop at the cap of a day, day by day', () => {
    expect(scored({ capPerDay: 20 }, { '2026-11-18': 5, '2026-11-20': 1 })).toMatchObject({ points: 30, trimmed: 30 });
    expect(scored({ capPerDay: 20 }, { '2026-11-20': 2 })).toMatchObject({ points: 20, trimmed: 0 });
  });

  it('stop at the cap in total, after the caps of the days', () => {
    expect(scored({ capPerDay: 20, cap: 25 }, { '2026-11-18': 5, '2026-11-20': 1 })).toMatchObject({
      points: 25,
      trimmed: 35,
      decayed: 0,
    });
  });

  it('halve in a half-life, and not within the day', () => {
    expect(scored({ halfLifeDays: 14 }, { '2026-11-06': 1 })).toMatchObject({ points: 5, decayed: 5, trimmed: 0 });
    expect(scored({ halfLifeDays: 14 }, { '2026-11-20': 1 })).toMatchObject({ points: 10, decayed: 0 });
    expect(scored({ halfLifeDays: 14 }, { '2026-11-20': 1 }, '2026-11-20T23:59:59.999Z')).toMatchObject({ points: 10 });
  });

  it('halve on and on, for years', () => {
    expect(scored({ points: 1_000, halfLifeDays: 1_000 }, { '2024-02-24': 1 })).toMatchObject({ points: 500 });
    // 2,000 days: past what stands in the table of powers.
    expect(scored({ points: 1_000, halfLifeDays: 1_000 }, { '2021-05-30': 1 })).toMatchObject({
      points: 250,
      decayed: 750,
    });
  });

  it('are capped after they decayed: an old plenty is still worth the cap', () => {
    expect(scored({ halfLifeDays: 14, cap: 20 }, { '2026-11-06': 6 })).toMatchObject({
      points: 20,
      decayed: 30,
      trimmed: 10,
    });
  });

  it('round half away from zero, a penalty as its reward', () => {
    expect(scored({ points: 5, halfLifeDays: 14 }, { '2026-11-06': 1 })).toMatchObject({ points: 3, decayed: 2 });
    expect(scored({ points: -5, halfLifeDays: 14 }, { '2026-11-06': 1 })).toMatchObject({ points: -3, decayed: -2 });
  });

  it('are never minus zero', () => {
    expect(Object.is(scored({ points: -1, halfLifeDays: 1 }, { '2026-11-01': 1 })?.points, 0)).toBe(true);
  });

  it('taken away are capped as points given', () => {
    expect(scored({ points: -10, cap: 15 }, { '2026-11-20': 3 })).toMatchObject({
      points: -15,
      trimmed: -15,
      decayed: 0,
    });
    expect(scored({ points: -10, capPerDay: 15 }, { '2026-11-18': 1, '2026-11-20': 3 })).toMatchObject({
      points: -25,
      trimmed: -15,
    });
  });
});

test.each([
  [2.5, 3],
  [2.4, 2],
  [-2.5, -3],
  [-2.4, -2],
  [0, 0],
  [-0.4, 0],
])('%f rounds to %i', (points, whole) => {
  expect(Object.is(rounded(points), whole)).toBe(true);
});

describe('of several touches', () => {
  it('one a day counts, whatever their number', () => {
    const counts = { '2026-11-18': 5, '2026-11-20': 1 };
    expect(scored({ count: 'per-day' }, counts)).toMatchObject({ points: 20, count: 6, trimmed: 40 });
    expect(scored({ count: 'per-day', capPerDay: 4 }, counts)).toMatchObject({ points: 8, trimmed: 52 });
    expect(scored({ count: 'per-day', halfLifeDays: 2 }, counts)).toMatchObject({
      points: 15,
      trimmed: 40,
      decayed: 5,
    });
  });

  it('one in all counts, and that is the latest', () => {
    const counts = { '2026-11-06': 4, '2026-11-20': 2 };
    expect(scored({ count: 'once' }, counts)).toMatchObject({ points: 10, count: 6, trimmed: 50, decayed: 0 });
    expect(scored({ count: 'once', capPerDay: 4 }, counts)).toMatchObject({ points: 4, trimmed: 56 });
    expect(scored({ count: 'once', points: -10 }, counts)).toMatchObject({ points: -10, trimmed: -50 });
    expect(scored({ count: 'once', points: 0 }, counts)).toMatchObject({ points: 0, trimmed: 0 });
    const half = { count: 'once', halfLifeDays: 14 } as const;
    expect(scored(half, counts)).toMatchObject({ points: 10, trimmed: 50, decayed: 0 });
    expect(scored(half, counts, '2026-11-19T12:00:00.000Z')).toMatchObject({ points: 5, count: 4, decayed: 5 });
    expect(scored(half, counts, '2026-11-06T12:00:00.000Z')).toMatchObject({ points: 10, count: 4, decayed: 0 });
  });

  it('each content counts once, where it came last', () => {
    const counts = { '2026-11-18': about(3, 'aaaaabbbbb'), '2026-11-20': about(2, 'aaaaaccccc') };
    expect(scored({ count: 'per-content' }, counts)).toMatchObject({ points: 30, count: 5, trimmed: 20, decayed: 0 });
    expect(scored({ count: 'per-content', points: -10 }, counts)).toMatchObject({ points: -30, trimmed: -20 });
    const half = { count: 'per-content', halfLifeDays: 2 } as const;
    expect(scored(half, counts)).toMatchObject({ points: 25, count: 5, trimmed: 20, decayed: 5 });
    expect(scored(half, counts, '2026-11-18T12:00:00.000Z')).toMatchObject({ points: 20, count: 3, decayed: 0 });
  });

  it('without any content none counts as one', () => {
    expect(scored({ count: 'per-content' }, { '2026-11-20': 2 })).toMatchObject({ points: 0, count: 2, trimmed: 20 });
  });

  it('each content counts on an earlier day where the cap of the last has no room', () => {
    const counts = { '2026-11-18': about(3, 'aaaaabbbbb'), '2026-11-20': about(2, 'aaaaaccccc') };
    const capped = { count: 'per-content', capPerDay: 10 } as const;
    expect(scored(capped, counts)).toMatchObject({ points: 20, trimmed: 30, decayed: 0 });
    expect(scored({ ...capped, halfLifeDays: 2 }, counts)).toMatchObject({ points: 15, trimmed: 30, decayed: 5 });
    expect(scored({ ...capped, points: -10 }, counts)).toMatchObject({ points: -20, trimmed: -30 });
    expect(scored({ ...capped, capPerDay: 15 }, counts)).toMatchObject({ points: 30 - 5, trimmed: 25 });
    expect(scored({ ...capped, capPerDay: 1 }, counts)).toMatchObject({ points: 2, trimmed: 48 });
    // Where it is worth more, also while the last day has room for a part.
    const room = { '2026-11-18': about(1, 'bbbbb'), '2026-11-20': about(2, 'aaaaabbbbb') };
    expect(scored({ ...capped, capPerDay: 15 }, room)).toMatchObject({ points: 20, trimmed: 10 });
    expect(scored({ ...capped, capPerDay: 15, halfLifeDays: 1 }, room)).toMatchObject({ points: 15, decayed: 0 });
  });
});

describe('as of a past day', () => {
  const counts = { '2026-11-10': 1, '2026-11-20': 4 };

  it.each(['each', 'per-day', 'once'] as const)('later days do not count: %s', (count) => {
    expect(scored({ count }, counts, '2026-11-19T23:59:59.999Z')).toMatchObject({
      points: 10,
      count: 1,
      first: '2026-11-10T00:00:01.000Z',
      last: '2026-11-10T00:00:02.000Z',
    });
    expect(scored({ count }, counts, '2026-11-09T12:00:00.000Z')).toBeUndefined();
  });

  it('the day itself does', () => {
    expect(scored({}, counts, '2026-11-20T00:00:00.000Z')).toMatchObject({ points: 50 });
  });
});

describe('what is no longer kept by day', () => {
  const at = (moment: string): number => Date.parse(moment);
  /** January and February 2026, seven touches on three days and two on one; of 2025 nine in two months. */
  const january: PeriodCount = [24_312, 7, 0b10_0000_0011, at('2026-01-01T08:00:00Z'), at('2026-01-10T09:00:00Z')];
  const february: PeriodCount = [24_313, 2, 0b1, at('2026-02-01T08:00:00Z'), at('2026-02-01T09:00:00Z')];
  const lastYear: PeriodCount = [2025, 9, 0b11, at('2025-01-06T08:00:00Z'), at('2025-02-20T09:00:00Z')];
  const withContents = ([period, count, active, begun, ended]: PeriodCount, contents: string): PeriodCount => [
    period,
    count,
    active,
    begun,
    ended,
    0,
    contents,
  ];
  const months: Facts = { days: {}, months: { tried: [january, february] } };
  const years: Facts = { days: {}, years: { tried: [lastYear] } };
  const all: Facts = { ...tried({ '2026-11-20': 1 }), months: months.months!, years: years.years! };

  it('counts touch by touch', () => {
    expect(scored({}, { facts: all })).toMatchObject({
      points: 190,
      count: 19,
      trimmed: 0,
      first: '2025-01-06T08:00:00.000Z',
      last: '2026-11-20T00:00:02.000Z',
    });
    expect(scored({}, { facts: months })).toMatchObject({
      points: 90,
      first: '2026-01-01T08:00:00.000Z',
      last: '2026-02-01T09:00:00.000Z',
    });
    expect(scored({}, { facts: years })).toMatchObject({
      points: 90,
      first: '2025-01-06T08:00:00.000Z',
      last: '2025-02-20T09:00:00.000Z',
    });
  });

  it('may be of other signals alone', () => {
    const { count, ...part } = scored(
      {},
      { facts: { ...all, months: { other: [january] }, years: { other: [lastYear] } } },
    )!;
    expect(count).toBe(1);
    expect(part).toMatchObject({ points: 10, first: '2026-11-20T00:00:01.000Z', last: '2026-11-20T00:00:02.000Z' });
    const mixed: Facts = { days: {}, months: { tried: [january] }, years: { other: [lastYear] } };
    expect(scored({}, { facts: mixed })).toMatchObject({ points: 70, last: '2026-01-10T09:00:00.000Z' });
    expect(scored({ count: 'once' }, { facts: mixed })).toMatchObject({ points: 10, count: 7 });
    const turned: Facts = { days: {}, months: { other: [january] }, years: { tried: [lastYear] } };
    expect(scored({}, { facts: turned })).toMatchObject({ points: 90, last: '2025-02-20T09:00:00.000Z' });
    expect(scored({ count: 'once' }, { facts: turned })).toMatchObject({ points: 10, count: 9 });
  });

  it('counts active days of a month, and months of a year, where a day counts once or is capped', () => {
    expect(scored({ count: 'per-day' }, { facts: months })).toMatchObject({ points: 40, count: 9, trimmed: 50 });
    expect(scored({ count: 'per-day' }, { facts: years })).toMatchObject({ points: 20, count: 9, trimmed: 70 });
    expect(scored({ capPerDay: 25 }, { facts: months })).toMatchObject({ points: 40, trimmed: 50 });
    expect(scored({ capPerDay: 5 }, { facts: months })).toMatchObject({ points: 20, trimmed: 70 });
    expect(scored({ capPerDay: 5, points: -10 }, { facts: years })).toMatchObject({ points: -10, trimmed: -80 });
  });

  it('is as old as its first touch', () => {
    // 31 days from the first of January to the first of February, and back.
    const asOf = '2026-02-01T12:00:00.000Z';
    expect(scored({ halfLifeDays: 31 }, { facts: months }, asOf)).toMatchObject({ points: 35 + 20, decayed: 35 });
  });

  it('counts from the day of its first touch on', () => {
    expect(scored({}, { facts: months }, '2026-01-31T12:00:00.000Z')).toMatchObject({
      points: 70,
      last: '2026-01-10T09:00:00.000Z',
    });
    expect(scored({}, { facts: months }, '2026-02-01T00:00:00.000Z')).toMatchObject({
      points: 90,
      last: '2026-02-01T09:00:00.000Z',
    });
    expect(scored({}, { facts: months }, '2025-12-31T23:00:00.000Z')).toBeUndefined();
    expect(scored({ count: 'once' }, { facts: months }, '2025-12-31T23:00:00.000Z')).toBeUndefined();
    expect(scored({}, { facts: all }, '2026-11-19T12:00:00.000Z')).toMatchObject({
      points: 180,
      last: '2026-02-01T09:00:00.000Z',
    });
    expect(scored({}, { facts: all }, '2025-12-31T12:00:00.000Z')).toMatchObject({
      points: 90,
      last: '2025-02-20T09:00:00.000Z',
    });
  });

  it('ends with the touch whose period begins last up to the day', () => {
    const begins = (moment: string): Facts => ({
      days: {},
      months: { tried: [[24_313, 1, 1, at(moment), at(moment)]] },
    });
    expect(scored({}, { facts: begins('2026-02-01T23:59:59.999Z') }, '2026-02-01T00:00:00.000Z')).toMatchObject({
      last: '2026-02-01T23:59:59.999Z',
    });
    const two: Facts = {
      days: {},
      months: { tried: [january, [24_313, 1, 1, at('2026-02-02T00:00:00Z'), at('2026-02-02T00:00:00Z')]] },
    };
    expect(scored({}, { facts: two }, '2026-02-01T12:00:00.000Z')).toMatchObject({ last: '2026-01-10T09:00:00.000Z' });
  });

  it('counts once with the latest of all, days before months before years', () => {
    const half = { count: 'once', halfLifeDays: 31 } as const;
    const first = '2026-02-01T12:00:00.000Z';
    expect(scored(half, { facts: all })).toMatchObject({ points: 10, count: 19, trimmed: 180, decayed: 0 });
    expect(scored(half, { facts: { ...all, days: {} } }, first)).toMatchObject({ points: 10, count: 18, decayed: 0 });
    const older = { facts: { ...all, days: {}, months: { tried: [january] } } };
    expect(scored(half, older, first)).toMatchObject({ points: 5, count: 16, decayed: 5 });
    const twoYears: Facts = {
      days: {},
      years: { tried: [lastYear, [2026, 1, 1, at('2026-02-01T08:00:00Z'), at('2026-02-01T08:00:00Z')]] },
    };
    expect(scored(half, { facts: twoYears }, first)).toMatchObject({ points: 10, count: 10, decayed: 0 });
  });

  it('counts each content once with the latest, days before months before years', () => {
    const facts: Facts = {
      ...tried({ '2026-02-01': about(1, 'aaaaa') }),
      months: { tried: [withContents(january, 'aaaaabbbbb')] },
      years: { tried: [withContents(lastYear, 'bbbbbccccc')] },
    };
    const asOf = '2026-02-01T12:00:00.000Z';
    expect(scored({ count: 'per-content' }, { facts }, asOf)).toMatchObject({ points: 30, count: 17, trimmed: 140 });
    // a of today, b a month old, c of more than a year ago.
    expect(scored({ count: 'per-content', halfLifeDays: 31 }, { facts }, asOf)).toMatchObject({
      points: 15,
      trimmed: 140,
      decayed: 15,
    });
    expect(scored({ count: 'per-content', capPerDay: 4 }, { facts }, asOf)).toMatchObject({ points: 12 });
  });
});

it('names a part for each signal that was seen, in the order of the playbook, and none for the count of all touches', () => {
  const facts = factsOf({ '2026-11-20': { [anyTouch]: 3, webinar: 1, pricing: 1, forgotten: 1 } });
  const { signals } = modelsOf(testPlaybook())[0]!;
  expect(behaviourParts(signals, facts, noon).map(({ rule }) => rule)).toEqual(['pricing', 'webinar']);
  expect(behaviourPoints(signals, facts, dayNumberOf(noon))).toBe(35);
});

it('sums parts', () => {
  expect(totalOf([{ points: 3 }, { points: -5 }])).toBe(-2);
  expect(totalOf([])).toBe(0);
});
