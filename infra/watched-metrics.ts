// The metrics that alarms and the dashboard look at: AWS's own, as CloudWatch calls them, and what Muster counts itself.
import type { MetricName } from '../lib/metrics.ts';

/** Of each of AWS's namespaces what is looked at. Lambda's, SQS's and API Gateway's are there without being asked for; SES's since the
 * configuration set has its reputation published. */
export const metricsOfAws = {
  'AWS/SQS': [
    'ApproximateNumberOfMessagesVisible',
    'ApproximateAgeOfOldestMessage',
    'NumberOfMessagesSent',
    'NumberOfMessagesReceived',
    'NumberOfMessagesDeleted',
    'NumberOfEmptyReceives',
  ],
  'AWS/Lambda': ['Invocations', 'Errors', 'Throttles', 'Duration', 'IteratorAge'],
  'AWS/ApiGateway': ['Count', '5xx', 'Latency'],
  'AWS/DynamoDB': [
    'ConsumedReadCapacityUnits',
    'ConsumedWriteCapacityUnits',
    'ReadThrottleEvents',
    'WriteThrottleEvents',
  ],
  'AWS/SES': ['Reputation.ComplaintRate'],
  'AWS/Logs': ['IncomingBytes'],
} as const;

export type NamespaceOfAws = keyof typeof metricsOfAws;

/** One time series: a metric of something, and which statistic of each period. */
export interface Series {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
  stat: string;
}

const ofAws =
  <N extends NamespaceOfAws>(namespace: N, dimension: string) =>
  (is: string, name: (typeof metricsOfAws)[N][number], stat = 'Sum'): Series => ({
    namespace,
    name,
    dimensions: { [dimension]: is },
    stat,
  });

export const ofQueue = ofAws('AWS/SQS', 'QueueName');
export const ofFunction = ofAws('AWS/Lambda', 'FunctionName');
export const ofApi = ofAws('AWS/ApiGateway', 'ApiId');
export const ofTable = ofAws('AWS/DynamoDB', 'TableName');
export const ofMail = ofAws('AWS/SES', 'ses:configuration-set');
export const ofLog = ofAws('AWS/Logs', 'LogGroupName');

/** Where Powertools puts what Muster counts of a tenant. */
export const counted = (tenant: string, name: MetricName, stat = 'Sum'): Series => ({
  namespace: 'Muster',
  name,
  dimensions: { tenant },
  stat,
});
