import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumberOf, isoDay, momentIn, monthOf } from '../../../lib/domain/days.ts';
import { contentOf, factsOfDay } from '../../../lib/domain/facts/count-day.ts';
import { contentsIn, type DayCount } from '../../../lib/domain/facts/counts.ts';
import {
  activeDays,
  anyTouch,
  type Facts,
  factsOfDays,
  factsUpTo,
  firstMomentAfter,
  isEmpty,
  keptAs,
  lastMomentOf,
  noFacts,
  touchesIn,
  unionOfFacts,
  withDays,
} from '../../../lib/domain/facts/facts.ts';
import { pageView, touch } from '../../simulation/lines.ts';
import { factsOf } from '../facts-of.ts';
import { testPlaybook } from '../playbooks.ts';

const playbook = testPlaybook();
const day = '2026-11-20';
const number = dayNumberOf(day);
const views = [
  pageView('a', `${day}T00:00:00.000Z`, 'anon:1', '/pricing'),
  pageView('b', `${day}T12:00:00.500Z`, 'anon:1', '/'),
  pageView('c', `${day}T23:59:59.999Z`, 'anon:1', '/pricing'),
];

describe('a day', () => {
  it('is counted by signal, with its first and last millisecond and its contents', () => {
    const counts = factsOfDay(views, playbook);
    expect(counts[anyTouch]).toEqual([number, 3, 0, 86_399_999]);
    expect(counts['any-page']?.slice(0, 5)).toEqual([number, 3, 0, 86_399_999, 0]);
    expect(contentsIn(counts['any-page']?.[5])).toHaveLength(2);
    expect(contentsIn(counts.pricing?.[5])).toHaveLength(1);
    expect(counts['any-page']?.[5]).toContain(counts.pricing![5]);
  });

  it('gives the same counts for the same set in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(views, { minLength: 3 }), (order) => {
        expect(factsOfDay(order, playbook)).toEqual(factsOfDay(views, playbook));
      }),
    );
  });

  it('counts bots and spam for nothing', () => {
    const flagged = views.map((view) => ({ ...view, flag: 'bot' as const }));
    expect(factsOfDay(flagged, playbook)).toEqual({});
    expect(factsOfDay([...flagged, views[1]!], playbook)[anyTouch]).toEqual([number, 1, 43_200_500, 43_200_500]);
  });

  it('counts a touch that feeds no signal as a touch all the same', () => {
    const played = touch({ id: 'x', occurredAt: `${day}T01:00:00.000Z`, kind: 'event', event: 'Played' });
    expect(factsOfDay([played], playbook)).toEqual({ [anyTouch]: [number, 1, 3_600_000, 3_600_000] });
  });

  it('hears who they are and how long they stayed without taking it for something they did', () => {
    const at = { occurredAt: `${day}T01:00:00.000Z` };
    const [page, event] = [{ url: 'https://www.seller.example/about', dwellSeconds: 20 }, 'Page Left'];
    const heard = (['identify', 'group', 'alias'] as const).map((kind) => touch({ id: kind, ...at, kind }));
    const left = ['a', 'b'].map((id) => touch({ id, ...at, kind: 'event', event, page }));
    const none = factsOfDay([...heard, ...left], playbook);
    expect(none).toEqual({ [anyTouch]: [number, 0, 3_600_000, 3_600_000, 40] });
    expect(factsOfDay([...heard, ...left, views[1]!], playbook)[anyTouch]).toEqual([
      ...[number, 1, 3_600_000, 43_200_500, 40],
    ]);

    const facts = factsOfDays([none]);
    expect([touchesIn(facts, anyTouch), activeDays(facts, 0, number), isEmpty(facts)]).toEqual([0, [], false]);
    expect(lastMomentOf(facts, anyTouch)).toBe(at.occurredAt);
  });

  it('adds up time on the page in whole seconds', () => {
    const long = views.map((view) => ({ ...view, page: { ...view.page, dwellSeconds: 10.4 } }));
    expect(factsOfDay(long, playbook)[anyTouch]?.[4]).toBe(30);
  });
});

