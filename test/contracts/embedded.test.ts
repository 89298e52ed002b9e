// The embedded adapters, in memory and on a file, against every port's contract.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVirtualClock } from '../../lib/adapters/embedded/clock.ts';
import { type EmbeddedOptions, openEmbedded } from '../../lib/adapters/embedded/open.ts';
import type { QueueName } from '../../lib/ports.ts';
import { busContract } from './bus-contract.ts';
import { deadLettersContract, type OpenDeadLetters } from './dead-letters-contract.ts';
import { mailerContract } from './mailer-contract.ts';
import { queueContract } from './queue-contract.ts';
import { scanContract } from './scan-contract.ts';
import { secretsContract } from './secrets-contract.ts';
import { tableContract } from './table-contract.ts';
import { timersContract } from './timers-contract.ts';

function open(where: 'memory' | 'file', options: Partial<EmbeddedOptions> = {}) {
  const folder = where === 'file' ? mkdtempSync(join(tmpdir(), 'muster-')) : undefined;
  const embedded = openEmbedded({ path: folder ? join(folder, 'muster.db') : ':memory:', ...options });
  const take = async (name: QueueName) => {
    const messages = embedded.queues.receive(name, 1_000);
    await embedded.queues.done(messages.map(({ id }) => id));
    return messages.map(({ body }) => body);
  };
  const close = async () => {
    await embedded.close();
    if (folder) rmSync(folder, { recursive: true });
  };
  return { ...embedded, take, close };
}

for (const where of ['memory', 'file'] as const) {
  const name = `embedded, ${where}`;
  tableContract(name, async () => open(where));

  queueContract(name, async () => {
    const { queues, close } = open(where);
    const drain = async () => {
      const messages = queues.receive('prompt', 1_000);
      await queues.done(messages.map(({ id }) => id));
      return messages;
    };
    return { queue: queues.queue('prompt'), drain, close };
  });

  scanContract(name, async () => open(where));

  deadLettersContract(name, async (): Promise<OpenDeadLetters> => {
    const clock = createVirtualClock(Date.parse('2026-11-20T09:30:00.000Z'));
    const { queues, deadLetters, take, close } = open(where, { clock });
    return {
      deadLetters,
      bury: async (bodies) => {
        await queues.queue('prompt').send(bodies);
        for (let delivery = 0; delivery < 5; delivery += 1) {
          await queues.failed(queues.receive('prompt', 100).map(({ id }) => id));
          clock.advanceTo(clock.now() + 60_000);
        }
      },
      afterBurial: () => new Date(clock.now() + 1).toISOString(),
      drain: () => take('prompt'),
      close,
    };
  });

  busContract(name, async () => {
    const { bus, take, close } = open(where);
    return { bus, heard: async (subscriber) => (await take(subscriber)).map((body) => JSON.parse(body)), close };
  });

  timersContract(name, async () => {
    const clock = createVirtualClock(Date.parse('2026-11-20T09:30:00.000Z'));
    const { timers, take, close } = open(where, { clock });
    return {
      timers,
      clock,
      passUntil: async (time) => clock.advanceTo(time),
      fired: async () => {
        await timers.fire();
        return take('timers');
      },
      close,
    };
  });

  mailerContract(name, async () => {
    const { mailer, close } = open(where);
    return { mailer, sent: async () => mailer.outbox(), close };
  });

  secretsContract(name, async (secrets) => open(where, { secrets }));
}
