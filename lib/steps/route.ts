// Gives leads to people: when they qualify, when somebody can be found at last, when one comes from another account, when a person
// or the clock says that somebody else is to have it. Atomic with the pools' turns and everybody's load.
import type { PublishedOf } from '../../events/catalogue.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import { personOf } from '../domain/routing/availability.ts';
import { type Pool, poolsIn } from '../domain/routing/pool.ts';
import { nextPoolOf } from '../domain/routing/take-turn.ts';
import type { Clock, Consumer, Log, Table, Timers } from '../ports.ts';
import { as } from '../table/items.ts';
import { waitingList } from '../table/keys.ts';
import { within } from '../trace.ts';
import { consumeEventsTogether } from './consume.ts';
import type { PlaybookReader } from './playbooks.ts';
import { retryConflicts } from './retry-conflicts.ts';
import { type Act, act, actIn, takeOver } from './route/acted.ts';
import type { Desk } from './route/desk.ts';
import { lookAt, release } from './route/handle-lead.ts';
import { loadDesk, type Whose } from './route/load-desk.ts';
import { hintAt } from './wake-ups.ts';

export interface RoutePorts {
  table: Table;
  timers: Timers;
  playbook: PlaybookReader;
  clock: Clock;
  log: Log;
}

const heard = ['lead-qualified.v1', 'lead-status-changed.v1', 'lead-acted.v1', 'routing-due.v1'] as const;
type Heard = PublishedOf<(typeof heard)[number]>;

/** Something to be done about a lead; answers why nothing came of it, where somebody may wonder. */
interface Matter extends Whose {
  traceId?: string | undefined;
  handle(desk: Desk): string | undefined;
}

const look = ({ accountId, leadId }: Whose): Matter => ({
  accountId,
  leadId,
  handle(desk) {
    lookAt(desk, { accountId, leadId });
    return undefined;
  },
});

const matterOf = async (table: Table, event: Heard): Promise<Matter | undefined> => {
  if (event.type === 'lead-acted.v1') {
    const done: Act | undefined = await actIn(table, event);
    return done && { ...done, handle: (desk) => act(desk, done) };
  }
  const { accountId, leadId } = event;
  if (event.type === 'routing-due.v1' && event.because === 'overdue') {
    return { accountId, leadId, handle: (desk) => takeOver(desk, { accountId, leadId }, event.assignmentId) };
  }
  if (event.type === 'lead-status-changed.v1' && event.to !== 'Sales Working') {
    return {
      accountId,
      leadId,
      handle(desk) {
        release(desk, { accountId, leadId });
        return undefined;
      },
    };
  }
  return look(event);
};

/** One lead after the other, each seeing the turns and loads of those before it. A lead that several events are about comes to the
 * desk once for each, and so do those beyond what one transaction takes. Who has room again by that is added to `relieved`. */
const handleAll = async (ports: RoutePorts, matters: readonly Matter[], relieved: Set<string>): Promise<void> => {
  const { table, clock, log } = ports;
  const playbook = await ports.playbook();
  for (let left = matters; left.length > 0; ) {
    const ids = new Set<string>();
    const [now, later] = [[] as Matter[], [] as Matter[]];
    for (const matter of left) {
      (ids.has(matter.leadId) ? later : now).push(matter);
      ids.add(matter.leadId);
    }
    const desk = await loadDesk(table, now, playbook, new Date(clock.now()).toISOString());
    const handled = now.findIndex((matter) => {
      within(matter.traceId, () => {
        const why = matter.handle(desk);
        if (why !== undefined) log.info('a lead stays where it is', { leadId: matter.leadId, why });
      });
      return desk.size() > mostWrites;
    });
    const saved = await desk.save(table);
    for (const email of saved.relieved) relieved.add(email);
    await Promise.all(saved.wakeUps.map(({ name, at }) => hintAt(ports, name, at)));
    left = [...(handled < 0 ? [] : now.slice(handled + 1)), ...later];
  }
};

/** A transaction takes 100 writes, and one lead may come to eight: its assignment, that of the account it came from, the check, the
 * account's rep, two loads, a pool and a wake-up. */
const mostWrites = 90;

/** The pools they are in, and those whose leads come to one of these. */
const poolsServedBy = (email: string, playbook: Playbook): string[] =>
  poolsIn(playbook).flatMap((first) => {
    for (let pool: Pool | undefined = first; pool !== undefined; pool = nextPoolOf(pool, playbook)) {
      if (pool.members.some((member) => member.email === email)) return [first.key];
    }
    return [];
  });

/** As many as one who has room again may be likely to get. */
const waitingAtOnce = 10;

/** Leads that wait for somebody are looked at again once somebody has room. */
const lookAtWaiting = async (ports: RoutePorts, relieved: ReadonlySet<string>): Promise<void> => {
  const playbook = await ports.playbook();
  const limited = [...relieved].filter((email) => personOf(email, playbook)?.capacity !== undefined);
  const pools = new Set(limited.flatMap((email) => poolsServedBy(email, playbook)));
  for (const pool of pools) {
    const waiting = await ports.table.list(waitingList(pool), { limit: waitingAtOnce });
    if (waiting.length === 0) continue;
    const matters = waiting.map((item) => look(as('assignment', item)!));
    // To find somebody for a lead gives nobody room.
    await retryConflicts(() => handleAll(ports, matters, new Set()));
  }
};

const leadsAtOnce = 45;

export const createRoute = (ports: RoutePorts): Consumer =>
  consumeEventsTogether(ports.log, heard, leadsAtOnce, async (events) => {
    const relieved = new Set<string>();
    const matters = await Promise.all(events.map((event) => matterOf(ports.table, event)));
    const known = matters.flatMap((matter, place) =>
      matter === undefined ? [] : [{ ...matter, traceId: events[place]?.traceId }],
    );
    await retryConflicts(() => handleAll(ports, known, relieved));
    if (relieved.size > 0) await lookAtWaiting(ports, relieved);
  });
