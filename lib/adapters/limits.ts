// What DynamoDB and SQS refuse, refused alike by every adapter, so that nothing works embedded and fails on AWS.
import type { Write } from '../ports.ts';

/** Items of a transaction, and keys of a batch read. */
export const maxItemsAtOnce = 100;
export const maxItemBytes = 400 * 1024;
/** One message or event, and one batch of either: EventBridge's limit, the smaller of the two services'. */
export const maxMessageBytes = 256 * 1024;

/** A call the service would refuse however often it is made. */
export class RefusedError extends Error {
  readonly code = 'refused';
  readonly retryable = false;
}

/** Throws RefusedError for what TransactWriteItems answers with a ValidationException. */
export function refuseBadTransaction(writes: readonly Write[]): void {
  if (writes.length > maxItemsAtOnce) {
    throw new RefusedError(`a transaction has at most ${maxItemsAtOnce} writes, not ${writes.length}`);
  }
  const keys = new Set<string>();
  for (const write of writes) {
    const { pk, sk } = 'put' in write ? write.put : 'remove' in write ? write.remove : write.check;
    keys.add(`${pk}\n${sk}`);
  }
  if (keys.size < writes.length) throw new RefusedError('a transaction writes each key once');
}

export function refuseBigMessage(body: string): void {
  // A UTF-16 unit is at most three bytes of UTF-8: most bodies are let through without being counted.
  if (body.length * 3 > maxMessageBytes && Buffer.byteLength(body) > maxMessageBytes) {
    throw new RefusedError(`a message has at most ${maxMessageBytes} bytes`);
  }
}

/** Throws for a header that could smuggle in another: the recipient, the subject and the tag end up in mail headers. */
export function refuseUnsafeHeader(name: string, value: string): void {
  if (/[\r\n\0]/.test(value)) throw new RefusedError(`a mail's ${name} has no line breaks`);
}
