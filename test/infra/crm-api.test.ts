// A tenant whose CRM has an API has it pulled every hour, told and asked, with a queue, a rule and a function for that; no other
// tenant has any of it.
import { describe, expect, test } from 'vitest';
import type { Connection } from '../../lib/domain/connection.ts';
import { functionsOf, resourcesOf, templateOf } from './tenant-template.ts';

const writeBack = { person: { status: 'muster_status' }, account: {} };
const hubspot: Connection = { kind: 'hubspot', portalId: 62515, writeBack };
const pipedrive: Connection = { kind: 'pipedrive', companyId: 1 };
const template = templateOf({ crm: { crm: { kind: 'signed' }, hubspot, pipedrive } });
const named = (type: string, name: string, of = template) =>
  resourcesOf(of, type).find(([, { Properties }]) => [Properties.QueueName, Properties.Name].includes(name));
const functionOf = (name: string, of = template) => functionsOf(of).find((one) => one.name === name);
const variablesOf = (name: string) => functionOf(name)!.properties.Environment.Variables;

test('what changed in a judgement goes on the queue, and what is to be asked again', () => {
  const [queue] = named('AWS::SQS::Queue', 'muster-demo-sync-crm')!;
  const [dead] = named('AWS::SQS::Queue', 'muster-demo-sync-crm-dlq')!;
  const [, { Properties: rule }] = named('AWS::Events::Rule', 'muster-demo-sync-crm')!;

  expect(rule.EventPattern).toEqual({
    source: ['muster'],
    'detail-type': ['judgement-changed.v1', 'crm-request-due.v1'],
  });
  expect(rule.Targets).toEqual([
    expect.objectContaining({
      Arn: { 'Fn::GetAtt': [queue, 'Arn'] },
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': [dead, 'Arn'] } },
    }),
  ]);
});

test('the queue gives up after five tries, and hides a message six times as long as its worker may take', () => {
  const [, { Properties }] = named('AWS::SQS::Queue', 'muster-demo-sync-crm')!;

  expect(Properties.RedrivePolicy.maxReceiveCount).toBe(5);
  expect(Properties.VisibilityTimeout).toBe(6 * functionOf('sync-crm')!.properties.Timeout);
});

test('records are written a hundred at once, by two at a time', () => {
  const [queue] = named('AWS::SQS::Queue', 'muster-demo-sync-crm')!;
  const mapping = resourcesOf(template, 'AWS::Lambda::EventSourceMapping').find(
    ([, { Properties }]) => Properties.EventSourceArn['Fn::GetAtt']?.[0] === queue,
  )![1].Properties;

  expect(mapping).toMatchObject({
    ...{ BatchSize: 100, ScalingConfig: { MaximumConcurrency: 2 }, MaximumBatchingWindowInSeconds: 2 },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
});

test('every hour is pulled', () => {
  const [, { Properties }] = named('AWS::Events::Rule', 'muster-demo-pull-crm')!;

  expect(Properties.ScheduleExpression).toBe('rate(1 hour)');
  expect(Properties.Targets).toHaveLength(1);
});

describe.each(['sync-crm', 'pull-crm'])('%s', (name) => {
  test('may do what the checked-in list says, and nothing else', () => {
    expect(functionOf(name)!.statements.map(({ Action, Resource }) => ({ Action, Resource }))).toMatchSnapshot();
  });

  test('hears of the connections that have an API, and where their credentials are', () => {
    const { CONNECTIONS, ...rest } = variablesOf(name);

    expect(JSON.parse(CONNECTIONS)).toEqual({ hubspot, pipedrive });
    expect(Object.keys(rest).sort()).toEqual(
      [
        ...['CRM_API_SECRET_ID', 'NODE_OPTIONS', 'TABLE_NAME', 'TENANT'],
        ...(name === 'pull-crm' ? ['PROMPT_QUEUE_URL'] : []),
      ].sort(),
    );
  });
});

test('the credentials are a secret that begins empty, and is in no template', () => {
  const [, { Properties }] = named('AWS::SecretsManager::Secret', 'muster/demo/crm-api')!;

  expect(Properties.SecretString).toBeUndefined();
  expect(Properties.GenerateSecretString).toMatchObject({ SecretStringTemplate: '{}', GenerateStringKey: '_' });
});

test('assess tells of judgements only where a CRM is told', () => {
  const told = (of = template) => functionOf('assess', of)!.properties.Environment.Variables.WRITES_BACK;

  expect([told(), told(templateOf({ crm: { pipedrive } }))]).toEqual(['true', 'false']);
});

test('who decides may put on the queue what a CRM is asked to do', () => {
  const [queue] = named('AWS::SQS::Queue', 'muster-demo-sync-crm')!;
  const sends = functionOf('capture-decisions')!.statements.filter(({ Action }) => Action === 'sqs:SendMessage');

  expect(variablesOf('capture-decisions').SYNC_CRM_QUEUE_URL).toEqual({ Ref: queue });
  expect(sends.map(({ Resource }) => Resource)).toContainEqual({ 'Fn::GetAtt': [queue, 'Arn'] });
});

test('a tenant that has its CRM told nothing can ask it all the same, and one without an API has none of this', () => {
  const told = templateOf({ crm: { pipedrive } });
  expect(functionOf('sync-crm', told)).toBeDefined();
  expect(JSON.stringify(templateOf().toJSON())).not.toMatch(/crm-api|CrmApi|pull-crm|sync-crm|SYNC_CRM/);
});
