// Every queue, each with the dead-letter queue where what cannot be done waits for a person.
import { Duration, Validations } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type FunctionName, functionSizes } from './function-sizes.ts';
import { encryptQueue, keyOf } from './key.ts';

/** Each queue and the function that works on it. `prompt` carries forms and CRM changes, `hits` batches. */
export const queueWorkers = {
  prompt: 'fold',
  hits: 'fold',
  assess: 'assess',
  route: 'route',
  sla: 'sla',
  timers: 'sla',
  notify: 'notify',
  operate: 'operate',
} as const satisfies Record<string, FunctionName>;

export type QueueName = keyof typeof queueWorkers;
export const queueNames = Object.keys(queueWorkers) as QueueName[];

// Five tries ride out throttling and a deployment; what fails five times fails for a reason of its own.
const tries = 5;
// AWS's advice: a message must not be seen again while Lambda still retries throttled invocations with it.
const visibilityPerTimeout = 6;

const encryptedQueue = (scope: Construct, id: string, props: sqs.QueueProps): sqs.Queue => {
  const queue = new sqs.Queue(scope, id, props);
  encryptQueue(queue.node.defaultChild as sqs.CfnQueue, keyOf(scope));
  return queue;
};

/** Where what `name` could not do waits. */
const deadLetters = (scope: Construct, tenant: string, name: string) =>
  encryptedQueue(scope, `${name}-dlq`, {
    queueName: `muster-${tenant}-${name}-dlq`,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });

/** A queue for the function to work on, and its dead-letter queue. */
export const workQueue = (
  scope: Construct,
  { tenant, name, worker }: { tenant: string; name: string; worker: FunctionName },
): { queue: sqs.Queue; dead: sqs.Queue } => {
  const dead = deadLetters(scope, tenant, name);
  const queue = encryptedQueue(scope, name, {
    queueName: `muster-${tenant}-${name}`,
    enforceSSL: true,
    visibilityTimeout: Duration.seconds(functionSizes[worker].seconds * visibilityPerTimeout),
    deadLetterQueue: { queue: dead, maxReceiveCount: tries },
  });
  return { queue, dead };
};

export class Queues extends Construct {
  readonly of: Record<QueueName, sqs.Queue>;
  readonly deadLettersOf: Record<QueueName, sqs.Queue>;
  /** Where the stream's batches go that could not be published: pointers into the stream, not the records. */
  readonly unpublished: sqs.Queue;

  constructor(scope: Construct, id: string, { tenant }: { tenant: string }) {
    super(scope, id);
    const entries = queueNames.map((name) => ({
      name,
      ...workQueue(this, { tenant, name, worker: queueWorkers[name] }),
    }));
    this.of = Object.fromEntries(entries.map(({ name, queue }) => [name, queue])) as Record<QueueName, sqs.Queue>;
    this.deadLettersOf = Object.fromEntries(entries.map(({ name, dead }) => [name, dead])) as Record<
      QueueName,
      sqs.Queue
    >;
    this.unpublished = deadLetters(this, tenant, 'publish');
    Validations.of(this.unpublished).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the end of the stream’s own retries, which cdk-nag cannot see: nobody works on it but a person.',
    });
  }
}
