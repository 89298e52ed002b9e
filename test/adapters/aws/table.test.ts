// What the table sends to DynamoDB, and which of its errors it calls conflicts. That the conditions mean what they
// should is shown on a real database by the contract suite.
import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  ProvisionedThroughputExceededException,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactionConflictException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createTable } from '../../../lib/adapters/aws/table.ts';
import { ConflictError, type Item, type Write } from '../../../lib/ports.ts';

const dynamo = mockClient(DynamoDBClient);
const clock = { now: () => Date.parse('2026-11-20T09:30:00.500Z') };
const table = createTable('muster-demo', new DynamoDBClient({ region: 'eu-central-1' }), clock);
const item = (sk: string, more: object = {}): Item => ({ pk: 'lead#1', sk, type: 'lead', version: 2, ...more });
const put: Write = { put: item('a', { gone: undefined }), condition: { if: 'version', is: 1 } };
const error = { message: 'x', $metadata: {} };
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({ ...error, CancellationReasons: codes.map((Code) => ({ Code })) });

describe('the table on DynamoDB', () => {
  beforeEach(() => {
    dynamo.reset();
    dynamo.onAnyCommand().resolves({});
  });

  it('puts under a condition, without undefined attributes', async () => {
    await table.write(put);
    expect(dynamo.commandCalls(PutItemCommand)[0]?.args[0].input).toEqual({
      TableName: 'muster-demo',
      Item: { pk: { S: 'lead#1' }, sk: { S: 'a' }, type: { S: 'lead' }, version: { N: '2' } },
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': { N: '1' } },
    });
  });

  it('pays for a transaction only where there is more than one write', async () => {
    await table.transact([put]);
    expect(dynamo.commandCalls(TransactWriteItemsCommand)).toHaveLength(0);
    await table.transact([
      put,
      { remove: { pk: 'lead#1', sk: 'b' }, condition: { if: 'always' } },
      { check: { pk: 'lead#1', sk: 'c' }, condition: { if: 'absent' } },
    ]);
    const items = dynamo.commandCalls(TransactWriteItemsCommand)[0]?.args[0].input.TransactItems ?? [];
    expect(items.map((one) => Object.keys(one))).toEqual([['Put'], ['Delete'], ['ConditionCheck']]);
    expect(items[2]?.ConditionCheck?.ExpressionAttributeValues).toEqual({ ':now': { N: '1795167000.5' } });
  });

  it.each([
    ['a condition', new ConditionalCheckFailedException(error)],
    ['a transaction at the same time', new TransactionConflictException(error)],
  ])('calls %s a conflict', async (_, failure) => {
    dynamo.on(PutItemCommand).rejects(failure);
    await expect(table.write(put)).rejects.toBeInstanceOf(ConflictError);
  });

  it.each([
    [['None', 'ConditionalCheckFailed'], true],
    [['TransactionConflict', 'None'], true],
    [['ThrottlingError', 'None'], false],
    [['None', 'ValidationError'], false],
  ])('of a transaction cancelled for %j it says that conflict is %s', async (codes, conflict) => {
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled(...codes));
    const second: Write = { ...put, put: item('b') };
    const failure = await table.transact([put, second]).catch((thrown: unknown) => thrown);
    expect(failure instanceof ConflictError).toBe(conflict);
    expect(failure).toBeInstanceOf(Error);
  });

  it('passes on what is no conflict', async () => {
    dynamo.on(PutItemCommand).rejects(new ProvisionedThroughputExceededException(error));
    await expect(table.write(put)).rejects.toBeInstanceOf(ProvisionedThroughputExceededException);
  });

  it('asks again for the keys DynamoDB left out, and only those', async () => {
    const [a, b] = [item('a'), item('b')];
    const key = (sk: string) => marshall({ pk: 'lead#1', sk });
    dynamo
      .on(BatchGetItemCommand)
      .resolvesOnce({
        Responses: { 'muster-demo': [marshall(a)] },
        UnprocessedKeys: { 'muster-demo': { Keys: [key('b')] } },
      })
      .resolves({ Responses: { 'muster-demo': [marshall(b)] }, UnprocessedKeys: {} });
    expect(await table.getMany([a, b])).toEqual([a, b]);
    const asked = dynamo.commandCalls(BatchGetItemCommand).map((call) => call.args[0].input.RequestItems);
    expect(asked[1]).toEqual({ 'muster-demo': { Keys: [key('b')], ConsistentRead: true } });
  });

  it('throws when DynamoDB keeps leaving keys out', async () => {
    const Keys = [marshall({ pk: 'lead#1', sk: 'a' })];
    dynamo.on(BatchGetItemCommand).resolves({ UnprocessedKeys: { 'muster-demo': { Keys } } });
    await expect(table.getMany([item('a')])).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  });

  it('counts a list by the index alone, page by page, and no further than asked for', async () => {
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Count: 3, LastEvaluatedKey: { pk: { S: 'a' } } })
      .resolvesOnce({ Count: 2, LastEvaluatedKey: { pk: { S: 'b' } } });
    expect(await table.count('REVIEW', 5)).toBe(5);
    const asked = dynamo.commandCalls(QueryCommand).map(({ args }) => args[0].input);
    expect(asked).toMatchObject([
      { Select: 'COUNT', IndexName: 'lists', Limit: 5 },
      { Select: 'COUNT', Limit: 2 },
    ]);
  });

  it('reads consistently, but for lists', async () => {
    await table.get({ pk: 'lead#1', sk: 'a' });
    await table.query('lead#1', 'a');
    await table.list('status#Qualified', { limit: 5, newestFirst: true });
    expect(dynamo.commandCalls(GetItemCommand)[0]?.args[0].input.ConsistentRead).toBe(true);
    const [query, list] = dynamo.commandCalls(QueryCommand).map((call) => call.args[0].input);
    expect(query?.ConsistentRead).toBe(true);
    expect(list).toMatchObject({ IndexName: 'lists', Limit: 5, ScanIndexForward: false });
    expect(list?.ConsistentRead).toBeUndefined();
  });

  it('asks for no more of a partition than are wanted, again only for those that had expired', async () => {
    const [expired, live, last] = [item('a', { ttl: 1 }), item('b'), item('c')].map((one) => marshall(one));
    const LastEvaluatedKey = marshall({ pk: 'lead#1', sk: 'b' });
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: [expired!, live!], LastEvaluatedKey })
      .resolvesOnce({ Items: [last!], LastEvaluatedKey })
      .resolves({});
    expect(await table.query('lead#1', '', 2)).toEqual([item('b'), item('c')]);
    await table.query('lead#1');
    const [first, second, unbounded] = dynamo.commandCalls(QueryCommand).map((call) => call.args[0].input);
    expect([first?.Limit, second?.Limit]).toEqual([2, 1]);
    expect(unbounded).not.toHaveProperty('Limit');
  });

  it('reads on until a list’s limit is full of items that live', async () => {
    const second = Date.parse('2026-11-20T09:30:00.000Z') / 1000;
    const listed = { ttl: second + 1, listPk: 'status#Qualified', listSk: '1' };
    const [expired, live, left] = [
      item('a', { ...listed, ttl: second }),
      item('b', listed),
      item('c', { ttl: second + 1 }),
    ];
    const next = marshall({ pk: 'lead#1', sk: 'a' });
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: [marshall(expired)], LastEvaluatedKey: next })
      .resolves({ Items: [marshall(left), marshall(live)], LastEvaluatedKey: next })
      .on(BatchGetItemCommand)
      .resolves({ Responses: { 'muster-demo': [marshall(left), marshall(live)] } });
    expect(await table.list('status#Qualified', { limit: 2 })).toEqual([live]);
    expect(dynamo.commandCalls(QueryCommand)[1]?.args[0].input.ExclusiveStartKey).toEqual(next);
    expect(dynamo.commandCalls(QueryCommand)).toHaveLength(2);
  });
});
