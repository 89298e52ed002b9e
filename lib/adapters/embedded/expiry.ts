// Deletes what has expired. Readers do not see it anyhow; this keeps the file from growing, as DynamoDB's TTL does. And mails that were
// kept long enough.
import type { Clock } from '../../ports.ts';
import type { Database } from './database.ts';
import { changesTopic } from './table.ts';

/** A thousand hold nobody up for long (about 10 ms); so many times make 5 million a day, as often as the sweep runs. */
const atOnce = 1_000;
const roundsAtMost = 20;

/** Answers how many items it deleted. */
export type PurgeExpired = () => Promise<number>;

export function createExpiry(database: Database, clock: Clock, mailDays?: number): PurgeExpired {
  const purge = database.prepare(
    'DELETE FROM items WHERE rowid IN (SELECT rowid FROM items WHERE ttl < ? ORDER BY ttl LIMIT ?)',
  );
  const purgeMails = database.prepare('DELETE FROM outbox WHERE sent_at < ?');
  return async () => {
    let deleted = 0;
    for (let round = 0; round < roundsAtMost; round += 1) {
      const { changes } = await database.write(() => purge.run(clock.now() / 1000, atOnce), changesTopic);
      deleted += Number(changes);
      if (Number(changes) < atOnce) break;
    }
    if (mailDays !== undefined) await database.write(() => purgeMails.run(clock.now() - mailDays * 86_400_000));
    return deleted;
  };
}
