import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ActiveDays, findSurge, type SurgeSettings } from '../../../lib/domain/scoring/surge.ts';

const seed = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`surge: MUSTER_SEED=${seed}`);

const defaults: SurgeSettings = {
  weeks: 8,
  minimumWeeks: 4,
  minimumPersonDays: 4,
  minimumPeople: 2,
  significance: 0.001,
};
/** 2026-01-05, a Monday. Days of the tests count from here. */
const monday = 20_458;

/** People who come on this one day only. */
const crowd = (day: number, size: number): [number, string][] =>
  Array.from({ length: size }, (_, at) => [day, `${day}/${at}`]);
const visitsOn = (person: string, days: readonly number[]): [number, string][] => days.map((day) => [day, person]);
const range = (from: number, until: number, step = 1): number[] =>
  Array.from({ length: Math.ceil((until - from) / step) }, (_, at) => from + at * step);

/** Visits in any order, as the days of an account. */
const daysOf = (visits: readonly (readonly [number, string])[]): ActiveDays => {
  const byDay = Map.groupBy(visits, ([day]) => day + monday);
  return [...byDay]
    .sort(([a], [b]) => a - b)
    .map(([day, ofDay]) => [day, [...new Set(ofDay.map(([, person]) => person))]] as const);
};
const surgeOf = (
  visits: readonly (readonly [number, string])[],
  today: number,
  changed: Partial<SurgeSettings> = {},
) => {
  const surge = findSurge(daysOf(visits), monday + today, { ...defaults, ...changed });
  return surge && { ...surge, since: surge.since - monday, endsAt: surge.endsAt - monday };
};

/** Seen once, long ago: eight empty weeks lie between it and day 100. */
const dormant = visitsOn('founder', [0]);
/** So many different people every Monday up to `until`. */
const mondays = (size: number, until: number) => range(0, until, 7).flatMap((day) => crowd(day, size));

describe('no surge', () => {
  it('is an account nobody has come from', () => expect(findSurge([], monday, defaults)).toBeUndefined());

  it('is all in the future', () => expect(surgeOf([...dormant, ...crowd(100, 20)], -1)).toBeUndefined());

  it('is a brand-new account, however many come', () => {
    const visits = range(0, 34).flatMap((day) => crowd(day, 1 + day * 2));
    for (const today of range(0, 34)) expect(surgeOf(visits, today), `day ${today}`).toBeUndefined();
  });

  it('is a quiet account with two touches', () => {
    expect(surgeOf([...dormant, ...visitsOn('a', [100]), ...visitsOn('b', [101])], 101)).toBeUndefined();
  });

  it('is one loud person, alone or with somebody beside', () => {
    const loud = [...dormant, ...visitsOn('loud', range(100, 107))];
    expect(surgeOf(loud, 106)).toBeUndefined();
    expect(surgeOf([...loud, ...visitsOn('other', [106])], 106)).toBeUndefined();
    expect(surgeOf([...dormant, ...range(100, 107).flatMap((day) => crowd(day, 1))], 106)).toMatchObject({ people: 7 });
  });

  it('is one loud person at any limit, where two people are asked for', () => {
    const loud = [...dormant, ...visitsOn('loud', range(100, 107))];
    expect(surgeOf(loud, 106, { significance: 0.5 })).toBeUndefined();
    expect(surgeOf(loud, 106, { significance: 0.5, minimumPeople: 1 })).toMatchObject({ people: 1, personDays: 7 });
  });

  it('is a steady account, small or large, on any day', () => {
    const small = range(0, 200).flatMap((day) => (day % 7 < 5 ? crowd(day, 1) : []));
    const large = range(0, 200).flatMap((day) => range(0, 40).map((at): [number, string] => [day, `person ${at}`]));
    for (const today of range(0, 200)) {
      expect(surgeOf(small, today), `small, day ${today}`).toBeUndefined();
      if (today % 9 === 0) expect(surgeOf(large, today), `large, day ${today}`).toBeUndefined();
    }
  });

  it('is less than usual, or as much, whatever counts as significant', () => {
    expect(surgeOf([...mondays(5, 98), ...crowd(98, 4)], 98, { significance: 1 })).toBeUndefined();
    expect(surgeOf([...mondays(5, 98), ...crowd(98, 5)], 98, { significance: 1 })).toBeUndefined();
    expect(surgeOf([...mondays(5, 98), ...crowd(98, 6)], 98, { significance: 1 })).toMatchObject({
      usualPersonDays: 5,
    });
    // More than in half the weeks, and still no more than their mean: the surge is last week's.
    const uneven = range(0, 98, 7).flatMap((day) => crowd(day, day % 14 === 0 ? 4 : 12));
    expect(surgeOf([...uneven, ...crowd(98, 8)], 98, { significance: 1 })).toMatchObject({ endsAt: 98 });
    expect(surgeOf([...uneven, ...crowd(98, 9)], 98, { significance: 1 })).toMatchObject({ endsAt: 105 });
  });
});

