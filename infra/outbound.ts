// Those outside who are told what happens: the secret with what opens each, and the queue and the function that tell them. A tenant
// that names nobody has none of this.
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as events from 'aws-cdk-lib/aws-events';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { typesTold } from '../lib/domain/destinations.ts';
import { readersOf } from './function-sizes.ts';
import type { CreateFunction } from './functions.ts';
import { keyOf } from './key.ts';
import { readAndWriteTable, readSecret, setTimers } from './permissions.ts';
import { workQueue } from './queues.ts';
import { rotatedByHand } from './secrets.ts';
import { subscribe } from './subscriptions.ts';
import type { Tenant } from './tenant.ts';
import type { Timers } from './timers.ts';

export interface OutboundProps {
  tenant: Tenant;
  create: CreateFunction;
  table: dynamodb.ITable;
  bus: events.IEventBus;
  timers: Timers;
}

export class Outbound extends Construct {
  /** `{"<destination>": {"<name>": "<credential>", …}}`; empty until somebody puts them there. */
  readonly secret: secretsmanager.Secret;
  readonly queue: sqs.Queue;
  readonly deadLetters: sqs.Queue;

  /** The tenant's, if it has anybody told. */
  static where(scope: Construct, props: OutboundProps): Outbound | undefined {
    return Object.keys(props.tenant.destinations).length === 0 ? undefined : new Outbound(scope, props);
  }

  private constructor(scope: Construct, { tenant, create, table, bus, timers }: OutboundProps) {
    super(scope, 'Outbound');
    this.secret = new secretsmanager.Secret(this, 'destinations', {
      secretName: `muster/${tenant.name}/destinations`,
      description: 'What opens those who are told outside, by destination',
      encryptionKey: keyOf(scope),
      // A secret has to begin with something: no destination can be called that.
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: '_', excludePunctuation: true },
      removalPolicy: tenant.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    Validations.of(this.secret).acknowledge(rotatedByHand);
    const worker = 'outbound';
    const { queue, dead } = workQueue(this, { tenant: tenant.name, name: worker, worker });
    this.queue = queue;
    this.deadLetters = dead;
    subscribe(new Construct(this, 'Subscription'), {
      tenant: tenant.name,
      bus,
      subscriber: worker,
      queue,
      deadLetters: dead,
      only: [...typesTold(tenant.destinations), 'delivery-due.v1'],
    });
    const environment = {
      TABLE_NAME: table.tableName,
      DESTINATIONS: JSON.stringify(tenant.destinations),
      DESTINATIONS_SECRET_ID: this.secret.secretArn,
      ...timers.environment,
    };
    const allow = [...readAndWriteTable(table), readSecret(this.secret), ...setTimers(this, timers.group, timers.role)];
    create(worker, { environment, allow }).addEventSource(
      // Nobody outside is called by more than a few at once.
      new sources.SqsEventSource(queue, {
        ...{ batchSize: 5, reportBatchItemFailures: true },
        maxConcurrency: readersOf(tenant, worker),
      }),
    );
  }
}
