// What the local cloud tells of a stack on it, as CloudWatch would have it. MiniStack counts invocations it was asked for directly, but neither
// queues, nor the API, nor what functions print for CloudWatch to count: these are read where they are, queues from SQS and counts
// from the functions' own logs.
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { type AlarmDefinition, alarmDefinition, evaluateAlarm, periodOf } from './evaluate.ts';
import type { Sample } from './samples.ts';

const called = async (endpoint: string, target: string, body: object): Promise<unknown> => {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20261122/eu-central-1/any/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${target} was answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
};

/** The alarms as they were deployed. */
export const deployedAlarms = async (endpoint: string): Promise<AlarmDefinition[]> => {
  const answer = await called(endpoint, 'GraniteServiceVersion20100801.DescribeAlarms', {});
  return z.object({ MetricAlarms: z.array(alarmDefinition) }).parse(answer).MetricAlarms;
};

const statistics = z.object({ Datapoints: z.array(z.object({ Sum: z.number() })) });

/** What the local cloud's CloudWatch has of a function, since the beginning. */
export const ofFunctionNow = async (endpoint: string, functionName: string): Promise<Sample[]> => {
  const dimensions = { FunctionName: functionName };
  const hour = 3_600_000;
  const asked = ['Invocations', 'Errors'].map(async (name): Promise<Sample> => {
    const answer = await called(endpoint, 'GraniteServiceVersion20100801.GetMetricStatistics', {
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

/** How many messages are visible in each queue now, by its name. */
export const ofQueuesNow = async (sqs: SQSClient, urls: Readonly<Record<string, string>>): Promise<Sample[]> =>
  Promise.all(
    Object.entries(urls).map(async ([queue, QueueUrl]): Promise<Sample> => {
      const AttributeNames = ['ApproximateNumberOfMessages' as const];
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
      return {
        ...{ namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible', dimensions: { QueueName: queue } },
        ...{ at: Date.now(), value: Number(Attributes?.ApproximateNumberOfMessages) },
      };
    }),
  );

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

const logged = z.object({ events: z.array(z.object({ message: z.string() })) });

/** What the functions have told so far by their logs. A function that was never called has none. */
export const ofLogs = async (endpoint: string, groups: readonly string[]): Promise<Sample[]> => {
  const read = groups.map(async (logGroupName) => {
    const answer = await called(endpoint, 'Logs_20140328.FilterLogEvents', { logGroupName, limit: 10_000 }).catch(
      (error: Error) => {
        if (error.message.includes('ResourceNotFoundException')) return { events: [] };
        throw error;
      },
    );
    return logged.parse(answer).events.flatMap(({ message }) => message.split('\n').flatMap(samplesIn));
  });
  return (await Promise.all(read)).flat();
};

/** Alarms that would tell if what was seen went on: it all counts as of the period that is just over, and again of each before it that the
 * alarm looks at. Nobody has the quarter of an hour that some of them take. */
export const toldIfItGoesOn = (alarms: readonly AlarmDefinition[], seen: readonly Sample[]): string[] =>
  alarms
    .filter((alarm) => {
      const period = periodOf(alarm) * 1_000;
      const now = Math.ceil(Date.now() / period) * period;
      const again = Array.from({ length: alarm.EvaluationPeriods }, (_, index) =>
        seen.map((one) => ({ ...one, at: now - 1 - index * period })),
      );
      return evaluateAlarm(alarm, again.flat(), now) === 'ALARM';
    })
    .map(({ AlarmName }) => AlarmName.replace('muster-demo-', ''))
    .sort();
