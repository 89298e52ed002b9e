import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Look, latestPlaces, placesUnderCap } from '../../../lib/domain/scoring/contents.ts';

const seed = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`contents: MUSTER_SEED=${seed}`);

/** As facts keep them: five characters each. */
const textOf = (names: readonly string[]): string => names.map((name) => name.repeat(5)).join('');
const look = (age: number, contents: string): Look => ({ age, contents: textOf(contents.split('')) });
const halved = (age: number): number => 0.5 ** age;
const whole = (): number => 1;

describe('contents that count once', () => {
  it('count on the latest day', () => {
    expect(latestPlaces([look(0, 'ab'), look(2, 'bc'), { age: 3, contents: undefined }], 10)).toEqual([
      { age: 0, points: 10 },
      { age: 0, points: 10 },
      { age: 2, points: 10 },
    ]);
  });
});

describe('under a cap a day, contents', () => {
  const places = (looks: Look[], points: number, cap: number, left = halved) =>
    placesUnderCap(looks, points, cap, left).map(({ age, points }) => [age, points]);

  it('fill the latest day first, then those before', () => {
    expect(places([look(0, 'ab'), look(2, 'ab')], 10, 10)).toEqual([
      [0, 10],
      [2, 10],
    ]);
    expect(places([look(0, 'ab'), look(2, 'ab')], 10, 20)).toEqual([
      [0, 10],
      [0, 10],
    ]);
  });

  it('fill up a day with part of their points where that is worth more than an older day', () => {
    expect(places([look(0, 'ab'), look(2, 'b')], 10, 15)).toEqual([
      [0, 10],
      [0, 5],
    ]);
    expect(places([look(0, 'ab'), look(2, 'b')], 10, 15, whole)).toEqual([
      [0, 10],
      [2, 10],
    ]);
    expect(places([look(0, 'abc')], 10, 20)).toHaveLength(2);
  });

  it('make room for each other along as many days as it takes', () => {
    // Today takes a, and yesterday b; a day that has a alone moves today to b, yesterday to c.
    expect(places([look(0, 'ab'), look(1, 'bc'), look(2, 'a')], 10, 10)).toHaveLength(3);
    expect(places([look(0, 'abc'), look(1, 'ab'), look(2, 'a')], 10, 10)).toHaveLength(3);
    expect(places([look(0, 'ab'), look(1, 'ab'), look(2, 'ab')], 10, 10)).toHaveLength(2);
    // What was in vain for one day must not keep another from what is free.
    expect(places([look(0, 'a'), look(1, 'a'), look(2, 'ab')], 10, 10)).toEqual([
      [0, 10],
      [2, 10],
    ]);
  });

  it('give nothing where they are worth nothing', () => {
    expect(places([look(0, 'ab')], 0, 10)).toEqual([]);
  });

  it('are shared out as well as trying every way can', () => {
    interface Day {
      age: number;
      names: string[];
    }
    const best = (days: readonly Day[], points: number, cap: number): number => {
      const contents = [...new Set(days.flatMap((one) => one.names))];
      const on = days.map(() => 0);
      const from = (n: number): number => {
        const content = contents[n];
        if (content === undefined) {
          return days.reduce((sum, { age }, day) => sum + Math.min(cap, on[day]! * points) * halved(age), 0);
        }
        const sums = days.flatMap((one, day) => {
          if (!one.names.includes(content)) return [];
          on[day]! += 1;
          const sum = from(n + 1);
          on[day]! -= 1;
          return [sum];
        });
        return Math.max(...sums);
      };
      return from(0);
    };
    const everyDay = fc
      .array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 4 }), { maxLength: 5 })
      .map((days) => days.map((names, age): Day => ({ age: age * 0.7, names })));
    fc.assert(
      fc.property(everyDay, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 45 }), (days, points, cap) => {
        const looks = days.map(({ age, names }): Look => ({ age, contents: textOf(names) }));
        const sum = placesUnderCap(looks, points, cap, halved).reduce(
          (all, place) => all + place.points * halved(place.age),
          0,
        );
        expect(sum).toBeCloseTo(best(days, points, cap), 6);
      }),
      { seed, numRuns: 300 },
    );
  });

  it('of somebody who reads the same thousand pages for years are shared out in no time', { timeout: 4_000 }, () => {
    // Some 0.1 s; searching anew for each of 9,000 days in vain takes thirty times as long.
    const page = (n: number): string => String(n % 1_000).padStart(5, '0');
    const looks = Array.from({ length: 10_000 }, (_, age) => ({
      age,
      contents: Array.from({ length: 16 }, (_, n) => page(age + n)).join(''),
    }));
    expect(placesUnderCap(looks, 10, 10, whole)).toHaveLength(1_000);
  });
});
