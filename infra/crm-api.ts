// The CRMs whose API is asked and told: the secret with their credentials, the hourly pull, and the queue and the function that tell
// them what is judged and what somebody asks of them. A tenant whose connections have no API has none of this.
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { withApi } from '../lib/domain/connection.ts';
import type { CreateFunction } from './functions.ts';
import { keyOf } from './key.ts';
import { readAndWriteTable, readSecret, sendTo } from './permissions.ts';
import { workQueue } from './queues.ts';
import { rotatedByHand } from './secrets.ts';
import { subscribe } from './subscriptions.ts';
import type { Tenant } from './tenant.ts';

export interface CrmApiProps {
  tenant: Tenant;
  create: CreateFunction;
  table: dynamodb.ITable;
  prompt: sqs.IQueue;
  bus: events.IEventBus;
}

export class CrmApi extends Construct {
  /** `{"<connection>": {"<name>": "<credential>", …}}`; empty until somebody puts them there. */
  readonly secret: secretsmanager.Secret;
  readonly sync: { queue: sqs.Queue; dead: sqs.Queue };

  /** The tenant's, if it has a connection with an API. */
  static where(scope: Construct, props: CrmApiProps): CrmApi | undefined {
    return withApi(props.tenant.crm).length === 0 ? undefined : new CrmApi(scope, props);
  }

  private constructor(scope: Construct, props: CrmApiProps) {
    super(scope, 'CrmApi');
    const { tenant, create, table, prompt } = props;
    this.secret = new secretsmanager.Secret(this, 'crm-api', {
      secretName: `muster/${tenant.name}/crm-api`,
      description: 'Credentials of the CRMs’ APIs, by connection',
      encryptionKey: keyOf(scope),
      // A secret has to begin with something: no connection can be called that.
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: '_', excludePunctuation: true },
      removalPolicy: tenant.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    Validations.of(this.secret).acknowledge(rotatedByHand);
    const names = withApi(tenant.crm);
    const environment = {
      TABLE_NAME: table.tableName,
      CRM_API_SECRET_ID: this.secret.secretArn,
      CONNECTIONS: JSON.stringify(Object.fromEntries(names.map((name) => [name, tenant.crm[name]]))),
    };
    const allow = [...readAndWriteTable(table), readSecret(this.secret)];

    // A pull that fails needs no dead-letter queue: the next goes on from where it came to.
    const pull = create('pull-crm', {
      environment: { ...environment, PROMPT_QUEUE_URL: prompt.queueUrl },
      allow: [...allow, sendTo(prompt)],
    });
    new events.Rule(this, 'pull-hourly', {
      ruleName: `muster-${tenant.name}-pull-crm`,
      schedule: events.Schedule.rate(Duration.hours(1)),
      targets: [new targets.LambdaFunction(pull)],
    });
    this.sync = this.createSync(props, environment, allow);
  }

  private createSync(
    { tenant, create, bus }: CrmApiProps,
    environment: Record<string, string>,
    allow: ReturnType<typeof readAndWriteTable>,
  ): CrmApi['sync'] {
    const worker = 'sync-crm';
    const { queue, dead } = workQueue(this, { tenant: tenant.name, name: worker, worker });
    subscribe(new Construct(this, 'Subscription'), {
      tenant: tenant.name,
      bus,
      subscriber: worker,
      queue,
      deadLetters: dead,
    });
    create(worker, { environment, allow }).addEventSource(
      new sources.SqsEventSource(queue, {
        // A CRM takes 100 records in one call, and counts calls.
        batchSize: 100,
        maxBatchingWindow: Duration.seconds(2),
        // The fewest AWS allows: more at once would only meet the CRM's limits sooner.
        maxConcurrency: 2,
        reportBatchItemFailures: true,
      }),
    );
    return { queue, dead };
  }
}
