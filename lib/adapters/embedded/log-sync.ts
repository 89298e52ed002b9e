// Syncs the write-ahead log beside the event loop, once for everybody who waits: SQLite would hold up the process for it.
import { type FileHandle, open } from 'node:fs/promises';

export interface LogSync {
  /** Resolves when all that was committed before this call is on the disk. */
  synced(): Promise<void>;
  close(): Promise<void>;
}

/** `path` is the database's, whose log is there already. In memory there is nothing to sync. */
export function createLogSync(path: string): LogSync {
  if (path === ':memory:') return { synced: async () => {}, close: async () => {} };
  const log = open(`${path}-wal`, 'r+');
  let running: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;

  async function sync(): Promise<void> {
    // A sync that failed is never tried again: the kernel may have dropped what it could not write, and would say yes.
    const file: FileHandle = await log;
    await file.datasync();
    running = undefined;
  }

  return {
    synced() {
      if (running === undefined) {
        running = sync();
        return running;
      }
      // What was committed after the running one began may not be in it.
      waiting ??= running.then(() => {
        waiting = undefined;
        running = sync();
        return running;
      });
      return waiting;
    },
    async close() {
      await (waiting ?? running)?.catch(() => undefined);
      await (await log).close();
    },
  };
}
