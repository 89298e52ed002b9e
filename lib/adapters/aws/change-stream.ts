// A record of the table's stream as a change.
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Item, TableChange } from '../../ports.ts';

export function toTableChange({ dynamodb }: Pick<DynamoDBRecord, 'dynamodb'>): TableChange {
  return {
    ...(dynamodb?.OldImage && { before: toItem(dynamodb.OldImage) }),
    ...(dynamodb?.NewImage && { after: toItem(dynamodb.NewImage) }),
  };
}

// The stream's attribute values are the client's, but for binaries, which no item has.
const toItem = (image: NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>): Item =>
  unmarshall(image as Record<string, AttributeValue>) as Item;
