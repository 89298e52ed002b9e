// What those who operate a tenant ask for: the function that takes it, and the one that does it, slice by slice.
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CrmApi } from './crm-api.ts';
import type { CreateFunction } from './functions.ts';
import type { Outbound } from './outbound.ts';
import {
  backUpTable,
  countIn,
  lookAtLetters,
  noteDeeds,
  publishTo,
  readAndWriteTable,
  readSecret,
  readStream,
  readTable,
  removeLetters,
  scanTable,
  sendTo,
  setTimers,
} from './permissions.ts';
import { type Queues, queueNames } from './queues.ts';
import { retentionVariable } from './retention-settings.ts';
import type { SalesforceRelay } from './salesforce-relay.ts';
import type { Tenant } from './tenant.ts';
import type { Timers } from './timers.ts';
import { accessVariable } from './users.ts';

export interface OperationsProps {
  tenant: Tenant;
  create: CreateFunction;
  table: dynamodb.Table;
  queues: Queues;
  bus: events.IEventBus;
  timers: Timers;
  /** Of those who operate the tenant. */
  operators: secretsmanager.ISecret;
  /** Parts that only some tenants have. */
  crmApi: CrmApi | undefined;
  outbound: Outbound | undefined;
  relay: SalesforceRelay | undefined;
}

interface Letters {
  dead: sqs.IQueue;
  /** Where they are sent again; none for places of the stream. */
  queue?: sqs.IQueue;
}

/** Of each queue there is, where its dead letters rest. */
const lettersOf = ({ queues, crmApi, outbound, relay }: OperationsProps): Record<string, Letters> => ({
  ...Object.fromEntries(
    queueNames.map((name) => [name, { dead: queues.deadLettersOf[name], queue: queues.of[name] }] as const),
  ),
  ...(crmApi && { 'sync-crm': crmApi.sync }),
  ...(outbound && { outbound: { dead: outbound.deadLetters, queue: outbound.queue } }),
  ...(relay && { salesforce: { dead: relay.deadLetters, queue: relay.queue } }),
  publish: { dead: queues.unpublished },
});

export class Operations extends Construct {
  /** Behind the API. */
  readonly api: lambda.Function;

  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { tenant, create, table, queues, bus, timers, operators } = props;
    const letters = lettersOf(props);
    const dead = Object.values(letters).map((one) => one.dead);
    const again = Object.values(letters).flatMap(({ queue }) => queue ?? []);
    const TABLE_NAME = table.tableName;
    const DEAD_LETTERS = JSON.stringify(
      Object.fromEntries(
        Object.entries(letters).map(([name, one]) => [
          name,
          { dead: one.dead.queueUrl, ...(one.queue && { queue: one.queue.queueUrl }) },
        ]),
      ),
    );

    this.api = create('operations', {
      environment: {
        ...{ TABLE_NAME, DEAD_LETTERS, OPERATE_QUEUE_URL: queues.of.operate.queueUrl },
        OPERATOR_SECRET_ID: operators.secretArn,
        ...accessVariable(tenant),
      },
      allow: [
        ...readTable(table),
        scanTable(table),
        sendTo(queues.of.operate),
        readSecret(operators),
        lookAtLetters(dead),
        countIn(again),
        noteDeeds(table),
      ],
    });

    const operate = create('operate', {
      environment: {
        ...{ TABLE_NAME, DEAD_LETTERS, BUS_NAME: bus.eventBusName, PROMPT_QUEUE_URL: queues.of.prompt.queueUrl },
        ...{ ...timers.environment, ...retentionVariable(tenant) },
      },
      allow: [
        ...readAndWriteTable(table),
        ...[scanTable(table), readStream(table), backUpTable(table), publishTo(bus)],
        ...[lookAtLetters(dead), removeLetters(dead), ...[...again, ...dead].map(sendTo)],
        ...setTimers(this, timers.group, timers.role),
      ],
    });
    operate.addEventSource(
      new sources.SqsEventSource(queues.of.operate, {
        // A slice takes seconds: one at a time is done before its message comes again.
        ...{ batchSize: 1, maxConcurrency: 2, reportBatchItemFailures: true },
      }),
    );
  }
}
