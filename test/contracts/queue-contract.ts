// What every Queue must do: what was sent is there, all of it, unchanged, and says whose work it was.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Queue } from '../../lib/ports.ts';
import { within } from '../../lib/trace.ts';

interface Sent {
  body: string;
  traceId?: string | undefined;
}
export interface OpenQueue {
  queue: Queue;
  /** Takes everything out of the queue. */
  drain(): Promise<Sent[]>;
  close(): Promise<void>;
}

export function queueContract(name: string, open: () => Promise<OpenQueue>): void {
  describe(`Queue: ${name}`, () => {
    let opened: OpenQueue;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());

    const bodies = (count: number, text = '') => Array.from({ length: count }, (_, n) => `${n} ${text}`);
    it.each([
      ['none', []],
      ['one', bodies(1)],
      ['ten', bodies(10)],
      ['a hundred', bodies(100)],
      ['twelve of 60 KB', bodies(12, 'x'.repeat(60_000))],
      ['texts of all sorts', ['{"json":"ä 日 👩‍🚀"}', 'a"b\\c\nd', ' ']],
    ])('keeps %s', async (_, sent) => {
      await opened.queue.send(sent);
      expect((await opened.drain()).map(({ body }) => body).toSorted()).toEqual(sent.toSorted());
    });

    it.each([1, 12])('sends %i within a trace, and the next without one', async (count) => {
      const traceId = '1-67d2f0aa-00112233445566778899aabb';
      await within(traceId, () => opened.queue.send(bodies(count)));
      expect((await opened.drain()).map((sent) => sent.traceId)).toEqual(Array(count).fill(traceId));
      await opened.queue.send(['of nobody']);
      expect((await opened.drain()).map((sent) => sent.traceId)).toEqual([undefined]);
    });

    it('refuses a message of more than 256 KB', async () => {
      await expect(opened.queue.send(['small', 'x'.repeat(300_000)])).rejects.toMatchObject({ retryable: false });
    });
  });
}
