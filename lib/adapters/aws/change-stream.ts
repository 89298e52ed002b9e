// What a record of the table's stream brings about: the outbox of the item as it was written.
import type { DynamoDBRecord } from 'aws-lambda';

export const outboxOf = ({ dynamodb }: Pick<DynamoDBRecord, 'dynamodb'>): string | undefined =>
  dynamodb?.NewImage?.outbox?.S;
