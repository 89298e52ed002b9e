// What must hold of every tenant's stack, read from the template CloudFormation gets.
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { functionNames } from '../../infra/function-sizes.ts';
import { queueNames, queueWorkers } from '../../infra/queues.ts';
import { loadTenant } from '../../infra/tenant.ts';
import { routeThrottles, throttleSettings } from '../../infra/throttles.ts';
import { subscriptions } from '../../lib/subscriptions.ts';
import { functionsOf, type Resource, resourcesOf, templateOf } from './tenant-template.ts';

const template = templateOf();
const resources = (type: string) => resourcesOf(template, type);

describe('the table', () => {
  test('can be restored to any second, streams both images, expires items and has the lists index', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      GlobalSecondaryIndexes: [
        Match.objectLike({ IndexName: 'lists', Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['ttl'] } }),
      ],
    });
  });

  test('outlives its stack unless the tenant says otherwise', () => {
    const [, kept] = resourcesOf(templateOf({ keepData: true }), 'AWS::DynamoDB::Table')[0]!;
    expect([kept.DeletionPolicy, kept.Properties.DeletionProtectionEnabled]).toEqual(['Retain', true]);
    const [, thrown] = resourcesOf(templateOf({ keepData: false }), 'AWS::DynamoDB::Table')[0]!;
    expect([thrown.DeletionPolicy, thrown.Properties.DeletionProtectionEnabled]).toEqual(['Delete', false]);
  });
});

describe('the queues', () => {
  const queues = resources('AWS::SQS::Queue').map(
    ([id, { Properties }]) => ({ id, ...Properties }) as Resource['Properties'],
  );
  const deadLetters = queues.filter((queue) => queue.QueueName.endsWith('-dlq'));
  const working = queues.filter((queue) => !queue.QueueName.endsWith('-dlq'));

  test('are those the steps need, each with a dead-letter queue after five tries', () => {
    expect(working.map((queue) => queue.QueueName).sort()).toEqual(
      queueNames.map((name) => `muster-demo-${name}`).sort(),
    );
    for (const queue of working) {
      const dead = deadLetters.find((one) => one.QueueName === `${queue.QueueName}-dlq`);
      expect(queue.RedrivePolicy).toEqual({
        deadLetterTargetArn: { 'Fn::GetAtt': [dead?.id, 'Arn'] },
        maxReceiveCount: 5,
      });
    }
  });

  test('are encrypted, refuse plain HTTP, and keep dead letters for 14 days', () => {
    for (const queue of queues) {
      expect(queue.KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] });
      expect(queue.KmsDataKeyReusePeriodSeconds).toBe(3_600);
    }
    for (const queue of deadLetters) expect(queue.MessageRetentionPeriod).toBe(14 * 24 * 3600);
    const refusing = resources('AWS::SQS::QueuePolicy').filter(([, { Properties }]) =>
      JSON.stringify(Properties).includes('"aws:SecureTransport":"false"'),
    );
    expect(refusing).toHaveLength(queues.length);
  });

  test('hide a message for at least six times as long as its worker may take', () => {
    for (const queue of working) {
      const worker = queueWorkers[queue.QueueName.replace('muster-demo-', '') as keyof typeof queueWorkers];
      const timeout = functionsOf(template).find(({ name }) => name === worker)!.properties.Timeout;
      expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * timeout);
    }
  });
});

