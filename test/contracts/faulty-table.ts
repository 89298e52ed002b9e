// A Table that fails as DynamoDB may and its local editions never do: conflicts, throttling, and answers lost after the
// write was made. The same seed fails the same calls.
import { ConflictError, type Table } from '../../lib/ports.ts';

export interface Faults {
  seed: number;
  /** Chance of each fault per call, 0 to 1. */
  conflicts?: number;
  throttling?: number;
  /** The write is made, and its maker is told that it may not have been. */
  lostAnswers?: number;
}
export interface FaultyTable extends Table {
  /** How often each fault happened: a test of faults that never happened proves nothing. */
  readonly happened: { conflicts: number; throttling: number; lostAnswers: number };
}

class ServiceError extends Error {
  readonly retryable = true;
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

export function faultyTable(table: Table, faults: Faults): FaultyTable {
  const { conflicts = 0, throttling = 0, lostAnswers = 0 } = faults;
  const random = randomFrom(faults.seed);
  const happened = { conflicts: 0, throttling: 0, lostAnswers: 0 };

  function throttle(): void {
    if (random() >= throttling) return;
    happened.throttling += 1;
    throw new ServiceError('throttled');
  }
  async function read<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    throttle();
    return call();
  }
  async function write(call: () => Promise<void>): Promise<void> {
    throttle();
    if (random() < conflicts) {
      happened.conflicts += 1;
      throw new ConflictError('a conflict, injected');
    }
    await call();
    if (random() >= lostAnswers) return;
    happened.lostAnswers += 1;
    throw new ServiceError('answer lost');
  }

  return {
    happened,
    get: (key) => read(() => table.get(key)),
    getMany: (keys) => read(() => table.getMany(keys)),
    query: (pk, prefix, limit) => read(() => table.query(pk, prefix, limit)),
    list: (listPk, options) => read(() => table.list(listPk, options)),
    count: (listPk, atMost) => read(() => table.count(listPk, atMost)),
    write: (one) => write(() => table.write(one)),
    transact: (writes) => write(() => table.transact(writes)),
  };
}

/** mulberry32: 32 bits of state, enough to choose faults by. Answers numbers from 0 up to 1. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
