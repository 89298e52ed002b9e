// What every step that hears events shares: each message parsed, repeats collapsed by what they are about, failures named.
import { type Published, type PublishedEventType, type PublishedOf, published } from '../../events/catalogue.ts';
import type { Consumer, Log, Message } from '../ports.ts';

/** One bus event per message. Messages whose `key` is equal are handled once, by the last of them; if that fails all of
 * them come again. Different keys are handled side by side. */
export const consumeEvents =
  <Type extends PublishedEventType>(
    log: Log,
    types: readonly Type[],
    key: (event: PublishedOf<Type>) => string,
    handle: (event: PublishedOf<Type>) => Promise<void>,
  ): Consumer =>
  async (messages) => {
    const failed: string[] = [];
    const byKey = new Map<string, { event: PublishedOf<Type>; messages: Message[] }>();
    for (const message of messages) {
      try {
        const event: Published = published.parse(JSON.parse(message.body));
        if (!types.includes(event.type as Type)) throw new Error(`not for this step: ${event.type}`);
        const mine = event as PublishedOf<Type>;
        const collapsed = byKey.get(key(mine))?.messages ?? [];
        byKey.set(key(mine), { event: mine, messages: [...collapsed, message] });
      } catch (error) {
        log.error('message refused', { messageId: message.id, attempt: message.attempt, error: messageOf(error) });
        failed.push(message.id);
      }
    }
    await Promise.all(
      [...byKey.values()].map(async ({ event, messages }) => {
        try {
          await handle(event);
        } catch (error) {
          log.error('event failed', { type: event.type, eventId: event.id, error: messageOf(error) });
          failed.push(...messages.map(({ id }) => id));
        }
      }),
    );
    return { failed };
  };

/** Names and messages of errors are ours or the SDK's; neither carries what people typed. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
