// Writes an event beside the state it follows from; the stream carries it on.
import type { Published } from '../../events/catalogue.ts';
import type { Write } from '../ports.ts';
import { replacing } from '../table/items.ts';
import { eventKey } from '../table/keys.ts';

/** History is read for a year; the audit of who changed what is kept elsewhere. */
const keptSeconds = 366 * 86_400;

export type AccountEvent = Extract<Published, { accountId: string }>;

/** Unconditional: the same cause makes the same event under the same key. */
export const eventWrite = (event: AccountEvent): Write => {
  const ttl = Math.floor(Date.parse(event.at) / 1000) + keptSeconds;
  const key = eventKey(event.accountId, event.at, event.id);
  const write = replacing<'event'>(undefined, { ...key, type: 'event', event, ttl });
  return { ...write, condition: { if: 'always' } } as Write;
};
