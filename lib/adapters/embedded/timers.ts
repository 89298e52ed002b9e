// The Timers port: a timer is a row until it is due, then a message on the timers queue, in one commit.
import type { Clock, Timers } from '../../ports.ts';
import type { Database } from './database.ts';
import type { Queues } from './queues.ts';

/** Topic of a timer set: the next moment to wake up at may have come nearer. */
export const timersTopic = 'timer set';

export interface EmbeddedTimers extends Timers {
  /** Moves the timers that are due to their queue, earliest first; answers how many. */
  fire(): Promise<number>;
  /** When the next one is due. */
  nextAt(): number | undefined;
}

const atOnce = 500;

export function createTimers(database: Database, clock: Clock, queues: Queues): EmbeddedTimers {
  const set = database.prepare(`INSERT INTO timers (name, at, body) VALUES (?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET at = excluded.at, body = excluded.body`);
  const remove = database.prepare('DELETE FROM timers WHERE name = ?');
  const due = database.prepare('SELECT name, body FROM timers WHERE at <= ? ORDER BY at, name LIMIT ?');
  const next = database.prepare('SELECT min(at) AS at FROM timers');
  return {
    async set({ name, at, body }) {
      const time = Date.parse(at);
      if (Number.isNaN(time)) throw new RangeError(`timer ${name}: not a moment: ${at}`);
      await database.write(() => set.run(name, time, body), timersTopic);
    },
    async cancel(name) {
      await database.write(() => remove.run(name));
    },
    fire: () =>
      database.write(() => {
        const rows = due.all(clock.now(), atOnce) as unknown as { name: string; body: string }[];
        for (const { name, body } of rows) {
          queues.enqueue('timers', body);
          remove.run(name);
        }
        return rows.length;
      }, 'timers'),
    nextAt() {
      const at = next.get()?.at;
      return typeof at === 'number' ? at : undefined;
    },
  };
}
