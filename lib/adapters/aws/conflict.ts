// Which of DynamoDB's errors mean "somebody was faster": load again and decide again.
import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { ConflictError } from '../../ports.ts';

const reasons = new Set(['ConditionalCheckFailed', 'TransactionConflict']);

/** Throws ConflictError for a conflict and the error itself for anything else. */
export function conflictOr(error: unknown): never {
  if (error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException) {
    throw new ConflictError('the condition did not hold', { cause: error });
  }
  if (
    error instanceof TransactionCanceledException &&
    error.CancellationReasons?.some(({ Code }) => Code !== undefined && reasons.has(Code))
  ) {
    throw new ConflictError('a condition of the transaction did not hold', { cause: error });
  }
  throw error;
}
