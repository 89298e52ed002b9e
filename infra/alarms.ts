// Who is told when something is wrong: a topic with the tenant's addresses, an alarm for each row of the table, and the budget.
// What is watched is what the stack has: a queue or a function of tomorrow has its alarms without anybody thinking of them.
import type { Stack } from 'aws-cdk-lib';
import * as budgets from 'aws-cdk-lib/aws-budgets';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { AlarmRow, Watched } from './alarms/row.ts';
import { alarmsOf } from './alarms/table.ts';
import { type Tenant, tenantTag } from './tenant.ts';
import type { Series } from './watched-metrics.ts';

export interface AlarmsProps {
  watched: Watched;
  /** The tenant's own; SNS's otherwise does without. */
  key?: kms.IKey | undefined;
  localCloud: boolean;
}

/** Short names of the tenant's queues and functions that the stack has by now. */
export const watchedIn = (
  stack: Stack,
  { tenant, ...ids }: Pick<Watched, 'tenant' | 'apiId' | 'tableName'>,
): Watched => {
  const prefix = `muster-${tenant.name}-`;
  const short = (name: string | undefined) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []);
  const all = stack.node.findAll();
  const queues = all.flatMap((one) => (one instanceof CfnQueue ? short(one.queueName) : []));
  return {
    ...{ tenant, ...ids },
    queues: queues.filter((name) => !name.endsWith('-dlq')),
    deadLetters: queues.filter((name) => name.endsWith('-dlq')).map((name) => name.slice(0, -'-dlq'.length)),
    functions: all.flatMap((one) => (one instanceof CfnFunction ? short(one.functionName) : [])),
  };
};

export class Alarms extends Construct {
  readonly topic: sns.Topic;
  readonly all: readonly cloudwatch.CfnAlarm[];

  constructor(scope: Construct, id: string, { watched, key, localCloud }: AlarmsProps) {
    super(scope, id);
    const { tenant } = watched;
    this.topic = new sns.Topic(this, 'Topic', {
      topicName: `muster-${tenant.name}-alarms`,
      enforceSSL: true,
      ...(key && { masterKey: key }),
    });
    const cloudWatch = new iam.ServicePrincipal('cloudwatch.amazonaws.com');
    // Nobody else's alarms are put on it in CloudWatch's name.
    const ofThisAccount = { StringEquals: { 'aws:SourceAccount': this.topic.stack.account } };
    this.topic.addToResourcePolicy(
      new iam.PolicyStatement({
        ...{ actions: ['sns:Publish'], principals: [cloudWatch], resources: [this.topic.topicArn] },
        conditions: ofThisAccount,
      }),
    );
    // CloudWatch encrypts what it puts on the topic itself.
    key?.grant(new iam.PrincipalWithConditions(cloudWatch, ofThisAccount), 'kms:Decrypt', 'kms:GenerateDataKey*');
    for (const email of tenant.alarms.emails) this.topic.addSubscription(new subscriptions.EmailSubscription(email));

    const rows = alarmsOf(watched);
    // MiniStack knows no alarm that is computed of several metrics.
    const made = localCloud ? rows.filter(({ watch }) => !('expression' in watch)) : rows;
    this.all = made.map((row) => this.createAlarm(tenant, row));
    if (tenant.alarms.monthlyBudgetDollars !== undefined && !localCloud)
      createBudget(this, tenant, tenant.alarms.monthlyBudgetDollars);
  }

  private createAlarm(tenant: Tenant, row: AlarmRow): cloudwatch.CfnAlarm {
    return new cloudwatch.CfnAlarm(this, row.name, {
      alarmName: `muster-${tenant.name}-${row.name}`,
      alarmDescription: `${row.says} Severity: ${row.severity}. What to do: ${tenant.alarms.runbook}#${row.name}`,
      ...comparing(row),
      ...watching(row),
      evaluationPeriods: row.of,
      datapointsToAlarm: row.times,
      treatMissingData: row.silence === 'bad' ? 'breaching' : 'notBreaching',
      alarmActions: [this.topic.topicArn],
      okActions: [this.topic.topicArn],
    });
  }
}

const comparing = ({ bad }: AlarmRow): Pick<cloudwatch.CfnAlarmProps, 'threshold'> & { comparisonOperator: string } => {
  if ('over' in bad) return { comparisonOperator: 'GreaterThanThreshold', threshold: bad.over };
  if ('under' in bad) return { comparisonOperator: 'LessThanThreshold', threshold: bad.under };
  return { comparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold' };
};

const dimensionsOf = ({ dimensions }: Series) => Object.entries(dimensions).map(([name, value]) => ({ name, value }));

const watching = ({ watch, every, bad }: AlarmRow): Partial<cloudwatch.CfnAlarmProps> => {
  if (!('expression' in watch)) {
    const { namespace, name, stat } = watch;
    return {
      ...{ namespace, metricName: name, dimensions: dimensionsOf(watch), period: every },
      ...(stat.startsWith('p')
        ? { extendedStatistic: stat, evaluateLowSampleCountPercentile: 'ignore' }
        : { statistic: stat }),
    };
  }
  const metrics = Object.entries(watch.of).map(([id, series]) => {
    const { namespace, name: metricName, stat } = series;
    const metric = { namespace, metricName, dimensions: dimensionsOf(series) };
    return { id, metricStat: { metric, period: every, stat }, returnData: false };
  });
  const value = { id: 'value', expression: watch.expression, returnData: true };
  if (!('outside' in bad)) return { metrics: [...metrics, value] };
  const usual = { id: 'usual', expression: `ANOMALY_DETECTION_BAND(value, ${bad.outside})`, returnData: true };
  return { metrics: [...metrics, value, usual], thresholdMetricId: 'usual' };
};

/** Of what is tagged as the tenant's, once the account has the tag activated for its bills. AWS mails by itself; the first time when four
 * fifths are spent, then when the month is on its way beyond all of it. */
const createBudget = (scope: Construct, tenant: Tenant, dollars: number): void => {
  const telling = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
    notification: {
      ...{ notificationType, threshold, thresholdType: 'PERCENTAGE' },
      comparisonOperator: 'GREATER_THAN',
    },
    subscribers: tenant.alarms.emails.map((address) => ({ subscriptionType: 'EMAIL', address })),
  });
  new budgets.CfnBudget(scope, 'budget', {
    budget: {
      budgetName: `muster-${tenant.name}`,
      ...{ budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount: dollars, unit: 'USD' } },
      costFilters: { TagKeyValue: [`user:${tenantTag}$${tenant.name}`] },
    },
    notificationsWithSubscribers: [telling('ACTUAL', 80), telling('FORECASTED', 100)],
  });
};
