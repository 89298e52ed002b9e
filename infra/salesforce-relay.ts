// Salesforce's Change Data Capture by Event Relay: the partner event bus of each connection that has one, a rule, one queue for
// all and the function that reads them. A tenant without such a connection has none of this.
import { Duration, Tags } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Connection } from '../lib/domain/connection.ts';
import { readersOf } from './function-sizes.ts';
import type { CreateFunction } from './functions.ts';
import { readPlaybook, sendTo } from './permissions.ts';
import { workQueue } from './queues.ts';
import { type Tenant, tenantTag } from './tenant.ts';

interface SalesforceRelayProps {
  tenant: Tenant;
  create: CreateFunction;
  table: dynamodb.ITable;
  prompt: sqs.IQueue;
  localCloud: boolean;
}

const eventSourceOf = (connection: Connection): string | undefined =>
  connection.kind === 'salesforce' ? connection.eventSource : undefined;

export class SalesforceRelay extends Construct {
  readonly queue: sqs.Queue;
  readonly deadLetters: sqs.Queue;

  /** The tenant's, if it has a connection with a partner event source. */
  static where(scope: Construct, props: SalesforceRelayProps): SalesforceRelay | undefined {
    const relayed = Object.fromEntries(Object.entries(props.tenant.crm).filter(([, one]) => eventSourceOf(one)));
    return Object.keys(relayed).length === 0 ? undefined : new SalesforceRelay(scope, props, relayed);
  }

  private constructor(
    scope: Construct,
    { tenant, create, table, prompt, localCloud }: SalesforceRelayProps,
    relayed: Readonly<Record<string, Connection>>,
  ) {
    super(scope, 'SalesforceRelay');
    const worker = 'capture-salesforce';
    const { queue, dead } = workQueue(this, { tenant: tenant.name, name: 'salesforce', worker });
    this.queue = queue;
    this.deadLetters = dead;
    for (const [name, connection] of Object.entries(relayed)) {
      const eventSource = eventSourceOf(connection)!;
      const rule = new events.Rule(this, `${name}-rule`, {
        // Creating the bus is what accepts the source: AWS gives it the source's name, and only Salesforce can put on it.
        eventBus: new events.EventBus(this, `${name}-bus`, { eventSourceName: eventSource }),
        // Each has a bus of its own, where this name is free.
        ruleName: `muster-${tenant.name}-salesforce`,
        eventPattern: { source: [eventSource] },
        targets: [
          new targets.SqsQueue(queue, { deadLetterQueue: dead, maxEventAge: Duration.hours(24), retryAttempts: 185 }),
        ],
      });
      // MiniStack finds no rule by its ARN, as tagging has to, whose bus has strokes in its name.
      if (localCloud) Tags.of(rule).remove(tenantTag);
    }
    create(worker, {
      environment: {
        TABLE_NAME: table.tableName,
        PROMPT_QUEUE_URL: prompt.queueUrl,
        CONNECTIONS: JSON.stringify(relayed),
      },
      allow: [readPlaybook(table), sendTo(prompt)],
    }).addEventSource(
      new sources.SqsEventSource(queue, {
        ...{ batchSize: 10, reportBatchItemFailures: true },
        maxConcurrency: readersOf(tenant, worker),
      }),
    );
  }
}
