// The counts facts are made of, and how two of the same signal and time become one: sums, first, last, union.

/** The signal every touch of a person counts for, whatever the playbook says: when they were heard of at all, and how much they
 * did. A day on which they did nothing, but something was heard of them, has a count of 0. */
export const anyTouch = '*';

/** Touches of one day, the first and last moment (milliseconds since its midnight), whole seconds on the page, and the
 * distinct contents (`contentsIn`). The last two are left out where they say nothing. */
export type DayCount = [day: number, count: number, first: number, last: number, dwell?: number, contents?: string];

/** One day's counts by signal. */
export type DayFacts = Record<string, DayCount>;

/** The same of a month (months since the year 0) or a year that is no longer kept by day. `active` has a bit for each day of
 * the month, or month of the year, with a touch; `first` and `last` are milliseconds since 1970. Of `anyTouch` a month has the
 * touches of each of its days up to the last with any: what asks whether somebody was there on a day, or was there too often for
 * a person, gets the same answer however old the day is. */
export type PeriodCount = [
  period: number,
  count: number,
  active: number,
  first: number,
  last: number,
  dwell?: number,
  contents?: string,
  byDay?: number[],
];

/** By signal, in order of time; signals in alphabetical order, so that equal facts are equal texts. */
export type Counts<Count> = Record<string, Count[]>;

/** A content is 30 bits of its hash: of 1,000 contents two share one with a chance of 5 in 10,000. */
export const contentCharacters = 5;
/** Of a day's contents those with the smallest hashes, so that any order of news keeps the same: more than 12 different pages
 * a day that one signal asks for count as 12. A period keeps as many, for the union of two to be exact. */
export const keptContents = 12;

/** The hashes in a count's contents, in their order. */
export const contentsIn = (contents: string | undefined): string[] => contents?.match(/.{5}/gs) ?? [];

const unionOfContents = (a: string | undefined, b: string | undefined): string | undefined => {
  if (a === undefined || b === undefined || a === b) return a ?? b;
  return [...new Set([...contentsIn(a), ...contentsIn(b)])].sort().slice(0, keptContents).join('');
};

/** The end of a count: nothing where no time was spent and no content is known. */
export const rest = (dwell: number, contents: string | undefined): [] | [number] | [number, string] => {
  if (contents) return [dwell, contents];
  return dwell === 0 ? [] : [dwell];
};

export const unionOfDay = (a: DayCount, b: DayCount): DayCount => [
  a[0],
  a[1] + b[1],
  Math.min(a[2], b[2]),
  Math.max(a[3], b[3]),
  ...rest((a[4] ?? 0) + (b[4] ?? 0), unionOfContents(a[5], b[5])),
];

const sumOfDays = (a: readonly number[] = [], b: readonly number[] = []): number[] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, n) => (a[n] ?? 0) + (b[n] ?? 0));

/** The end of a period: as of a day, and what each day had. */
export const restOfPeriod = (
  dwell: number,
  contents: string | undefined,
  byDay: number[],
): ReturnType<typeof rest> | [number, string, number[]] =>
  byDay.length === 0 ? rest(dwell, contents) : [dwell, contents ?? '', byDay];

export const unionOfPeriod = (a: PeriodCount, b: PeriodCount): PeriodCount => [
  a[0],
  a[1] + b[1],
  a[2] | b[2],
  Math.min(a[3], b[3]),
  Math.max(a[4], b[4]),
  ...restOfPeriod((a[5] ?? 0) + (b[5] ?? 0), unionOfContents(a[6], b[6]), sumOfDays(a[7], b[7])),
];

type Union<Count> = (a: Count, b: Count) => Count;

/** Counts in any order to one list in order of time, those of one day or period made one. */
export const inOrder = <Count extends [number, ...unknown[]]>(
  counts: readonly Count[],
  union: Union<Count>,
): Count[] => {
  const byTime = new Map<number, Count>();
  for (const count of counts) {
    const known = byTime.get(count[0]);
    byTime.set(count[0], known === undefined ? count : union(known, count));
  }
  return [...byTime.values()].sort((a, b) => a[0] - b[0]);
};

export const unionOfCounts = <Count extends [number, ...unknown[]]>(
  parts: readonly (Counts<Count> | undefined)[],
  union: Union<Count>,
): Counts<Count> => {
  const all = new Map<string, Count[]>();
  for (const part of parts) {
    for (const [signal, counts] of Object.entries(part ?? {})) {
      const known = all.get(signal);
      all.set(signal, known === undefined ? counts : inOrder([...known, ...counts], union));
    }
  }
  return Object.fromEntries([...all].filter(([, counts]) => counts.length > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** What is left of them; signals of which nothing is are left out. */
export const withoutEach = <Count>(counts: Counts<Count>, isOut: (count: Count) => boolean): Counts<Count> =>
  Object.fromEntries(
    Object.entries(counts)
      .map(([signal, list]) => [signal, list.filter((count) => !isOut(count))] as const)
      .filter(([, list]) => list.length > 0),
  );
