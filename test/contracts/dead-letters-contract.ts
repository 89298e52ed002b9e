// What DeadLetters must do: show what died without taking it, send it again once, and change or remove what is asked.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeadLetters } from '../../lib/mending.ts';

export interface OpenDeadLetters {
  deadLetters: DeadLetters;
  /** Puts bodies with the dead letters of `prompt`, as if they had died a while ago. */
  bury(bodies: readonly string[]): Promise<void>;
  /** A moment after that of every burial so far. */
  afterBurial(): string;
  /** Takes everything out of the queue `prompt`. */
  drain(): Promise<string[]>;
  close(): Promise<void>;
}

export function deadLettersContract(name: string, open: () => Promise<OpenDeadLetters>): void {
  describe(`DeadLetters: ${name}`, () => {
    let opened: OpenDeadLetters;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());
    beforeEach(async () => {
      await opened.deadLetters.rewrite('prompt', () => undefined);
      await opened.drain();
    });

    const bodiesOf = async () => (await opened.deadLetters.list('prompt', 100)).map(({ body }) => body).sort();
    const all = () => ({ before: opened.afterBurial(), limit: 100 });

    it('shows what there is, as often as it is asked, and how many', async () => {
      expect(opened.deadLetters.queues).toContain('prompt');
      expect(await opened.deadLetters.count('prompt')).toBe(0);
      await opened.bury(['a', 'b', 'ä 日']);
      expect(await bodiesOf()).toEqual(['a', 'b', 'ä 日']);
      expect(await bodiesOf()).toEqual(['a', 'b', 'ä 日']);
      expect(await opened.deadLetters.count('prompt')).toBe(3);
      const [first] = await opened.deadLetters.list('prompt', 1);
      expect(first!.since).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    });

    it('says how many wait in the queue itself, and of those since when the first does, where anybody can tell', async () => {
      expect(await opened.deadLetters.waiting('prompt')).toEqual({ count: 0 });
      await opened.bury(['a', 'b']);
      await opened.deadLetters.redrive('prompt', all());
      const { count, since = opened.afterBurial() } = (await opened.deadLetters.waiting('prompt'))!;
      expect(count).toBe(2);
      expect(since <= opened.afterBurial()).toBe(true);
    });

    it('sends all of them again, and leaves none', async () => {
      const many = Array.from({ length: 23 }, (_, n) => `letter ${n}`);
      await opened.bury(many);
      expect(await opened.deadLetters.redrive('prompt', all())).toBe(23);
      expect(await bodiesOf()).toEqual([]);
      expect((await opened.drain()).toSorted()).toEqual(many.toSorted());
    });

    it('sends those named alone, and none that died since', async () => {
      await opened.bury(['a', 'b']);
      const letters = await opened.deadLetters.list('prompt', 10);
      const { id } = letters.find(({ body }) => body === 'b')!;
      expect(await opened.deadLetters.redrive('prompt', { before: '2020-01-01T00:00:00.000Z', limit: 10 })).toBe(0);
      expect(await opened.deadLetters.redrive('prompt', { ...all(), ids: [id] })).toBe(1);
      expect(await opened.drain()).toEqual(['b']);
      expect(await bodiesOf()).toEqual(['a']);
    });

    it('puts other words in a letter, takes letters away, and leaves the others', async () => {
      await opened.bury(['change me', 'remove me', 'leave me']);
      const change = (body: string) => (body.startsWith('remove') ? undefined : body.replace('change me', 'changed'));
      expect(await opened.deadLetters.rewrite('prompt', change)).toEqual({ changed: 2, isAll: true });
      expect(await bodiesOf()).toEqual(['changed', 'leave me']);
    });
  });
}
