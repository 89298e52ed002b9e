// AWS answers 200 to a batch of which it took only a part. What was refused is sent again, and only that.
import { setTimeout as sleep } from 'node:timers/promises';

/** A service did not take everything in the tries it was given. Trying the whole again later is right and safe. */
class UnavailableError extends Error {
  readonly code = 'unavailable';
  readonly retryable = true;
}

const tries = 5;
/** Full jitter up to 50, 100, 200, 400 ms: under half a second on average, well within any function's time. */
const pause = (attempt: number) => sleep(Math.random() * 50 * 2 ** attempt);

/** Sends entries until `send` answers that none was refused. Throws UnavailableError when some are left in the end. */
export async function sendUntilTaken<Entry>(
  what: string,
  entries: readonly Entry[],
  send: (entries: readonly Entry[]) => Promise<readonly Entry[]>,
): Promise<void> {
  let left = entries;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (attempt > 0) await pause(attempt - 1);
    left = await send(left);
    if (left.length === 0) return;
  }
  throw new UnavailableError(`${what}: ${left.length} of ${entries.length} refused ${tries} times`);
}
