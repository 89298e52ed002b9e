// Who waits for a sync gets one that began after what he wrote, and many who wait share it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLogSync, type LogSync } from '../../../lib/adapters/embedded/log-sync.ts';

let folder: string;
let logSync: LogSync;
/** Each sync begun and not ended, oldest first. */
let syncs: { end(): void; fail(): void }[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-'));
  writeFileSync(join(folder, 'muster.db-wal'), '');
  const handle = await open(join(folder, 'muster.db-wal'));
  syncs = [];
  vi.spyOn(Object.getPrototypeOf(handle), 'datasync').mockImplementation(
    () => new Promise<void>((end, fail) => syncs.push({ end, fail: () => fail(new Error('EIO')) })),
  );
  await handle.close();
  logSync = createLogSync(join(folder, 'muster.db'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await logSync.close();
  rmSync(folder, { recursive: true });
});

it('begins another sync for those who came while one was running, and one for all of them', async () => {
  const ended: string[] = [];
  const wait = (name: string) => logSync.synced().then(() => ended.push(name));
  const all = [wait('first')];
  await vi.waitFor(() => expect(syncs).toHaveLength(1));
  all.push(wait('second'), wait('third'));
  syncs[0]?.end();
  await vi.waitFor(() => expect(syncs).toHaveLength(2));
  expect(ended).toEqual(['first']);
  syncs[1]?.end();
  await Promise.all(all);
  expect(ended).toEqual(['first', 'second', 'third']);
});

it('never says that a sync succeeded after one has failed', async () => {
  const first = logSync.synced();
  await vi.waitFor(() => expect(syncs).toHaveLength(1));
  syncs[0]?.fail();
  await expect(first).rejects.toThrow('EIO');
  await expect(logSync.synced()).rejects.toThrow('EIO');
  await expect(logSync.synced()).rejects.toThrow('EIO');
  expect(syncs).toHaveLength(1);
});

it('has nothing to sync in memory', async () => {
  const inMemory = createLogSync(':memory:');
  await inMemory.synced();
  await inMemory.close();
  expect(syncs).toEqual([]);
});
