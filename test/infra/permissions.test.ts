// What each function may do. The snapshot is the review: a change of it is a change of who may do what.
import { expect, test } from 'vitest';
import { functionsOf, resourcesOf, type Statement, templateOf } from './tenant-template.ts';

const functions = functionsOf(templateOf());
const actionsOf = (statements: Statement[]) => [...new Set(statements.flatMap(({ Action }) => Action))].sort();
const statementsOf = (name: string) => functions.find((one) => one.name === name)!.statements;

test('each function may do what the checked-in list says, and nothing else', () => {
  const actions = Object.fromEntries(functions.map(({ name, statements }) => [name, actionsOf(statements)]));
  expect(actions).toMatchSnapshot();
});

test('no statement allows a wildcard of actions or every resource', () => {
  const statements = resourcesOf(templateOf(), 'AWS::IAM::Policy').flatMap(
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

test('no function has a managed policy', () => {
  for (const [, { Properties }] of resourcesOf(templateOf(), 'AWS::IAM::Role')) {
    expect(Properties.ManagedPolicyArns).toBeUndefined();
  }
});

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
