// Somebody mends what was broken, and sends all dead letters again.
import type { DeadLetters, RedrivenQueue } from '../../lib/mending.ts';

/** Answers how many. */
export const redriven = async (
  { deadLetters }: { deadLetters: DeadLetters },
  ...queues: readonly RedrivenQueue[]
): Promise<number> => {
  let sum = 0;
  for (const queue of queues)
    sum += await deadLetters.redrive(queue, { before: '9999-01-01T00:00:00.000Z', limit: Number.MAX_SAFE_INTEGER });
  return sum;
};
