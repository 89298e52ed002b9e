// Asks for notices that should have gone out a while ago: the event that was to send them died, or was never there.
import { eventIdOf } from '../../domain/ids.ts';
import { type Clock, ConflictError, described, type Item, type Log, type Table } from '../../ports.ts';
import { as, replacing } from '../../table/items.ts';
import { noticesHeldList } from '../../table/keys.ts';
import { type Held, lookedForAgain } from '../notices/held-items.ts';
import { eachPageDue } from './page-by-page.ts';

export interface HeldNoticePorts {
  table: Table;
  clock: Clock;
  log: Log;
}

const atOnce = 500;

/** One event sends all that is held for them: the first brings it about, the others are looked for later. */
const askFor = async ({ table, log }: HeldNoticePorts, held: readonly Held[], now: string): Promise<boolean> => {
  const [first, ...others] = held as [Held, ...Held[]];
  const { recipientId, noticeId, version } = first;
  const id = eventIdOf('notices-due', recipientId, noticeId, String(version));
  try {
    const event = { type: 'notices-due.v1', id, at: now, recipientId } as const;
    await table.write(replacing(first, lookedForAgain(first, now), [event]));
    for (const other of others) await table.write(replacing(other, lookedForAgain(other, now)));
    return true;
  } catch (error) {
    // Who is at them has changed them. What stays as it was is the next sweep's, and holds up nobody else's.
    if (!(error instanceof ConflictError))
      log.error('held notices could not be swept', { recipientId, ...described(error) });
    return false;
  }
};

/** Answers for how many people it asked. */
export const createHeldNoticeSweep = (ports: HeldNoticePorts) => async (): Promise<number> => {
  const now = new Date(ports.clock.now()).toISOString();
  let sum = 0;
  await eachPageDue(ports, noticesHeldList, atOnce, async (due: readonly Item[]) => {
    const held = Map.groupBy(
      due.map((item) => as('held-notice', item)!),
      ({ recipientId }) => recipientId,
    );
    const asked = await Promise.all([...held.values()].map((theirs) => askFor(ports, theirs, now)));
    sum += asked.filter(Boolean).length;
  });
  return sum;
};
