// What all Timers must do: never early, once for a name, not after being cancelled.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock, Timers } from '../../lib/ports.ts';

export interface OpenTimers {
  timers: Timers;
  clock: Clock;
  /** Lets time pass until this moment, and as long again as the service may take. */
  passUntil(time: number): Promise<void>;
  /** Takes what has fired out of the timers queue. */
  fired(): Promise<string[]>;
  close(): Promise<void>;
}

export function timersContract(name: string, open: () => Promise<OpenTimers>): void {
  describe(`Timers: ${name}`, () => {
    let opened: OpenTimers;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());
    const inSeconds = (seconds: number) => new Date(opened.clock.now() + seconds * 1000).toISOString();

    it('fires each timer when it is due, and never early', async () => {
      const { timers, clock } = opened;
      const soon = clock.now() + 8_000;
      await timers.set({ name: 'soon', at: new Date(soon).toISOString(), body: '{"n":"soon"}' });
      await timers.set({ name: 'later', at: inSeconds(3_600), body: '{"n":"later"}' });
      expect(await opened.fired()).toEqual([]);
      await opened.passUntil(soon);
      expect(await opened.fired()).toEqual(['{"n":"soon"}']);
      await timers.cancel('later');
    });

    it('knows a name once: set again it moves', async () => {
      const { timers, clock } = opened;
      const long = `sla/lead_9b74c9897bac770f#evt_0c1d2e3f4a5b6c7d8e9f/reminder/${'x'.repeat(100)}`;
      await timers.set({ name: long, at: inSeconds(3_600), body: '1' });
      await timers.set({ name: `${long}y`, at: inSeconds(3_600), body: '2' });
      await timers.set({ name: long, at: inSeconds(1), body: '3' });
      await opened.passUntil(clock.now() + 6_000);
      expect(await opened.fired()).toEqual(['3']);
      await timers.cancel(`${long}y`);
    });

    it('fires at once what was due before it was set', async () => {
      await opened.timers.set({ name: 'past', at: inSeconds(-600), body: 'past' });
      await opened.passUntil(opened.clock.now() + 6_000);
      expect(await opened.fired()).toEqual(['past']);
    });

    it('does not fire what was cancelled; cancelling what is not there succeeds', async () => {
      const { timers, clock } = opened;
      await timers.set({ name: 'cancelled', at: inSeconds(6), body: 'cancelled' });
      await timers.cancel('cancelled');
      await timers.cancel('cancelled');
      await timers.cancel('never/set');
      await opened.passUntil(clock.now() + 7_000);
      expect(await opened.fired()).toEqual([]);
    });

    it('refuses what is no moment', async () => {
      await expect(opened.timers.set({ name: 'x', at: 'tomorrow', body: '' })).rejects.toThrow('not a moment');
    });
  });
}
