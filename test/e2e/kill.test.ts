// The process is killed in the middle of posting: what it answered 202 is there after the next start.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from 'vitest';
import { start } from '../../cli/start.ts';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import type { Log, Table } from '../../lib/ports.ts';
import { allOf } from '../../lib/table/items.ts';
import { leadKey } from '../../lib/table/keys.ts';
import { linesOf } from '../../lib/table/trail.ts';
import { playbookFile } from './edition.ts';
import { eventually } from './eventually.ts';
import { buyer, postForm } from './post.ts';

const root = join(import.meta.dirname, '..', '..');
const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0).toReversed()) end();
});

/** `muster start` as a process of its own; resolves to its API's address once it is ready. */
const spawnStart = async (data: string): Promise<{ child: ChildProcess; apiUrl: string }> => {
  const options = ['--data', data, '--playbook', playbookFile];
  const child = spawn(process.execPath, ['cli/muster.ts', 'start', ...options], {
    ...{ cwd: root, stdio: ['ignore', 'pipe', 'ignore'] as const },
  });
  ends.push(() => child.kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stdout! })) {
    const apiUrl = /^API\s+(\S+)/.exec(line)?.[1];
    if (apiUrl !== undefined) return { child, apiUrl };
  }
  throw new Error('it ended before it was ready');
};

const personOf = (number: number) => ({ ...buyer('killed-works'), email: `person${number}@killed-works.example` });

/** Posts until the server is gone; answers the touch id by person of every form that was accepted. */
const postUntilGone = async (apiUrl: string, onAccepted: (count: number) => void): Promise<Map<number, string>> => {
  const accepted = new Map<number, string>();
  let next = 0;
  const work = async (): Promise<void> => {
    for (;;) {
      const number = next++;
      const response = await postForm({ apiUrl }, 'demo-request', personOf(number)).catch(() => undefined);
      // An answer that did not come through to its end promises nothing.
      const body = await response?.json().catch(() => undefined);
      if (response === undefined || body === undefined) return;
      expect(response.status).toBe(202);
      accepted.set(number, (body as { touchId: string }).touchId);
      onAccepted(accepted.size);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return accepted;
};

const isApplied = async (table: Table, number: number, touchId: string): Promise<boolean> => {
  const items = await table.query(leadKey(leadIdOfEmail(personOf(number).email)).pk);
  const lines = allOf('trail', items).flatMap((item) => linesOf(item));
  const counted = allOf('lead', items).flatMap(({ own }) => own.facts.days['*']?.map(([, count]) => count) ?? []);
  return lines.length === 1 && lines[0]!.id === touchId && counted.length === 1 && counted[0] === 1;
};

it('applies every form it answered 202, killed at once and started again', { timeout: 60_000 }, async () => {
  const data = mkdtempSync(join(tmpdir(), 'muster-kill-'));
  ends.push(() => rmSync(data, { recursive: true, force: true }));
  const { child, apiUrl } = await spawnStart(data);
  const ended = once(child, 'exit');
  const accepted = await postUntilGone(apiUrl, (count) => {
    if (count === 200) child.kill('SIGKILL');
  });
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(accepted.size).toBeGreaterThanOrEqual(200);

  const { muster, stop } = await start({ data, log: silent, playbook: playbookFile });
  try {
    const { table } = muster.embedded;
    const missing = new Map(accepted);
    await eventually({ what: `${accepted.size} forms applied`, withinMs: 20_000 }, async () => {
      for (const [number, touchId] of missing) if (await isApplied(table, number, touchId)) missing.delete(number);
      return missing.size === 0 ? true : undefined;
    });
  } finally {
    await stop();
  }
});
