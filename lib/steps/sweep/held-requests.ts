// Has what somebody asked a CRM to do tried again: its CRM was not to be reached, or whoever was at it never came to an end.
import { eventIdOf } from '../../domain/ids.ts';
import { ConflictError, described, type Item } from '../../ports.ts';
import { as, replacing } from '../../table/items.ts';
import { crmRequestsHeldList } from '../../table/keys.ts';
import type { HeldPorts } from './held-writes.ts';
import { eachPageDue } from './page-by-page.ts';

const atOnce = 500;

const ask = async ({ table, log }: HeldPorts, item: Item, at: string): Promise<boolean> => {
  const { listPk: _, listSk: __, retryAt: ___, ...stored } = as('crm-request', item)!;
  const { requestId, version } = stored;
  const id = eventIdOf('crm-request-due', requestId, String(version));
  try {
    await table.write(replacing(item, stored, [{ type: 'crm-request-due.v1', id, at, requestId }]));
    return true;
  } catch (error) {
    // It stays in its list for the next sweep, and holds up no other.
    if (!(error instanceof ConflictError))
      log.error('a request could not be swept', { requestId, ...described(error) });
    return false;
  }
};

/** Answers how many it asked for. */
export const createHeldRequestSweep = (ports: HeldPorts) => async (): Promise<number> => {
  const now = new Date(ports.clock.now()).toISOString();
  let sum = 0;
  await eachPageDue(ports, crmRequestsHeldList, atOnce, async (held) => {
    const asked = await Promise.all(held.map((item) => ask(ports, item, now)));
    sum += asked.filter(Boolean).length;
  });
  return sum;
};
