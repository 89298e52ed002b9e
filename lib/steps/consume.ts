// What every step that hears events shares: each message parsed, repeats collapsed by what they are about, failures named.
import { type Published, type PublishedEventType, type PublishedOf, published } from '../../events/catalogue.ts';
import { type Consumer, described, type Log, type Message } from '../ports.ts';
import { tracesOf, within } from '../trace.ts';

export interface Heard<Event> {
  event: Event;
  messageIds: string[];
  /** Of the one that came most often. */
  attempt: number;
}

/** The events of a batch, those with an equal `key` as one: the last of them, whose trace it keeps. Messages that are not such events
 * fail. One line says whose work it was. */
export const heardIn = <Type extends PublishedEventType>(
  log: Log,
  messages: readonly Message[],
  types: readonly Type[],
  key: (event: PublishedOf<Type>) => string,
): { heard: Heard<PublishedOf<Type>>[]; failed: string[] } => {
  const failed: string[] = [];
  const byKey = new Map<string, Heard<PublishedOf<Type>>>();
  const traceIds = new Set<string | undefined>();
  for (const { id, body, attempt } of messages) {
    try {
      const event: Published = published.parse(JSON.parse(body));
      if (!types.includes(event.type as Type)) throw new Error(`not for this step: ${event.type}`);
      const mine = event as PublishedOf<Type>;
      traceIds.add(mine.traceId);
      const before = byKey.get(key(mine));
      const messageIds = [...(before?.messageIds ?? []), id];
      byKey.set(key(mine), { event: mine, messageIds, attempt: Math.max(before?.attempt ?? 1, attempt) });
    } catch (error) {
      log.error('message refused', { messageId: id, attempt, ...described(error) });
      failed.push(id);
    }
  }
  const joined = messages.length - failed.length - byKey.size;
  if (byKey.size > 0) log.info('heard', { events: byKey.size, ...(joined > 0 && { joined }), ...tracesOf(traceIds) });
  return { heard: [...byKey.values()], failed };
};

/** Events with an equal `key` are handled once; different ones side by side. What fails comes again. */
export const consumeEvents =
  <Type extends PublishedEventType>(
    log: Log,
    types: readonly Type[],
    key: (event: PublishedOf<Type>) => string,
    handle: (event: PublishedOf<Type>) => Promise<void>,
  ): Consumer =>
  async (messages) => {
    const { heard, failed } = heardIn(log, messages, types, key);
    await Promise.all(
      heard.map(({ event, messageIds }) =>
        within(event.traceId, async () => {
          try {
            await handle(event);
          } catch (error) {
            log.error('event failed', { type: event.type, eventId: event.id, ...described(error) });
            failed.push(...messageIds);
          }
        }),
      ),
    );
    return { failed };
  };

/** For events that meet at one item: `atOnce` of them are handled together, chunk after chunk, and whoever handles them keeps their
 * traces apart. Where a chunk fails, each of
 * its events is tried alone, so that one bad event holds up no other. */
export const consumeEventsTogether =
  <Type extends PublishedEventType>(
    log: Log,
    types: readonly Type[],
    atOnce: number,
    handle: (events: readonly PublishedOf<Type>[]) => Promise<void>,
  ): Consumer =>
  async (messages) => {
    const { heard, failed } = heardIn(log, messages, types, ({ id }) => id);
    const attempt = async (chunk: readonly Heard<PublishedOf<Type>>[]): Promise<void> => {
      try {
        await handle(chunk.map(({ event }) => event));
      } catch (error) {
        if (chunk.length > 1) {
          for (const one of chunk) await attempt([one]);
          return;
        }
        const [{ event, messageIds }] = chunk as [Heard<PublishedOf<Type>>];
        const { type, id, traceId } = event;
        log.error('event failed', { type, eventId: id, ...(traceId && { traceId }), ...described(error) });
        failed.push(...messageIds);
      }
    };
    for (let from = 0; from < heard.length; from += atOnce) await attempt(heard.slice(from, from + atOnce));
    return { failed };
  };
