// The only caller of the bus: publishes what the table's stream shows to have been saved.
import * as z from 'zod';
import { type Published, published } from '../../events/catalogue.ts';
import type { Bus } from '../ports.ts';

const outbox = z.array(published);

/** One event per changed lead or account in a batch: the last, since whoever hears it reads the state anyway. */
const collapsed = (events: readonly Published[]): Published[] => {
  const last = new Map<string, Published>();
  for (const event of events) {
    const about =
      event.type === 'lead-changed.v1'
        ? `${event.accountId} ${event.leadId}`
        : event.type === 'account-changed.v1'
          ? event.accountId
          : event.id;
    last.set(`${event.type} ${about}`, event);
  }
  return [...last.values()];
};

/** Takes outboxes in the order they were saved. Throws when the bus did not take everything: the same then come again. */
export const createPublish =
  ({ bus }: { bus: Bus }) =>
  async (outboxes: readonly string[]): Promise<void> => {
    const events = collapsed(outboxes.flatMap((text) => outbox.parse(JSON.parse(text))));
    if (events.length > 0) await bus.publish(events);
  };