describe('a content', () => {
  const page = (url: string) =>
    contentOf(touch({ id: 'x', occurredAt: `${day}T01:00:00.000Z`, kind: 'page', page: { url } }));

  it('is the page whatever its query, anchor and last slash', () => {
    expect(page('https://www.example.com/pricing/?a=b#c')).toBe('www.example.com/pricing');
    expect(page('https://www.example.com/pricing')).toBe('www.example.com/pricing');
    expect(page('https://www.example.com/?a=b/c')).toBe('www.example.com');
  });

  it('of how long somebody stayed is the page, so that each page counts once', () => {
    const left = (id: string, path: string) =>
      touch({
        ...{ id, occurredAt: `${day}T01:00:00.000Z`, kind: 'event', event: 'Page Left' },
        page: { url: `https://a.example/${path}`, dwellSeconds: 90 },
      });
    expect(contentOf(left('a', 'x?y'))).toBe('a.example/x');
    const rules = testPlaybook({
      signals: {
        long: { label: 'Long', match: { url: '*', minimumDwellSeconds: 60 }, points: 1, count: 'per-content' },
      },
    });
    const lines = [left('a', 'x'), left('b', 'x'), left('c', 'y')];
    expect(contentsIn(factsOfDay(lines, rules).long?.[5])).toHaveLength(2);
    const unplaced = touch({ ...left('d', 'x'), page: { dwellSeconds: 90 } });
    expect(contentOf(unplaced)).toBe('event:Page Left');
  });

  it('is the form or the event before the page, and something in any case', () => {
    const at = { id: 'x', occurredAt: `${day}T01:00:00.000Z` };
    const about = { page: { url: 'https://a.example/x' } };
    expect(contentOf(touch({ ...at, ...about, kind: 'form', form: { id: 'demo', answers: {} } }))).toBe('form:demo');
    expect(contentOf(touch({ ...at, ...about, kind: 'event', event: 'Played' }))).toBe('event:Played');
    expect(contentOf(touch({ ...at, kind: 'page', page: { title: 'Home' } }))).toBe('Home');
    expect(contentOf(touch({ ...at, kind: 'webinar', campaign: 'spring' }))).toBe('spring');
    expect(contentOf(touch({ ...at, kind: 'call' }))).toBe('call');
  });
});

describe('two identities', () => {
  const browser = factsOf({ [day]: { pricing: [2, 10, 20, 5, 'aaaaaccccc'] }, '2026-11-21': { pricing: [1, 5, 5] } });
  const person = factsOf({ [day]: { pricing: [1, 15, 30, 7, 'aaaaabbbbb'], webinar: [1, 1, 1] } });

  it('add up day by day, and neither changes', () => {
    const before = JSON.stringify([browser, person]);
    expect(unionOfFacts([browser, person])).toEqual({
      days: {
        pricing: [
          [number, 3, 10, 30, 12, 'aaaaabbbbbccccc'],
          [number + 1, 1, 5, 5],
        ],
        webinar: [[number, 1, 1, 1]],
      },
    });
    expect(unionOfFacts([person, browser])).toEqual(unionOfFacts([browser, person]));
    expect(unionOfFacts([])).toEqual(noFacts);
    expect(JSON.stringify([browser, person])).toBe(before);
  });

  it('keep 12 contents of a day, the same whatever the order', () => {
    const many = (from: number) =>
      factsOf({
        [day]: { pricing: [12, 0, 1, 0, Array.from({ length: 12 }, (_, n) => `c${from + n}`.padEnd(5, 'x')).join('')] },
      });
    const union = unionOfFacts([many(10), many(20)]);
    expect(contentsIn(union.days.pricing![0]![5])).toHaveLength(12);
    expect(unionOfFacts([many(20), many(10)])).toEqual(union);
  });
});

/** Somebody who does something in so many signals on each of so many days. */
const busy = (days: number, signals: number, from = dayNumberOf('2020-01-01')): Facts => ({
  days: Object.fromEntries(
    Array.from({ length: signals }, (_, signal) => [
      signal === 0 ? anyTouch : `signal-${String(signal).padStart(2, '0')}`,
      Array.from({ length: days }, (_, n) => [from + n, 2, 1_000, 2_000 + signal] as [number, number, number, number]),
    ]),
  ),
});
const entries = (facts: Facts): number =>
  [facts.days, facts.months, facts.years].reduce(
    (sum, counts) => sum + Object.values(counts ?? {}).reduce((all, list) => all + list.length, 0),
    0,
  );

