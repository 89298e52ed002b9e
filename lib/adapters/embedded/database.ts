// Opens the file and commits in groups: every write made in one turn of the event loop shares one transaction, which is
// what makes a write cost microseconds.
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync, type StatementSync } from 'node:sqlite';
import { ConflictError } from '../../ports.ts';
import { createLogSync } from './log-sync.ts';
import { schema, schemaVersion, upgrades } from './schema.ts';

/** What a write may wake: the stream's reader, whoever waits for a moment (timers, retries), or a queue by its name. */
export type Topic = string;

export interface Database {
  /** A prepared statement, kept for the next caller. */
  prepare(sql: string): StatementSync;
  /** Runs `apply` within the next commit and answers its value after it: from then on a killed process loses nothing
   * of it. `apply` is synchronous. It may throw ConflictError as long as it has changed nothing; any other error undoes
   * and rejects the whole group. */
  write<Value>(apply: () => Value, topic?: Topic): Promise<Value>;
  /** Called after each commit with the topics it touched. */
  onCommit(listener: (topics: ReadonlySet<Topic>) => void): void;
  /** Resolves when everything committed until now is on the disk itself: a power cut loses nothing of it either. To be
   * awaited before the world is told that something was taken; the steps need not, since the file keeps their order:
   * what a power cut takes back, it takes back from the end, and the queues' messages make it happen again. */
  synced(): Promise<void>;
  /** Resolves when everything written until now is committed or refused. */
  flushed(): Promise<void>;
  /** Copies everything committed until now into another file, while others go on. */
  copyTo(file: string): Promise<void>;
  /** Takes what was removed until now out of the files: it is overwritten where it stood, and the log still has what was written
   * before. Holds up everybody for as long as a checkpoint takes: some 100 ms at most. */
  shred(): Promise<void>;
  close(): Promise<void>;
}

interface Pending {
  apply: () => unknown;
  topic: Topic | undefined;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  value?: unknown;
  conflict?: ConflictError;
}

export interface DatabaseOptions {
  /** A file's path, made with its folder when missing, or `:memory:`. */
  path: string;
}

/** Throws with code `database-in-use` when another process has the file, `database-newer` or
 * `database-older` when another version of Muster wrote it. */
export function openDatabase({ path }: DatabaseOptions): Database {
  const sqlite = openSqlite(path);
  sqlite.exec(schema);

  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = sqlite.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  const begin = prepare('BEGIN IMMEDIATE');
  const commit = prepare('COMMIT');

  const logSync = createLogSync(path);
  const listeners: ((topics: ReadonlySet<Topic>) => void)[] = [];
  let pending: Pending[] = [];

  function flush(): void {
    const group = pending;
    pending = [];
    const topics = new Set<Topic>();
    try {
      begin.run();
      for (const write of group) {
        try {
          write.value = write.apply();
          if (write.topic !== undefined) topics.add(write.topic);
        } catch (error) {
          if (!(error instanceof ConflictError)) throw error;
          write.conflict = error;
        }
      }
      commit.run();
    } catch (error) {
      // Written to after it was closed, it rejects like any other.
      if (sqlite.isOpen && sqlite.isTransaction) sqlite.exec('ROLLBACK');
      for (const write of group) write.reject(error);
      return;
    }
    for (const write of group) {
      if (write.conflict === undefined) write.resolve(write.value);
      else write.reject(write.conflict);
    }
    for (const listener of listeners) listener(topics);
  }

  function write<Value>(apply: () => Value, topic?: Topic): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      pending.push({ apply, topic, resolve: resolve as (value: unknown) => void, reject });
      if (pending.length === 1) setImmediate(flush);
    });
  }

  return {
    prepare,
    write,
    synced: logSync.synced,
    onCommit: (listener) => listeners.push(listener),
    copyTo: async (file) => {
      await backup(sqlite, file);
    },
    async shred() {
      if (pending.length > 0) await write(() => undefined);
      sqlite.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
    flushed: async () => {
      if (pending.length > 0) await write(() => undefined);
    },
    async close() {
      if (pending.length > 0) await write(() => undefined);
      await logSync.close();
      sqlite.close();
    },
  };
}

/** Makes a file of an earlier version one of this, all or nothing; false where there is no way. */
function upgrade(sqlite: DatabaseSync, found: number): boolean {
  const ways = Array.from({ length: schemaVersion - found }, (_, way) => upgrades[found + way]);
  if (ways.includes(undefined)) return false;
  sqlite.exec(`BEGIN; ${ways.join('; ')}; PRAGMA user_version = ${schemaVersion}; COMMIT;`);
  // Earlier releases left in free pages what they removed.
  if (found < 7) sqlite.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
  return true;
}

function openSqlite(path: string): DatabaseSync {
  if (path !== ':memory:') {
    mkdirSync(dirname(path), { recursive: true });
    // The file holds personal data; SQLite gives its journal the same mode. One that is there is not opened here:
    // closing it would let go of the locks another connection of this process has on it.
    if (!existsSync(path)) closeSync(openSync(path, 'wx', 0o600));
  }
  const sqlite = new DatabaseSync(path, { timeout: 0 });
  try {
    // EXCLUSIVE: one process owns the file for as long as it lives, and needs no shared memory.
    // NORMAL: a commit waits for no disk, and the file is never damaged; what must survive a power cut awaits `synced`.
    // With FULL every commit holds up the whole process for a sync, 0.1 ms on an idle disk and 7 on a busy one: 1,700
    // forms a second carried through against 3,100, and 40 ms from form to mail against 1.4.
    // Checkpoints every 40 MB instead of 4: half the time in commits.
    // secure_delete: what is removed is overwritten, and stays in no free page; 1 to 5 in a hundred of the time in SQLite.
    sqlite.exec(`
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA wal_autocheckpoint = 10000;
      PRAGMA cache_size = -65536;
      PRAGMA temp_store = MEMORY;
      PRAGMA secure_delete = ON;
      BEGIN IMMEDIATE; COMMIT;
    `);
    const found = sqlite.prepare('PRAGMA user_version').get()?.user_version;
    if (typeof found === 'number' && found > schemaVersion) {
      throw Object.assign(new Error(`${path} was written by a later version of Muster (schema ${found})`), {
        code: 'database-newer',
      });
    }
    if (typeof found === 'number' && found > 0 && found < schemaVersion && !upgrade(sqlite, found)) {
      throw Object.assign(
        new Error(`${path} was written by an earlier version of Muster (schema ${found}): begin anew with --fresh`),
        { code: 'database-older' },
      );
    }
    return sqlite;
  } catch (error) {
    sqlite.close();
    const busy = 5;
    if (error instanceof Error && 'errcode' in error && error.errcode === busy) {
      throw Object.assign(new Error(`${path} is in use by another Muster process: stop it, or give another file`), {
        code: 'database-in-use',
      });
    }
    throw error;
  }
}
