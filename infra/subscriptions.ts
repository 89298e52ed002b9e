// Every rule of the bus: the table in lib/subscriptions.ts, which the embedded edition reads too, turned into
// rule → queue. The queue's worker stands in queues.ts.
import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { type Subscriber, subscriptions } from '../lib/subscriptions.ts';
import type { Queues } from './queues.ts';

/** The `source` of everything published; rules match it so that a stray event of somebody else's is not heard. */
const eventSource = 'muster';

export class Subscriptions extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { tenant, bus, queues }: { tenant: string; bus: events.IEventBus; queues: Queues },
  ) {
    super(scope, id);
    for (const [subscriber, detailType] of Object.entries(subscriptions) as [Subscriber, readonly string[]][]) {
      new events.Rule(this, subscriber, {
        eventBus: bus,
        ruleName: `muster-${tenant}-${subscriber}`,
        eventPattern: { source: [eventSource], detailType: [...detailType] },
        targets: [
          new targets.SqsQueue(queues.of[subscriber], {
            // What the bus cannot deliver within its day waits with what the worker could not do: the same body.
            deadLetterQueue: queues.deadLettersOf[subscriber],
            maxEventAge: Duration.hours(24),
            retryAttempts: 185,
          }),
        ],
      });
    }
  }
}