describe('facts of years', () => {
  it('keep the latest 2,000 counts by day, in whole months, older ones by month and year, and every touch', () => {
    const facts = unionOfFacts([noFacts, busy(365 * 6, 5)]);
    expect(entries({ days: facts.days })).toBeLessThanOrEqual(2_000);
    expect(entries({ days: facts.days })).toBeGreaterThan(2_000 - 5 * 31);
    expect(new Set(Object.values(facts.days).map((list) => isoDay(list[0]![0]).slice(8)))).toEqual(new Set(['01']));
    expect(touchesIn(facts, 'signal-03')).toBe(365 * 6 * 2);
    expect(lastMomentOf(facts, anyTouch)).toBe(momentIn(dayNumberOf('2020-01-01') + 365 * 6 - 1, 2_000));
  });

  it('stay small for whoever is active every day in every signal', () => {
    const facts = unionOfFacts([noFacts, busy(365 * 5, 100)]);
    expect(entries(facts)).toBeLessThanOrEqual(3_100 + 600 + 100 * 5);
    expect(JSON.stringify(facts).length).toBeLessThan(150_000);
    expect(facts.years?.['signal-01']?.map(([year]) => year)).toEqual([2020, 2021, 2022, 2023, 2024]);
    expect(Object.keys(facts.days)).toHaveLength(100);
    expect(touchesIn(facts, 'signal-99')).toBe(365 * 5 * 2);
  });

  it('leave who feeds five signals on every working day 15 months by day, in 80 KB at most', () => {
    const start = dayNumberOf('2024-01-01');
    const daily = busy(365 * 2, 6, start);
    const working: Facts = {
      days: Object.fromEntries(
        Object.entries(daily.days).map(([signal, list]) => [
          signal,
          list
            .filter(([day]) => ![6, 0].includes(new Date(isoDay(day)).getUTCDay()))
            .map(([day, count], n): DayCount => {
              const contents = signal === anyTouch ? ([] as const) : ([0, 'abcdefghij'] as const);
              return [day, count, 28_800_000 + n, 61_200_000 + n, ...contents];
            }),
        ]),
      ),
    };
    const { days } = unionOfFacts([noFacts, working]);
    expect(new Set(days['signal-01']?.map(([day]) => monthOf(day))).size).toBe(15);
    expect(JSON.stringify(days).length).toBeLessThan(80_000);
  });

  it('tell by the day for good that somebody was there, and how often', () => {
    const [start, daily] = [dayNumberOf('2020-01-01'), busy(365 * 6, 100)];
    const facts = unionOfFacts([noFacts, daily]);
    const [last, none] = [start + 365 * 6 - 1, Number.POSITIVE_INFINITY];
    expect(facts.years?.['signal-01']).toBeDefined();
    expect(activeDays(facts, 0, none)).toEqual(activeDays(daily, 0, none));
    expect(activeDays(facts, last - 800, last - 100)).toEqual(activeDays(daily, last - 800, last - 100));
    expect(activeDays(facts, start + 3, start + 4)).toEqual([
      [start + 4, 2],
      [start + 3, 2],
    ]);
    expect(JSON.stringify(facts.months?.[anyTouch]).length / 6).toBeLessThan(1_700);
  });

  it('tell the first moment after another, of what is kept by month or year the first and the last', () => {
    const facts = unionOfFacts([noFacts, busy(365 * 5, 100)]);
    const next = (moment: string) => firstMomentAfter(facts, 'signal-07', moment);
    expect(facts.years?.['signal-07']).toHaveLength(5);
    expect(next('')).toBe('2020-01-01T00:00:01.000Z');
    expect(next('2020-01-01T00:00:00.999Z')).toBe('2020-01-01T00:00:01.000Z');
    expect(next('2020-01-01T00:00:01.000Z')).toBe('2020-12-31T00:00:02.007Z');
    expect(next('2020-12-31T00:00:02.007Z')).toBe('2021-01-01T00:00:01.000Z');
    const byMonth = unionOfFacts([noFacts, busy(365 * 3, 10)]);
    const nextOfMonths = (moment: string) => firstMomentAfter(byMonth, 'signal-07', moment);
    expect([keptAs(byMonth, '2020-03-10'), keptAs(byMonth, '2022-12-10')]).toEqual(['2020-03', '2022-12-10']);
    expect(nextOfMonths('2020-03-10T00:00:01.000Z')).toBe('2020-03-31T00:00:02.007Z');
    expect(nextOfMonths('2020-03-31T00:00:02.007Z')).toBe('2020-04-01T00:00:01.000Z');
    expect(nextOfMonths('2022-12-10T00:00:01.000Z')).toBe('2022-12-10T00:00:02.007Z');
  });

  it('are the same whether compacted before or after they were united', () => {
    const shape = fc.record({
      days: fc.integer({ min: 1, max: 900 }),
      signals: fc.integer({ min: 1, max: 6 }),
      from: fc.integer({ min: 18_000, max: 20_000 }),
    });
    fc.assert(
      fc.property(fc.array(shape, { minLength: 2, maxLength: 4 }), (shapes) => {
        const parts = shapes.map(({ days, signals, from }) => busy(days, signals, from));
        const once = unionOfFacts([noFacts, ...parts]);
        const compacted = parts.map((part) => unionOfFacts([noFacts, part]));
        expect(unionOfFacts([noFacts, ...compacted])).toEqual(once);
        expect(compacted.toReversed().reduce((all, part) => unionOfFacts([all, part]))).toEqual(once);
      }),
      { seed: 20_261_122, numRuns: 60 },
    );
  });

  it('count a day that is no longer kept as one anew with its month', () => {
    const start = dayNumberOf('2020-01-01');
    const facts = unionOfFacts([noFacts, busy(365 * 3, 5, start)]);
    expect(keptAs(facts, '2020-03-10')).toBe('2020-03');
    expect(keptAs(facts, '2022-12-10')).toBe('2022-12-10');
    expect(keptAs(facts, '2019-12-31')).toBe('2019-12-31');

    const march = Array.from({ length: 31 }, (_, n) => ({
      [anyTouch]: [dayNumberOf('2020-03-01') + n, n === 9 ? 7 : 2, 1_000, 2_000] as [number, number, number, number],
    }));
    const again = withDays(facts, '2020-03', march);
    expect(touchesIn(again, anyTouch)).toBe(touchesIn(facts, anyTouch) + 5);
    expect(touchesIn(again, 'signal-01')).toBe(touchesIn(facts, 'signal-01') - 62);
    const marchOf = ({ months }: Facts) => months?.[anyTouch]?.find(([month]) => month === monthOf(start) + 2);
    const touches = Array<number>(31).fill(2).with(9, 7);
    expect(marchOf(again)).toEqual(
      marchOf(facts)
        ?.with(1, 67)
        .with(7, touches as never),
    );
    expect(withDays(again, '2020-03', march)).toEqual(again);
  });

  it('count a day of a year anew with that year', () => {
    const facts = unionOfFacts([noFacts, busy(365 * 5, 100)]);
    expect(keptAs(facts, '2020-03-10')).toBe('2020');
    const only = withDays(facts, '2020', [{ [anyTouch]: [dayNumberOf('2020-03-10'), 1, 5, 5] }]);
    expect(only.months?.[anyTouch]?.[0]?.slice(0, 3)).toEqual([2020 * 12 + 2, 1, 1 << 9]);
    expect(only.years?.['signal-01']?.[0]?.[0]).toBe(2021);
  });
});

