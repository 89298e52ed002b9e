// Asks again for what a CRM is to be told once the time is over for which a record was held, or its CRM was to be left alone.
import { type Clock, ConflictError, described, type Item, type Log, type Table } from '../../ports.ts';
import { as, replacing } from '../../table/items.ts';
import { syncHeldList } from '../../table/keys.ts';
import { askingFor } from '../sync-crm/asking.ts';
import { eachPageDue } from './page-by-page.ts';

export interface HeldPorts {
  table: Table;
  clock: Clock;
  log: Log;
}

const atOnce = 500;

const ask = async ({ table, log }: HeldPorts, item: Item, at: string): Promise<boolean> => {
  const { listPk: _, listSk: __, retryAt: ___, heldUntil: ____, ...stored } = as('sync', item)!;
  const { recordId } = stored;
  try {
    await table.write(replacing(item, stored, [askingFor(stored, at)]));
    return true;
  } catch (error) {
    // It stays in its list for the next sweep, and holds up no other.
    if (!(error instanceof ConflictError)) log.error('a record could not be swept', { recordId, ...described(error) });
    return false;
  }
};

/** Answers how many records it asked for. */
export const createHeldSweep = (ports: HeldPorts) => async (): Promise<number> => {
  const now = new Date(ports.clock.now()).toISOString();
  let sum = 0;
  await eachPageDue(ports, syncHeldList, atOnce, async (held) => {
    const asked = await Promise.all(held.map((item) => ask(ports, item, now)));
    sum += asked.filter(Boolean).length;
  });
  return sum;
};