describe('a surge', () => {
  it('is four people in a week after eight weeks of nobody', () => {
    expect(surgeOf([...dormant, ...crowd(100, 4)], 100)).toEqual({
      since: 100,
      endsAt: 107,
      personDays: 4,
      people: 4,
      usualPersonDays: 0,
      pValue: 0.00015, // 9 ** -4
    });
  });

  it('needs as many person-days, people and as little chance as the playbook says', () => {
    const four = [...dormant, ...crowd(100, 4)];
    expect(surgeOf(four, 100, { minimumPersonDays: 5 })).toBeUndefined();
    expect(surgeOf(four, 100, { minimumPeople: 4 })).toBeDefined();
    expect(surgeOf(four, 100, { minimumPeople: 5 })).toBeUndefined();
    expect(surgeOf(four, 100, { significance: 0.000153 })).toBeDefined();
    expect(surgeOf(four, 100, { significance: 0.000152 })).toBeUndefined();
    const three = [...dormant, ...crowd(100, 3)];
    expect(surgeOf(three, 100, { minimumPersonDays: 3 })).toBeUndefined(); // 9 ** -3 = 0.00137
    expect(surgeOf(three, 100, { minimumPersonDays: 3, significance: 0.0014 })).toMatchObject({ pValue: 0.0014 });
  });

  it('counts its people over the week where no day has as many', () => {
    const spread = [...dormant, ...range(100, 105).flatMap((day) => crowd(day, 1))];
    expect(surgeOf(spread, 104, { minimumPeople: 5 })).toEqual({
      since: 104,
      endsAt: 111,
      personDays: 5,
      people: 5,
      usualPersonDays: 0,
      pValue: 0.000017, // 9 ** -5
    });
    expect(surgeOf(spread, 104, { minimumPeople: 6 })).toBeUndefined();
    expect(surgeOf(spread, 103)).toMatchObject({ since: 103, people: 4 });
  });

  it('needs four whole weeks before this one', () => {
    expect(surgeOf([...visitsOn('founder', [0]), ...crowd(33, 20)], 33)).toBeUndefined();
    expect(surgeOf([...visitsOn('founder', [0]), ...crowd(34, 20)], 34)).toMatchObject({
      since: 34,
      usualPersonDays: 0.3,
    });
    expect(surgeOf([...visitsOn('founder', [0]), ...crowd(34, 20)], 34, { minimumWeeks: 5 })).toBeUndefined();
  });

  it('compares with no more weeks than the playbook says', () => {
    expect(surgeOf([...dormant, ...crowd(100, 5)], 100, { weeks: 4 })).toMatchObject({ pValue: 0.00032 }); // 5 ** -5
    expect(surgeOf([...dormant, ...crowd(100, 4)], 100, { weeks: 4 })).toBeUndefined(); // 5 ** -4 = 0.0016
    expect(surgeOf([...dormant, ...crowd(100, 4)], 100, { weeks: 12 })).toMatchObject({ pValue: 0.000035 }); // 13 ** -4
    expect(surgeOf([...dormant, ...crowd(100, 12)], 100, { weeks: 1, minimumWeeks: 1 })).toMatchObject({
      pValue: 0.00024, // 2 ** -12
    });
    expect(surgeOf([...mondays(1, 98), ...crowd(98, 20)], 98, { weeks: 1, minimumWeeks: 1 })).toMatchObject({
      usualPersonDays: 1,
    });
    expect(surgeOf([...dormant, ...crowd(3, 20)], 3, { minimumWeeks: 0 })).toBeUndefined();
  });

  it('counts a person once a day and every day of theirs', () => {
    const twice = range(0, 6).flatMap((at) => visitsOn(`person ${at}`, [100, 101]));
    expect(surgeOf([...dormant, ...twice, ...twice], 101)).toMatchObject({ personDays: 12, people: 6 });
  });

  it('looks at 7 days with every weekday once', () => {
    const visits = [...dormant, ...crowd(100, 2), ...crowd(106, 2)];
    expect(surgeOf(visits, 106)).toMatchObject({ personDays: 4 });
    expect(surgeOf([...dormant, ...crowd(100, 2), ...crowd(107, 2)], 107)).toBeUndefined();
  });
});

