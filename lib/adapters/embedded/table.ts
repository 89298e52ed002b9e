// The Table port on SQLite. A condition is part of the statement it guards, so a write is one call into SQLite.
import { NoSuchPageError, type Scan } from '../../mending.ts';
import { type Clock, type Condition, ConflictError, type Item, type Key, type Table, type Write } from '../../ports.ts';
import { maxItemBytes, maxItemsAtOnce, RefusedError, refuseBadTransaction } from '../limits.ts';
import type { Database } from './database.ts';

/** Topic of every change to an item: wakes the stream's reader. */
export const changesTopic = 'changes';

const columns = 'pk, sk, type, version, ttl, list_pk, list_sk, data';
const set = `type = excluded.type, version = excluded.version, ttl = excluded.ttl,
  list_pk = excluded.list_pk, list_sk = excluded.list_sk, data = excluded.data`;
const upsert = `INSERT INTO items (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (pk, sk) DO UPDATE SET ${set}`;
const live = '(ttl IS NULL OR ttl >= ?)';

interface Row {
  data: string;
}
interface Guarded {
  version: number;
  ttl: number | null;
}

export function createTable(database: Database, clock: Clock): Table & Scan {
  const putAlways = database.prepare(upsert);
  const putAbsent = database.prepare(`${upsert} WHERE items.ttl < ?`);
  const putNewer = database.prepare(`${upsert} WHERE items.ttl < ? OR json_extract(items.data, ?) < ?`);
  const putVersion = database.prepare(`UPDATE items SET type = ?, version = ?, ttl = ?, list_pk = ?, list_sk = ?,
    data = ? WHERE pk = ? AND sk = ? AND version = ?`);
  const remove = database.prepare('DELETE FROM items WHERE pk = ? AND sk = ?');
  const guarded = database.prepare('SELECT version, ttl FROM items WHERE pk = ? AND sk = ?');
  const get = database.prepare(`SELECT data FROM items WHERE pk = ? AND sk = ? AND ${live}`);
  const partition = database.prepare(`SELECT data FROM items WHERE pk = ? AND ${live} ORDER BY sk LIMIT ?`);
  const prefixed = database.prepare(
    `SELECT data FROM items WHERE pk = ? AND sk >= ? AND sk < ? AND ${live} ORDER BY sk LIMIT ?`,
  );
  const counted = database.prepare(
    `SELECT count(*) AS found FROM (SELECT 1 FROM items WHERE list_pk = ? AND ${live} LIMIT ?)`,
  );
  const scanned = database.prepare(
    `SELECT rowid AS place, data FROM items WHERE rowid > ? AND ${live} ORDER BY rowid LIMIT ?`,
  );
  const paged = database.prepare(`SELECT data FROM items WHERE pk = ? AND sk > ? AND ${live} ORDER BY sk LIMIT ?`);
  const saveOutbox = database.prepare('INSERT INTO changes (outbox) VALUES (?)');
  const savepoint = database.prepare('SAVEPOINT transact');
  const release = database.prepare('RELEASE transact');
  const rollback = database.prepare('ROLLBACK TO transact');
  const seconds = () => clock.now() / 1000;

  /** Makes the write ready outside the commit: the item is serialised as it is now, whatever its owner does to it later.
   * Answers a function that applies it, or answers false and changes nothing. */
  function prepareWrite(write: Write): () => boolean {
    if ('put' in write) return preparePut(write.put, write.condition);
    const { pk, sk } = 'remove' in write ? write.remove : write.check;
    const { condition } = write;
    if (condition.if === 'newer') throw new RefusedError('`newer` compares with a new item: only a put has one');
    if ('check' in write) return () => holds(condition, guarded.get(pk, sk) as Guarded | undefined);
    return () => {
      const stored = guarded.get(pk, sk) as Guarded | undefined;
      // Removing what is gone already, or has expired, is done.
      if (stored === undefined || (condition.if === 'version' && expired(stored))) return true;
      if (!holds(condition, stored)) return false;
      remove.run(pk, sk);
      return true;
    };
  }

  function preparePut(item: Item, condition: Condition): () => boolean {
    const data = JSON.stringify(item);
    if (data.length * 3 > maxItemBytes && Buffer.byteLength(data) > maxItemBytes) {
      throw new RefusedError(`an item has at most ${maxItemBytes} bytes`);
    }
    const put = preparedPut(item, data, condition);
    const { outbox } = item;
    if (outbox === undefined) return put;
    return () => {
      if (!put()) return false;
      saveOutbox.run(outbox);
      return true;
    };
  }

  function preparedPut(item: Item, data: string, condition: Condition): () => boolean {
    const { pk, sk, type, version, ttl = null, listPk = null, listSk = null } = item;
    switch (condition.if) {
      case 'always':
        return () => putAlways.run(pk, sk, type, version, ttl, listPk, listSk, data).changes === 1;
      case 'absent':
        return () => putAbsent.run(pk, sk, type, version, ttl, listPk, listSk, data, seconds()).changes === 1;
      case 'version':
        return () => putVersion.run(type, version, ttl, listPk, listSk, data, pk, sk, condition.is).changes === 1;
      case 'newer': {
        const { path, value } = comparable(item, condition.attribute);
        return () =>
          putNewer.run(pk, sk, type, version, ttl, listPk, listSk, data, seconds(), path, value).changes === 1;
      }
    }
  }

  const expired = (stored: Guarded) => stored.ttl !== null && stored.ttl < seconds();

  function holds(condition: Condition, stored: Guarded | undefined): boolean {
    if (condition.if === 'version') return stored?.version === condition.is;
    if (condition.if === 'absent') return stored === undefined || expired(stored);
    return true;
  }

  return {
    async get({ pk, sk }) {
      return item(get.get(pk, sk, seconds()));
    },

    async getMany(keys) {
      if (keys.length > maxItemsAtOnce) throw new RefusedError(`at most ${maxItemsAtOnce} keys at once`);
      return distinct(keys).flatMap(({ pk, sk }) => item(get.get(pk, sk, seconds())) ?? []);
    },

    async query(pk, prefix = '', limit = -1) {
      const rows =
        prefix === ''
          ? partition.all(pk, seconds(), limit)
          : prefixed.all(pk, prefix, `${prefix}\u{10ffff}`, seconds(), limit);
      return items(rows);
    },

    async list(listPk, { after, upTo, limit = -1, newestFirst = false } = {}) {
      const within = `${after === undefined ? '' : 'AND list_sk > ?'} ${upTo === undefined ? '' : 'AND list_sk <= ?'}`;
      const sql = `SELECT data FROM items WHERE list_pk = ? ${within} AND ${live}
        ORDER BY list_sk ${newestFirst ? 'DESC' : 'ASC'} LIMIT ?`;
      const bounds = [after, upTo].filter((bound) => bound !== undefined);
      return items(database.prepare(sql).all(listPk, ...bounds, seconds(), limit));
    },

    async count(listPk, atMost) {
      return (counted.get(listPk, seconds(), atMost) as { found: number }).found;
    },

    async scan(cursor = '0', limit) {
      if (!/^\d{1,15}$/.test(cursor)) throw new NoSuchPageError('there is no page at that cursor');
      const rows = scanned.all(Number(cursor), seconds(), limit) as unknown as (Row & { place: number })[];
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { items: items(rows), ...(last && { next: String(last.place) }) };
    },

    async page(pk, after, limit) {
      return items(paged.all(pk, after, seconds(), limit));
    },

    async write(write) {
      if ('check' in write) throw new RefusedError('a check stands only within a transaction');
      const apply = prepareWrite(write);
      await database.write(() => {
        if (!apply()) throw new ConflictError('the condition did not hold');
      }, changesTopic);
    },

    async transact(writes) {
      refuseBadTransaction(writes);
      const all = writes.map(prepareWrite);
      await database.write(() => {
        savepoint.run();
        const done = all.every((apply) => apply());
        if (!done) rollback.run();
        release.run();
        if (!done) throw new ConflictError('a condition of the transaction did not hold');
      }, changesTopic);
    },
  };
}

function comparable(item: Item, attribute: string): { path: string; value: string | number } {
  const value = item[attribute];
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new RefusedError(`\`newer\` compares texts or numbers, and ${attribute} is neither`);
  }
  return { path: `$."${attribute}"`, value };
}

function distinct(keys: readonly Key[]): Key[] {
  return [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, key])).values()];
}

// Written by this file from an Item: parsed again as one without a second schema.
const item = (row: unknown): Item | undefined => (row === undefined ? undefined : JSON.parse((row as Row).data));
const items = (rows: unknown[]): Item[] => rows.map((row) => JSON.parse((row as Row).data));
