// How the cloud suites reach a local service, and the table they make there, as the stack makes it.
import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createScan } from '../../lib/adapters/aws/scan.ts';
import { createTable } from '../../lib/adapters/aws/table.ts';
import { systemClock } from '../../lib/adapters/system-clock.ts';
import type { Clock } from '../../lib/ports.ts';
import type { OpenScan } from './scan-contract.ts';
import type { OpenTable } from './table-contract.ts';

export const clientFor = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

export async function openDynamoTable(
  endpoint: string,
  client = new DynamoDBClient(clientFor(endpoint)),
  clock: Clock = systemClock,
): Promise<OpenTable & OpenScan> {
  const TableName = `muster-${randomUUID()}`;
  const key = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: key('pk', 'sk'),
      AttributeDefinitions: ['pk', 'sk', 'listPk', 'listSk'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'lists',
          KeySchema: key('listPk', 'listSk'),
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['ttl'] },
        },
      ],
    }),
  );
  return {
    table: { ...createTable(TableName, client, clock), ...createScan(TableName, client, clock) },
    close: async () => {
      await client.send(new DeleteTableCommand({ TableName }));
      client.destroy();
    },
  };
}