/** P(X ≥ x) for X ~ Binomial(n, p), added up. */
const tail = (x: number, n: number, p: number): number => {
  let sum = 0;
  for (let k = x; k <= n; k++) {
    let chance = (1 - p) ** (n - k);
    for (let at = 1; at <= k; at++) chance *= ((n - k + at) / at) * p;
    sum += chance;
  }
  return Number(sum.toPrecision(2));
};

describe('the p-value', () => {
  it.each([
    [4, 1],
    [5, 1],
    [9, 1],
    [7, 2],
    [12, 3],
    [15, 3],
    [40, 3],
    [60, 4],
  ])('is the exact binomial tail for %i after %i a week, where weeks are as even as that', (now, usual) => {
    const visits = [...mondays(usual, 98), ...crowd(98, now)];
    expect(surgeOf(visits, 98, { significance: 1 })).toMatchObject({
      usualPersonDays: usual,
      pValue: tail(now, now + 8 * usual, 1 / 9),
    });
  });

  /** Eight weeks, the latest last, and this one. Computed once by numerical integration of the beta distribution. */
  const compared = (weeks: number[], now: [number, string][]) =>
    surgeOf([...dormant, ...weeks.flatMap((size, at) => crowd(98 + at * 7, size)), ...now], 154, { significance: 1 });

  it.each([
    ['even weeks, since an account varies by 35 % anyway', [10, 10, 10, 10, 10, 10, 10, 10], 30, 10, 0.000069],
    ['uneven weeks, which vary by more than Poisson', [4, 12, 4, 12, 4, 12, 4, 12], 30, 8, 0.00016],
    ['nearly no weeks: one person-day is evidence of one', [0, 0, 0, 1, 0, 0, 0, 0], 8, 0.1, 2.3e-7],
    ['two person-days that came together', [0, 0, 0, 2, 0, 0, 0, 0], 8, 0.3, 0.0000058],
    ['large numbers', [200, 200, 200, 200, 200, 200, 200, 200], 600, 200, 2e-7],
    ['weeks without the extraordinary', [10, 10, 30, 10, 30, 10, 10, 10], 30, 10, 0.00024],
  ])('is larger by %s', (_, weeks, now, usual, pValue) => {
    const surge = compared(weeks, crowd(154, now));
    expect(surge).toMatchObject({ endsAt: 161, personDays: now, usualPersonDays: usual, pValue });
  });

  it('is larger the louder this week is', () => {
    const twoDays = range(0, 15).flatMap((at) => visitsOn(`person ${at}`, [153, 154]));
    expect(compared([4, 12, 4, 12, 4, 12, 4, 12], twoDays)).toMatchObject({ people: 15, pValue: 0.00092 });
    const mixed = [...visitsOn('a', [150, 151, 154]), ...visitsOn('b', [150, 151, 154]), ...visitsOn('c', [153, 154])];
    expect(compared([], mixed)).toMatchObject({ personDays: 8, people: 3, pValue: 0.0017 });
  });

  it('is 0 where a double holds none so small', () => {
    expect(compared([], crowd(154, 2_000))).toMatchObject({ pValue: 0 });
  });

  it('leaves weeks out above twice the median and four', () => {
    const usual = (weeks: number[]) => compared(weeks, crowd(154, 90))?.usualPersonDays;
    expect(usual([3, 3, 3, 3, 3, 3, 3, 10])).toBe(3.9);
    expect(usual([3, 3, 3, 3, 3, 3, 3, 11])).toBe(3);
    expect(usual([11, 3, 3, 3, 3, 3, 3, 3])).toBe(3);
    // A median of 3.5, between the two in the middle.
    expect(usual([3, 3, 3, 3, 4, 4, 4, 11])).toBe(4.4);
    expect(usual([3, 3, 3, 3, 4, 4, 4, 12])).toBe(3.4);
  });
});

