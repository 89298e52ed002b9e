// What every Bus must do: each event reaches the queue of each step that subscribed to it, and no other.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Published } from '../../events/catalogue.ts';
import { formSubmittedV1Sample } from '../../events/form-submitted.v1.ts';
import { leadChangedV1Sample } from '../../events/lead-changed.v1.ts';
import { leadRoutedV1Sample } from '../../events/lead-routed.v1.ts';
import { slaStoppedV1Sample } from '../../events/sla-stopped.v1.ts';
import type { Bus } from '../../lib/ports.ts';
import type { Subscriber } from '../../lib/subscriptions.ts';

export interface OpenBus {
  bus: Bus;
  /** Takes `count` events out of a step's queue, waiting for them where the bus is slow; what more is there comes too. */
  heard(subscriber: Subscriber, count: number): Promise<unknown[]>;
  close(): Promise<void>;
}

export function busContract(name: string, open: () => Promise<OpenBus>): void {
  describe(`Bus: ${name}`, () => {
    let opened: OpenBus;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());

    it('tells every subscriber of an event, and nobody else', async () => {
      await opened.bus.publish([leadRoutedV1Sample, leadChangedV1Sample, formSubmittedV1Sample, slaStoppedV1Sample]);
      expect(await opened.heard('sla', 1)).toEqual([leadRoutedV1Sample]);
      expect(await opened.heard('assess', 1)).toEqual([leadChangedV1Sample]);
      const notify = await opened.heard('notify', 3);
      expect(notify).toHaveLength(3);
      expect(notify).toEqual(expect.arrayContaining([leadRoutedV1Sample, formSubmittedV1Sample, slaStoppedV1Sample]));
      expect(await opened.heard('route', 0)).toEqual([]);
    });

    it('publishes more at once than one call of the service takes', async () => {
      const events: Published[] = Array.from({ length: 25 }, (_, n) => ({ ...leadChangedV1Sample, id: `evt_${n}` }));
      await opened.bus.publish(events);
      const heard = await opened.heard('assess', 25);
      expect(heard).toHaveLength(25);
      expect(heard).toEqual(expect.arrayContaining(events));
    });

    it('publishes nothing with success', async () => {
      await opened.bus.publish([]);
    });
  });
}
