// DynamoDB Local with a client that asks for the units of every call, and a table that tells its changes as the stream does.
import {
  ConditionalCheckFailedException,
  type ConsumedCapacity,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item, Table } from '../../../lib/ports.ts';
import { clientFor } from '../../contracts/aws-clients.ts';
import type { Meter } from './meter.ts';

interface Put {
  Item?: Parameters<typeof unmarshall>[0];
}
interface Input extends Put {
  Key?: Parameters<typeof unmarshall>[0];
  RequestItems?: Record<string, { Keys: Parameters<typeof unmarshall>[0][] }>;
  ExpressionAttributeValues?: Parameters<typeof unmarshall>[0];
  TransactItems?: { Put?: Put; Delete?: Input }[];
  ReturnConsumedCapacity?: string;
}

const partitionKind = (key: unknown): string => String((key as Item).pk).split('#')[0]!;

/** What a call was about: item types of writes, kinds of partitions of reads. */
const subjectOf = (command: string, input: Input): string => {
  const types: string[] = [];
  if (input.Item) types.push((unmarshall(input.Item) as Item).type);
  for (const { Put: put } of input.TransactItems ?? []) if (put?.Item) types.push((unmarshall(put.Item) as Item).type);
  if (input.Key) types.push(partitionKind(unmarshall(input.Key)));
  for (const { Keys } of Object.values(input.RequestItems ?? {}))
    types.push(...Keys.map((key) => partitionKind(unmarshall(key))));
  if (input.ExpressionAttributeValues && command === 'Query') {
    const values = unmarshall(input.ExpressionAttributeValues);
    types.push(partitionKind({ pk: values[':pk'] ?? values[':list'] }));
  }
  return `${command} ${[...new Set(types)].sort().join('+')}`;
};

const isWrite = (command: string): boolean => /Put|Delete|Update|TransactWrite/.test(command);

/** A client whose every call is counted in DynamoDB's own units. A condition that does not hold costs its write too. */
export const meteredClient = (endpoint: string, meter: Meter): DynamoDBClient => {
  const client = new DynamoDBClient(clientFor(endpoint));
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const input = args.input as Input;
      // TransactWriteItemsCommand → TransactWriteItems
      const command = String(context.commandName)
        .replace(/Command$/, '')
        .replace(/Item$/, '');
      const what = subjectOf(command, input);
      const unit = isWrite(command) ? 'dynamoDbWriteUnits' : 'dynamoDbReadUnits';
      input.ReturnConsumedCapacity = 'TOTAL';
      try {
        const result = await next(args);
        const consumed = (result.output as { ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[] })
          .ConsumedCapacity;
        for (const { CapacityUnits = 0 } of [consumed ?? []].flat()) meter.add(unit, what, CapacityUnits);
        return result;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException || error instanceof TransactionCanceledException)
          meter.add(unit, `${what}, refused`, 1);
        throw error;
      }
    },
    { step: 'initialize', name: 'meter' },
  );
  return client;
};

/** Hands on the outbox of every write, as the filtered stream would, in the order they were made. */
export const withOutboxes = (table: Table): { table: Table; take(): string[] } => {
  let outboxes: string[] = [];
  const noted = (writes: Parameters<Table['transact']>[0]): void => {
    for (const write of writes) if ('put' in write && write.put.outbox !== undefined) outboxes.push(write.put.outbox);
  };
  return {
    table: {
      ...table,
      write: async (write) => {
        await table.write(write);
        noted([write]);
      },
      transact: async (writes) => {
        await table.transact(writes);
        noted(writes);
      },
    },
    take: () => {
      const taken = outboxes;
      outboxes = [];
      return taken;
    },
  };
};
