// The file: what it keeps when the process is killed, when the disk is full, and when somebody else has it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../lib/adapters/embedded/open.ts';
import type { Write } from '../../../lib/ports.ts';
import { within } from '../../../lib/trace.ts';

const put = (pk: string, text = ''): Write => ({
  put: { pk, sk: 'a', type: 'thing', version: 1, text },
  condition: { if: 'absent' },
});

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-'));
  path = join(folder, 'state', 'muster.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the embedded file', () => {
  it('of the version before this opens as it is, with its messages', async () => {
    const { queues, close } = openEmbedded({ path });
    await queues.queue('prompt').send(['kept']);
    await close();
    const before = new DatabaseSync(path);
    before.exec(`ALTER TABLE messages DROP COLUMN trace; ALTER TABLE dead_letters DROP COLUMN trace;
      ALTER TABLE messages DROP COLUMN sent_at;
      PRAGMA user_version = 5`);
    before.close();

    const opened = openEmbedded({ path });
    expect(opened.queues.receive('prompt', 10)).toEqual([{ id: '1', body: 'kept', attempt: 1 }]);
    await within('1-691ee0d0-aaaaaaaaaaaaaaaaaaaaaaaa', () => opened.queues.queue('hits').send(['new']));
    expect(opened.queues.receive('hits', 10)).toMatchObject([{ traceId: '1-691ee0d0-aaaaaaaaaaaaaaaaaaaaaaaa' }]);
    await opened.close();
  });

  it('keeps all that was answered when the process is killed with -9', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'endless-writer.ts'), path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const answered: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      answered.push(line);
      if (answered.length === 500) child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');

    const { table, queues, close } = openEmbedded({ path });
    const messages = new Set(queues.receive('prompt', 1_000_000).map(({ body }) => body));
    for (const id of answered) {
      expect(await table.get({ pk: id, sk: 'a' })).toBeDefined();
      expect(messages).toContain(id);
    }
    await close();
  });

  it('belongs to one process, whose second is told so', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'endless-writer.ts'), path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    expect(() => openEmbedded({ path })).toThrow(
      expect.objectContaining({ code: 'database-in-use', message: expect.stringContaining(path) }),
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { close } = openEmbedded({ path });
    expect(() => openEmbedded({ path })).toThrow(expect.objectContaining({ code: 'database-in-use' }));
    await close();
  });

  it('is made with its folder, for its owner alone', async () => {
    const { close } = openEmbedded({ path });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(`${path}-wal`).mode & 0o777).toBe(0o600);
    await close();
  });

  it('refuses a file that a later version wrote', async () => {
    const { database, close } = openEmbedded({ path });
    database.prepare('PRAGMA user_version = 99').get();
    await close();
    expect(() => openEmbedded({ path })).toThrow(expect.objectContaining({ code: 'database-newer' }));
  });

  it('refuses a file that an earlier version wrote, and says how to go on', async () => {
    const { database, close } = openEmbedded({ path });
    database.prepare('PRAGMA user_version = 1').get();
    await close();
    const refusal = { code: 'database-older', message: expect.stringContaining('--fresh') };
    expect(() => openEmbedded({ path })).toThrow(expect.objectContaining(refusal));
  });

  it('tells every writer of a group when the disk is full, and goes on when there is room', async () => {
    const { database, table, close } = openEmbedded({ path });
    const pages = Number(database.prepare('PRAGMA page_count').get()?.page_count);
    database.prepare(`PRAGMA max_page_count = ${pages + 20}`).get();
    const big = Promise.allSettled([table.write(put('a')), table.write(put('b', 'x'.repeat(300_000)))]);
    expect((await big).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await table.get({ pk: 'a', sk: 'a' })).toBeUndefined();

    database.prepare(`PRAGMA max_page_count = ${pages + 1_000}`).get();
    await Promise.all([table.write(put('a')), table.write(put('b', 'x'.repeat(300_000)))]);
    expect(await table.get({ pk: 'b', sk: 'a' })).toBeDefined();
    await close();
  });

  it('gives the writers of one group each their own answer', async () => {
    const { table, close } = openEmbedded({ path });
    const answers = await Promise.allSettled([table.write(put('a')), table.write(put('a')), table.write(put('b'))]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await close();
  });
});
