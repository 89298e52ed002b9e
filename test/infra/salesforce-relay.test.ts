// A tenant that has Salesforce's change events by EventBridge has the bus, the rule, the queue and the function for them;
// no other tenant has any of it.
import { describe, expect, test } from 'vitest';
import type { Connection } from '../../lib/domain/connection.ts';
import { eventSource } from '../sources/salesforce-events.ts';
import { functionsOf, resourcesOf, templateOf } from './tenant-template.ts';

const salesforce: Connection = { kind: 'salesforce', organisationId: '00D000000000062EAA' };
const other = `${eventSource}2`;
const template = templateOf({
  crm: {
    crm: { kind: 'signed' },
    sf: { ...salesforce, eventSource },
    'sf-of-another-house': { ...salesforce, eventSource: other },
    'sf-by-messages': salesforce,
  },
});
const idOf = (type: string, has: (properties: Record<string, unknown>) => boolean) =>
  resourcesOf(template, type).find(([, { Properties }]) => has(Properties))?.[0];
const queue = idOf('AWS::SQS::Queue', ({ QueueName }) => QueueName === 'muster-demo-salesforce');
const deadLetters = idOf('AWS::SQS::Queue', ({ QueueName }) => QueueName === 'muster-demo-salesforce-dlq');
const worker = functionsOf(template).find(({ name }) => name === 'capture-salesforce');

test('each event source is accepted by a bus of its name, and all of it goes on the queue', () => {
  const buses = resourcesOf(template, 'AWS::Events::EventBus').filter(
    ([, { Properties }]) => Properties.EventSourceName,
  );
  const rules = resourcesOf(template, 'AWS::Events::Rule').filter(
    ([, { Properties }]) => Properties.Name === 'muster-demo-salesforce',
  );

  expect(buses.map(([, { Properties }]) => Properties)).toEqual([
    expect.objectContaining({ EventSourceName: eventSource, Name: eventSource }),
    expect.objectContaining({ EventSourceName: other, Name: other }),
  ]);
  expect(rules.map(([, { Properties }]) => [Properties.EventBusName, Properties.EventPattern])).toEqual(
    buses.map(([id, { Properties }]) => [{ Ref: id }, { source: [Properties.EventSourceName] }]),
  );
  for (const [, { Properties }] of rules) {
    expect(Properties.Targets).toEqual([
      expect.objectContaining({
        Arn: { 'Fn::GetAtt': [queue, 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [deadLetters, 'Arn'] } },
      }),
    ]);
  }
});

test('the queue gives up after five tries, and hides a message six times as long as its worker may take', () => {
  const [, { Properties }] = resourcesOf(template, 'AWS::SQS::Queue').find(([id]) => id === queue)!;

  expect(Properties).toMatchObject({
    KmsDataKeyReusePeriodSeconds: 3_600,
    VisibilityTimeout: 6 * worker!.properties.Timeout,
    RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [deadLetters, 'Arn'] }, maxReceiveCount: 5 },
  });
});

describe('its function', () => {
  test('works on that queue and says what of a batch failed', () => {
    const [mapping] = resourcesOf(template, 'AWS::Lambda::EventSourceMapping')
      .map(([, { Properties }]) => Properties)
      .filter(({ EventSourceArn }) => EventSourceArn['Fn::GetAtt']?.[0] === queue);

    expect(mapping).toMatchObject({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
  });

  test('hears of the connections it is for, and of no secret', () => {
    const { CONNECTIONS, ...rest } = worker!.properties.Environment.Variables;

    expect(Object.keys(JSON.parse(CONNECTIONS))).toEqual(['sf', 'sf-of-another-house']);
    expect(Object.keys(rest).sort()).toEqual(['NODE_OPTIONS', 'PROMPT_QUEUE_URL', 'TABLE_NAME', 'TENANT']);
  });

  test('reads its queue and the playbook, and puts on the prompt queue', () => {
    const prompt = idOf('AWS::SQS::Queue', ({ QueueName }) => QueueName === 'muster-demo-prompt');
    const allowed = worker!.statements.map(({ Action, Resource, Condition }) => ({ Action, Resource, Condition }));

    expect(allowed).toMatchSnapshot();
    expect(allowed).toContainEqual({
      Action: 'sqs:SendMessage',
      Resource: { 'Fn::GetAtt': [prompt, 'Arn'] },
      Condition: undefined,
    });
  });
});

test('where its dead letters are is put out', () => {
  expect(template.toJSON().Outputs).toHaveProperty('SalesforceDeadLettersUrl');
});

test('a tenant without such a connection has none of it', () => {
  const without = templateOf({ crm: { sf: salesforce } });

  expect(JSON.stringify(without.toJSON())).not.toMatch(
    /capture-salesforce|demo-salesforce|aws\.partner|SalesforceDeadLetters/,
  );
});

test('on a local cloud, and nowhere else, the rules on such buses have no tags', () => {
  const tagsOn = (localCloud: boolean) =>
    resourcesOf(templateOf({ crm: { sf: { ...salesforce, eventSource } } }, localCloud), 'AWS::Events::Rule').map(
      ([, { Properties }]) => [Properties.Name === 'muster-demo-salesforce', Properties.Tags !== undefined],
    );

  expect(tagsOn(true)).toContainEqual([true, false]);
  expect(tagsOn(true)).not.toContainEqual([false, false]);
  expect(tagsOn(false)).not.toContainEqual([true, false]);
});