describe('the functions', () => {
  const functions = functionsOf(template);

  test('are all there, on Node 24 and arm64, with a log of their own that ends some day', () => {
    const everywhere = functionNames.filter(
      (name) => !['capture-salesforce', 'sync-crm', 'pull-crm', 'outbound'].includes(name),
    );
    expect(functions.map(({ name }) => name).sort()).toEqual([...everywhere].sort());
    for (const { properties } of functions) {
      expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
    }
    const logs = resources('AWS::Logs::LogGroup');
    expect(logs).toHaveLength(everywhere.length + 1);
    for (const [, { Properties }] of logs) expect(Properties.RetentionInDays).toBe(30);
  });

  test('are told what they need and nothing else', () => {
    const told = Object.fromEntries(
      functions.map(({ name, properties }) => [name, Object.keys(properties.Environment.Variables).sort().join(' ')]),
    );
    const userPool = 'USER_POOL_CLIENT_ID USER_POOL_ID';
    const timers = 'SCHEDULE_GROUP TABLE_NAME TENANT TIMERS_QUEUE_ARN TIMERS_ROLE_ARN';
    expect(told).toEqual(
      Object.fromEntries(
        Object.entries({
          'capture-forms': 'EDGE_SECRET_ID ALLOWED_ORIGINS PROMPT_QUEUE_URL TABLE_NAME TENANT',
          'capture-hits': 'EDGE_SECRET_ID ALLOWED_ORIGINS HITS_QUEUE_URL TENANT WRITE_KEYS',
          'capture-crm': 'EDGE_SECRET_ID CONNECTIONS CRM_SECRET_ID PROMPT_QUEUE_URL TABLE_NAME TENANT',
          'capture-decisions': `EDGE_SECRET_ID ACCESS CONNECTIONS DECISION_SECRET_ID PROMPT_QUEUE_URL TABLE_NAME TENANT ${userPool}`,
          'capture-actions': 'EDGE_SECRET_ID ACCESS LINKS_SECRET_ID PROMPT_QUEUE_URL TABLE_NAME TENANT',
          'read-api': `EDGE_SECRET_ID ACCESS ALLOWED_ORIGINS READ_SECRET_ID TABLE_NAME TENANT ${userPool}`,
          panel: 'EDGE_SECRET_ID SIGN_IN_URL TENANT USER_POOL_CLIENT_ID',
          fold: 'RETENTION TABLE_NAME TENANT',
          publish: 'BUS_NAME TENANT',
          assess: 'TABLE_NAME TENANT WRITES_BACK',
          route: timers,
          sla: timers,
          notify: `API_URL LINKS_SECRET_ID MAIL_CONFIGURATION_SET MAIL_FROM RETENTION ${timers}`,
          sweep: timers,
          operate: `BUS_NAME DEAD_LETTERS PROMPT_QUEUE_URL RETENTION ${timers}`,
          operations: `EDGE_SECRET_ID ACCESS DEAD_LETTERS OPERATE_QUEUE_URL OPERATOR_SECRET_ID TABLE_NAME TENANT ${userPool}`,
        }).map(([name, names]) => [name, [...names.split(' '), 'NODE_OPTIONS'].sort().join(' ')]),
      ),
    );
    const kept = functions.flatMap(({ properties }) => properties.Environment.Variables.RETENTION ?? []);
    expect(new Set(kept)).toEqual(new Set([JSON.stringify(loadTenant('demo').retention)]));
  });

  test('report what of a batch failed, and hits come in large ones', () => {
    const sources = resources('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
    expect(sources).toHaveLength(queueNames.length + 1);
    for (const source of sources) expect(source.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    const large = sources.filter((source) => source.BatchSize === 1_000);
    expect(large).toEqual([expect.objectContaining({ MaximumBatchingWindowInSeconds: 5 })]);
  });

  test('publish splits a failing batch, gives up at last, and says where to', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 60,
      StartingPosition: 'TRIM_HORIZON',
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
      FilterCriteria: {
        Filters: [{ Pattern: JSON.stringify({ dynamodb: { NewImage: { outbox: { S: [{ exists: true }] } } } }) }],
      },
    });
  });
});

test('every subscription is a rule on the tenant’s bus, into its queue, with a dead-letter queue', () => {
  const rules = resources('AWS::Events::Rule').filter(([, { Properties }]) =>
    Properties.EventPattern?.source.includes('muster'),
  );
  const heard = rules.map(([, { Properties }]) => [
    Properties.Name,
    Properties.EventPattern['detail-type'],
    Properties.EventPattern.detail,
  ]);
  const { 'sync-crm': _, outbound: __, ...everyTenants } = subscriptions;
  const unconditional = Object.entries(everyTenants).map(([name, types]) => [
    `muster-demo-${name}`,
    types.filter((one) => !('where' in one)).map(({ type }) => type),
    undefined,
  ]);
  const outOfSales = expect.arrayContaining(['Nurture', 'Moved']);
  const inSales = ['Qualified', 'Sales Working'];
  const conditional = [
    ['sla-lead-status-changed-v1', ['lead-status-changed.v1'], { from: ['Qualified'] }],
    ['sla-lead-acted-v1', ['lead-acted.v1'], { does: ['pause', 'resume'] }],
    ['notify-sla-stopped-v1', ['sla-stopped.v1'], { because: ['answered'] }],
    ['route-lead-acted-v1', ['lead-acted.v1'], { does: ['hand-over', 'reassign'] }],
    ['route-lead-status-changed-v1', ['lead-status-changed.v1'], { from: inSales, to: outOfSales }],
    ['route-lead-status-changed-v1-2', ['lead-status-changed.v1'], { from: outOfSales, to: ['Sales Working'] }],
  ].map(([name, ...rest]) => [`muster-demo-${name}`, ...rest]);
  const byName = ([a]: unknown[], [b]: unknown[]) => (String(a) < String(b) ? -1 : 1);
  expect(heard.sort(byName)).toEqual([...unconditional, ...conditional].sort(byName));
  for (const [, { Properties }] of rules) {
    expect(Properties.EventPattern.source).toEqual(['muster']);
    expect(Properties.Targets).toEqual([expect.objectContaining({ DeadLetterConfig: expect.anything() })]);
  }
});

