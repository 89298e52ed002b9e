// Events that are due later: kept in the table and hinted at by a timer, so that one that never fires is found by the sweep. Who
// tells of a wake-up takes it off its list in the very write that carries the event: it is told once, whoever comes first.
import type { Published } from '../../events/catalogue.ts';
import { eventIdOf } from '../domain/ids.ts';
import {
  type Clock,
  ConflictError,
  described,
  type Item,
  type Log,
  type Table,
  type Timers,
  type Write,
} from '../ports.ts';
import type { WakingEvent } from '../table/done-shapes.ts';
import { as, replacing, type StoredItem } from '../table/items.ts';
import { wakeUpKey, wakeUpList } from '../table/keys.ts';
import { traced } from '../trace.ts';
import { eachPageDue } from './sweep/page-by-page.ts';

export interface WakeUpPorts {
  table: Table;
  clock: Clock;
  log: Log;
}

/** What the body of its timer says. */
export const wakeUpBody = (name: string): string => JSON.stringify({ wakeUp: name });

/** Has the event published at that moment (ISO), or when the sweep next runs after it. Set again under its name, it is moved.
 * To be written with what it belongs to; `hintAt` follows. */
export const wakeUpWrite = (
  stored: StoredItem<'wake-up'> | undefined,
  name: string,
  at: string,
  event: WakingEvent,
): Write =>
  replacing(stored, {
    ...wakeUpKey(name),
    type: 'wake-up',
    name,
    at,
    event: traced(event),
    listPk: wakeUpList,
    listSk: `${at}#${name}`,
  });

/** Sets the timer that makes it prompt; should that fail, the sweep is five minutes late. */
export const hintAt = ({ timers, log }: { timers: Timers; log: Log }, name: string, at: string): Promise<void> =>
  timers
    .set({ name: `wake-up.${name}`, at, body: wakeUpBody(name) })
    .catch((error: unknown) => log.warn('a timer could not be set', described(error)));

/** It is looked up no more, but in a table that somebody reads to find out what happened. */
const keptDays = 30;

/** Publishes the event if it is due; answers whether it did. */
const tell = async ({ table, clock }: WakeUpPorts, stored: StoredItem<'wake-up'> | undefined): Promise<boolean> => {
  const now = new Date(clock.now()).toISOString();
  if (stored?.listPk === undefined || stored.at > now) return false;
  const { name, at, event, version } = stored;
  const due = { ...event, id: eventIdOf('wake-up', name, at, String(version)), at: now } as Published;
  const ttl = Math.floor(clock.now() / 1_000) + keptDays * 86_400;
  await table.write(replacing(stored, { ...wakeUpKey(name), type: 'wake-up', name, at, event, ttl }, [due]));
  return true;
};

/** A timer fired: perhaps early, perhaps again. */
export const wakeUp = async (ports: WakeUpPorts, name: string): Promise<void> => {
  try {
    await tell(ports, as('wake-up', await ports.table.get(wakeUpKey(name))));
  } catch (error) {
    // Whoever wrote it meanwhile told of it, or moved it and set its timer anew.
    if (!(error instanceof ConflictError)) throw error;
  }
};

const atOnce = 500;

/** Answers how many it told of that no timer did. */
export const createWakeUpSweep = (ports: WakeUpPorts) => async (): Promise<number> => {
  let sum = 0;
  const tellOne = async (item: Item): Promise<void> => {
    const stored = as('wake-up', item);
    try {
      if (await tell(ports, stored)) sum += 1;
    } catch (error) {
      // It stays in its list for the next sweep, and holds up no other.
      if (!(error instanceof ConflictError))
        ports.log.error('a wake-up could not be told', { name: stored?.name, ...described(error) });
    }
  };
  await eachPageDue(ports, wakeUpList, atOnce, async (due) => void (await Promise.all(due.map(tellOne))));
  return sum;
};
