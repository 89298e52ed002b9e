// The tenant's own key, by which all it keeps is encrypted: whoever may use it stands here, or in a function's role. AWS makes new key
// material of it each year; what was encrypted before stays readable.
import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Tenant } from './tenant.ts';

const id = 'Key';

/** How long a queue uses one data key before it asks KMS for another. Calls then grow with the hours and not with the messages. */
const dataKeyReuse = Duration.hours(1);

export const createKey = (stack: Stack, { name, keepData }: Pick<Tenant, 'name' | 'keepData'>): kms.Key => {
  const key = new kms.Key(stack, id, {
    alias: `muster-${name}`,
    description: `Muster: all that is kept of ${name}`,
    enableKeyRotation: true,
    removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    ...(!keepData && { pendingWindow: Duration.days(7) }),
  });
  const admit = (service: string, actions: string[], conditions: Record<string, Record<string, string>>) =>
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        ...{ actions, conditions, resources: ['*'] },
        principals: [new iam.ServicePrincipal(service)],
      }),
    );
  admit(
    `logs.${stack.region}.amazonaws.com`,
    ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': stack.formatArn({
          ...{ service: 'logs', resource: 'log-group' },
          resourceName: `/muster/${name}/*`,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      },
    },
  );
  // Rules put events on queues.
  admit('events.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey'], {
    StringEquals: { 'aws:SourceAccount': stack.account },
  });
  return key;
};

/** The key of the tenant whose stack this is part of. */
export const keyOf = (scope: Construct): kms.Key => {
  const key = Stack.of(scope).node.tryFindChild(id);
  if (key instanceof kms.Key) return key;
  throw new Error('the key comes first in a stack');
};

/** Not as a property of CDK's queue: knowing the key, it would let every rule of the account put on it, not only its own. */
export const encryptQueue = (queue: CfnQueue, key: kms.IKey): void => {
  queue.kmsMasterKeyId = key.keyArn;
  queue.kmsDataKeyReusePeriodSeconds = dataKeyReuse.toSeconds();
};

const writesTable = /^dynamodb:(Put|Update|Delete)Item$/;

/** What a function needs of the key, by what else it may do. Each has to decrypt its own environment. */
export const useKey = (key: kms.IKey, allowed: readonly iam.PolicyStatement[]): iam.PolicyStatement => {
  const may = (pattern: RegExp) => allowed.some(({ actions }) => actions.some((action) => pattern.test(action)));
  return new iam.PolicyStatement({
    actions: [
      'kms:Decrypt',
      ...(may(/^dynamodb:/) ? ['kms:DescribeKey'] : []),
      ...(may(/^sqs:SendMessage$/) || may(writesTable) ? ['kms:GenerateDataKey'] : []),
      ...(may(writesTable) ? ['kms:Encrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'] : []),
    ],
    resources: [key.keyArn],
  });
};
