// What must hold of every tenant's stack that AWS's own rules do not see: the key, the firewall, limits, dead letters, and where secrets are.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { edgeSettings } from '../../infra/edge-settings.ts';
import { FirewallStack } from '../../infra/firewall.ts';
import { functionSizes } from '../../infra/function-sizes.ts';
import { usdPerEdgeRequest } from '../../infra/prices.ts';
import { functionsOf, resourcesOf, templateIn, templateOf } from './tenant-template.ts';
import { upgradeSuite } from './upgrade-suite.ts';

const edge = { requestsPerIpPer5Minutes: 2_000, secretRound: 7 };
const template = templateOf({ keepData: true, edge });
// Here, where the template is: to load what makes one takes longer than all tests of it.
upgradeSuite(template);
const all = (type: string) => resourcesOf(template, type).map(([, { Properties }]) => Properties);
const ofKey = { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] };

test('all that is kept is encrypted by the tenant’s own key, which rotates and outlives the stack', () => {
  const [, key] = resourcesOf(template, 'AWS::KMS::Key')[0]!;
  expect(key).toMatchObject({ DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
  for (const queue of all('AWS::SQS::Queue')) expect(queue.KmsMasterKeyId).toEqual(ofKey);
  for (const secret of all('AWS::SecretsManager::Secret')) expect(secret.KmsKeyId).toEqual(ofKey);
  for (const log of all('AWS::Logs::LogGroup')) expect(log).toMatchObject({ KmsKeyId: ofKey, RetentionInDays: 30 });
  for (const topic of all('AWS::SNS::Topic')) expect(topic.KmsMasterKeyId).toEqual(ofKey);
  for (const one of functionsOf(template)) expect(one.properties.KmsKeyArn).toEqual(ofKey);
  expect(all('AWS::Events::EventBus')).toEqual([expect.objectContaining({ KmsKeyIdentifier: ofKey })]);
  expect(all('AWS::DynamoDB::Table')).toEqual([
    expect.objectContaining({
      SSESpecification: { KMSMasterKeyId: ofKey, SSEEnabled: true, SSEType: 'KMS' },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    }),
  ]);
  // Another name would be another table, and the first one's leads nobody's.
  expect(resourcesOf(template, 'AWS::DynamoDB::Table').map(([id]) => id)).toEqual(['TableCD117FA1']);
});

test('each function has room of its own, and no queue is read by more than its function may run', () => {
  const functions = functionsOf(template);
  for (const { name, properties } of functions) {
    const { atOnce } = functionSizes[name as keyof typeof functionSizes];
    expect(properties.ReservedConcurrentExecutions, name).toBe(atOnce);
  }
  const readers = new Map<string, number>();
  for (const { FunctionName, EventSourceArn, ScalingConfig } of all('AWS::Lambda::EventSourceMapping')) {
    if (JSON.stringify(EventSourceArn).includes('StreamArn')) continue;
    readers.set(FunctionName.Ref, (readers.get(FunctionName.Ref) ?? 0) + ScalingConfig.MaximumConcurrency);
  }
  expect(readers.size).toBeGreaterThan(4);
  const made = Object.fromEntries(resourcesOf(template, 'AWS::Lambda::Function'));
  for (const [id, many] of readers)
    expect(many, id).toBeLessThanOrEqual(made[id]!.Properties.ReservedConcurrentExecutions);
});

test('no function is told a secret, only where it is', () => {
  for (const { name, properties } of functionsOf(template)) {
    for (const [variable, value] of Object.entries<unknown>(properties.Environment.Variables)) {
      const text = JSON.stringify(value);
      expect(text, `${name} ${variable}`).not.toContain('resolve:secretsmanager');
      if (/SECRET|TOKEN|PASSWORD|CREDENTIAL/.test(variable)) {
        expect(variable, name).toMatch(/_SECRET_ID$/);
        expect(value, `${name} ${variable}`).toEqual({ Ref: expect.any(String) });
      }
    }
  }
});

test('nobody signs up, guesses or renames themselves, and who is removed is so within half an hour', () => {
  expect(all('AWS::Cognito::UserPool')).toEqual([
    expect.objectContaining({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      Policies: { PasswordPolicy: expect.objectContaining({ MinimumLength: 12 }) },
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      MfaConfiguration: 'OPTIONAL',
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      DeletionProtection: 'ACTIVE',
    }),
  ]);
  expect(all('AWS::Cognito::UserPoolClient')).toEqual([
    expect.objectContaining({
      ...{ GenerateSecret: false, AllowedOAuthFlows: ['code'], PreventUserExistenceErrors: 'ENABLED' },
      ...{ IdTokenValidity: 30, AccessTokenValidity: 30, RefreshTokenValidity: 480 },
      TokenValidityUnits: { IdToken: 'minutes', AccessToken: 'minutes', RefreshToken: 'minutes' },
      WriteAttributes: ['name'],
    }),
  ]);
});

test('what is done later has dead letters, but what the next run of a clock does anyway', () => {
  for (const { Name, Targets, ScheduleExpression } of all('AWS::Events::Rule')) {
    if (ScheduleExpression !== undefined) expect(Name).toMatch(/sweep-timers|pull-crm/);
    else for (const target of Targets) expect(target.DeadLetterConfig, Name).toBeDefined();
  }
});

test('CloudFront stands before the API with a firewall, speaks TLS 1.2, keeps nothing, and sends what only it knows', () => {
  const [{ DistributionConfig: config }] = all('AWS::CloudFront::Distribution') as [{ DistributionConfig: object }];
  expect(config).toMatchObject({
    WebACLId: { Ref: 'FirewallArn' },
    // CloudFormation looks the secret up again only where something of CloudFront changes: the round, which is raised for that.
    Comment: 'muster-demo, secret 7',
    DefaultCacheBehavior: {
      // AWS's own policy that caches nothing.
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      ViewerProtocolPolicy: 'https-only',
      FunctionAssociations: [expect.objectContaining({ EventType: 'viewer-request' })],
    },
    Origins: [
      expect.objectContaining({
        CustomOriginConfig: expect.objectContaining({
          OriginProtocolPolicy: 'https-only',
          OriginSSLProtocols: ['TLSv1.2'],
        }),
        OriginCustomHeaders: [{ HeaderName: 'x-muster-edge', HeaderValue: expect.anything() }],
      }),
    ],
  });
  expect(JSON.stringify(config)).toContain(':SecretString:sent::}}');
  const told = functionsOf(template).filter(({ properties }) => properties.Environment.Variables.EDGE_SECRET_ID);
  const behindApi = new Set(
    all('AWS::ApiGatewayV2::Integration').map(({ IntegrationUri }) => JSON.stringify(IntegrationUri)),
  );
  expect(told).toHaveLength(behindApi.size);
});

test('a tenant may do without, and then nothing of it is there', () => {
  const without = templateOf({ edge: 'none', concurrency: 'none' });
  expect(JSON.stringify(without.toJSON())).not.toMatch(/CloudFront|EDGE_SECRET_ID|ReservedConcurrent/);
});

const [, { Properties: firewall }] = resourcesOf(
  templateIn((app) => new FirewallStack(app, { name: 'demo', edge })),
  'AWS::WAFv2::WebACL',
)[0]!;
const rules = firewall.Rules as {
  Name: string;
  VisibilityConfig: { MetricName: string; SampledRequestsEnabled: boolean };
}[];

test('the firewall is deployed to the tenant’s account and to no other', () => {
  const accounts: string[] = [];
  templateIn((app) => {
    const stack = new FirewallStack(app, { name: 'demo', account: '111122223333', edge });
    accounts.push(stack.account);
    return stack;
  });
  expect(accounts).toEqual(['111122223333']);
});

test('the firewall refuses what is too large and whoever asks too often, and counts what it thinks of bodies', () => {
  expect(rules.map(({ Name }) => Name)).toEqual([
    'TooLarge',
    'RatePerAddress',
    'AmazonIpReputationList',
    'KnownBadInputsRuleSet',
    'CommonRuleSet',
  ]);
  expect(JSON.stringify(rules)).toContain('"Limit":2000');
  expect(JSON.stringify(rules)).toContain('{"ActionToUse":{"Count":{}},"Name":"SizeRestrictions_BODY"}');
});

test('docs/how-to/edge.md names its rules, its metrics and what it costs, and a tenant’s section that is in order', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/how-to/edge.md'), 'utf8');
  expect([...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)).toEqual(rules.map(({ Name }) => Name));
  expect([firewall.Name, firewall.VisibilityConfig.MetricName]).toEqual(['muster-demo', 'muster-demo']);
  for (const named of ['Name=WebACL,Value=muster-demo ', "Name=='muster-demo'", "Comment, 'muster-demo,'"])
    expect(page).toContain(named);
  const [, sampled] = /--rule-metric-name (\w+)/.exec(page)!;
  expect(rules.find(({ VisibilityConfig }) => VisibilityConfig.MetricName === sampled)).toMatchObject({
    VisibilityConfig: { SampledRequestsEnabled: true },
  });
  // 5 $ a firewall and 1 $ a rule, by aws.amazon.com/waf/pricing; five hits in one request, as test/bench/cost/traffic.ts has them.
  expect(page).toContain(`its five rules are ${5 + rules.length} $ a month`);
  expect(page).toContain(`${(usdPerEdgeRequest * 1e6).toFixed(2)} $ a million requests`);
  expect(page).toContain(`${(usdPerEdgeRequest * 200_000).toFixed(2)} $ a million hits`);
  const [, settings = ''] = /```yaml\n([\s\S]*?)```/.exec(page)!;
  expect(edgeSettings.safeParse(parse(settings).edge).error).toBeUndefined();
});
