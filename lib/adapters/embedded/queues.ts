// Durable queues in the database: a message stays until its consumer is done with it, comes again when it failed, and
// rests with the dead letters after five deliveries.
import type { Clock, Message, Queue, QueueName } from '../../ports.ts';
import { currentTrace } from '../../trace.ts';
import { refuseBigMessage } from '../limits.ts';
import type { Database } from './database.ts';

export const maxDeliveries = 5;
/** Topic of a message that waits for its next delivery: somebody has to look at the clock. */
export const retryTopic = 'retry';
/** 0.5, 2, 8 and 32 s: what fails for 42 s on end is for a person to look at. */
const backoffMs = (failures: number) => 500 * 4 ** (failures - 1);

export interface DeadLetter {
  id: string;
  body: string;
  diedAt: number;
}

export interface Queues {
  /** The sending end of one queue, as the steps know it. */
  queue(name: QueueName): Queue;
  /** Adds a message. Only within `database.write`, under the queue's name as topic. */
  enqueue(name: QueueName, body: string, traceId?: string | null): void;
  /** Messages that are due, oldest first; nobody else gets them until they are done, failed, or the process ends. */
  receive(name: QueueName, max: number): Message[];
  done(ids: readonly string[]): Promise<void>;
  /** They come again, later each time, or join the dead letters. */
  failed(ids: readonly string[]): Promise<void>;
  deadLetters(name: QueueName): DeadLetter[];
  /** How many wait or are being worked on, and how many are dead. */
  depth(name: QueueName): { waiting: number; dead: number };
  /** When the one was sent that waits longest or is being worked on; undefined where none is. */
  waitingSince(name: QueueName): number | undefined;
  /** Whether `receive` would answer something now. */
  hasDue(name: QueueName): boolean;
  /** When the next message that is not due yet will be. */
  nextDue(name: QueueName): number | undefined;
}

interface Row {
  id: number;
  failures: number;
  body: string;
  trace: string | null;
}

export function createQueues(database: Database, clock: Clock): Queues {
  const insert = database.prepare(
    'INSERT INTO messages (id, queue, due, failures, body, trace, sent_at) VALUES (?, ?, ?, 0, ?, ?, ?)',
  );
  const due = database.prepare(
    'SELECT id, failures, body, trace FROM messages WHERE queue = ? AND due <= ? ORDER BY due, id LIMIT ?',
  );
  const dueIds = database.prepare('SELECT id FROM messages WHERE queue = ? AND due <= ? ORDER BY due, id LIMIT ?');
  const next = database.prepare('SELECT min(due) AS due FROM messages WHERE queue = ? AND due > ?');
  const find = database.prepare('SELECT failures FROM messages WHERE id = ?');
  const remove = database.prepare('DELETE FROM messages WHERE id = ?');
  const postpone = database.prepare('UPDATE messages SET failures = ?, due = ? WHERE id = ?');
  const bury = database.prepare(
    'INSERT INTO dead_letters (id, queue, died_at, body, trace) SELECT id, queue, ?, body, trace FROM messages WHERE id = ?',
  );
  const dead = database.prepare('SELECT id, body, died_at AS diedAt FROM dead_letters WHERE queue = ? ORDER BY id');
  const countWaiting = database.prepare('SELECT count(*) AS count FROM messages WHERE queue = ?');
  const firstSent = database.prepare('SELECT min(sent_at) AS at FROM messages WHERE queue = ?');
  const countDead = database.prepare('SELECT count(*) AS count FROM dead_letters WHERE queue = ?');

  // Ids are given here, not by SQLite, which gives a removed one again while somebody may still hold it.
  const highest = database.prepare(`SELECT max((SELECT coalesce(max(id), 0) FROM messages),
    (SELECT coalesce(max(id), 0) FROM dead_letters)) AS id`);
  let lastId = Number(highest.get()?.id);
  const held = new Map<QueueName, Set<number>>();
  const heldOf = (name: QueueName): Set<number> => {
    const found = held.get(name) ?? new Set();
    held.set(name, found);
    return found;
  };
  const letGo = (ids: readonly string[]) => {
    for (const ofQueue of held.values()) for (const id of ids) ofQueue.delete(Number(id));
  };

  function enqueue(name: QueueName, body: string, traceId: string | null = null): void {
    lastId += 1;
    const now = clock.now();
    insert.run(lastId, name, now, body, traceId, now);
  }

  /** The ids are let go whatever becomes of the commit: where it failed, the messages come again. */
  async function settle(ids: readonly string[], apply: (id: number) => void, topic?: string): Promise<void> {
    if (ids.length === 0) return;
    try {
      await database.write(() => {
        for (const id of ids) apply(Number(id));
      }, topic);
    } finally {
      letGo(ids);
    }
  }

  return {
    enqueue,
    queue: (name) => ({
      async send(bodies) {
        bodies.forEach(refuseBigMessage);
        const traceId = currentTrace();
        await database.write(() => {
          for (const body of bodies) enqueue(name, body, traceId);
        }, name);
        await database.synced();
      },
    }),

    receive(name, max) {
      const taken = heldOf(name);
      const rows = due.all(name, clock.now(), max + taken.size) as unknown as Row[];
      const free = taken.size === 0 ? rows : rows.filter((row) => !taken.has(row.id)).slice(0, max);
      for (const row of free) taken.add(row.id);
      return free.map(({ id, body, failures, trace }) => {
        const message = { id: String(id), body, attempt: failures + 1 };
        return trace === null ? message : { ...message, traceId: trace };
      });
    },

    done: (ids) => settle(ids, (id) => remove.run(id)),

    failed: (ids) =>
      settle(
        ids,
        (id) => {
          const found = find.get(id) as { failures: number } | undefined;
          if (found === undefined) return;
          const failures = found.failures + 1;
          if (failures < maxDeliveries) {
            postpone.run(failures, clock.now() + backoffMs(failures), id);
          } else {
            bury.run(clock.now(), id);
            remove.run(id);
          }
        },
        retryTopic,
      ),

    deadLetters: (name) =>
      (dead.all(name) as unknown as { id: number; body: string; diedAt: number }[]).map(({ id, body, diedAt }) => ({
        ...{ id: String(id), body, diedAt },
      })),

    depth: (name) => ({
      waiting: Number(countWaiting.get(name)?.count),
      dead: Number(countDead.get(name)?.count),
    }),
    waitingSince(name) {
      const found = firstSent.get(name)?.at;
      return typeof found === 'number' ? found : undefined;
    },

    hasDue(name) {
      const taken = heldOf(name);
      const rows = dueIds.all(name, clock.now(), taken.size + 1) as unknown as { id: number }[];
      return rows.some((row) => !taken.has(row.id));
    },
    nextDue(name) {
      const found = next.get(name, clock.now())?.due;
      return typeof found === 'number' ? found : undefined;
    },
  };
}
