// Goes through what is due in a list within one sweep, so that what keeps failing at its front hides nothing behind it.
import type { Clock, Item, Log, Table } from '../../ports.ts';

export interface Paging {
  table: Table;
  clock: Clock;
  log: Log;
}

/** Of the 60 s a sweep has: its parts run side by side, and the last page begun is still to come to its end. */
const longestMilliseconds = 25_000;
const pagesAtOnce = 10;

/** Everything due now, up to a bound of pages and time; the rest is the next sweep's. */
export const eachPageDue = async (
  { table, clock, log }: Paging,
  listPk: string,
  limit: number,
  handle: (items: readonly Item[]) => Promise<void>,
): Promise<void> => {
  const begun = clock.now();
  const upTo = `${new Date(begun).toISOString()}#~`;
  let after: string | undefined;
  for (let page = 0; page < pagesAtOnce && clock.now() - begun < longestMilliseconds; page += 1) {
    const due = await table.list(listPk, { after, upTo, limit });
    // A page may be short because some of it has expired: only an empty one is the end.
    if (due.length === 0) return;
    await handle(due);
    after = due.at(-1)!.listSk;
  }
  log.warn('a sweep left what is due to the next', { list: listPk });
};
