// The Scan port on DynamoDB: apart from the table, since few functions may look at all of it.
import { DynamoDBClient, QueryCommand, type QueryCommandOutput, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { NoSuchPageError, type Scan } from '../../mending.ts';
import type { Clock, Item } from '../../ports.ts';
import { systemClock } from '../system-clock.ts';

const place = z.strictObject({ pk: z.string().min(1), sk: z.string().min(1) });

const placeIn = (cursor: string): z.infer<typeof place> => {
  try {
    return place.parse(JSON.parse(cursor));
  } catch (cause) {
    throw new NoSuchPageError('there is no page at that cursor', { cause });
  }
};

export function createScan(tableName: string, client = new DynamoDBClient(), clock: Clock = systemClock): Scan {
  const isLive = ({ ttl }: Item): boolean => ttl === undefined || ttl >= clock.now() / 1_000;

  return {
    async scan(cursor, limit) {
      const from = cursor === undefined ? undefined : placeIn(cursor);
      const { Items = [], LastEvaluatedKey: last } = await client.send(
        new ScanCommand({
          ...{ TableName: tableName, Limit: limit },
          ...(from && { ExclusiveStartKey: { pk: { S: from.pk }, sk: { S: from.sk } } }),
        }),
      );
      // What is in the table was written as an Item.
      const items = Items.map((attributes) => unmarshall(attributes) as Item).filter(isLive);
      return { items, ...(last && { next: JSON.stringify({ pk: last.pk?.S, sk: last.sk?.S }) }) };
    },

    async page(pk, after, limit) {
      const found: Item[] = [];
      let from: QueryCommandOutput['LastEvaluatedKey'];
      do {
        const read: QueryCommandOutput = await client.send(
          new QueryCommand({
            ...{ TableName: tableName, ConsistentRead: true, Limit: limit - found.length, ExclusiveStartKey: from },
            KeyConditionExpression: after === '' ? 'pk = :pk' : 'pk = :pk AND sk > :after',
            ExpressionAttributeValues: { ':pk': { S: pk }, ...(after !== '' && { ':after': { S: after } }) },
          }),
        );
        found.push(...(read.Items ?? []).map((attributes) => unmarshall(attributes) as Item).filter(isLive));
        from = read.LastEvaluatedKey;
      } while (from !== undefined && found.length < limit);
      return found;
    },
  };
}