describe('beginning and end', () => {
  const burst = [...dormant, ...crowd(100, 6)];

  it('stands for 7 days, and is told for 90 more', () => {
    expect(surgeOf(burst, 99)).toBeUndefined();
    for (const today of [100, 106, 107, 197]) expect(surgeOf(burst, today)).toMatchObject({ since: 100, endsAt: 107 });
    expect(surgeOf(burst, 198)).toBeUndefined();
  });

  it('is told by what spoke for it last, not by the quiet after it', () => {
    const visits = [...burst, ...crowd(112, 1)];
    expect(surgeOf(visits, 112)).toMatchObject({ since: 100, endsAt: 107, personDays: 6 });
  });

  it('goes on while days speak for it, a week apart at most', () => {
    expect(surgeOf([...burst, ...crowd(103, 2)], 103)).toMatchObject({ since: 100, endsAt: 110, personDays: 8 });
    expect(surgeOf([...burst, ...crowd(107, 6)], 107)).toMatchObject({ since: 100, endsAt: 114, personDays: 6 });
    expect(surgeOf([...burst, ...crowd(108, 6)], 108)).toMatchObject({ since: 108, endsAt: 115, personDays: 6 });
  });

  it('passes over days that do not speak for it', () => {
    const visits = [...burst, ...crowd(107, 1), ...crowd(113, 6)];
    expect(surgeOf(visits, 113)).toMatchObject({ since: 113 });
    expect(surgeOf([...visits, ...crowd(106, 1)], 113)).toMatchObject({ since: 100, endsAt: 120 });
  });

  it('begins once, and its beginning stays while it lasts', () => {
    const visits = [...mondays(2, 140), ...range(140, 165).flatMap((day) => crowd(day, 2))];
    const told = range(140, 200).map((today) => surgeOf(visits, today)?.since);
    expect(new Set(told)).toEqual(new Set([undefined, 144]));
    expect(told.indexOf(144)).toBe(4);
  });

  it('is a new one after the old, which does not hide it', () => {
    const visits = [...mondays(5, 200), ...crowd(144, 25), ...crowd(172, 25)];
    // The Monday after still has the crowd in its week.
    expect(surgeOf(visits, 171)).toMatchObject({ since: 144, endsAt: 154 });
    expect(surgeOf(visits, 172)).toMatchObject({ since: 172, endsAt: 179, usualPersonDays: 5 });
  });

  it('ends where the new level has become usual', () => {
    const visits = range(0, 365).flatMap((day) => (day % 7 < 5 ? crowd(day, day < 140 ? 2 : 6) : []));
    expect(surgeOf(visits, 171)).toMatchObject({ since: 143, endsAt: 172 });
    expect(surgeOf(visits, 240)).toMatchObject({ since: 143, endsAt: 172 });
  });

  it('has begun earlier, or never, once late facts say so', () => {
    const visits = [...dormant, ...crowd(103, 6)];
    expect(surgeOf(visits, 103)).toMatchObject({ since: 103 });
    expect(surgeOf([...visits, ...crowd(100, 6)], 103)).toMatchObject({ since: 100, personDays: 12 });
    expect(surgeOf([...visits, ...range(40, 96, 7).flatMap((day) => crowd(day, 4))], 103)).toBeUndefined();
  });
});

