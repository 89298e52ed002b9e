// What CloudWatch would make of an alarm's own definition and of what it has been told. It looks at the last whole periods, of
// each decides whether it was bad, and tells when as many were as the definition asks. Two things are simpler than CloudWatch:
// where datapoints are missing it does not look further back for others, and what is usual at an hour is the mean of the same hour of the weeks
// before, not a trained model.
import * as z from 'zod';
import { evaluateExpression } from './expression.ts';
import { type Asked, datapoint, type Sample } from './samples.ts';

const dimensions = z
  .array(z.object({ Name: z.string(), Value: z.string() }))
  .transform((all) => Object.fromEntries(all.map(({ Name, Value }) => [Name, Value])));

const computed = z.object({ Id: z.string(), Expression: z.string(), ReturnData: z.boolean() });
const measured = z.object({
  Id: z.string(),
  MetricStat: z.object({
    Metric: z.object({ Namespace: z.string(), MetricName: z.string(), Dimensions: dimensions }),
    Period: z.number(),
    Stat: z.string(),
  }),
});

/** Of a template's alarm, references resolved; what CloudWatch answers of a deployed one has the same names. */
export const alarmDefinition = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  ComparisonOperator: z.string(),
  Threshold: z.number().optional(),
  ThresholdMetricId: z.string().optional(),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.number(),
  TreatMissingData: z.enum(['breaching', 'notBreaching', 'ignore', 'missing']),
  Namespace: z.string().nullish(),
  MetricName: z.string().nullish(),
  Dimensions: dimensions.nullish(),
  Period: z.number().nullish(),
  Statistic: z.string().nullish(),
  ExtendedStatistic: z.string().nullish(),
  Metrics: z.array(z.union([measured, computed])).nullish(),
});
export type AlarmDefinition = z.infer<typeof alarmDefinition>;

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

interface Period {
  from: number;
  to: number;
}

const measuredOf = ({ Metrics }: AlarmDefinition) => (Metrics ?? []).filter((one) => 'MetricStat' in one);
const computedOf = ({ Metrics }: AlarmDefinition) => (Metrics ?? []).filter((one) => 'Expression' in one);

/** What the alarm looks at: the series, by id where there are several. */
export const seriesOf = (alarm: AlarmDefinition): Readonly<Record<string, Asked>> => {
  if (alarm.Namespace && alarm.MetricName) {
    const stat = alarm.ExtendedStatistic ?? alarm.Statistic ?? '';
    return { '': { namespace: alarm.Namespace, name: alarm.MetricName, dimensions: alarm.Dimensions ?? {}, stat } };
  }
  return Object.fromEntries(
    measuredOf(alarm).map(({ Id, MetricStat: { Metric, Stat } }) => [
      Id,
      { namespace: Metric.Namespace, name: Metric.MetricName, dimensions: Metric.Dimensions, stat: Stat },
    ]),
  );
};

export const periodOf = (alarm: AlarmDefinition): number =>
  alarm.Period ?? measuredOf(alarm)[0]?.MetricStat.Period ?? Number.NaN;

const isBand = (expression: string): boolean => expression.startsWith('ANOMALY_DETECTION_BAND(');

const valueIn = (alarm: AlarmDefinition, samples: readonly Sample[], period: Period): number | undefined => {
  const series = seriesOf(alarm);
  const read = (id: string): number | undefined => {
    const asked = series[id];
    if (asked !== undefined) return datapoint(samples, asked, period);
    const other = computedOf(alarm).find(({ Id }) => Id === id);
    if (other === undefined) throw new Error(`${alarm.AlarmName} has nothing called ${id}`);
    return evaluateExpression(other.Expression, read);
  };
  const returned = computedOf(alarm).find(({ Expression, ReturnData }) => ReturnData && !isBand(Expression));
  return read(returned?.Id ?? '');
};

const week = 7 * 86_400_000;
const weeksLearnt = 4;

/** Mean and standard deviations of the same time of the weeks before. A tenth of the mean at least: nothing is as even as that. */
const usual = (alarm: AlarmDefinition, samples: readonly Sample[], { from, to }: Period) => {
  const band = computedOf(alarm).find(({ Id }) => Id === alarm.ThresholdMetricId)?.Expression ?? '';
  const deviations = Number(/^ANOMALY_DETECTION_BAND\(\w+, ([\d.]+)\)$/.exec(band)?.[1]);
  const names = new Set(Object.values(seriesOf(alarm)).map(({ name }) => name));
  // Who has been told of nothing so far has learnt nothing: there is no band yet.
  if (!samples.some(({ name, at }) => names.has(name) && at < to - week)) return undefined;
  const weeks = Array.from({ length: weeksLearnt }, (_, index) => (index + 1) * week);
  const values = weeks.flatMap((ago) => valueIn(alarm, samples, { from: from - ago, to: to - ago }) ?? []);
  if (values.length === 0) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const spread = deviations * Math.max(Math.sqrt(variance), mean / 10);
  return { lower: mean - spread, upper: mean + spread };
};

const isBad = (
  alarm: AlarmDefinition,
  samples: readonly Sample[],
  period: Period,
  value: number,
): boolean | undefined => {
  const { ComparisonOperator, Threshold = Number.NaN } = alarm;
  if (ComparisonOperator === 'GreaterThanThreshold') return value > Threshold;
  if (ComparisonOperator === 'GreaterThanOrEqualToThreshold') return value >= Threshold;
  if (ComparisonOperator === 'LessThanThreshold') return value < Threshold;
  if (ComparisonOperator !== 'LessThanLowerOrGreaterThanUpperThreshold')
    throw new Error(`no such comparison: ${ComparisonOperator}`);
  const band = usual(alarm, samples, period);
  return band && (value < band.lower || value > band.upper);
};

/** The alarm's state at `now`, in milliseconds since 1970; `before` is the state it stays in where that is what missing data means. */
export const evaluateAlarm = (
  alarm: AlarmDefinition,
  samples: readonly Sample[],
  now: number,
  before: AlarmState = 'OK',
): AlarmState => {
  const length = periodOf(alarm) * 1_000;
  const end = Math.floor(now / length) * length;
  const looks = Array.from({ length: alarm.EvaluationPeriods }, (_, index) => {
    const period = { from: end - (index + 1) * length, to: end - index * length };
    const value = valueIn(alarm, samples, period);
    return value === undefined ? undefined : isBad(alarm, samples, period, value);
  });
  const known = looks.filter((bad) => bad !== undefined);
  const missing = looks.length - known.length;
  const bad = known.filter(Boolean).length + (alarm.TreatMissingData === 'breaching' ? missing : 0);
  if (bad >= alarm.DatapointsToAlarm) return 'ALARM';
  if (known.length > 0 || alarm.TreatMissingData === 'breaching' || alarm.TreatMissingData === 'notBreaching')
    return 'OK';
  return alarm.TreatMissingData === 'ignore' ? before : 'INSUFFICIENT_DATA';
};
