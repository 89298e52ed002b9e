// A tenant that has somebody outside told has a queue, a rule, a function and a secret for that; no other tenant has any of it.
import { expect, test } from 'vitest';
import { destinations } from '../../lib/domain/destinations.ts';
import { functionsOf, resourcesOf, templateOf } from './tenant-template.ts';

const told = destinations.parse({
  warehouse: { kind: 'webhook', url: 'https://warehouse.example/in', events: ['lead-qualified.v1'] },
  sales: { kind: 'slack', events: ['lead-routed.v1', 'sla-breached.v1'] },
});
const template = templateOf({ destinations: told });
const named = (type: string, name: string) =>
  resourcesOf(template, type).find(([, { Properties }]) => [Properties.QueueName, Properties.Name].includes(name))!;
const worker = functionsOf(template).find(({ name }) => name === 'outbound')!;

test('what its destinations are told goes on its queue, and nothing else', () => {
  const [queue] = named('AWS::SQS::Queue', 'muster-demo-outbound');
  const [dead] = named('AWS::SQS::Queue', 'muster-demo-outbound-dlq');
  const [, { Properties: rule }] = named('AWS::Events::Rule', 'muster-demo-outbound');

  expect(rule.EventPattern).toEqual({
    source: ['muster'],
    'detail-type': ['lead-qualified.v1', 'lead-routed.v1', 'sla-breached.v1', 'delivery-due.v1'],
  });
  expect(rule.Targets).toEqual([
    expect.objectContaining({
      Arn: { 'Fn::GetAtt': [queue, 'Arn'] },
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': [dead, 'Arn'] } },
    }),
  ]);
});

test('its function may do what the checked-in list says, and nothing else', () => {
  expect(worker.statements.map(({ Action, Resource }) => ({ Action, Resource }))).toMatchSnapshot();
});

test('its function hears who is told, and where what opens them is', () => {
  const { DESTINATIONS, ...rest } = worker.properties.Environment.Variables;

  expect(JSON.parse(DESTINATIONS)).toEqual(told);
  expect(Object.keys(rest).sort()).toEqual([
    ...['DESTINATIONS_SECRET_ID', 'NODE_OPTIONS', 'SCHEDULE_GROUP', 'TABLE_NAME', 'TENANT'],
    ...['TIMERS_QUEUE_ARN', 'TIMERS_ROLE_ARN'],
  ]);
});

test('who opens them stands in a secret that begins empty', () => {
  const secret = named('AWS::SecretsManager::Secret', 'muster/demo/destinations')[1].Properties;

  expect(secret.SecretString).toBeUndefined();
  expect(secret.GenerateSecretString).toMatchObject({ SecretStringTemplate: '{}', GenerateStringKey: '_' });
});

test('a tenant that names nobody has none of this', () => {
  expect(JSON.stringify(templateOf().toJSON())).not.toMatch(/outbound|DESTINATIONS/i);
});

test.each([
  ['http://warehouse.example/in', 'must begin with https://'],
  ['https://user:password@warehouse.example/in', 'must hold no password'],
])('an address such as %s is refused', (url, why) => {
  const read = destinations.safeParse({ warehouse: { kind: 'webhook', url, events: ['lead-qualified.v1'] } });

  expect(read.error!.issues[0]!.message).toContain(why);
});
