// Deletes what has expired. Readers do not see it anyhow; this keeps the file from growing, as DynamoDB's TTL does.
import type { Clock } from '../../ports.ts';
import type { Database } from './database.ts';
import { changesTopic } from './table.ts';

const atOnce = 1_000;

/** Answers how many items it deleted: a thousand at most, so that one round holds nobody up for long (about 10 ms). */
export type PurgeExpired = () => Promise<number>;

export function createExpiry(database: Database, clock: Clock): PurgeExpired {
  const purge = database.prepare(
    'DELETE FROM items WHERE rowid IN (SELECT rowid FROM items WHERE ttl < ? ORDER BY ttl LIMIT ?)',
  );
  return () => database.write(() => Number(purge.run(clock.now() / 1000, atOnce).changes), changesTopic);
}
