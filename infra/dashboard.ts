// A tenant's dashboard: what came in, what became of it, what goes wrong, and what a day costs. All that Muster counts is on it.
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { MetricName } from '../lib/metrics.ts';
import type { Watched } from './alarms/row.ts';
import { costOfADay } from './cost-of-a-day.ts';
import { counted, ofApi, ofFunction, ofQueue, type Series } from './watched-metrics.ts';

interface Graph {
  title: string;
  /** By the name each has in the legend. */
  left: Readonly<Record<string, Series>>;
  right?: Readonly<Record<string, Series>>;
}

type Counts = Readonly<Record<string, readonly [MetricName, stat?: string]>>;

/** From the door to the mail, as data flows. */
const flow: readonly { title: string; left: Counts; right?: Counts }[] = [
  {
    title: 'Captured and folded',
    left: {
      captured: ['Captured'],
      refused: ['CaptureRefused'],
      folded: ['Folded'],
      'to come again': ['FoldFailed'],
      'set aside': ['Quarantined'],
    },
    right: { 'lag, median s': ['FoldLagSeconds', 'p50'], 'lag, 95 % s': ['FoldLagSeconds', 'p95'] },
  },
  {
    title: 'Judged and routed',
    left: {
      assessed: ['Assessed'],
      qualified: ['LeadQualified'],
      routed: ['LeadRouted'],
      flapping: ['StatusFlapping'],
    },
  },
  { title: 'Clocks', left: { started: ['SlaStarted'], answered: ['SlaAnswered'], breached: ['SlaBreached'] } },
  {
    title: 'Mail',
    left: { sent: ['NoticesSent'], 'came back': ['MailBounced'], 'mailboxes stopped': ['MailboxStopped'] },
  },
  {
    title: 'Sweep and CRM',
    left: { sweeps: ['SweepRan'], 'could not be told': ['CrmSyncStopped'], loops: ['CrmLoopStopped'] },
    right: { 'late, s': ['SweepLate', 'Maximum'] },
  },
];

/** What of Muster's own counts is shown. */
export const shownCounts: readonly MetricName[] = flow.flatMap(({ left, right = {} }) =>
  [...Object.values(left), ...Object.values(right)].map(([name]) => name),
);

const graphsOf = ({ tenant: { name: tenant }, apiId, queues, deadLetters, functions }: Watched): Graph[] => {
  const series = (counts: Counts) =>
    Object.fromEntries(Object.entries(counts).map(([label, [name, stat]]) => [label, counted(tenant, name, stat)]));
  const by = (names: readonly string[], of: (name: string) => Series) =>
    Object.fromEntries(names.map((name) => [name, of(name)]));
  const called = (name: string) => `muster-${tenant}-${name}`;
  return [
    ...flow.map(({ title, left, right = {} }) => ({ title, left: series(left), right: series(right) })),
    {
      title: 'API',
      left: { requests: ofApi(apiId, 'Count'), 'answered 5xx': ofApi(apiId, '5xx') },
      right: { 'slowest tenth, ms': ofApi(apiId, 'Latency', 'p90') },
    },
    {
      title: 'Errors',
      left: by(functions, (name) => ofFunction(called(name), 'Errors')),
      right: { 'stream read late, ms': ofFunction(called('publish'), 'IteratorAge', 'Maximum') },
    },
    {
      title: 'Dead letters',
      left: by(deadLetters, (name) => ofQueue(`${called(name)}-dlq`, 'ApproximateNumberOfMessagesVisible', 'Maximum')),
    },
    {
      title: 'Oldest message, s',
      left: by(queues, (name) => ofQueue(called(name), 'ApproximateAgeOfOldestMessage', 'Maximum')),
    },
  ];
};

const metricOf = (label: string, { namespace, name, dimensions, stat }: Series): cloudwatch.Metric =>
  new cloudwatch.Metric({
    ...{ namespace, metricName: name, dimensionsMap: { ...dimensions }, statistic: stat, label },
    period: Duration.minutes(5),
  });

const metricsOf = (of: Readonly<Record<string, Series>> = {}): cloudwatch.Metric[] =>
  Object.entries(of).map(([label, series]) => metricOf(label, series));

/** Half of the dashboard's 24 columns. */
const width = 12;

export const createDashboard = (
  scope: Construct,
  { watched, alarms }: { watched: Watched; alarms: readonly cloudwatch.CfnAlarm[] },
): cloudwatch.Dashboard => {
  const dashboard = new cloudwatch.Dashboard(scope, 'Dashboard', {
    dashboardName: `muster-${watched.tenant.name}`,
    defaultInterval: Duration.days(1),
  });
  dashboard.addWidgets(
    new cloudwatch.AlarmStatusWidget({
      title: 'Alarms',
      ...{ width: 24, height: 6 },
      sortBy: cloudwatch.AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP,
      alarms: alarms.map((alarm, index) => cloudwatch.Alarm.fromAlarmArn(scope, `shown-${index}`, alarm.attrArn)),
    }),
  );
  const graphs = graphsOf(watched).map(
    ({ title, left, right }) =>
      new cloudwatch.GraphWidget({ title, width, left: metricsOf(left), right: metricsOf(right) }),
  );
  const cost = new cloudwatch.GraphWidget({
    title: 'Estimated cost of a day, $',
    ...{ width, left: [costOfADay(watched)], period: Duration.days(1), statistic: 'Sum' },
  });
  const all = [...graphs, cost];
  for (let at = 0; at < all.length; at += 2) dashboard.addWidgets(...all.slice(at, at + 2));
  return dashboard;
};
