// The Bus port on EventBridge. PutEvents answers 200 even where it took nothing: its FailedEntryCount is read.
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Bus } from '../../ports.ts';
import { inBatches } from './batches.ts';
import { sendUntilTaken } from './partial-failure.ts';

/** The rules of the stack listen to this source only. */
const source = 'muster';

export function createBus(busName: string, client = new EventBridgeClient()): Bus {
  return {
    async publish(events) {
      const entries = events.map((event) => ({
        EventBusName: busName,
        Source: source,
        DetailType: event.type,
        Detail: JSON.stringify(event),
      }));
      const batches = inBatches(entries, ({ DetailType, Detail }) =>
        Buffer.byteLength(`${source}${DetailType}${Detail}`),
      );
      for (const batch of batches) {
        await sendUntilTaken('publishing events', batch, async (left) => {
          const answer = await client.send(new PutEventsCommand({ Entries: [...left] }));
          if (!answer.FailedEntryCount) return [];
          return left.filter((_, index) => answer.Entries?.[index]?.ErrorCode !== undefined);
        });
      }
    },
  };
}
