// What stands in the table of each record's writing, so that the same is told once, by one at a time, and not in circles.
//
// Who writes claims the record first and notes the outcome after. Two at once find out by its version: whoever comes second to note
// cannot know which of both the CRM heard last, so that nothing counts as told and it is told again.
import type { CrmOutcome } from '../../crm.ts';
import { askToWrite } from '../../domain/write-loop.ts';
import { ConflictError, type Log, type Table, type Write } from '../../ports.ts';
import { as, type NewItem, replacing, type StoredItem } from '../../table/items.ts';
import { syncHeldList, syncKey } from '../../table/keys.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import type { Telling } from './plan.ts';

export interface Claim {
  telling: Telling;
  item: StoredItem<'sync'>;
}

interface Ports {
  table: Table;
  log: Log;
}

const next = (
  stored: StoredItem<'sync'> | undefined,
  { recordId, whose }: Telling,
  changes: Partial<NewItem<'sync'>> & { at: string },
): NewItem<'sync'> => {
  const { accountId, leadId } = whose;
  const item: NewItem<'sync'> = {
    ...{ ...syncKey(recordId), type: 'sync', recordId, accountId, writes: [] },
    ...stored,
    ...{ accountId, leadId },
    ...changes,
  };
  const until = item.retryAt ?? item.heldUntil;
  return { ...item, ...(until ? { listPk: syncHeldList, listSk: `${until}#${recordId}` } : noList) };
};
const noList = { listPk: undefined, listSk: undefined };

const put = (write: Write): StoredItem<'sync'> => as('sync', 'put' in write ? write.put : undefined)!;

/** The record, to be written now; undefined where that has been told already, or has to wait. `now` is ISO. */
export const claim = ({ table, log }: Ports, telling: Telling, now: string): Promise<Claim | undefined> =>
  retryConflicts(async () => {
    const { recordId, source, fingerprint, whose } = telling;
    const stored = as('sync', await table.get(syncKey(recordId)));
    if (stored?.written === fingerprint) return undefined;
    // The sweep asks again when it is time: for whom they are by now, since nothing is told of where they were.
    if (stored?.retryAt !== undefined && stored.retryAt > now) {
      const hasMoved = stored.accountId !== whose.accountId || stored.leadId !== whose.leadId;
      if (hasMoved) await table.write(replacing(stored, next(stored, telling, { at: now })));
      return undefined;
    }
    const { verdict, log: writing } = askToWrite(stored ?? { writes: [] }, now);
    const written = verdict === 'write' ? undefined : stored?.written;
    const waiting = { heldUntil: undefined, ...writing, retryAt: undefined, written, at: now };
    const write = replacing(stored, next(stored, telling, waiting));
    await table.write(write);
    if (verdict === 'loop') log.warn('sync-stopped', { source, recordId, until: writing.heldUntil });
    return verdict === 'write' ? { telling, item: put(write) } : undefined;
  });

/** Nobody knows what the CRM heard last. */
const forget = (table: Table, { telling: { recordId } }: Claim): Promise<void> =>
  retryConflicts(async () => {
    const stored = as('sync', await table.get(syncKey(recordId)));
    if (stored !== undefined) await table.write(replacing(stored, { ...stored, written: undefined }));
  });

/** Whether it is noted; if not, it has to be told again. */
const note = async (
  table: Table,
  claim: Claim,
  changes: Partial<NewItem<'sync'>> & { at: string },
): Promise<boolean> => {
  try {
    await table.write(replacing(claim.item, next(claim.item, claim.telling, changes)));
    return true;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    await forget(table, claim);
    return false;
  }
};

/** What the CRM would not take stands there as if it had been written: it is not asked again for the same. */
export const finish = async (
  { table, log }: Ports,
  claim: Claim,
  outcome: CrmOutcome,
  now: string,
): Promise<boolean> => {
  const { source, recordId, fingerprint } = claim.telling;
  const why = outcome.outcome === 'refused' ? outcome.why : undefined;
  const noted = await note(table, claim, { written: fingerprint, outcome: outcome.outcome, why, at: now });
  if (noted && outcome.outcome !== 'written') {
    log.warn('the CRM did not take what was judged', { source, recordId, outcome: outcome.outcome, why });
  }
  return noted;
};

/** Nothing came of it: it counts as no write. With `retryAt` it waits in its list until then. */
export const release = ({ table }: Ports, claim: Claim, now: string, retryAt?: string): Promise<boolean> =>
  note(table, claim, { writes: claim.item.writes.slice(0, -1), retryAt, at: now });
