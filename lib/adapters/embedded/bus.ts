// The Bus port: an event goes to the queue of every step that subscribed to it, all in one commit.
// Nothing is parsed here: the publisher is typed, and whoever reads a queue parses what comes out of it.
import type { PublishedEventType } from '../../../events/catalogue.ts';
import type { Bus } from '../../ports.ts';
import { type Subscriber, subscriptions } from '../../subscriptions.ts';
import { refuseBigMessage } from '../limits.ts';
import type { Database } from './database.ts';
import type { Queues } from './queues.ts';

/** Topic of a publication: which queues it reached is seen by looking. */
export const publishedTopic = 'published';

export function createBus(database: Database, queues: Queues): Bus {
  const listeners = new Map<PublishedEventType, Subscriber[]>();
  for (const [subscriber, types] of Object.entries(subscriptions) as [Subscriber, readonly PublishedEventType[]][]) {
    for (const type of types) listeners.set(type, [...(listeners.get(type) ?? []), subscriber]);
  }
  return {
    async publish(events) {
      const messages = events.flatMap((event) => {
        const body = JSON.stringify(event);
        refuseBigMessage(body);
        return (listeners.get(event.type) ?? []).map((subscriber) => ({ subscriber, body }));
      });
      if (messages.length === 0) return;
      await database.write(() => {
        for (const { subscriber, body } of messages) queues.enqueue(subscriber, body);
      }, publishedTopic);
    },
  };
}
