// A file of the embedded edition as an earlier release left it: its tables, and what it had stored in them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Item } from '../../lib/ports.ts';
import { root } from '../architecture/house.ts';

/** Of the release before assignments and clocks had turns. */
export const earlierFile = (name: string): string => join(root, 'test', 'fixtures', 'releases', '7dfd200', name);

export const earlierItems = (): Item[] =>
  readFileSync(earlierFile('items.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line): Item => JSON.parse(line));

const events = z.array(z.looseObject({ type: z.string() }));

/** What was published of it that somebody has an owner, as a message. */
const routedIn = ({ outbox }: Item): string[] =>
  events
    .parse(JSON.parse(typeof outbox === 'string' ? outbox : '[]'))
    .filter(({ type }) => type === 'lead-routed.v1')
    .map((event) => JSON.stringify(event));

export const writeEarlierFile = (path: string, items: readonly Item[] = earlierItems()): void => {
  const file = new DatabaseSync(path);
  file.exec(`
    CREATE TABLE items (
      pk TEXT NOT NULL, sk TEXT NOT NULL, type TEXT NOT NULL, version INTEGER NOT NULL,
      ttl REAL, list_pk TEXT, list_sk TEXT, data TEXT NOT NULL,
      PRIMARY KEY (pk, sk));
    CREATE INDEX lists ON items (list_pk, list_sk) WHERE list_pk IS NOT NULL;
    CREATE INDEX expiring ON items (ttl) WHERE ttl IS NOT NULL;
    CREATE TABLE changes (seq INTEGER PRIMARY KEY, outbox TEXT NOT NULL);
    CREATE TABLE messages (
      id INTEGER PRIMARY KEY, queue TEXT NOT NULL, due INTEGER NOT NULL, failures INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE INDEX messages_due ON messages (queue, due);
    CREATE TABLE dead_letters (
      id INTEGER PRIMARY KEY, queue TEXT NOT NULL, died_at INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE INDEX dead_letters_queue ON dead_letters (queue);
    CREATE TABLE timers (name TEXT PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE INDEX timers_at ON timers (at);
    CREATE TABLE outbox (id INTEGER PRIMARY KEY, sent_at INTEGER NOT NULL, message_id TEXT NOT NULL, mail TEXT NOT NULL);
    PRAGMA user_version = 4`);
  const insert = file.prepare('INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  for (const item of items) {
    const { pk, sk, type, version, ttl = null, listPk = null, listSk = null } = item;
    insert.run(pk, sk, type, version, ttl, listPk, listSk, JSON.stringify(item));
  }
  // Stopped while it waited to be heard.
  const send = file.prepare('INSERT INTO messages (queue, due, failures, body) VALUES (?, 0, 0, ?)');
  for (const body of items.flatMap(routedIn)) for (const queue of ['sla', 'notify']) send.run(queue, body);
  file.close();
};
