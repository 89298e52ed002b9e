// What leads are routed with: all that is stored of them, and what each one gets, seen by the next. Saved in one transaction.
import type { OpportunityFacts } from '../../domain/deals.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { Moment } from '../../domain/routing/availability.ts';
import type { PoolCounts } from '../../domain/routing/pool.ts';
import type { Item, Key, Table, Write } from '../../ports.ts';
import type { WakingEvent } from '../../table/done-shapes.ts';
import { getAll } from '../../table/get-all.ts';
import { allOf, as, type NewItem, replacing } from '../../table/items.ts';
import { loadKey, ownedList, poolKey, repKey, wakeUpKey } from '../../table/keys.ts';
import { traced } from '../../trace.ts';
import { wakeUpWrite } from '../wake-ups.ts';

export interface WakeUp {
  name: string;
  /** ISO. */
  at: string;
  event: WakingEvent;
}

export type Rep = Omit<NewItem<'rep'>, 'pk' | 'sk' | 'type'>;

export interface Desk {
  playbook: Playbook;
  /** ISO. */
  at: string;
  books: Moment & { turns: Record<string, PoolCounts>; open: Record<string, number> };
  find(key: Key): Item | undefined;
  opportunitiesOf(accountId: string): OpportunityFacts[];
  /** As it will be. */
  repOf(accountId: string): Rep | undefined;
  setRep(rep: Rep): void;
  /** What somebody has more of, or less. */
  count(email: string, change: 1 | -1): void;
  write(...writes: Write[]): void;
  wake(wakeUp: WakeUp): void;
  /** How many writes it comes to, at most. */
  size(): number;
  /** Answers what is due later, and who has room again. */
  save(table: Table): Promise<{ wakeUps: readonly WakeUp[]; relieved: readonly string[] }>;
}

const finder = (items: readonly Item[]): Desk['find'] => {
  const byKey = new Map(items.map((item) => [`${item.pk} ${item.sk}`, item]));
  return ({ pk, sk }) => byKey.get(`${pk} ${sk}`);
};

/** `read`: the keys under which the items were looked for. Whose load is not among them is looked up when it changes; one that was
 * not there is still not to be there when it is written, since somebody else may have been given a lead meanwhile. */
export const openDesk = (items: readonly Item[], read: readonly Key[], playbook: Playbook, at: string): Desk => {
  const find = finder(items);
  const reps = new Map<string, Rep>();
  const changes = new Map<string, number>();
  const writes: Write[] = [];
  const wakeUps: WakeUp[] = [];
  const turnsBefore = Object.fromEntries(allOf('pool', items).map(({ name, counts }) => [name, counts]));
  const wasRead = new Set(read.map(({ pk }) => pk));
  const books: Desk['books'] = {
    now: Date.parse(at),
    turns: turnsBefore,
    open: Object.fromEntries(allOf('load', items).map(({ email, open }) => [email, open])),
  };

  const poolWrites = (): Write[] =>
    Object.entries(books.turns)
      .filter(([name, counts]) => counts !== turnsBefore[name])
      .map(([name, counts]) => replacing(find(poolKey(name)), { ...poolKey(name), type: 'pool', name, counts }));

  const repWrites = (): Write[] =>
    [...reps.values()].map((rep) => {
      const key = repKey(rep.accountId);
      const list = { listPk: ownedList(rep.owner.email), listSk: `${rep.at}#${rep.accountId}` };
      return replacing(find(key), { ...key, type: 'rep', ...rep, ...list });
    });

  const loadWrites = (known: Desk['find']): Write[] =>
    [...changes].map(([email, change]) => {
      const before = as('load', known(loadKey(email)));
      const open = Math.max(0, (before?.open ?? 0) + change);
      return replacing(before, { ...loadKey(email), type: 'load', email, open });
    });

  return {
    playbook,
    at,
    books,
    find,
    opportunitiesOf: (id) =>
      allOf('opportunity', items).flatMap(({ accountId, gone, facts }) => (gone || accountId !== id ? [] : [facts])),
    repOf: (accountId) => reps.get(accountId) ?? as('rep', find(repKey(accountId))),
    setRep: (rep) => void reps.set(rep.accountId, rep),
    count(email, change) {
      books.open = { ...books.open, [email]: Math.max(0, (books.open[email] ?? 0) + change) };
      changes.set(email, (changes.get(email) ?? 0) + change);
    },
    write: (...more) => void writes.push(...more),
    wake: (wakeUp) => void wakeUps.push({ ...wakeUp, event: traced(wakeUp.event) }),
    size: () => writes.length + reps.size + changes.size + wakeUps.length + poolWrites().length,
    async save(table) {
      for (const [email, change] of changes) if (change === 0) changes.delete(email);
      const unread = [...changes.keys()].map(loadKey).filter(({ pk }) => !wasRead.has(pk));
      const late = finder(await getAll(table, [...unread, ...wakeUps.map(({ name }) => wakeUpKey(name))]));
      const all = [
        ...writes,
        ...repWrites(),
        ...poolWrites(),
        ...loadWrites((key) => find(key) ?? late(key)),
        ...wakeUps.map(({ name, at: due, event }) =>
          wakeUpWrite(as('wake-up', late(wakeUpKey(name))), name, due, event),
        ),
      ];
      if (all.length > 0) await table.transact(all);
      return { wakeUps, relieved: [...changes].flatMap(([email, change]) => (change < 0 ? [email] : [])) };
    },
  };
};
