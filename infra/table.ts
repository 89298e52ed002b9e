// The one table. Its stream is the outbox: an event exists if and only if the state was saved.
import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { keyOf } from './key.ts';

/** Sparse: only items with `listPk` are in it. Serves the lists people open, and what is due. */
export const listsIndex = 'lists';

export const createTable = (scope: Construct, { keepData }: { keepData: boolean }): dynamodb.Table => {
  const table = new dynamodb.Table(scope, 'Table', {
    partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
    sortKey: { name: 'sk', type: dynamodb.AttributeType.STRING },
    timeToLiveAttribute: 'ttl',
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
    // Changing it changes no table: an older stack's is encrypted anew where it stands.
    encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: keyOf(scope),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: keepData,
    removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  table.addGlobalSecondaryIndex({
    indexName: listsIndex,
    partitionKey: { name: 'listPk', type: dynamodb.AttributeType.STRING },
    sortKey: { name: 'listSk', type: dynamodb.AttributeType.STRING },
    // Of the rest only what says whether an item still exists: other changes then do not write the index.
    projectionType: dynamodb.ProjectionType.INCLUDE,
    nonKeyAttributes: ['ttl'],
  });
  return table;
};
