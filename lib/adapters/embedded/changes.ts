// The table's stream, as far as anybody reads it: the outboxes of what was written, in the order it was committed, kept until
// its reader has done with them.
import type { Database } from './database.ts';

export interface ChangeFeed {
  /** The oldest outboxes that nobody has done with. Reading again without `done` answers the same. */
  read(max: number): { outboxes: string[]; upTo: number };
  /** Forgets them, and with them where the reader stands: a crash before this shows them again. */
  done(upTo: number): Promise<void>;
  isEmpty(): boolean;
}

export function createChangeFeed(database: Database): ChangeFeed {
  const oldest = database.prepare('SELECT seq, outbox FROM changes ORDER BY seq LIMIT ?');
  const forget = database.prepare('DELETE FROM changes WHERE seq <= ?');
  const any = database.prepare('SELECT 1 FROM changes LIMIT 1');
  return {
    read(max) {
      const rows = oldest.all(max) as unknown as { seq: number; outbox: string }[];
      return { outboxes: rows.map(({ outbox }) => outbox), upTo: rows.at(-1)?.seq ?? 0 };
    },
    async done(upTo) {
      await database.write(() => forget.run(upTo));
    },
    isEmpty: () => any.get() === undefined,
  };
}
