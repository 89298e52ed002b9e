// Operations, slice by slice: each slice's outcome is saved in the write that carries the event which brings the next. Whatever fails,
// the slice is run again from where the last one came to.
import { tracedOneOf } from '../../events/one-of.ts';
import { type OperationDue, operationDueV1 } from '../../events/operation-due.v1.ts';
import { withoutAddresses } from '../domain/addresses-in-text.ts';
import { eventIdOf } from '../domain/ids.ts';
import { type Operation, type OperationRequested, operationRequested } from '../domain/operations.ts';
import { ConflictError, type Consumer, described, type Write } from '../ports.ts';
import { as, type NewItem, replacing, type StoredItem } from '../table/items.ts';
import { operationKey, operationsList, wakeUpKey } from '../table/keys.ts';
import { runSlice } from './operate/operations.ts';
import type { OperatePorts, Slice } from './operate/slice.ts';
import { hintAt, wakeUpWrite } from './wake-ups.ts';

const body = tracedOneOf({ 'operation-requested.v1': operationRequested, 'operation-due.v1': operationDueV1 });

/** As often as a queue delivers a message before it rests with the dead letters. */
const lastAttempt = 5;
/** What was done is told for as long. */
const keptDays = 400;

type Stored = StoredItem<'operation'>;

const itemOf = (operation: Operation): NewItem<'operation'> => {
  const { operationId, state, at, since } = operation;
  return {
    ...operation,
    ...operationKey(operationId),
    type: 'operation',
    ...(state === 'running'
      ? { listPk: operationsList, listSk: `${at}#${operationId}` }
      : { ttl: Math.floor(Date.parse(since) / 1_000) + keptDays * 86_400 }),
  };
};

/** What is kept of an erasure says who asked and why, not whose address they named: it outlives whoever was erased. */
const begun = ({ operationId, asked, by, why, at }: OperationRequested): Operation => ({
  ...{ operationId, asked, by, why: asked.operation === 'erase-person' ? withoutAddresses(why) : why, at },
  ...{ state: 'running', since: at, slices: 0 },
});

/** The operation as it was saved, without the item's own attributes. */
const operationOf = (stored: Stored): Operation => {
  const { operationId, asked, by, why, at, state, since, slices, progress, notBefore, report, failed } = stored;
  return { operationId, asked, by, why, at, state, since, slices, progress, notBefore, report, failed };
};

const after = (operation: Operation, slice: Slice, now: string): Operation => {
  const next = { ...operation, slices: operation.slices + 1, report: slice.report, notBefore: undefined };
  return slice.done
    ? { ...next, state: 'done', since: now, progress: undefined }
    : { ...next, progress: slice.progress, notBefore: slice.notBefore };
};

/** Whoever told that it is due may have a clock that is a little ahead. */
const clocksDifferMs = 5_000;

/** The next slice is due later: this event was of one before, and came twice. */
const isEarly = ({ notBefore }: Operation, now: number): boolean =>
  notBefore !== undefined && now < Date.parse(notBefore) - clocksDifferMs;

/** Saves what a slice came to, and has the next follow. */
const save = async (ports: OperatePorts, stored: Stored | undefined, operation: Operation, slice: Slice) => {
  const now = new Date(ports.clock.now()).toISOString();
  const next = after(operation, slice, now);
  const { operationId, slices } = next;
  if (slice.done || slice.notBefore === undefined || slice.notBefore <= now) {
    const id = eventIdOf('operation-due', operationId, String(slices));
    const due = { type: 'operation-due.v1', id, at: now, operationId } as const;
    await ports.table.write(replacing(stored, itemOf(next), slice.done ? [] : [due]));
    return;
  }
  const name = `operation.${operationId}`;
  const waking = as('wake-up', await ports.table.get(wakeUpKey(name)));
  const event = { type: 'operation-due.v1', operationId } as const;
  const writes: Write[] = [replacing(stored, itemOf(next)), wakeUpWrite(waking, name, slice.notBefore, event)];
  await ports.table.transact(writes);
  await hintAt(ports, name, slice.notBefore);
};

const fail = async (ports: OperatePorts, stored: Stored | undefined, operation: Operation, error: unknown) => {
  const now = new Date(ports.clock.now()).toISOString();
  const failed = error instanceof Error ? `${error.name}${'code' in error ? ` ${String(error.code)}` : ''}` : 'unknown';
  await ports.table.write(replacing(stored, itemOf({ ...operation, state: 'failed', since: now, failed })));
};

/** Whoever saved a slice of it meanwhile has seen to the next. Answers whether the work was needed. */
const unlessSaved = async (
  { table }: OperatePorts,
  operationId: string,
  stored: Stored | undefined,
  work: Promise<void>,
): Promise<boolean> => {
  try {
    await work;
    return true;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    // A conflict alone does not say that somebody did: the item may just have been busy.
    const now = await table.get(operationKey(operationId));
    if (now?.version === stored?.version) throw error;
    return false;
  }
};

const operate = async (
  ports: OperatePorts,
  message: OperationRequested | OperationDue,
  attempt: number,
): Promise<void> => {
  const { operationId } = message;
  const stored = as('operation', await ports.table.get(operationKey(operationId)));
  const operation = stored === undefined ? undefined : operationOf(stored);
  const asked = operation ?? (message.type === 'operation-requested.v1' ? begun(message) : undefined);
  // An event of an operation that is not here, or no longer: there is nothing to go on with.
  if (asked === undefined || asked.state === 'done') return;
  // A request that comes again: its first slice was saved with the event that brings the next.
  if (message.type === 'operation-requested.v1' && stored?.state === 'running') return;
  if (isEarly(asked, ports.clock.now())) return;
  // One that failed goes on when its dead letter is sent again.
  const going: Operation = { ...asked, state: 'running', failed: undefined };
  try {
    const slice = await runSlice(ports, going);
    if (slice === undefined) throw Object.assign(new Error('no such operation'), { code: 'no-such-operation' });
    await unlessSaved(ports, operationId, stored, save(ports, stored, going, slice));
  } catch (error) {
    if (attempt < lastAttempt) throw error;
    ports.log.error('an operation failed', { operationId, operation: asked.asked.operation, ...described(error) });
    // Saved, for whoever waits for it; and a dead letter, which wakes whoever does not, and with which it goes on.
    if (await unlessSaved(ports, operationId, stored, fail(ports, stored, asked, error))) throw error;
  }
};

export const createOperate =
  (ports: OperatePorts): Consumer =>
  async (messages) => {
    const failed: string[] = [];
    // One after the other: two operations at once would only be in each other's way.
    for (const { id, body: text, attempt } of messages) {
      try {
        await operate(ports, body.parse(JSON.parse(text)), attempt);
      } catch (error) {
        ports.log.error('a slice failed', { messageId: id, attempt, ...described(error) });
        failed.push(id);
      }
    }
    return { failed };
  };
