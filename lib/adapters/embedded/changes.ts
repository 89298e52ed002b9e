// The table's stream: what changed, in the order it was committed, kept until its reader has done with it.
import type { TableChange } from '../../ports.ts';
import type { Database } from './database.ts';

export interface ChangeFeed {
  /** The oldest changes that nobody has done with. Reading again without `done` answers the same. */
  read(max: number): { changes: TableChange[]; upTo: number };
  /** Forgets them, and with them where the reader stands: a crash before this shows them again. */
  done(upTo: number): Promise<void>;
  isEmpty(): boolean;
}

interface Row {
  seq: number;
  before: string | null;
  after: string;
}

export function createChangeFeed(database: Database): ChangeFeed {
  const oldest = database.prepare('SELECT seq, before, after FROM changes ORDER BY seq LIMIT ?');
  const forget = database.prepare('DELETE FROM changes WHERE seq <= ?');
  const any = database.prepare('SELECT 1 FROM changes LIMIT 1');
  return {
    read(max) {
      const rows = oldest.all(max) as unknown as Row[];
      return { changes: rows.map(change), upTo: rows.at(-1)?.seq ?? 0 };
    },
    async done(upTo) {
      await database.write(() => forget.run(upTo));
    },
    isEmpty: () => any.get() === undefined,
  };
}

function change({ before, after }: Row): TableChange {
  return {
    ...(before === null ? {} : { before: JSON.parse(before) }),
    after: JSON.parse(after),
  };
}
