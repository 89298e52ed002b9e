// Has every account judged anew when another version of the playbook is live: page by page, each page's events in the write
// that says how far it has come. Whatever fails, the next sweep goes on from there; a newer version begins from the start.
import type { Published } from '../../../events/catalogue.ts';
import { eventIdOf } from '../../domain/ids.ts';
import type { Clock, Table } from '../../ports.ts';
import { as, replacing, type StoredItem } from '../../table/items.ts';
import { accountsList, livePlaybookKey, rolloutKey } from '../../table/keys.ts';
import { freshForMilliseconds } from '../playbooks.ts';

export interface RolloutPorts {
  table: Table;
  clock: Clock;
}

/** A page's events are some 35 KB, of the 400 an item may have. 5,000 accounts a run are 1.4 million a day. */
const pageSize = 200;
const pagesAtOnce = 25;

/** Until then some function may still judge by the version before; twice as long, since clocks differ. */
const waitMilliseconds = 2 * freshForMilliseconds;

const dueEvent = (accountId: string, number: number, at: string): Published => ({
  type: 'assessment-due.v1',
  id: eventIdOf('assessment-due', accountId, 'playbook', String(number)),
  at,
  accountId,
  because: 'playbook',
});

/** Asks for the accounts of one page. The list is by when their status changed: what moves in it meanwhile moves to the end,
 * to `startedAt` or beyond, and has been judged by the new version already. */
const rollOn = async (
  table: Table,
  stored: StoredItem<'rollout'> | undefined,
  number: number,
  now: string,
): Promise<{ rollout: StoredItem<'rollout'>; asked: number }> => {
  const { startedAt, cursor } = stored?.number === number ? stored : { startedAt: now };
  const page = await table.list(accountsList, { after: cursor, upTo: startedAt, limit: pageSize });
  const events = page.map((item) => dueEvent(as('account-assessment', item)!.accountId, number, now));
  // The index may be behind: what has moved on since is past `startedAt` already, and no place to go on from.
  const reached = page.findLast(({ listSk }) => listSk! <= startedAt)?.listSk ?? cursor;
  const progress = page.length === 0 ? { done: true as const } : { cursor: reached };
  const write = replacing(stored, { ...rolloutKey, type: 'rollout', number, startedAt, ...progress }, events);
  await table.write(write);
  return { rollout: as('rollout', 'put' in write ? write.put : undefined)!, asked: page.length };
};

/** Answers how many accounts it asked for: none while the live version has judged them all. */
export const createPlaybookRollout =
  ({ table, clock }: RolloutPorts) =>
  async (): Promise<number> => {
    const items = await table.getMany([livePlaybookKey, rolloutKey]);
    const live = items.find((item): item is StoredItem<'playbook-live'> => item.type === 'playbook-live');
    let stored = items.find((item): item is StoredItem<'rollout'> => item.type === 'rollout');
    if (live === undefined || clock.now() - Date.parse(live.since) < waitMilliseconds) return 0;
    let sum = 0;
    for (let page = 0; page < pagesAtOnce; page += 1) {
      if (stored?.number === live.number && stored.done) break;
      const { rollout, asked } = await rollOn(table, stored, live.number, new Date(clock.now()).toISOString());
      stored = rollout;
      sum += asked;
    }
    return sum;
  };
