// What each function may do. The snapshot is the review: a change of it is a change of who may do what.
import { expect, test } from 'vitest';
import { functionNames } from '../../infra/function-sizes.ts';
import { connections } from '../../lib/domain/connection.ts';
import { destinations } from '../../lib/domain/destinations.ts';
import { eventSource } from '../sources/salesforce-events.ts';
import { functionsOf, policiesOf, resourcesOf, type Statement, templateOf } from './tenant-template.ts';

/** With every function there is: some are there only where the tenant's file asks for them. */
const template = templateOf({
  keepData: true,
  edge: { requestsPerIpPer5Minutes: 2_000, secretRound: 1 },
  crm: connections.parse({
    salesforce: { kind: 'salesforce', organisationId: '00D000000000062EAA', eventSource },
    hubspot: { kind: 'hubspot', portalId: 62_515 },
  }),
  destinations: destinations.parse({
    warehouse: { kind: 'webhook', url: 'https://warehouse.example/in', events: ['lead-qualified.v1'] },
  }),
});
const functions = functionsOf(template);
const actionsOf = (statements: Statement[]) => [...new Set(statements.flatMap(({ Action }) => Action))].sort();
const statementsOf = (name: string) => functions.find((one) => one.name === name)!.statements;

test('each function may do what the checked-in list says, and nothing else', () => {
  const actions = Object.fromEntries(functions.map(({ name, statements }) => [name, actionsOf(statements)]));
  expect(Object.keys(actions).sort()).toEqual([...functionNames].sort());
  expect(actions).toMatchSnapshot();
});

test('no statement allows a wildcard of actions or every resource', () => {
  const statements = policiesOf(template).flatMap(
    ([, { Properties }]) => Properties.PolicyDocument.Statement as Statement[],
  );
  expect(statements.length).toBeGreaterThan(20);
  for (const { Action, Resource } of statements) {
    for (const action of [Action].flat()) expect(action).not.toContain('*');
    // Listing the table streams cannot be restricted to a stream, nor can what is sent to X-Ray.
    const isUnrestricted = (action: string) => action === 'dynamodb:ListStreams' || action.startsWith('xray:Put');
    if (![Action].flat().every(isUnrestricted)) expect(Resource).not.toBe('*');
  }
});

test('no function has a managed policy of AWS', () => {
  for (const [, { Properties }] of resourcesOf(template, 'AWS::IAM::Role')) {
    expect(Properties.ManagedPolicyArns).toBeUndefined();
  }
});

test('a service that acts for every account takes a role, a key or the topic for this one alone', () => {
  const here = { Ref: 'AWS::AccountId' };
  const roles = resourcesOf(template, 'AWS::IAM::Role').flatMap(
    ([, { Properties }]) => Properties.AssumeRolePolicyDocument.Statement as Trust[],
  );
  const [scheduler, ...more] = roles.filter(({ Principal }) => Principal.Service !== 'lambda.amazonaws.com');
  expect(more).toEqual([]);
  expect(scheduler).toMatchObject({
    Principal: { Service: 'scheduler.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceAccount': here, 'aws:SourceArn': expect.anything() } },
  });
  expect(JSON.stringify(scheduler)).toContain(':schedule-group/muster-demo');
  const [[, key] = []] = resourcesOf(template, 'AWS::KMS::Key');
  const admitted = key!.Properties.KeyPolicy.Statement as Trust[];
  const services = admitted.filter(({ Principal }) => Principal.Service !== undefined);
  expect(services.map(({ Principal }) => Principal.Service)).toContain('cloudwatch.amazonaws.com');
  for (const { Principal, Condition } of services) {
    const told = Condition?.StringEquals?.['aws:SourceAccount'] ?? Condition?.ArnLike;
    expect(JSON.stringify(told), Principal.Service).toContain('AWS::AccountId');
  }
});

interface Trust {
  Principal: { Service?: string };
  Condition?: { StringEquals?: Record<string, unknown>; ArnLike?: Record<string, unknown> };
}

test('what is open to the world reads the playbook and not a lead', () => {
  for (const name of ['capture-forms', 'capture-crm', 'capture-actions']) {
    const reads = statementsOf(name).filter(
      ({ Action }) => [Action].flat().some((one) => one.startsWith('dynamodb:')) && Action !== 'dynamodb:PutItem',
    );
    expect(reads).toEqual([
      expect.objectContaining({
        Action: 'dynamodb:GetItem',
        Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['PLAYBOOK'] } },
      }),
    ]);
  }
  expect(actionsOf(statementsOf('capture-hits')).filter((action) => action.startsWith('dynamodb:'))).toEqual([]);
});

test('who takes deeds writes them into the audit log, and nothing else', () => {
  for (const name of ['capture-decisions', 'capture-actions']) {
    const writes = statementsOf(name).filter(({ Action }) =>
      [Action].flat().some((one) => /^dynamodb:(Put|Update|Delete)/.test(one)),
    );
    expect(writes).toEqual([
      expect.objectContaining({
        Action: 'dynamodb:PutItem',
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['DEED#*'] } },
      }),
    ]);
  }
});

test('who decides reads what is decided about, and does not list', () => {
  const actions = actionsOf(statementsOf('capture-decisions')).filter((action) => action.startsWith('dynamodb:'));
  expect(actions).toEqual(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query']);
  expect(JSON.stringify(statementsOf('capture-decisions'))).not.toContain('/index/');
});

test('only publish puts events, or whoever mends what it could not publish, and only notify sends mail, as the tenant', () => {
  const able = (action: string) =>
    functions.filter(({ statements }) => actionsOf(statements).includes(action)).map(({ name }) => name);
  expect(able('events:PutEvents')).toEqual(['publish', 'operate']);
  expect(able('ses:SendEmail')).toEqual(['notify']);
  expect(statementsOf('notify')).toContainEqual(
    expect.objectContaining({
      Action: 'ses:SendEmail',
      Condition: { StringEquals: { 'ses:FromAddress': 'muster@demo.example' } },
    }),
  );
});
