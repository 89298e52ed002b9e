// What must hold of every tenant's alarms and dashboard, read from the template CloudFormation gets.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { alarmSettings } from '../../infra/alarms/settings.ts';
import { shownCounts } from '../../infra/dashboard.ts';
import { metricsOfAws } from '../../infra/watched-metrics.ts';
import { metrics } from '../../lib/metrics.ts';
import { periodOf, seriesOf } from '../alarms/evaluate.ts';
import { alarmsByName, alarmsIn, nameOf, wholeTenant } from '../alarms/template-alarms.ts';
import { root } from '../architecture/house.ts';
import { functionsOf, resourcesOf, templateOf } from './tenant-template.ts';

const emails = ['ops@acme.example', 'night@acme.example'];
const alarms = alarmSettings.parse({ emails, monthlyBudgetDollars: 50 });
const template = templateOf({ ...wholeTenant, alarms });
const all = alarmsIn(template);
const named = alarmsByName(template);
const queuesOf = (of = template) =>
  resourcesOf(of, 'AWS::SQS::Queue').map(([, { Properties }]) => Properties.QueueName.replace('muster-demo-', ''));

describe('every', () => {
  test('dead-letter queue has an alarm on the first letter', () => {
    const dead = queuesOf().filter((name) => name.endsWith('-dlq'));
    expect(dead.length).toBeGreaterThanOrEqual(12);
    for (const queue of dead)
      expect(named[`dead-letters-${queue.replace('-dlq', '')}`]).toMatchObject({
        ...{ Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 0 },
        ...{ Dimensions: { QueueName: `muster-demo-${queue}` }, DatapointsToAlarm: 1 },
      });
  });

  test('queue has an alarm on the age of its oldest message, which one message nobody can work off does not reach', () => {
    const working = resourcesOf(template, 'AWS::SQS::Queue').filter(
      ([, { Properties }]) => !Properties.QueueName.endsWith('-dlq'),
    );
    for (const [, { Properties }] of working) {
      const alarm = named[Properties.QueueName.replace('muster-demo-', 'waiting-')];
      expect(alarm, Properties.QueueName).toMatchObject({ MetricName: 'ApproximateAgeOfOldestMessage' });
      // SQS counts a message's age until it was received for the third time.
      expect(alarm!.Threshold).toBeGreaterThan(3 * Properties.VisibilityTimeout);
    }
  });

  test('function has an alarm on the rate of its errors', () => {
    const names = functionsOf(template).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(15);
    for (const name of names) {
      const watched = Object.values(seriesOf(named[`failing-${name}`]!));
      expect(watched.map((series) => series.name)).toEqual(['Errors', 'Invocations']);
      for (const { dimensions } of watched) expect(dimensions).toEqual({ FunctionName: `muster-demo-${name}` });
    }
  });

  test('alarm tells the topic when it begins and when it is over, what is wrong and where to read what to do', () => {
    const [[topic] = []] = resourcesOf(template, 'AWS::SNS::Topic');
    for (const [, { Properties }] of resourcesOf(template, 'AWS::CloudWatch::Alarm')) {
      expect([Properties.AlarmActions, Properties.OKActions]).toEqual([[{ Ref: topic }], [{ Ref: topic }]]);
      const name = Properties.AlarmName.replace('muster-demo-', '');
      expect(Properties.AlarmDescription).toMatch(
        new RegExp(`^[A-Z].+\\. Severity: (now|today)\\. What to do: docs/how-to/runbook\\.md#${name}$`),
      );
      expect(JSON.stringify(Properties)).not.toContain('@');
    }
  });

  test('alarm is within what CloudWatch allows', () => {
    for (const alarm of all) {
      // Of up to an hour each, all looks together a day at most; of longer ones a week.
      const seconds = periodOf(alarm) * alarm.EvaluationPeriods;
      expect(seconds, alarm.AlarmName).toBeLessThanOrEqual(periodOf(alarm) < 3_600 ? 86_400 : 604_800);
      expect(periodOf(alarm) % 60).toBe(0);
      expect(alarm.DatapointsToAlarm).toBeLessThanOrEqual(alarm.EvaluationPeriods);
      expect(Object.keys(seriesOf(alarm)).length).toBeLessThanOrEqual(10);
      expect(alarm.AlarmDescription.length).toBeLessThanOrEqual(1_024);
    }
  });
});

