// The evaluator itself: CloudWatch's rules, on small alarms whose answer is plain.
import { describe, expect, test } from 'vitest';
import { type AlarmDefinition, evaluateAlarm } from './evaluate.ts';
import { evaluateExpression } from './expression.ts';
import { type Sample, statisticOf } from './samples.ts';

const now = Date.parse('2026-11-24T12:00:30.000Z');
const dimensions = { QueueName: 'letters' };

const alarm = (changes: Partial<AlarmDefinition> = {}): AlarmDefinition => ({
  AlarmName: 'a',
  AlarmDescription: '',
  ComparisonOperator: 'GreaterThanThreshold',
  Threshold: 10,
  EvaluationPeriods: 5,
  DatapointsToAlarm: 3,
  TreatMissingData: 'notBreaching',
  Namespace: 'AWS/SQS',
  MetricName: 'Age',
  Dimensions: dimensions,
  Period: 60,
  Statistic: 'Maximum',
  ...changes,
});

/** One sample in the middle of each minute before 12:00, the last first; undefined where there is none. */
const minutes = (...values: (number | undefined)[]): Sample[] =>
  values.flatMap((value, index) => {
    const at = Date.parse('2026-11-24T12:00:00.000Z') - index * 60_000 - 30_000;
    return value === undefined ? [] : [{ namespace: 'AWS/SQS', name: 'Age', dimensions, at, value }];
  });

describe('an alarm', () => {
  test('tells when as many of the last looks were bad as it asks, in whatever order', () => {
    expect(evaluateAlarm(alarm(), minutes(11, 0, 11, 0, 11), now)).toBe('ALARM');
    expect(evaluateAlarm(alarm(), minutes(11, 0, 11, 0, 10), now)).toBe('OK');
    expect(evaluateAlarm(alarm(), minutes(0, 0, 11, 11, 0, 11), now)).toBe('OK');
  });

  test('does not look at the minute that is not over', () => {
    const current = { namespace: 'AWS/SQS', name: 'Age', dimensions, at: now - 1, value: 99 };
    expect(evaluateAlarm(alarm({ EvaluationPeriods: 1, DatapointsToAlarm: 1 }), [current], now)).toBe('OK');
  });

  test('takes silence as its definition says', () => {
    const silent = minutes(undefined, 11, 11, undefined, undefined);
    expect(evaluateAlarm(alarm(), silent, now)).toBe('OK');
    expect(evaluateAlarm(alarm({ TreatMissingData: 'breaching' }), silent, now)).toBe('ALARM');
    expect(evaluateAlarm(alarm({ TreatMissingData: 'breaching' }), [], now)).toBe('ALARM');
    expect(evaluateAlarm(alarm({ TreatMissingData: 'missing' }), [], now)).toBe('INSUFFICIENT_DATA');
    expect(evaluateAlarm(alarm({ TreatMissingData: 'ignore' }), [], now, 'ALARM')).toBe('ALARM');
  });

  test('hears only of its own metric, dimension for dimension', () => {
    const others = minutes(11, 11, 11).flatMap((one) => [
      { ...one, dimensions: { QueueName: 'other' } },
      { ...one, dimensions: { ...dimensions, more: 'x' } },
      { ...one, name: 'Number' },
      { ...one, namespace: 'Muster' },
    ]);
    expect(evaluateAlarm(alarm(), others, now)).toBe('OK');
  });

  test('can be on too little', () => {
    const under = alarm({ ComparisonOperator: 'LessThanThreshold', Threshold: 1, DatapointsToAlarm: 5 });
    expect(evaluateAlarm(under, minutes(0, 0, 0, 0, 0), now)).toBe('ALARM');
    expect(evaluateAlarm(under, minutes(0, 0, 1, 0, 0), now)).toBe('OK');
  });

  test('refuses a comparison it does not know', () => {
    expect(() => evaluateAlarm(alarm({ ComparisonOperator: 'Unlike' }), minutes(1), now)).toThrow('no such comparison');
  });
});

describe('a band', () => {
  const hours = (...values: number[]): Sample[] =>
    values.flatMap((value, weeksAgo) =>
      value === 0
        ? []
        : [
            {
              namespace: 'Muster',
              name: 'Captured',
              dimensions: {},
              at: now - 1_800_000 - weeksAgo * 604_800_000,
              value,
            },
          ],
    );
  const metric = { Namespace: 'Muster', MetricName: 'Captured', Dimensions: {} };
  const { Threshold: _, Namespace: __, MetricName: ___, ...rest } = alarm();
  const volume: AlarmDefinition = {
    ...rest,
    ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold',
    EvaluationPeriods: 1,
    DatapointsToAlarm: 1,
    ThresholdMetricId: 'usual',
    Metrics: [
      { Id: 'captured', MetricStat: { Metric: metric, Period: 3_600, Stat: 'Sum' } },
      { Id: 'value', Expression: 'FILL(captured, 0)', ReturnData: true },
      { Id: 'usual', Expression: 'ANOMALY_DETECTION_BAND(value, 2)', ReturnData: true },
    ],
    Period: undefined,
  };

  test('is around what the same hour had in the weeks before', () => {
    expect(evaluateAlarm(volume, hours(119, 100, 100, 100, 100), now)).toBe('OK');
    expect(evaluateAlarm(volume, hours(121, 100, 100, 100, 100), now)).toBe('ALARM');
    expect(evaluateAlarm(volume, hours(81, 100, 100, 100, 100), now)).toBe('OK');
    expect(evaluateAlarm(volume, hours(0, 100, 100, 100, 100), now)).toBe('ALARM');
  });

  test('is wider where the weeks differ, and is not there before anything is learnt', () => {
    expect(evaluateAlarm(volume, hours(150, 50, 150, 50, 150), now)).toBe('OK');
    expect(evaluateAlarm(volume, hours(100), now)).toBe('OK');
  });
});

describe('an expression', () => {
  const of = (values: Record<string, number>) => (id: string) => values[id];

  test.each([
    ['1 + 2 * 3 - 4 / 2', {}, 5],
    ['(1 + 2) * 3', {}, 9],
    ['100 * errors / all', { errors: 3, all: 4 }, 75],
    ['IF(errors >= 5, 100 * errors / all, 0)', { errors: 4, all: 4 }, 0],
    ['IF(errors >= 5, 100 * errors / all, 0)', { errors: 5, all: 10 }, 50],
    ['IF(errors >= 5, 100 * errors / all, 0)', { all: 10 }, undefined],
    ['FILL(a, 0) + FILL(b, 0)', { b: 2 }, 2],
    ['a + b', { b: 2 }, undefined],
    ['a / b', { a: 1, b: 0 }, undefined],
    ['a < b', { a: 1, b: 2 }, 1],
  ])('%s of %j', (text, values, expected) => {
    expect(evaluateExpression(text, of(values))).toBe(expected);
  });

  test.each(['RATE(a)', 'a +', 'a b', 'a & b', 'IF(a, 1, 0'])('that it cannot read is refused: %s', (text) => {
    expect(() => evaluateExpression(text, of({ a: 1, b: 2 }))).toThrow();
  });
});

test.each([
  ['Sum', 10],
  ['Average', 2.5],
  ['Maximum', 4],
  ['Minimum', 1],
  ['SampleCount', 4],
  ['p50', 2],
  ['p90', 4],
])('%s of 1 to 4 is %s', (stat, is) => {
  expect(statisticOf([4, 1, 3, 2], stat)).toBe(is);
});
