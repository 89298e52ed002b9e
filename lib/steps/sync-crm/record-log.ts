// What stands in the table of each record's writing, so that the same is told once, by one at a time, and not in circles.
//
// Who writes holds the record until the outcome is noted, at most for as long as a worker lives. Who comes meanwhile leaves word and writes
// nothing: the end of the writing asks anew, and so does the sweep where whoever held it has died. Whose lease ran out under them cannot
// know which of both the CRM heard last, so that nothing counts as told.
import type { CrmOutcome } from '../../crm.ts';
import { fingerprintOf } from '../../domain/ids.ts';
import { askToWrite } from '../../domain/write-loop.ts';
import type { Log, Meter, Table, Write } from '../../ports.ts';
import { as, type NewItem, replacing, type StoredItem } from '../../table/items.ts';
import { syncHeldList, syncKey } from '../../table/keys.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import { askingFor } from './asking.ts';
import type { Telling } from './plan.ts';

export interface Claim {
  telling: Telling;
  item: StoredItem<'sync'>;
  /** How it stood before. */
  before: Pick<StoredItem<'sync'>, 'written' | 'retryAt'>;
}

interface Ports {
  table: Table;
  log: Log;
  meter?: Meter | undefined;
}

/** A worker has a minute (infra/functions.ts), and clocks differ a little. */
export const leaseMs = 75_000;

const listed = (item: NewItem<'sync'>): NewItem<'sync'> => {
  const until = item.retryAt ?? item.heldUntil ?? (item.meanwhile && item.claimedUntil);
  return { ...item, ...(until ? { listPk: syncHeldList, listSk: `${until}#${item.recordId}` } : noList) };
};
const noList = { listPk: undefined, listSk: undefined };

const next = (
  stored: StoredItem<'sync'> | undefined,
  { recordId, whose: { accountId, leadId } }: Telling,
  changes: Partial<NewItem<'sync'>> & { at: string },
): NewItem<'sync'> =>
  listed({
    ...{ ...syncKey(recordId), type: 'sync', recordId, writes: [] },
    ...stored,
    ...{ accountId, leadId },
    ...changes,
  });

/** What was refused may have been mended in the CRM, and is tried again: not the very day, and not that of everybody at once. */
const refusedMs = 24 * 60 * 60_000;
const jitterMs = 6 * 60 * 60_000;
const againAt = (recordId: string, now: string): string => {
  const share = Number.parseInt(fingerprintOf(recordId).slice(0, 8), 16) / 2 ** 32;
  return new Date(Date.parse(now) + refusedMs + share * jitterMs).toISOString();
};

/** Whether the record has to be left alone, for what it would be told now. A refusal is of what was refused. */
const waits = ({ retryAt, outcome, written }: StoredItem<'sync'>, fingerprint: string, now: string): boolean =>
  retryAt !== undefined && retryAt > now && (outcome !== 'refused' || written === undefined || written === fingerprint);

const put = (write: Write): StoredItem<'sync'> => as('sync', 'put' in write ? write.put : undefined)!;

/** The record, to be written now; undefined where that has been told already, or has to wait. `now` is ISO. */
export const claim = ({ table, log, meter }: Ports, telling: Telling, now: string): Promise<Claim | undefined> =>
  retryConflicts(async () => {
    const { recordId, source, fingerprint, whose } = telling;
    const stored = as('sync', await table.get(syncKey(recordId)));
    if (stored?.written === fingerprint && stored.outcome !== 'refused') return undefined;
    const hasMoved = stored !== undefined && (stored.accountId !== whose.accountId || stored.leadId !== whose.leadId);
    if (stored?.claimedUntil !== undefined && stored.claimedUntil > now) {
      const { meanwhile = 'asked', at } = stored;
      const isSaid = stored.meanwhile !== undefined && !hasMoved;
      if (!isSaid) await table.write(replacing(stored, next(stored, telling, { meanwhile, at })));
      return undefined;
    }
    // The sweep asks again when it is time: for whom they are by now, since nothing is told of where they were.
    if (stored !== undefined && waits(stored, fingerprint, now)) {
      if (hasMoved) await table.write(replacing(stored, next(stored, telling, { at: now })));
      return undefined;
    }
    const { verdict, log: writing } = askToWrite(stored ?? { writes: [] }, now);
    const isFree = verdict === 'write';
    const written = isFree ? undefined : stored?.written;
    const claimedUntil = isFree ? new Date(Date.parse(now) + leaseMs).toISOString() : undefined;
    const waiting = { heldUntil: undefined, ...writing, retryAt: undefined, meanwhile: undefined };
    const write = replacing(stored, next(stored, telling, { ...waiting, written, claimedUntil, at: now }));
    await table.write(write);
    if (verdict === 'loop') {
      log.warn('sync-stopped', { source, recordId, until: writing.heldUntil });
      meter?.record({ CrmLoopStopped: 1 });
    }
    const isDueAgain = stored?.outcome === 'refused' && (stored.retryAt === undefined || stored.retryAt <= now);
    const before = { written: isDueAgain ? undefined : stored?.written, retryAt: stored?.retryAt };
    return isFree ? { telling, item: put(write), before } : undefined;
  });

/** Ends the claim, and asks anew where somebody came meanwhile. Answers whether the record was held to the end. */
const end = ({ table }: Ports, { item }: Claim, changes: Partial<NewItem<'sync'>> & { at: string }): Promise<boolean> =>
  retryConflicts(async () => {
    const stored = as('sync', await table.get(syncKey(item.recordId)));
    if (stored === undefined) return false;
    const asking = [askingFor(stored, changes.at)];
    if (stored.claimedUntil === item.claimedUntil) {
      const over = { ...stored, ...changes, claimedUntil: undefined, meanwhile: undefined };
      const known = stored.meanwhile === 'lost' ? { ...over, ...unknown } : over;
      await table.write(replacing(stored, listed(known), stored.meanwhile === undefined ? [] : asking));
      return true;
    }
    if (stored.claimedUntil !== undefined)
      await table.write(replacing(stored, listed({ ...stored, meanwhile: 'lost' })));
    else await table.write(replacing(stored, listed({ ...stored, ...unknown }), asking));
    return false;
  });
const unknown = { written: undefined, outcome: undefined, retryAt: undefined };

/** What the CRM would not take stands there as if it had been written, and is tried again another day. */
export const finish = async (ports: Ports, claim: Claim, outcome: CrmOutcome, now: string): Promise<void> => {
  const { source, recordId, fingerprint } = claim.telling;
  const why = outcome.outcome === 'refused' ? outcome.why : undefined;
  const retryAt = outcome.outcome === 'refused' ? againAt(recordId, now) : undefined;
  const wasHeld = await end(ports, claim, { written: fingerprint, outcome: outcome.outcome, why, retryAt, at: now });
  if (wasHeld && outcome.outcome !== 'written') {
    ports.log.warn('the CRM did not take what was judged', { source, recordId, outcome: outcome.outcome, why });
  }
};

const lessOne = ({ item }: Claim): readonly string[] => item.writes.slice(0, -1);

/** Nothing came of it: it counts as no write. With `retryAt` it waits in its list until then. */
export const release = async (ports: Ports, claim: Claim, now: string, retryAt?: string): Promise<void> => {
  await end(ports, claim, { writes: lessOne(claim), retryAt, at: now });
};

/** Nothing was to be written after all. */
export const giveBack = async (ports: Ports, claim: Claim, now: string): Promise<void> => {
  await end(ports, claim, { writes: lessOne(claim), ...claim.before, at: now });
};
