// What the local cloud tells of a stack on it, as CloudWatch would have it. MiniStack counts invocations it was asked for directly, but neither
// queues, nor the API, nor what functions print for CloudWatch to count: these are read where they are, queues from SQS and counts
// from the functions' own logs.
import * as z from 'zod';
import { callCloud } from '../e2e/call-cloud.ts';
import { everyLine } from '../e2e/cloud-logs.ts';
import type { WatchedCloud } from '../e2e/watched-cloud.ts';
import { type AlarmDefinition, alarmDefinition, evaluateAlarm, periodOf } from './evaluate.ts';
import type { Sample } from './samples.ts';

/** The alarms as they were deployed. */
export const deployedAlarms = async (endpoint: string): Promise<AlarmDefinition[]> => {
  const answer = await callCloud(endpoint, 'GraniteServiceVersion20100801.DescribeAlarms', {});
  return z.object({ MetricAlarms: z.array(alarmDefinition) }).parse(answer).MetricAlarms;
};

const statistics = z.object({ Datapoints: z.array(z.object({ Sum: z.number() })) });

/** What the local cloud's CloudWatch has of a function, since the beginning. */
export const ofFunctionNow = async (endpoint: string, functionName: string): Promise<Sample[]> => {
  const dimensions = { FunctionName: functionName };
  const hour = 3_600_000;
  const asked = ['Invocations', 'Errors', 'Throttles'].map(async (name): Promise<Sample> => {
    const answer = await callCloud(endpoint, 'GraniteServiceVersion20100801.GetMetricStatistics', {
      ...{ Namespace: 'AWS/Lambda', MetricName: name, Period: 7_200, Statistics: ['Sum'] },
      Dimensions: [{ Name: 'FunctionName', Value: functionName }],
      StartTime: new Date(Date.now() - hour).toISOString(),
      EndTime: new Date(Date.now() + hour).toISOString(),
    });
    const value = statistics.parse(answer).Datapoints.reduce((sum, { Sum }) => sum + Sum, 0);
    return { namespace: 'AWS/Lambda', name, dimensions, at: Date.now(), value };
  });
  return Promise.all(asked);
};

/** Of each queue as it is now: how many messages are visible, and how old its oldest is, which is as old as the queue was last seen empty. */
export const watchQueues = ({ depth }: Pick<WatchedCloud, 'depth'>, names: readonly string[]) => {
  const waitingSince = new Map<string, number>();
  const look = async (name: string): Promise<Sample[]> => {
    const { visible, worked } = await depth(name);
    const at = Date.now();
    const since = visible + worked === 0 ? undefined : (waitingSince.get(name) ?? at);
    if (since === undefined) waitingSince.delete(name);
    else waitingSince.set(name, since);
    const about = { namespace: 'AWS/SQS', dimensions: { QueueName: `muster-demo-${name}` }, at };
    return [
      { ...about, name: 'ApproximateNumberOfMessagesVisible', value: visible },
      { ...about, name: 'ApproximateAgeOfOldestMessage', value: since === undefined ? 0 : (at - since) / 1_000 },
    ];
  };
  return async (): Promise<Sample[]> => (await Promise.all(names.map(look))).flat();
};

/** The embedded metric format: a log line that says which of its own fields are metrics. */
const embedded = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

const samplesIn = (line: string): Sample[] => {
  const start = line.indexOf('{');
  if (start < 0 || !line.includes('"CloudWatchMetrics"')) return [];
  const read = embedded.parse(JSON.parse(line.slice(start)));
  return read._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.flatMap(({ Name }) =>
        [read[Name]].flat().map((value) => ({
          ...{ namespace: Namespace, name: Name, at: read._aws.Timestamp, value: Number(value) },
          dimensions: Object.fromEntries(names.map((name) => [name, String(read[name])])),
        })),
      ),
    ),
  );
};

/** What the functions have told by their logs. */
export const ofLogs = async (endpoint: string): Promise<Sample[]> =>
  (await everyLine(endpoint)).flatMap(({ line }) => samplesIn(line));

const hour = 3_600;
/** What has been waiting for so long is waiting for somebody; less may be on its way. */
const waitsFromSeconds = 2;

/** Alarms that would tell if what was seen went on: it all counts as of the period that is just over, and again of each before it that the
 * alarm looks at; a message that waits will have been waiting for an hour more. Nobody has the time that alarms take. */
export const toldIfItGoesOn = (alarms: readonly AlarmDefinition[], seen: readonly Sample[]): string[] => {
  const later = seen.map((one) =>
    one.name === 'ApproximateAgeOfOldestMessage' && one.value >= waitsFromSeconds
      ? { ...one, value: one.value + hour }
      : one,
  );
  return alarms
    .filter((alarm) => {
      const period = periodOf(alarm) * 1_000;
      const now = Math.ceil(Date.now() / period) * period;
      const again = Array.from({ length: alarm.EvaluationPeriods }, (_, index) =>
        later.map((one) => ({ ...one, at: now - 1 - index * period })),
      );
      return evaluateAlarm(alarm, again.flat(), now) === 'ALARM';
    })
    .map(({ AlarmName }) => AlarmName.replace('muster-demo-', ''))
    .sort();
};
