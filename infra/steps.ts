// The steps behind capture, in the order data passes them, each with what wakes it.
import { Duration } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { writesBack } from '../lib/domain/connection.ts';
import { readersOf } from './function-sizes.ts';
import type { CreateFunction } from './functions.ts';
import { watchMail } from './mail.ts';
import { publishTo, readAndWriteTable, readSecret, sendMailFrom, setTimers } from './permissions.ts';
import { type QueueName, type Queues, queueWorkers } from './queues.ts';
import { retentionVariable } from './retention-settings.ts';
import type { Tenant } from './tenant.ts';
import type { Timers } from './timers.ts';

/** Most writes bring about no event, an anonymous visitor's never: unfiltered, each would cost an invocation. */
const withEvents = lambda.FilterCriteria.filter({
  dynamodb: { NewImage: { outbox: { S: lambda.FilterRule.exists() } } },
});

export interface StepsProps {
  tenant: Tenant;
  create: CreateFunction;
  table: dynamodb.Table;
  queues: Queues;
  bus: events.IEventBus;
  timers: Timers;
  /** What signs the links of mails. */
  links: secretsmanager.ISecret;
}

export class Steps extends Construct {
  /** To be told where the API is, which comes after it. */
  readonly notify: lambda.Function;

  constructor(scope: Construct, id: string, { tenant, create, table, queues, bus, timers, links }: StepsProps) {
    super(scope, id);
    const TABLE_NAME = table.tableName;
    const onTable = { environment: { TABLE_NAME }, allow: readAndWriteTable(table) };
    const withTimers = {
      environment: { TABLE_NAME, ...timers.environment },
      allow: [...readAndWriteTable(table), ...setTimers(this, timers.group, timers.role)],
    };
    const fromQueue = (worker: lambda.Function, name: QueueName, options: sources.SqsEventSourceProps = {}) =>
      worker.addEventSource(
        new sources.SqsEventSource(queues.of[name], {
          ...{ batchSize: 10, reportBatchItemFailures: true },
          maxConcurrency: readersOf(tenant, queueWorkers[name]),
          ...options,
        }),
      );

    const retention = retentionVariable(tenant);
    const fold = create('fold', { ...onTable, environment: { TABLE_NAME, ...retention } });
    fromQueue(fold, 'prompt');
    fromQueue(fold, 'hits', {
      // What makes hits cheap: a visitor's hits of some seconds become one write.
      batchSize: 1_000,
      maxBatchingWindow: Duration.seconds(tenant.hits.windowSeconds),
      // More folds at once would share out a visitor's hits among them, and meet at the same item.
      maxConcurrency: Math.min(5, readersOf(tenant, 'fold')),
    });

    const publish = create('publish', { environment: { BUS_NAME: bus.eventBusName }, allow: [publishTo(bus)] });
    publish.addEventSource(
      new sources.DynamoEventSource(table, {
        startingPosition: lambda.StartingPosition.TRIM_HORIZON,
        batchSize: 100,
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        // Lambda waits up to a minute between tries: this rides out about an hour of the bus being away, after
        // which the batch's pointers wait in the dead-letter queue and the shard goes on.
        retryAttempts: 60,
        onFailure: new sources.SqsDlq(queues.unpublished),
        filters: [withEvents],
      }),
    );

    const WRITES_BACK = JSON.stringify(writesBack(tenant.crm));
    fromQueue(create('assess', { ...onTable, environment: { TABLE_NAME, WRITES_BACK } }), 'assess');
    fromQueue(create('route', withTimers), 'route');
    const sla = create('sla', withTimers);
    fromQueue(sla, 'sla');
    fromQueue(sla, 'timers');
    const MAIL_FROM = tenant.mail.from;
    const MAIL_CONFIGURATION_SET = watchMail(this, { tenant: tenant.name, queues });
    this.notify = create('notify', {
      environment: {
        ...{ ...withTimers.environment, ...retention },
        ...{ MAIL_FROM, MAIL_CONFIGURATION_SET, LINKS_SECRET_ID: links.secretArn },
      },
      allow: [...withTimers.allow, sendMailFrom(this, MAIL_FROM, MAIL_CONFIGURATION_SET), readSecret(links)],
    });
    fromQueue(this.notify, 'notify');

    // A sweep that fails needs no dead-letter queue: the next one finds the same work.
    const sweep = create('sweep', withTimers);
    new events.Rule(this, 'sweep-timers', {
      ruleName: `muster-${tenant.name}-sweep-timers`,
      schedule: events.Schedule.rate(Duration.minutes(5)),
      targets: [new targets.LambdaFunction(sweep)],
    });
  }
}