test('the API is throttled, and its log names neither caller nor query', () => {
  const [, { Properties }] = resources('AWS::ApiGatewayV2::Stage')[0]!;
  expect(Properties.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1_000 });
  expect(Properties.AccessLogSettings.Format).not.toMatch(/sourceIp|path\b|query|userAgent|caller|user\b/i);
  expect(
    resources('AWS::ApiGatewayV2::Route')
      .map(([, route]) => route.Properties.RouteKey)
      .sort(),
  ).toEqual([
    'ANY /v1/{proxy+}',
    'GET /act/{token}',
    'GET /api/{proxy+}',
    'GET /openapi.json',
    'GET /operations/{proxy+}',
    'GET /panel/{proxy+}',
    'HEAD /act/{token}',
    'OPTIONS /api/{proxy+}',
    'OPTIONS /forms/{formId}',
    'POST /act/{token}',
    'POST /crm-requests',
    'POST /crm/{source}',
    'POST /crm/{source}/{secret}',
    'POST /forms/{formId}',
    'POST /identity/decisions',
    'POST /import/{what}',
    'POST /leads/actions',
    'POST /operations',
    'POST /operations/{proxy+}',
    'POST /review/decisions',
  ]);
});

test('routes that are not for the whole web are throttled by themselves, after they are there, and never above the stage', () => {
  const [, stage] = resources('AWS::ApiGatewayV2::Stage')[0]!;
  const limitsOf = ({ RouteSettings }: Resource['Properties']) =>
    Object.fromEntries(
      Object.entries<Record<string, number>>(RouteSettings).map(([key, settings]) => [
        key,
        [settings.ThrottlingRateLimit, settings.ThrottlingBurstLimit],
      ]),
    );
  expect(limitsOf(stage.Properties)).toEqual({
    'POST /operations': [10, 20],
    'GET /operations/{proxy+}': [10, 20],
    'POST /operations/{proxy+}': [10, 20],
    'POST /import/{what}': [20, 40],
    'POST /crm-requests': [20, 40],
    'POST /review/decisions': [20, 40],
    'POST /identity/decisions': [20, 40],
    'POST /leads/actions': [20, 40],
    'GET /act/{token}': [50, 100],
    'HEAD /act/{token}': [50, 100],
    'POST /act/{token}': [50, 100],
    'GET /api/{proxy+}': [100, 200],
    'OPTIONS /api/{proxy+}': [100, 200],
  });
  for (const [id] of resources('AWS::ApiGatewayV2::Route')) expect(stage.DependsOn).toContain(id);
  const throttle = throttleSettings.parse({
    ...{ requestsPerSecond: 30, burst: 30 },
    routes: { read: { requestsPerSecond: 25 } },
  });
  expect(routeThrottles(throttle, ['GET /api/{proxy+}', 'GET /act/{token}', 'POST /forms/{formId}'])).toEqual({
    'GET /api/{proxy+}': { ThrottlingRateLimit: 25, ThrottlingBurstLimit: 30 },
    'GET /act/{token}': { ThrottlingRateLimit: 30, ThrottlingBurstLimit: 30 },
  });
});

test('secrets are generated, never written in the template', () => {
  const secrets = resources('AWS::SecretsManager::Secret');
  expect(secrets).toHaveLength(6);
  for (const [, { Properties }] of secrets) {
    expect(Properties.SecretString).toBeUndefined();
    expect(Properties.GenerateSecretString.PasswordLength).toBe(44);
  }
});

test('two tenants share no name', () => {
  const namesOf = (tenant: string) =>
    resourcesOf(templateOf({ name: tenant })).flatMap(([, { Properties }]) =>
      Object.entries(Properties ?? {})
        .filter(([key, value]) => /^(Name|.+Name)$/.test(key) && typeof value === 'string')
        .filter(
          ([key]) => !['StageName', 'EventBusName', 'MetricName', 'GroupName', 'PolicyName', 'IndexName'].includes(key),
        )
        .map(([, value]) => value as string),
    );
  const [first, second] = [namesOf('first'), namesOf('second')];
  expect(first.length).toBeGreaterThan(35);
  expect(first.filter((name) => second.includes(name))).toEqual([]);
});