describe('always', () => {
  const visit = fc.tuple(
    fc.oneof(fc.integer({ min: 0, max: 250 }), fc.integer({ min: 120, max: 150 })),
    fc.integer({ min: 0, max: 12 }).map((at) => `person ${at}`),
  );
  const bursts = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 250 }), fc.integer({ min: 1, max: 12 })), { maxLength: 4 })
    .map((all) => all.flatMap(([day, size]) => crowd(day, size)));
  const visits = fc
    .tuple(fc.array(visit, { minLength: 1, maxLength: 60 }), bursts)
    .map(([some, more]) => [...some, ...more]);
  const today = fc.integer({ min: -5, max: 380 });
  /** Generous, so that random visits surge. */
  const lax: SurgeSettings = { ...defaults, significance: 0.05 };
  const holds = <Given>(given: fc.Arbitrary<Given>, property: (given: Given) => void) =>
    fc.assert(fc.property(given, property), { seed, numRuns: 500 });

  it('the order and the repeats of visits make no difference', () => {
    const shuffled = visits.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }), today),
    );
    holds(shuffled, ([all, other, on]) => {
      expect(surgeOf(other, on, lax)).toEqual(surgeOf(all, on, lax));
    });
  });

  it('what comes after today makes none', () => {
    holds(fc.tuple(visits, today), ([all, on]) => {
      const known = all.filter(([day]) => day <= on);
      expect(surgeOf(all, on, lax)).toEqual(surgeOf(known, on, lax));
    });
  });

  it('only the distance of days counts, not their number', () => {
    holds(fc.tuple(visits, today, fc.integer({ min: -500, max: 500 })), ([all, on, by]) => {
      const surge = surgeOf(all, on, lax);
      const moved = all.map(([day, person]): [number, string] => [day + by, person]);
      const expected = surge && { ...surge, since: surge.since + by, endsAt: surge.endsAt + by };
      expect(surgeOf(moved, on + by, lax)).toEqual(expected);
    });
  });

  it('it begins and ends on a day of the account, and keeps the minima', () => {
    let surges = 0;
    holds(fc.tuple(visits, today), ([all, on]) => {
      const surge = surgeOf(all, on, lax);
      if (surge === undefined) return;
      surges += 1;
      const last = surge.endsAt - 7;
      const week = daysOf(all.filter(([day]) => day <= last && day > last - 7));
      expect(all.some(([day]) => day === surge.since)).toBe(true);
      expect(week.at(-1)?.[0]).toBe(monday + last);
      expect(surge.personDays).toBe(week.reduce((sum, [, people]) => sum + people.length, 0));
      expect(surge.people).toBe(new Set(week.flatMap(([, people]) => people)).size);
      expect(surge.since).toBeLessThanOrEqual(last);
      expect(last).toBeLessThanOrEqual(on);
      expect(on - surge.endsAt).toBeLessThanOrEqual(90);
      expect(surge.personDays).toBeGreaterThanOrEqual(lax.minimumPersonDays);
      expect(surge.people).toBeGreaterThanOrEqual(lax.minimumPeople);
      expect(surge.pValue).toBeLessThanOrEqual(lax.significance);
    });
    expect(surges).toBeGreaterThan(20);
  });
});

