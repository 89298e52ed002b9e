// The Backups port on DynamoDB's own: taken in seconds whatever the table's size, kept until somebody deletes it.
import { CreateBackupCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Backups } from '../../mending.ts';

export const createBackups = (TableName: string, client = new DynamoDBClient()): Backups => ({
  async create(name) {
    const { BackupDetails } = await client.send(new CreateBackupCommand({ TableName, BackupName: name }));
    return BackupDetails?.BackupArn ?? name;
  },
});
