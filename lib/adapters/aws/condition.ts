// Our conditions in DynamoDB's words. An item that has expired counts as absent, deleted yet or not: readers do not see
// it, so a writer who found nothing must be able to write.
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Write } from '../../ports.ts';
import { RefusedError } from '../limits.ts';

export interface ConditionInput {
  ConditionExpression: string;
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues: Record<string, AttributeValue>;
}

const gone = 'attribute_not_exists(pk) OR #ttl < :now';

/** Undefined when the write may always happen. `now` in milliseconds since 1970. */
export function conditionOf(write: Write, now: number): ConditionInput | undefined {
  const { condition } = write;
  const expiry = { '#ttl': 'ttl' };
  const seconds = { ':now': now / 1000 };
  switch (condition.if) {
    case 'always':
      return undefined;
    case 'absent':
      return input(gone, expiry, seconds);
    case 'version': {
      const names = { '#version': 'version' };
      const values = { ':version': condition.is };
      // Removing what is gone already is done, whatever version it had.
      if (!('remove' in write)) return input('#version = :version', names, values);
      return input(`${gone} OR #version = :version`, { ...expiry, ...names }, { ...seconds, ...values });
    }
    case 'newer': {
      const value = 'put' in write ? write.put[condition.attribute] : undefined;
      if (typeof value !== 'string' && typeof value !== 'number') {
        throw new RefusedError(`\`newer\` compares texts or numbers of a put, and ${condition.attribute} is neither`);
      }
      const names = { ...expiry, '#newer': condition.attribute };
      return input(`${gone} OR #newer < :newer`, names, { ...seconds, ':newer': value });
    }
  }
}

function input(
  expression: string,
  names: Record<string, string>,
  values: Record<string, string | number>,
): ConditionInput {
  return {
    ConditionExpression: expression,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: marshall(values),
  };
}