describe('a day of facts', () => {
  const facts = factsOf({ '2026-11-18': { [anyTouch]: 1, pricing: 1 }, [day]: { [anyTouch]: 3 } });

  it('is replaced by what it is counted as now', () => {
    const next = withDays(facts, day, [{ [anyTouch]: [number, 1, 5, 5] }]);
    expect(touchesIn(next, anyTouch)).toBe(2);
    expect(withDays(facts, day, [{}])).toEqual(factsOf({ '2026-11-18': { [anyTouch]: 1, pricing: 1 } }));
  });

  it('can be asked for in the past', () => {
    expect(factsUpTo(facts, number)).toEqual(facts);
    expect(factsUpTo(facts, number - 1)).toEqual(factsOf({ '2026-11-18': { [anyTouch]: 1, pricing: 1 } }));
    expect(isEmpty(factsUpTo(facts, dayNumberOf('2026-11-17')))).toBe(true);
  });

  it('knows the first moment after another, and the last', () => {
    expect(firstMomentAfter(facts, anyTouch, '')).toBe('2026-11-18T00:00:01.000Z');
    expect(firstMomentAfter(facts, anyTouch, '2026-11-18T00:00:01.000Z')).toBe('2026-11-18T00:00:02.000Z');
    expect(firstMomentAfter(facts, anyTouch, '2026-11-18T00:00:02.000Z')).toBe('2026-11-20T00:00:01.000Z');
    expect(firstMomentAfter(facts, anyTouch, '2026-11-20T00:00:02.000Z')).toBeUndefined();
    expect(lastMomentOf(facts, 'pricing')).toBe('2026-11-18T00:00:02.000Z');
    expect(lastMomentOf(facts, 'webinar')).toBeUndefined();
  });
});

it('fits the worst there can be into an item, twelve contents a day in every signal', () => {
  const random = (seed: number): string =>
    Math.abs(Math.sin(seed) * 1e15)
      .toString(36)
      .slice(0, 5)
      .padEnd(5, 'x');
  const crowded: Facts = {
    days: Object.fromEntries(
      Object.entries(busy(365 * 3, 100).days).map(([signal, list], of) => [
        signal,
        list.map(([day, count, first, last]) => {
          const contents = Array.from({ length: 12 }, (_, n) => random(of * 1e6 + day * 12 + n)).sort();
          return [day, count, first, last, 60, contents.join('')] as [number, number, number, number, number, string];
        }),
      ]),
    ),
  };
  const facts = unionOfFacts([noFacts, crowded]);
  expect(JSON.stringify(facts).length).toBeLessThan(350_000);
  expect(touchesIn(facts, anyTouch)).toBe(365 * 3 * 2);
});
