// The runtime in real time: it wakes at once, stops in order and goes on where it was.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { openEmbedded } from '../../../lib/adapters/embedded/open.ts';
import { createRuntime } from '../../../lib/adapters/embedded/runtime.ts';
import type { Consumer, Log, Message } from '../../../lib/ports.ts';

const log: Log = { info: () => {}, warn: () => {}, error: () => {} };

it('hands a message to its consumer, a change to the stream and a timer to its queue without polling', async () => {
  const embedded = openEmbedded({ path: ':memory:' });
  const { queues, table, timers } = embedded;
  const happened: Record<string, number> = {};
  const runtime = createRuntime({
    embedded,
    log,
    consumers: {
      prompt: async () => {
        happened.consumed = performance.now();
        const put = { pk: 'a', sk: 'a', type: 't', version: 1, outbox: '[]' };
        await table.write({ put, condition: { if: 'always' } });
        return { failed: [] };
      },
      timers: async () => {
        happened.fired = performance.now();
        return { failed: [] };
      },
    },
    onChanges: async () => {
      happened.published = performance.now();
      await timers.set({ name: 't', at: new Date(Date.now() + 300).toISOString(), body: '' });
    },
  });
  runtime.start();
  await wait(50);
  const sent = performance.now();
  await queues.queue('prompt').send(['x']);
  await vi.waitFor(() => expect(happened.fired).toBeDefined(), { timeout: 5_000, interval: 5 });
  // The budget from form to mail; it needs about 2 ms where the machine is idle.
  expect((happened.published ?? 0) - sent).toBeLessThan(250);
  expect((happened.fired ?? 0) - sent).toBeGreaterThan(295);
  expect((happened.fired ?? 0) - sent).toBeLessThan(1_000);
  await runtime.stop();
  await embedded.close();
});

it('finishes the batch at hand when stopped, and begins with the rest when started again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-'));
  const path = join(folder, 'muster.db');
  const done: string[] = [];
  let finish = () => {};
  const first: Consumer = async (messages) => {
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    done.push(...messages.map(({ body }) => body));
    return { failed: [] };
  };
  let embedded = openEmbedded({ path });
  let runtime = createRuntime({ embedded, log, consumers: { prompt: first }, batchSizes: { prompt: 1 } });
  runtime.start();
  await embedded.queues.queue('prompt').send(['1', '2']);
  await wait(20);
  const stopped = runtime.stop();
  finish();
  await stopped;
  await embedded.close();
  expect(done).toEqual(['1']);

  const second: Message[] = [];
  embedded = openEmbedded({ path });
  runtime = createRuntime({
    embedded,
    log,
    consumers: {
      prompt: async (messages) => {
        second.push(...messages);
        return { failed: [] };
      },
    },
  });
  runtime.start();
  await vi.waitFor(() => expect(second).toMatchObject([{ body: '2', attempt: 1 }]));
  await runtime.stop();
  await embedded.close();
  rmSync(folder, { recursive: true });
});

it('finishes the sweep at hand when stopped', async () => {
  const embedded = openEmbedded({ path: ':memory:' });
  const { table, database } = embedded;
  const written: number[] = [];
  const sweep = async (): Promise<void> => {
    for (let version = 1; version <= 20; version += 1) {
      const put = { pk: 'a', sk: 'a', type: 't', version, outbox: '[]' };
      await table.write({ put, condition: { if: 'always' } });
      written.push(version);
    }
  };
  const runtime = createRuntime({ embedded, log, consumers: {}, sweep });
  runtime.start();
  await vi.waitFor(() => expect(written.length).toBeGreaterThan(0), { interval: 1 });
  await runtime.stop();
  await embedded.close();
  expect(written).toHaveLength(20);
  await expect(database.write(() => undefined)).rejects.toThrow();
});

it('is driven by time or by hand, not both', async () => {
  const embedded = openEmbedded({ path: ':memory:' });
  const runtime = createRuntime({ embedded, log, consumers: {} });
  await expect(runtime.advanceTo(Date.now())).rejects.toThrow('virtual clock');
  runtime.start();
  await expect(runtime.settle()).rejects.toThrow('not started');
  await runtime.stop();
  await embedded.close();
});