/** Numbers below 1, the same for the same seed (Mulberry32). */
const chance = (start: number) => {
  let state = start;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
const poisson = (mean: number, random: () => number): number => {
  let count = 0;
  for (let product = random(); product > Math.exp(-mean); product *= random()) count += 1;
  return count;
};
/** Gamma with mean 1 and variance 1/8: a standard deviation of 35 %. */
const gamma = (random: () => number): number => range(0, 8).reduce((sum) => sum - Math.log(1 - random()) / 8, 0);
const weekdays = [1.4, 1.4, 1.4, 1.28, 1.17, 0.175, 0.175];

/** About `perWeek` person-days: people come by gamma-Poisson weeks, and each for 1.9 days on average within about two weeks. */
const traffic = (perWeek: number, until: number, tripledFrom: number, random: () => number): ActiveDays => {
  const visits: [number, string][] = [];
  let week = 0;
  for (let day = 0; day < until; day++) {
    if (day % 7 === 0) week = (perWeek / 7 / 1.9) * gamma(random);
    const arriving = poisson(week * weekdays[day % 7]! * (day >= tripledFrom ? 3 : 1), random);
    for (let at = 0; at < arriving; at++) {
      for (let back = day; back < until; back += 1 + Math.floor(random() * 3)) {
        if (back % 7 >= 5 && back > day) back += 7 - (back % 7);
        if (back < until) visits.push([back, `${day}/${at}`]);
        if (random() < 0.5) break;
      }
    }
  }
  return daysOf(visits);
};

describe('of random accounts', () => {
  const settled = 70;
  /** A year each, looked at every day through what was told a week apart. */
  const falseAlarms = (perWeek: number, accounts: number): number => {
    const random = chance(20_261_122);
    let alarms = 0;
    for (let account = 0; account < accounts; account++) {
      const days = traffic(perWeek, settled + 365, Number.POSITIVE_INFINITY, random);
      const told = range(settled, settled + 365, 7).map((today) => findSurge(days, monday + today, defaults)?.since);
      alarms += new Set(told.filter((since) => since !== undefined && since >= monday + settled)).size;
    }
    return alarms / accounts;
  };
  /** Found within four weeks of tripling, and the mean number of days it took. */
  const detection = (perWeek: number, accounts: number) => {
    const random = chance(20_261_122);
    const delays: number[] = [];
    for (let account = 0; account < accounts; account++) {
      const days = traffic(perWeek, 140 + 28, 140, random);
      const found = range(140, 168).find(
        (today) => (findSurge(days, monday + today, defaults)?.since ?? 0) >= monday + 140,
      );
      if (found !== undefined) delays.push(found - 140);
    }
    return { found: delays.length / accounts, delay: delays.reduce((sum, each) => sum + each, 0) / delays.length };
  };

  it.each([
    [1, 400, 0.06, 0.05, 16],
    [3, 400, 0.2, 0.2, 16],
    [10, 400, 0.2, 0.55, 12],
    [30, 200, 0.2, 0.7, 10],
    [100, 200, 0.2, 0.75, 9],
  ])('%i person-days a week', { timeout: 60_000 }, (perWeek, accounts, mostAlarms, leastFound, mostDelay) => {
    const alarms = falseAlarms(perWeek, accounts);
    const { found, delay } = detection(perWeek, accounts);
    console.log(
      `surge, ${perWeek} a week: ${alarms.toFixed(3)} false alarms a year, found ${found.toFixed(3)} in ${delay.toFixed(1)} days`,
    );
    expect(alarms).toBeLessThan(mostAlarms);
    expect(found).toBeGreaterThan(leastFound);
    expect(delay).toBeLessThan(mostDelay);
  });
});
