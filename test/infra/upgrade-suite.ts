// What upgrading a stack of the earlier release would do to what holds something, told from the two templates: CloudFormation makes anew what
// gets another logical id, or another value of a property that cannot change, and deletes what was there.
import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { earlierTemplate } from '../tenants/earlier-stack.ts';
import { type Resource, resourcesOf } from './tenant-template.ts';

/** Of each type that holds something: what cannot change, by AWS's reference, or would make what it holds anew. */
const settled: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::Table': ['TableName', 'KeySchema', 'LocalSecondaryIndexes', 'ImportSourceSpecification'],
  'AWS::KMS::Key': ['KeySpec', 'KeyUsage', 'MultiRegion', 'Origin'],
  'AWS::SecretsManager::Secret': ['Name', 'SecretString', 'GenerateSecretString'],
  'AWS::Cognito::UserPool': ['UsernameAttributes', 'AliasAttributes', 'UsernameConfiguration', 'Schema'],
  'AWS::Cognito::UserPoolGroup': ['GroupName', 'UserPoolId'],
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
  'AWS::Events::EventBus': ['Name'],
  'AWS::Scheduler::ScheduleGroup': ['Name'],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::ApiGatewayV2::Api': ['ProtocolType'],
  'AWS::SES::EmailIdentity': ['EmailIdentity'],
  'AWS::SNS::Topic': ['TopicName', 'FifoTopic'],
};

/** What an account or an API has once only: made anew under another logical id, it would be there already. */
const unique: Readonly<Record<string, readonly string[]>> = {
  'AWS::Lambda::Function': ['FunctionName'],
  'AWS::Lambda::EventSourceMapping': ['FunctionName', 'EventSourceArn'],
  'AWS::Events::Rule': ['Name'],
  'AWS::ApiGatewayV2::Route': ['RouteKey'],
  'AWS::KMS::Alias': ['AliasName'],
};

const pick = (properties: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, properties[name]]));

/** `present` is of the demo, its data kept. */
export const upgradeSuite = (present: Template): void => {
  const now = Object.fromEntries(resourcesOf(present));
  const earlier = Object.entries(earlierTemplate().Resources);

  describe('upgrading a stack of the earlier release', () => {
    const holding = earlier.filter(([, { Type }]) => Type in settled);

    it('leaves everything that holds something where it is', () => {
      expect(holding.length).toBeGreaterThan(30);
      for (const [id, { Type, Properties }] of holding) {
        expect(now[id]?.Type, id).toBe(Type);
        expect(pick(now[id]!.Properties, settled[Type]!), id).toEqual(pick(Properties, settled[Type]!));
      }
    });

    it('makes nothing under a name that something of the stack has', () => {
      const named = (id: string, { Type, Properties }: Pick<Resource, 'Type' | 'Properties'>) =>
        Type in unique ? [[`${Type} ${JSON.stringify(pick(Properties, unique[Type]!))}`, id] as const] : [];
      const nowNamed = new Map(Object.entries(now).flatMap(([id, one]) => named(id, one)));
      const had = earlier.flatMap(([id, one]) => named(id, one));
      expect(had.length).toBeGreaterThan(30);
      expect(had.filter(([name, id]) => nowNamed.has(name) && nowNamed.get(name) !== id)).toEqual([]);
    });

    it('changes the table’s indexes by one at most, as DynamoDB allows', () => {
      const indexesOf = (properties: Readonly<Record<string, unknown>>) =>
        (properties.GlobalSecondaryIndexes as object[]).map((index) => JSON.stringify(index));
      for (const [id, { Properties }] of holding.filter(([, { Type }]) => Type === 'AWS::DynamoDB::Table')) {
        const [before, after] = [indexesOf(Properties), indexesOf(now[id]!.Properties)];
        const changed = [
          ...before.filter((one) => !after.includes(one)),
          ...after.filter((one) => !before.includes(one)),
        ];
        expect(changed.length).toBeLessThanOrEqual(1);
      }
    });
  });

  it('what holds something stays where it is from now on: whoever changes this list loses what a tenant has', () => {
    const holding = Object.entries(now).filter(([, { Type }]) => Type in settled && Type !== 'AWS::Logs::LogGroup');
    const lines = holding.map(([id, { Type, Properties }]) => {
      const said = Object.entries(pick(Properties, settled[Type]!)).filter(([, value]) => value !== undefined);
      return `${id} ${Type} ${said.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(' ')}`;
    });
    expect(lines.sort().join('\n')).toMatchSnapshot();
  });

  it('what is kept when its stack goes refers to nothing that goes: taking it over begins with a template of those alone', () => {
    const kept = Object.entries(now).filter(([, { DeletionPolicy = '' }]) => DeletionPolicy.startsWith('Retain'));
    const keptIds = new Set(kept.map(([id]) => id));
    expect(kept.length).toBeGreaterThan(8);
    for (const [id, one] of kept) {
      const named = [...JSON.stringify(one).matchAll(/"(?:Ref|Fn::GetAtt)":\[?"([^"]+)"/g)].map(([, name]) => name!);
      expect(
        named.filter((name) => !name.startsWith('AWS::') && !keptIds.has(name)),
        id,
      ).toEqual([]);
      expect(one, id).not.toHaveProperty('DependsOn');
    }
  });
};
