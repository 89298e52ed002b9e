// Each alarm on what AWS itself tells, which no system in memory does: as it is told when something is wrong the alarm tells, as it is told of a
// blip or of a day as any other it does not.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type AlarmDefinition, seriesOf } from './evaluate.ts';
import { toldBetween } from './observe.ts';
import type { Sample } from './samples.ts';
import { alarmsByName } from './template-alarms.ts';
import { beginnings, type Means, meansOf } from './where-caused.ts';

const alarms = alarmsByName();
const begin = Date.parse('2026-11-24T06:00:00.000Z');
const at = (minutes: number): string => new Date(begin + minutes * 60_000).toISOString();

/** What the alarm looks at, told `times` from then on, every so many minutes; by the metric's name. */
const telling = (
  alarm: AlarmDefinition,
  values: Readonly<Record<string, number | ((n: number) => number)>>,
  { from = 0, times = 1, every = 1 },
): Sample[] =>
  Object.values(seriesOf(alarm)).flatMap(({ namespace, name, dimensions }) =>
    Array.from({ length: times }, (_, n) => n).flatMap((n) => {
      const value = values[name];
      if (value === undefined) return [];
      const is = typeof value === 'number' ? value : value(n);
      return { namespace, name, dimensions, at: begin + (from + n * every) * 60_000, value: is };
    }),
  );

interface Case {
  /** Every alarm whose name begins so. */
  of: string;
  values: Parameters<typeof telling>[1];
  /** As it lasts when it is wrong, and as a blip does. */
  wrong: Parameters<typeof telling>[2];
  blip: Parameters<typeof telling>[2] | undefined;
  within: number;
}

const minutes = (times: number) => ({ times });
const growing = (n: number): number => n * 60;
const failing = { Invocations: 50, Errors: 3 };

const cases: readonly Case[] = [
  // There is no blip of a dead letter: it failed five times.
  {
    of: 'dead-letters-',
    values: { ApproximateNumberOfMessagesVisible: 1 },
    wrong: minutes(1),
    blip: undefined,
    within: 2,
  },
  // The oldest ages by a minute a minute; a message that is tried three times in vain is as old as six hides of a minute.
  {
    of: 'waiting-',
    values: { ApproximateAgeOfOldestMessage: growing },
    wrong: minutes(40),
    blip: minutes(6),
    within: 40,
  },
  {
    of: 'failing-sweep',
    values: { Invocations: 36, Errors: 3 },
    wrong: { times: 2, every: 60 },
    blip: minutes(1),
    within: 120,
  },
  {
    of: 'failing-pull-crm',
    values: { Invocations: 3, Errors: 3 },
    wrong: { times: 2, every: 60 },
    blip: minutes(1),
    within: 120,
  },
  { of: 'failing-', values: failing, wrong: minutes(10), blip: minutes(5), within: 15 },
  { of: 'throttled', values: { Throttles: 1 }, wrong: minutes(3), blip: minutes(2), within: 6 },
  { of: 'publish-late', values: { IteratorAge: 400_000 }, wrong: minutes(3), blip: minutes(2), within: 6 },
  { of: 'api-errors', values: { Count: 100, '5xx': 2 }, wrong: minutes(10), blip: minutes(5), within: 15 },
  { of: 'api-slow', values: { Latency: 4_000 }, wrong: minutes(15), blip: minutes(10), within: 20 },
  {
    ...{ of: 'table-throttled', values: { ReadThrottleEvents: 6, WriteThrottleEvents: 6 } },
    ...{ wrong: minutes(3), blip: minutes(2), within: 6 },
  },
  { of: 'sweep-late', values: { SweepLate: 1_000 }, wrong: { times: 2, every: 5 }, blip: minutes(1), within: 15 },
  {
    of: 'mail-complaints',
    values: { 'Reputation.ComplaintRate': 0.002 },
    wrong: minutes(120),
    blip: minutes(60),
    within: 180,
  },
];

const names = Object.keys(alarms);
const caseOf = (name: string): Case | undefined => cases.find(({ of }) => name.startsWith(of));
const isToldBy = (name: string, samples: readonly Sample[], until: number): boolean =>
  toldBetween({ [name]: alarms[name]! }, samples, at(0), at(until)).length > 0;

