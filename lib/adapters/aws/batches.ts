// Cuts what is to be sent into the batches SQS and EventBridge take.
import { maxMessageBytes, RefusedError } from '../limits.ts';

const maxEntries = 10;

/** Batches of at most ten entries and 256 KB together, in order. Throws RefusedError when one entry alone is larger. */
export function inBatches<Entry>(entries: readonly Entry[], bytesOf: (entry: Entry) => number): Entry[][] {
  const batches: Entry[][] = [];
  let current: Entry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = bytesOf(entry);
    if (size > maxMessageBytes) throw new RefusedError(`a message has at most ${maxMessageBytes} bytes, not ${size}`);
    if (current.length === maxEntries || bytes + size > maxMessageBytes) {
      batches.push(current);
      current = [];
      bytes = 0;
    }
    current.push(entry);
    bytes += size;
  }
  if (current.length > 0) batches.push(current);
  return batches;
}
