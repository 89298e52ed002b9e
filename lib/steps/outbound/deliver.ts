// Tells those outside: each of them once of each event, however often it comes, and again for a day and a half where they do not
// answer. One that is away holds up no other, and no message dies for it: what is still to be told stands in the table.
import { type PublishedOf, published } from '../../../events/catalogue.ts';
import { type Destination, type Destinations, nextTry, toldOf, toldOutside } from '../../domain/destinations.ts';
import type { Clock, Consumer, DestinationSecrets, Log, Posted, Poster, Table, Timers } from '../../ports.ts';
import { as, replacing, type StoredItem } from '../../table/items.ts';
import { deliveryKey, wakeUpKey } from '../../table/keys.ts';
import { consumeEvents } from '../consume.ts';
import type { PlaybookReader } from '../playbooks.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import { hintAt, wakeUpWrite } from '../wake-ups.ts';
import { type NoPost, postOf } from './call.ts';
import type { OutsideEvent } from './payload.ts';

export interface DeliverPorts {
  table: Table;
  timers: Timers;
  poster: Poster;
  secrets: DestinationSecrets;
  playbook: PlaybookReader;
  clock: Clock;
  log: Log;
  destinations: Destinations;
}

/** Nobody is told of it, now or later. */
type Untold = Exclude<NoPost, 'no credentials'>;

interface Told {
  name: string;
  destination: Destination;
  event: OutsideEvent;
}

const keptDays = 30;
const wakeUpName = (eventId: string, name: string): string => `delivery.${eventId}.${name}`;

/** It wants no more of this: 410 is how a receiver says so. */
const isOver = (posted: Posted): boolean => posted.status === 410;
const isTaken = ({ status = 0 }: Posted): boolean => status >= 200 && status < 300;

/** One try; answers how it ended. Throws nothing that the receiver brings about. */
const tryOnce = async (ports: DeliverPorts, { name, destination, event }: Told): Promise<Posted | Untold> => {
  const { table, playbook, secrets, poster } = ports;
  const credentials = (await secrets.destinationCredentials(name)) ?? {};
  const post = await postOf(table, await playbook(), destination, credentials, event);
  if (post === 'no credentials') return { failed: 'it has no credentials that can be used' };
  return typeof post === 'string' ? post : poster.post(post);
};

/** Writes down how a try ended, and when the next is. */
const note = async (
  ports: DeliverPorts,
  { name, event }: Told,
  stored: StoredItem<'delivery'> | undefined,
  posted: Posted | Untold,
): Promise<void> => {
  const { table, clock, log } = ports;
  const now = clock.now();
  const tries = (stored?.tries ?? 0) + 1;
  const { status, failed } = typeof posted === 'string' ? {} : posted;
  const about = { destination: name, eventId: event.id, type: event.type, tries, status, why: failed };
  const key = deliveryKey(event.id, name);
  const ttl = Math.floor(now / 1_000) + keptDays * 86_400;
  const at = new Date(now).toISOString();
  const item = { ...key, type: 'delivery' as const, destination: name, event, tries, at, ttl };
  const end = (outcome: StoredItem<'delivery'>['outcome']) =>
    table.write(replacing(stored, { ...item, outcome, status }));
  if (typeof posted === 'string') return end(posted);
  if (isTaken(posted)) return end('delivered');
  const again = isOver(posted) ? undefined : nextTry(tries, now, posted.retryAfterMs);
  if (again === undefined) {
    log.error('a delivery was given up', about);
    return end(isOver(posted) ? 'unwanted' : 'given-up');
  }
  log.warn('a delivery failed', { ...about, again });
  const waking = wakeUpName(event.id, name);
  const before = as('wake-up', await table.get(wakeUpKey(waking)));
  const due = { type: 'delivery-due.v1' as const, eventId: event.id, destination: name };
  await table.transact([replacing(stored, { ...item, status, again }), wakeUpWrite(before, waking, again, due)]);
  await hintAt(ports, waking, again);
};

/** `isAgain`: it is time for another try of what failed; an event that merely comes twice waits for that. */
const tell = (ports: DeliverPorts, told: Told, isAgain: boolean): Promise<void> =>
  retryConflicts(async () => {
    const stored = as('delivery', await ports.table.get(deliveryKey(told.event.id, told.name)));
    if (stored?.outcome !== undefined || (stored !== undefined && !isAgain)) return;
    const now = new Date(ports.clock.now()).toISOString();
    if (stored?.again !== undefined && stored.again > now) return;
    await note(ports, told, stored, await tryOnce(ports, told));
  });

const tellAgain = async (ports: DeliverPorts, due: PublishedOf<'delivery-due.v1'>): Promise<void> => {
  const { destination: name, eventId } = due;
  const destination = Object.hasOwn(ports.destinations, name) ? ports.destinations[name] : undefined;
  const stored = as('delivery', await ports.table.get(deliveryKey(eventId, name)));
  // The tenant's file does not name it any more.
  if (destination === undefined || stored === undefined) return;
  const event = published.parse(stored.event) as OutsideEvent;
  await tell(ports, { name, destination, event }, true);
};

export const createDeliver = (ports: DeliverPorts): Consumer =>
  consumeEvents(
    ports.log,
    [...toldOutside, 'delivery-due.v1'],
    ({ id }) => id,
    async (event) => {
      if (event.type === 'delivery-due.v1') return tellAgain(ports, event);
      const { destinations } = ports;
      const names = toldOf(destinations, event.type);
      const all = names.map((name) => tell(ports, { name, destination: destinations[name]!, event }, false));
      const failure = (await Promise.allSettled(all)).find(({ status }) => status === 'rejected');
      if (failure?.status === 'rejected') throw failure.reason;
    },
  );
