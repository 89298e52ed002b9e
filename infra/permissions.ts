// What a function may do, action by action. Nothing here is a wildcard; a test holds each function to a checked-in list.
import { Stack } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { senderOf } from './sender.ts';
import { listsIndex } from './table.ts';

const allow = (
  actions: string[],
  resources: string[],
  conditions?: Record<string, Record<string, string | string[]>>,
) => new iam.PolicyStatement({ actions, resources, ...(conditions && { conditions }) });

/** Capture needs the forms' definitions and nothing else: what is open to the world cannot read a lead. */
export const readPlaybook = (table: dynamodb.ITable) =>
  allow(['dynamodb:GetItem'], [table.tableArn], {
    'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['PLAYBOOK'] },
  });

/** What lies under a key, and none of the lists. */
export const readItems = (table: dynamodb.ITable) =>
  allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'], [table.tableArn]);

export const readTable = (table: dynamodb.ITable) => [
  readItems(table),
  allow(['dynamodb:Query'], [`${table.tableArn}/index/${listsIndex}`]),
];

/** TransactWriteItems has no action of its own: it needs those of its parts. */
export const readAndWriteTable = (table: dynamodb.ITable) => [
  ...readTable(table),
  allow(
    ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'],
    [table.tableArn],
  ),
];

/** The audit log is added to, never read or changed: a deed is put where none is of its id. */
export const noteDeeds = (table: dynamodb.ITable) =>
  allow(['dynamodb:PutItem'], [table.tableArn], { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['DEED#*'] } });

export const sendTo = (queue: sqs.IQueue) => allow(['sqs:SendMessage'], [queue.queueArn]);

/** Looking at dead letters is receiving them, and letting them go again. */
export const lookAtLetters = (queues: readonly sqs.IQueue[]) =>
  allow(
    ['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
    queues.map(({ queueArn }) => queueArn),
  );

export const countIn = (queues: readonly sqs.IQueue[]) =>
  allow(
    ['sqs:GetQueueAttributes'],
    queues.map(({ queueArn }) => queueArn),
  );

export const removeLetters = (queues: readonly sqs.IQueue[]) =>
  allow(
    ['sqs:DeleteMessage'],
    queues.map(({ queueArn }) => queueArn),
  );

export const scanTable = (table: dynamodb.ITable) => allow(['dynamodb:Scan'], [table.tableArn]);

export const backUpTable = (table: dynamodb.ITable) => allow(['dynamodb:CreateBackup'], [table.tableArn]);

export const readStream = (table: dynamodb.Table) =>
  allow(['dynamodb:GetRecords', 'dynamodb:GetShardIterator'], [table.tableStreamArn!]);

export const publishTo = (bus: events.IEventBus) => allow(['events:PutEvents'], [bus.eventBusArn]);

export const readSecret = (secret: secretsmanager.ISecret) =>
  allow(['secretsmanager:GetSecretValue'], [secret.secretArn]);

export const setTimers = (scope: Construct, group: string, role: iam.IRole) => [
  allow(
    ['scheduler:CreateSchedule', 'scheduler:GetSchedule', 'scheduler:UpdateSchedule', 'scheduler:DeleteSchedule'],
    [Stack.of(scope).formatArn({ service: 'scheduler', resource: 'schedule', resourceName: `${group}/*` })],
  ),
  allow(['iam:PassRole'], [role.roleArn], { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } }),
];

/** Mail from the tenant's own address only. SES checks either identity, the address or its domain, whichever is verified, and the
 * configuration set that goes with the mail. */
export const sendMailFrom = (scope: Construct, from: string, configurationSet: string) => {
  const { address, domain } = senderOf(from);
  const watched = Stack.of(scope).formatArn({
    service: 'ses',
    resource: 'configuration-set',
    resourceName: configurationSet,
  });
  const identity = (name: string) =>
    Stack.of(scope).formatArn({ service: 'ses', resource: 'identity', resourceName: name });
  return allow(['ses:SendEmail'], [identity(address), identity(domain), watched], {
    StringEquals: { 'ses:FromAddress': address },
  });
};
