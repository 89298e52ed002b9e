// The runtime in virtual time: what fails comes again, what is due fires in order, and nothing is dropped.

import { describe, expect, it, vi } from 'vitest';
import { leadChangedV1Sample } from '../../../events/lead-changed.v1.ts';
import { createVirtualClock } from '../../../lib/adapters/embedded/clock.ts';
import { openEmbedded } from '../../../lib/adapters/embedded/open.ts';
import { createRuntime, type RuntimeOptions } from '../../../lib/adapters/embedded/runtime.ts';
import { ConflictError, type Consumer, type Item, type Log, type Message } from '../../../lib/ports.ts';
import { redriven } from '../../simulation/redrive.ts';

const start = Date.parse('2026-11-20T09:30:00.000Z');
const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() } satisfies Log;
const minute = 60_000;
const thing = (pk: string, version = 1): Item => ({
  pk,
  sk: 'a',
  type: 'thing',
  version,
  outbox: `["${pk}${version}"]`,
});

function open(options: Partial<RuntimeOptions> = {}) {
  const clock = createVirtualClock(start);
  const embedded = openEmbedded({ path: ':memory:', clock });
  const runtime = createRuntime({ embedded, consumers: {}, log, ...options });
  const put = (item: Item) => embedded.table.write({ put: item, condition: { if: 'always' } });
  return { ...embedded, clock, runtime, put, prompt: embedded.queues.queue('prompt') };
}

describe('a queue', () => {
  it('gives its consumer the messages in order, up to a batch at once', async () => {
    const batches: string[][] = [];
    const consumer: Consumer = async (messages) => {
      batches.push(messages.map(({ body }) => body));
      return { failed: [] };
    };
    const { runtime, prompt, queues } = open({ consumers: { prompt: consumer }, batchSizes: { prompt: 2 } });
    await prompt.send(['1', '2', '3', '4', '5']);
    await runtime.settle();
    expect(batches).toEqual([['1', '2'], ['3', '4'], ['5']]);
    expect(queues.depth('prompt')).toEqual({ waiting: 0, dead: 0 });
  });

  it('delivers again what failed, later each time, and rests it with the dead letters after five deliveries', async () => {
    const seen: [string, number, number][] = [];
    const consumer: Consumer = async (messages) => {
      for (const { body, attempt } of messages) seen.push([body, attempt, clock.now() - start]);
      return { failed: messages.filter(({ body }) => body === 'poison').map(({ id }) => id) };
    };
    const { runtime, prompt, queues, clock } = open({ consumers: { prompt: consumer } });
    await prompt.send(['good', 'poison']);
    await runtime.advanceTo(start + 10 * minute);
    expect(seen).toEqual([
      ['good', 1, 0],
      ['poison', 1, 0],
      ['poison', 2, 500],
      ['poison', 3, 2_500],
      ['poison', 4, 10_500],
      ['poison', 5, 42_500],
    ]);
    expect(queues.depth('prompt')).toEqual({ waiting: 0, dead: 1 });
    expect(queues.deadLetters('prompt')).toMatchObject([{ body: 'poison', diedAt: start + 42_500 }]);
    expect(clock.now()).toBe(start + 10 * minute);
  });

  it('counts a consumer that throws as having failed all, and logs no message of its error', async () => {
    let broken = true;
    const seen: Message[] = [];
    const consumer: Consumer = async (messages) => {
      if (broken) throw new TypeError('buyer@acme.example is no number');
      seen.push(...messages);
      return { failed: [] };
    };
    log.error.mockClear();
    const { runtime, prompt, queues } = open({ consumers: { prompt: consumer } });
    await prompt.send(['1', '2']);
    await runtime.settle();
    expect(queues.depth('prompt').waiting).toBe(2);
    expect(log.error).toHaveBeenCalledWith('a consumer failed', expect.objectContaining({ error: 'TypeError' }));
    expect(JSON.stringify(log.error.mock.calls)).not.toContain('acme');
    broken = false;
    await runtime.advanceTo(start + minute);
    expect(seen.map(({ body, attempt }) => [body, attempt])).toEqual([
      ['1', 2],
      ['2', 2],
    ]);
  });

  it('is redriven from its dead letters as if for the first time', async () => {
    let broken = true;
    const consumer: Consumer = async (messages) => ({ failed: broken ? messages.map(({ id }) => id) : [] });
    const { runtime, prompt, queues, deadLetters } = open({ consumers: { prompt: consumer } });
    await prompt.send(['1', '2']);
    await runtime.advanceTo(start + minute);
    expect(queues.depth('prompt')).toEqual({ waiting: 0, dead: 2 });
    broken = false;
    expect(await redriven({ deadLetters }, 'prompt')).toBe(2);
    await runtime.settle();
    expect(queues.depth('prompt')).toEqual({ waiting: 0, dead: 0 });
  });
});

