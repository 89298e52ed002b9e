// Every rule of the bus: the table in lib/subscriptions.ts, which the embedded edition reads too, turned into
// rule → queue. The queue's worker stands in queues.ts.
import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type Subscriber, type Subscription, subscriptions } from '../lib/subscriptions.ts';
import { type Queues, queueNames } from './queues.ts';

/** The `source` of everything published; rules match it so that a stray event of somebody else's is not heard. */
const eventSource = 'muster';

interface Subscribing {
  tenant: string;
  bus: events.IEventBus;
  subscriber: Subscriber;
  queue: sqs.IQueue;
  deadLetters: sqs.IQueue;
  /** Of what the step can hear, what this tenant's has to. */
  only?: readonly Subscription['type'][];
}

/** Puts what the step hears on its queue. */
export const subscribe = (
  scope: Construct,
  { tenant, bus, subscriber, queue, deadLetters, only }: Subscribing,
): void => {
  const all: readonly Subscription[] = subscriptions[subscriber];
  const heard = only === undefined ? all : all.filter(({ type }) => only.includes(type));
  const rule = (name: string, types: readonly string[], where?: Subscription['where']) =>
    new events.Rule(scope, name, {
      eventBus: bus,
      ruleName: `muster-${tenant}-${name}`,
      eventPattern: {
        source: [eventSource],
        detailType: [...types],
        ...(where && { detail: Object.fromEntries(Object.entries(where).map(([field, is]) => [field, [...is]])) }),
      },
      targets: [
        new targets.SqsQueue(queue, {
          // What the bus cannot deliver within its day waits with what the worker could not do: the same body.
          deadLetterQueue: deadLetters,
          maxEventAge: Duration.hours(24),
          retryAttempts: 185,
        }),
      ],
    });
  rule(
    subscriber,
    heard.filter(({ where }) => !where).map(({ type }) => type),
  );
  // A condition holds for a rule's every type, so each subscription with one has a rule of its own.
  const conditional = heard.filter(({ where }) => where);
  conditional.forEach(({ type, where }, index) => {
    const before = conditional.slice(0, index).filter((other) => other.type === type).length;
    rule(`${subscriber}-${type.replace('.', '-')}${before === 0 ? '' : `-${before + 1}`}`, [type], where);
  });
};

/** Of the steps that every tenant has. */
export class Subscriptions extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { tenant, bus, queues }: { tenant: string; bus: events.IEventBus; queues: Queues },
  ) {
    super(scope, id);
    for (const subscriber of Object.keys(subscriptions) as Subscriber[]) {
      const name = queueNames.find((one) => one === subscriber);
      if (name === undefined) continue;
      subscribe(this, { tenant, bus, subscriber, queue: queues.of[name], deadLetters: queues.deadLettersOf[name] });
    }
  }
}
