// The Bus port: an event goes to the queue of every step that subscribed to it, all in one commit.
// Nothing is parsed here: the publisher is typed, and whoever reads a queue parses what comes out of it.
import type { Published } from '../../../events/catalogue.ts';
import type { Bus } from '../../ports.ts';
import { type Subscriber, type Subscription, subscriptions } from '../../subscriptions.ts';
import { refuseBigMessage } from '../limits.ts';
import type { Database } from './database.ts';
import type { Queues } from './queues.ts';

/** Topic of a publication: which queues it reached is seen by looking. */
export const publishedTopic = 'published';

type Listener = Subscription & { subscriber: Subscriber };

const listeners: readonly Listener[] = (
  Object.entries(subscriptions) as [Subscriber, readonly Subscription[]][]
).flatMap(([subscriber, heard]) => heard.map((subscription) => ({ subscriber, ...subscription })));

const hears = ({ type, where = {} }: Listener, event: Published): boolean =>
  type === event.type &&
  Object.entries(where).every(([field, values]) => values.includes(String((event as Record<string, unknown>)[field])));

/** `without`: steps that do not run, whose messages would lie there for ever. */
export function createBus(database: Database, queues: Queues, without: readonly Subscriber[] = []): Bus {
  const running = listeners.filter(({ subscriber }) => !without.includes(subscriber));
  return {
    async publish(events) {
      const messages = events.flatMap((event) => {
        const body = JSON.stringify(event);
        refuseBigMessage(body);
        return running.filter((one) => hears(one, event)).map(({ subscriber }) => ({ subscriber, body }));
      });
      if (messages.length === 0) return;
      await database.write(() => {
        for (const { subscriber, body } of messages) queues.enqueue(subscriber, body);
      }, publishedTopic);
    },
  };
}