describe.each(names.filter((name) => caseOf(name) !== undefined))('%s', (name) => {
  const { values, wrong, blip, within } = caseOf(name)!;

  test('tells of what is wrong', () => {
    expect(isToldBy(name, telling(alarms[name]!, values, wrong), within)).toBe(true);
  });

  test('is quiet otherwise', () => {
    if (blip !== undefined) expect(isToldBy(name, telling(alarms[name]!, values, blip), within + 120)).toBe(false);
    const nothing = Object.fromEntries(Object.keys(values).map((one) => [one, 0]));
    expect(isToldBy(name, telling(alarms[name]!, nothing, wrong), within)).toBe(false);
  });
});

test('few failures are not told of, however large a share they are', () => {
  expect(
    isToldBy(
      'failing-fold',
      telling(alarms['failing-fold']!, { Invocations: 1, Errors: 1 }, { times: 4, every: 5 }),
      30,
    ),
  ).toBe(false);
  expect(
    isToldBy('api-errors', telling(alarms['api-errors']!, { Count: 1, '5xx': 1 }, { times: 4, every: 5 }), 30),
  ).toBe(false);
});

describe('volume-far-off', () => {
  const alarm = alarms['volume-far-off']!;
  const weeks = 4;
  /** Five weeks by the hour: 1,000 by day, nothing by night, a tenth more or less; the last day as `today` has it. */
  const captured = (today: (usual: number, hour: number) => number): Sample[] =>
    telling(
      alarm,
      {
        Captured: (n) => {
          const hour = n % 24;
          const usual = hour < 12 ? 1_000 + (((n * 7) % 5) - 2) * 50 : 0;
          return n >= weeks * 7 * 24 ? today(usual, hour) : usual;
        },
      },
      { from: -weeks * 7 * 24 * 60, times: weeks * 7 * 24 + 24, every: 60 },
    ).filter(({ value }) => value > 0);
  const isTold = (today: Parameters<typeof captured>[0]) => isToldBy('volume-far-off', captured(today), 24 * 60);

  test.each<[string, boolean, Parameters<typeof captured>[0]]>([
    ['nothing from nine to noon', true, (usual, hour) => (hour >= 3 && hour < 6 ? 0 : usual)],
    ['three times as much', true, (usual) => usual * 3],
    ['much in the middle of the night', true, (usual, hour) => (hour > 18 ? 500 : usual)],
    ['nothing for one hour', false, (usual, hour) => (hour === 3 ? 0 : usual)],
    ['a fifth more', false, (usual) => usual * 1.2],
    ['as ever', false, (usual) => usual],
  ])('%s: %s', (_, expected, today) => {
    expect(isTold(today)).toBe(expected);
  });
});

describe('every alarm of a stack', () => {
  const textOf = (...path: string[]): string => readFileSync(join(import.meta.dirname, ...path), 'utf8');
  const by = (means: Means): string[] => names.filter((name) => meansOf(name) === means);

  test('is tested by some means', () => {
    expect(names.filter((name) => meansOf(name) === undefined)).toEqual([]);
    expect(beginnings.filter((one) => !names.some((name) => name.startsWith(one)))).toEqual([]);
  });

  // What is caused on the local cloud is held to by caused-on-cloud.ts itself.
  test('of memory is caused in memory, of samples judged on samples', () => {
    const caused = textOf('caused.test.ts');
    expect(by('memory').filter((name) => !caused.includes(`'${name}'`))).toEqual([]);
    expect(by('samples').filter((name) => caseOf(name) === undefined && name !== 'volume-far-off')).toEqual([]);
  });

  test('that was only judged on samples is named by the runbook', () => {
    const said = /judged on samples of what AWS says: ([^;]+);/.exec(textOf('../../docs/how-to/runbook.md'))?.[1];
    expect([...(said ?? '').matchAll(/\[([^\]]+)\]/g)].map(([, name]) => name).sort()).toEqual(by('samples').sort());
  });
});