describe('the metrics', () => {
  const isThere = ({ namespace, name }: { namespace: string; name: string }): boolean =>
    namespace === 'Muster'
      ? name in metrics
      : (Object.entries(metricsOfAws) as [string, readonly string[]][]).some(
          ([one, names]) => one === namespace && names.includes(name),
        );

  test('that alarms watch are there', () => {
    for (const alarm of all)
      for (const series of Object.values(seriesOf(alarm))) expect(isThere(series), JSON.stringify(series)).toBe(true);
  });

  test('that Muster counts are all on the dashboard, which shows no other', () => {
    expect(new Set(shownCounts)).toEqual(new Set(Object.keys(metrics)));
    const [[, shownOn] = []] = resourcesOf(template, 'AWS::CloudWatch::Dashboard');
    const parts: unknown[] = shownOn?.Properties.DashboardBody['Fn::Join'][1];
    const body = parts.filter((part) => typeof part === 'string').join('');
    const shown = [...body.matchAll(/\["([A-Z][\w/]+)","([\w.]+)"/g)].map(([, namespace = '', name = '']) => ({
      ...{ namespace, name },
    }));
    expect(shown.filter((series) => !isThere(series))).toEqual([]);
    for (const name of Object.keys(metrics)) expect(body).toContain(`["Muster","${name}","tenant","demo"`);
  });
});

describe('a tenant', () => {
  test('has its addresses told by a topic that takes nothing in the clear', () => {
    const subscriptions = resourcesOf(template, 'AWS::SNS::Subscription').map(([, { Properties }]) => Properties);
    expect(subscriptions.map(({ Protocol, Endpoint }) => [Protocol, Endpoint])).toEqual(
      emails.map((email) => ['email', email]),
    );
    const policies = JSON.stringify(resourcesOf(template, 'AWS::SNS::TopicPolicy'));
    expect(policies).toContain('"aws:SecureTransport":"false"');
    expect(policies).toMatch(
      /"aws:SourceAccount":[^}]+\}+,"Effect":"Allow","Principal":\{"Service":"cloudwatch.amazonaws.com"/,
    );
  });

  test('is told by its budget of what is tagged as its own, at four fifths and before the month is overdrawn', () => {
    const [[, budget] = []] = resourcesOf(template, 'AWS::Budgets::Budget');
    expect(budget?.Properties).toMatchObject({
      Budget: {
        ...{ BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 50, Unit: 'USD' } },
        CostFilters: { TagKeyValue: ['user:muster:tenant$demo'] },
      },
      NotificationsWithSubscribers: [
        { Notification: { NotificationType: 'ACTUAL', Threshold: 80 }, Subscribers: emails.map(() => ({})) },
        { Notification: { NotificationType: 'FORECASTED', Threshold: 100 } },
      ],
    });
  });

  test('has SES tell how often its mails are complained of', () => {
    template.hasResourceProperties('AWS::SES::ConfigurationSet', {
      ReputationOptions: { ReputationMetricsEnabled: true },
    });
  });

  test('that says nothing of alarms has them all the same, but no budget', () => {
    const plain = templateOf();
    expect(alarmsIn(plain).length).toBeGreaterThan(40);
    expect(resourcesOf(plain, 'AWS::Budgets::Budget')).toEqual([]);
  });

  test('can raise a threshold', () => {
    const loud = alarmSettings.parse({ thresholds: { quarantinedPerHour: 500 } });
    expect(alarmsByName(templateOf({ alarms: loud })).quarantine!.Threshold).toBe(500);
  });

  test('with a budget has to name somebody whom it tells', () => {
    expect(() => alarmSettings.parse({ monthlyBudgetDollars: 5 })).toThrow(
      'must name somebody whom the budget can tell',
    );
  });

  test('on the local cloud has the alarms of one metric', () => {
    const local = alarmsIn(templateOf({ ...wholeTenant, alarms }, true));
    expect(local.map(nameOf)).toEqual(all.filter(({ Metrics }) => !Metrics).map(nameOf));
  });
});

describe('the runbook', () => {
  const text = readFileSync(join(root, 'docs/how-to/runbook.md'), 'utf8');
  const sections = [...text.matchAll(/^#{2,3} ([a-z][a-z-]+)$/gm)].map(([, name]) => name!);

  test('has a section for every alarm there can be and the budget, and for nothing else', () => {
    expect([...sections].sort()).toEqual([...all.map(nameOf), 'budget'].sort());
  });
});
