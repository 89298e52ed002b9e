// The Table port on DynamoDB: partition and sort key `pk` and `sk`, one sparse index `lists` on `listPk` and `listSk`.
import {
  type AttributeValue,
  BatchGetItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Clock, Item, Key, Table, Write } from '../../ports.ts';
import { maxItemsAtOnce, RefusedError, refuseBadTransaction } from '../limits.ts';
import { systemClock } from '../system-clock.ts';
import { conditionOf } from './condition.ts';
import { conflictOr } from './conflict.ts';
import { sendUntilTaken } from './partial-failure.ts';

type Attributes = Record<string, AttributeValue>;

const toAttributes = (value: object): Attributes => marshall(value, { removeUndefinedValues: true });
// What is in the table was written by this file from an Item.
const toItem = (attributes: Attributes): Item => unmarshall(attributes) as Item;
const keyOf = ({ pk, sk }: Key): Attributes => ({ pk: { S: pk }, sk: { S: sk } });

/** One condition on the sort key is all a query has; of two bounds both are inclusive. */
const withinBounds = (after: string | undefined, upTo: string | undefined): string => {
  if (after !== undefined && upTo !== undefined) return ' AND listSk BETWEEN :after AND :upTo';
  if (after !== undefined) return ' AND listSk > :after';
  return upTo === undefined ? '' : ' AND listSk <= :upTo';
};

export function createTable(tableName: string, client = new DynamoDBClient(), clock: Clock = systemClock): Table {
  const live = (items: Item[]) => items.filter((item) => item.ttl === undefined || item.ttl >= clock.now() / 1000);

  /** Every page of a query, or as many as it takes for `limit` live items that are wanted. */
  async function queryAll(
    input: QueryCommandInput,
    limit = Number.POSITIVE_INFINITY,
    isWanted: (item: Item) => boolean = () => true,
  ): Promise<Item[]> {
    const found: Item[] = [];
    let from: Attributes | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          ...input,
          ...(from && { ExclusiveStartKey: from }),
          ...(Number.isFinite(limit) && { Limit: limit - found.length }),
        }),
      );
      found.push(...live((page.Items ?? []).map(toItem)).filter(isWanted));
      from = page.LastEvaluatedKey;
    } while (from !== undefined && found.length < limit);
    return found;
  }

  async function write(write: Write): Promise<void> {
    const condition = conditionOf(write, clock.now());
    if ('put' in write) {
      await client.send(new PutItemCommand({ TableName: tableName, Item: toAttributes(write.put), ...condition }));
    } else if ('remove' in write) {
      await client.send(new DeleteItemCommand({ TableName: tableName, Key: keyOf(write.remove), ...condition }));
    } else {
      throw new RefusedError('a check stands only within a transaction');
    }
  }

  function transactItem(write: Write): TransactWriteItem[] {
    const condition = conditionOf(write, clock.now());
    if ('put' in write) return [{ Put: { TableName: tableName, Item: toAttributes(write.put), ...condition } }];
    if ('remove' in write) return [{ Delete: { TableName: tableName, Key: keyOf(write.remove), ...condition } }];
    return condition ? [{ ConditionCheck: { TableName: tableName, Key: keyOf(write.check), ...condition } }] : [];
  }

  return {
    async get(key) {
      const { Item: found } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: keyOf(key), ConsistentRead: true }),
      );
      return found && live([toItem(found)])[0];
    },

    async getMany(keys) {
      if (keys.length > maxItemsAtOnce) throw new RefusedError(`at most ${maxItemsAtOnce} keys at once`);
      const distinct = [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, keyOf(key)])).values()];
      if (distinct.length === 0) return [];
      const found: Item[] = [];
      await sendUntilTaken('reading items', distinct, async (left) => {
        const request = { [tableName]: { Keys: [...left], ConsistentRead: true } };
        const page = await client.send(new BatchGetItemCommand({ RequestItems: request }));
        found.push(...(page.Responses?.[tableName] ?? []).map(toItem));
        return page.UnprocessedKeys?.[tableName]?.Keys ?? [];
      });
      return live(found);
    },

    query: (pk, prefix = '', limit) =>
      queryAll(
        {
          TableName: tableName,
          ConsistentRead: true,
          KeyConditionExpression: prefix === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': { S: pk }, ...(prefix !== '' && { ':prefix': { S: prefix } }) },
        },
        limit,
      ),

    // The index holds keys and expiry alone, so that a write which leaves an item in its place does not write the index.
    async list(listPk, { after, upTo, limit, newestFirst = false } = {}) {
      if (after !== undefined && upTo !== undefined && after >= upTo) return [];
      const listed = await queryAll(
        {
          TableName: tableName,
          IndexName: 'lists',
          KeyConditionExpression: `listPk = :list${withinBounds(after, upTo)}`,
          ExpressionAttributeValues: {
            ':list': { S: listPk },
            ...(after !== undefined && { ':after': { S: after } }),
            ...(upTo !== undefined && { ':upTo': { S: upTo } }),
          },
          ScanIndexForward: !newestFirst,
        },
        limit,
        ({ listSk }) => after === undefined || listSk !== after,
      );
      const items = new Map<string, Item>();
      for (let from = 0; from < listed.length; from += maxItemsAtOnce) {
        for (const item of await this.getMany(listed.slice(from, from + maxItemsAtOnce)))
          items.set(`${item.pk}\n${item.sk}`, item);
      }
      // What left the list since the index heard of it is not in it.
      return listed.flatMap(({ pk, sk }) => items.get(`${pk}\n${sk}`) ?? []).filter((item) => item.listPk === listPk);
    },

    async count(listPk, atMost) {
      let found = 0;
      let from: Attributes | undefined;
      do {
        const page = await client.send(
          new QueryCommand({
            ...{ TableName: tableName, IndexName: 'lists', Select: 'COUNT', Limit: atMost - found },
            KeyConditionExpression: 'listPk = :list',
            FilterExpression: 'attribute_not_exists(#ttl) OR #ttl >= :now',
            ExpressionAttributeNames: { '#ttl': 'ttl' },
            ExpressionAttributeValues: { ':list': { S: listPk }, ':now': { N: String(clock.now() / 1000) } },
            ...(from && { ExclusiveStartKey: from }),
          }),
        );
        found += page.Count ?? 0;
        from = page.LastEvaluatedKey;
      } while (from !== undefined && found < atMost);
      return found;
    },

    write: (one) => write(one).catch(conflictOr),

    async transact(writes) {
      refuseBadTransaction(writes);
      // Alone it needs no transaction, which costs double.
      const [first] = writes;
      if (writes.length === 1 && first && !('check' in first)) return write(first).catch(conflictOr);
      const items = writes.flatMap(transactItem);
      if (items.length === 0) return;
      await client.send(new TransactWriteItemsCommand({ TransactItems: items })).catch(conflictOr);
    },
  };
}
