// The Backups port of the embedded edition: a copy of the database as it is at one moment, taken while everything runs.
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Backups } from '../../mending.ts';
import type { Database } from './database.ts';

/** In a folder beside the database's own file. */
export const createBackups = (database: Database, folder: string): Backups => ({
  async create(name) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, `${name}.db`);
    // As the database's own: it holds personal data.
    closeSync(openSync(file, 'wx', 0o600));
    await database.copyTo(file);
    return file;
  },
});
