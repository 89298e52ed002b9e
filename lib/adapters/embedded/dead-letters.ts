// The DeadLetters port on the queues of the database. Nothing here publishes by way of a stream that forgets, and Salesforce's events
// have no bus of their own to come by.
import type { DeadLetters, RedrivenQueue } from '../../mending.ts';
import type { QueueName } from '../../ports.ts';
import type { Database } from './database.ts';
import type { Queues } from './queues.ts';

interface Row {
  id: number;
  body: string;
  diedAt: number;
  trace: string | null;
}

const isQueue = (queue: RedrivenQueue): queue is QueueName => queue !== 'salesforce' && queue !== 'publish';

export function createDeadLetters(database: Database, queues: Queues, names: readonly QueueName[]): DeadLetters {
  const oldest = database.prepare(
    'SELECT id, body, died_at AS diedAt FROM dead_letters WHERE queue = ? ORDER BY id LIMIT ?',
  );
  const diedBefore = database.prepare(
    'SELECT id, body, died_at AS diedAt, trace FROM dead_letters WHERE queue = ? AND died_at < ? ORDER BY id LIMIT ?',
  );
  const all = database.prepare('SELECT id, body, died_at AS diedAt FROM dead_letters WHERE queue = ? ORDER BY id');
  const remove = database.prepare('DELETE FROM dead_letters WHERE id = ?');
  const replace = database.prepare('UPDATE dead_letters SET body = ? WHERE id = ?');

  return {
    queues: names,
    async waiting(queue) {
      if (!isQueue(queue)) return undefined;
      const since = queues.waitingSince(queue);
      return { count: queues.depth(queue).waiting, ...(since && { since: new Date(since).toISOString() }) };
    },
    count: async (queue) => (isQueue(queue) ? queues.depth(queue).dead : 0),

    async list(queue, limit) {
      const rows = oldest.all(queue, limit) as unknown as Row[];
      return rows.map(({ id, body, diedAt }) => ({ id: String(id), body, since: new Date(diedAt).toISOString() }));
    },

    async redrive(queue, { before, ids, limit }) {
      if (!isQueue(queue)) return 0;
      return database.write(() => {
        // Of thousands only those that are sent; who names some looks for them among all.
        const most = ids === undefined ? limit : -1;
        const rows = diedBefore.all(queue, Date.parse(before), most) as unknown as Row[];
        const meant = rows.filter(({ id }) => ids === undefined || ids.includes(String(id))).slice(0, limit);
        for (const { id, body, trace } of meant) {
          remove.run(id);
          queues.enqueue(queue, body, trace);
        }
        return meant.length;
      }, queue);
    },

    rewrite: (queue, change) =>
      database.write(() => {
        let changed = 0;
        for (const { id, body } of all.all(queue) as unknown as Row[]) {
          const next = change(body);
          if (next === body) continue;
          if (next === undefined) remove.run(id);
          else replace.run(next, id);
          changed += 1;
        }
        return { changed, isAll: true };
      }),
  };
}