describe('the stream', () => {
  it('tells of every change in order, and follows what comes of it to the end', async () => {
    const published: string[] = [];
    const assessed: string[] = [];
    const { runtime, put, prompt, bus } = open({
      consumers: {
        prompt: async (messages) => {
          await Promise.all(messages.map(({ body }) => put(thing(body))));
          return { failed: [] };
        },
        assess: async (messages) => {
          assessed.push(...messages.map(({ body }) => JSON.parse(body).leadId));
          return { failed: [] };
        },
      },
      onChanges: async (changes) => {
        published.push(...changes);
        await bus.publish(changes.map((outbox) => ({ ...leadChangedV1Sample, leadId: JSON.parse(outbox)[0] })));
      },
    });
    await put(thing('c'));
    await put(thing('c', 2));
    await put({ pk: 'silent', sk: 'a', type: 'thing', version: 1 });
    await prompt.send(['a', 'b']);
    await runtime.settle();
    expect(published).toEqual(['["c1"]', '["c2"]', '["a1"]', '["b1"]']);
    expect(assessed).toEqual(['c1', 'c2', 'a1', 'b1']);
  });

  it('stays where it is until publishing succeeds', async () => {
    const published: string[][] = [];
    const { runtime, put, changes } = open({
      onChanges: async (read) => {
        published.push(read.map((outbox) => JSON.parse(outbox)[0]));
        if (published.length < 3) throw new Error('the bus is away');
      },
    });
    await put(thing('a'));
    await runtime.settle();
    expect(changes.isEmpty()).toBe(false);
    await put(thing('b'));
    await runtime.advanceTo(start + minute);
    expect(published).toEqual([['a1'], ['a1', 'b1'], ['a1', 'b1']]);
    expect(changes.isEmpty()).toBe(true);
  });

  it('tells only of writes that bring something about, never of one that did not happen, nor of a deletion', async () => {
    const published: string[] = [];
    const { runtime, put, table } = open({
      onChanges: async (read) => {
        published.push(...read);
      },
    });
    await put(thing('a'));
    await put({ pk: 'b', sk: 'a', type: 'thing', version: 1 });
    const again = table.write({ put: thing('a', 7), condition: { if: 'absent' } });
    await expect(again).rejects.toThrow(ConflictError);
    const together = table.transact([
      { put: thing('c'), condition: { if: 'absent' } },
      { put: thing('b', 2), condition: { if: 'absent' } },
    ]);
    await expect(together).rejects.toThrow(ConflictError);
    await table.write({ remove: { pk: 'a', sk: 'a' }, condition: { if: 'always' } });
    await runtime.settle();
    expect(published).toEqual(['["a1"]']);
  });
});

describe('time', () => {
  it('fires timers in their order, each at its moment, also those that timers set', async () => {
    const fired: [string, number][] = [];
    const at = (minutes: number) => new Date(start + minutes * minute).toISOString();
    const { runtime, timers, clock } = open({
      consumers: {
        timers: async (messages) => {
          for (const { body } of messages) {
            fired.push([body, (clock.now() - start) / minute]);
            if (body === 'reminder') await timers.set({ name: 'breach', at: at(45), body: 'breach' });
          }
          return { failed: [] };
        },
      },
    });
    await timers.set({ name: 'z', at: at(60), body: 'last' });
    await timers.set({ name: 'a', at: at(30), body: 'reminder' });
    await timers.set({ name: 'never', at: at(61), body: 'never' });
    await runtime.advanceTo(start + 60 * minute);
    expect(fired).toEqual([
      ['reminder', 30],
      ['breach', 45],
      ['last', 60],
    ]);
  });

  it('sweeps every five minutes, and goes on when a sweep fails', async () => {
    let sweeps = 0;
    const { runtime, clock } = open({
      sweep: async () => {
        sweeps += 1;
        throw new Error('broken');
      },
    });
    await runtime.advanceTo(start + 60 * minute);
    expect(sweeps).toBe(12);
    expect(clock.now()).toBe(start + 60 * minute);
  });

  it('deletes what has expired with the sweep', async () => {
    const { runtime, put, database } = open({ sweep: async () => {} });
    await put({ ...thing('a'), ttl: start / 1000 + 60 });
    await put({ ...thing('b'), ttl: start / 1000 + 86_400 });
    await runtime.advanceTo(start + 10 * minute);
    expect(database.prepare('SELECT pk FROM items').all()).toEqual([{ pk: 'b' }]);
  });
});
