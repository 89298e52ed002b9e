// Finds accounts of which time alone has changed what was judged, and asks for them to be judged anew.
//
// An account's item leaves its list in the very write that carries the event: whatever fails before, the next sweep finds it
// again; whatever fails after, the stream has the event. Who assessed it meanwhile has moved it on, and nothing is to be asked.
import { eventIdOf } from '../../domain/ids.ts';
import { type Clock, ConflictError, described, type Item, type Log, type Table } from '../../ports.ts';
import { as, replacing } from '../../table/items.ts';
import { assessDueList, dueKey } from '../../table/keys.ts';

export interface DuePorts {
  table: Table;
  clock: Clock;
  log: Log;
}

/** 2,000 accounts a run are some 5 s of a sweep's 60, and 576,000 a day: what decays does so at midnight, all at once. */
const pageSize = 100;
const pagesAtOnce = 20;

const ask = async ({ table, log }: DuePorts, item: Item, now: string): Promise<boolean> => {
  const due = as('due', item)!;
  const { accountId, at } = due;
  const id = eventIdOf('assessment-due', accountId, at, String(due.version));
  const event = { type: 'assessment-due.v1', id, at: now, accountId, because: 'time' } as const;
  try {
    await table.write(replacing(due, { ...dueKey(accountId), type: 'due', accountId, at }, [event]));
    return true;
  } catch (error) {
    // It stays in its list for the next sweep, and holds up no other.
    if (!(error instanceof ConflictError))
      log.error('an account could not be swept', { accountId, ...described(error) });
    return false;
  }
};

/** Answers how many accounts it asked for. */
export const createDueSweep = (ports: DuePorts) => async (): Promise<number> => {
  const now = new Date(ports.clock.now()).toISOString();
  let asked = 0;
  let after: string | undefined;
  for (let page = 0; page < pagesAtOnce; page += 1) {
    const due = await ports.table.list(assessDueList, { after, upTo: `${now}#~`, limit: pageSize });
    if (due.length === 0) break;
    const done = await Promise.all(due.map((item) => ask(ports, item, now)));
    asked += done.filter(Boolean).length;
    after = due.at(-1)!.listSk;
  }
  return asked;
};
