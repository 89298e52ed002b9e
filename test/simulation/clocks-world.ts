// The clocks in a world of their own: the real steps on the embedded adapters and a virtual clock, and around them stand-ins for
// whoever judges, routes and writes mails, so that a thousand of these worlds are run in seconds.

import { type Published, published } from '../../events/catalogue.ts';
import { createVirtualClock } from '../../lib/adapters/embedded/clock.ts';
import { openEmbedded } from '../../lib/adapters/embedded/open.ts';
import { createRuntime } from '../../lib/adapters/embedded/runtime.ts';
import type { Playbook } from '../../lib/domain/playbook/playbook.ts';
import type { SlaClock } from '../../lib/domain/sla/clock.ts';
import type { Bus, Consumer, Item, Table } from '../../lib/ports.ts';
import { createPublish } from '../../lib/steps/publish.ts';
import { createSla, createSlaSweep, createSlaTimers } from '../../lib/steps/sla.ts';
import { as } from '../../lib/table/items.ts';
import { assignmentKey, noticeKey, slaDueList, slaKey } from '../../lib/table/keys.ts';
import { type Lead, type Leads, leadsOf } from './clocks-leads.ts';
import type { Faults } from './faulty-world.ts';
import { redriven } from './redrive.ts';

export interface SentMail {
  to: string;
  eventId: string;
  type: Published['type'];
  /** The event's own moment, at which the clock took the step. */
  at: string;
}

export interface ClocksWorld extends Leads {
  playbook: Playbook;
  now(): string;
  advanceTo(moment: string): Promise<void>;
  /** Everything handed to the bus, once however often. */
  events: Map<string, Published>;
  mails: SentMail[];
  /** When each clock was written, by assignment, in real moments. */
  written: Map<string, string[]>;
  /** Real moments at which breaches and steps were saved, with the clock as it was saved. */
  taken: { at: string; before: SlaClock | undefined; after: SlaClock }[];
  items(): Item[];
  redrive(): Promise<number>;
  close(): Promise<void>;
}

export interface ClocksOptions {
  start: string;
  playbook: Playbook;
  faults?: Pick<Faults, 'wrapPorts' | 'wrapConsumer'>;
  /** Milliseconds by which the clock of whoever asks is off. */
  skew?: () => number;
  /** Throws where the mail service has had enough. */
  throttle?: () => void;
  wrapTable?: (table: Table) => Table;
}

const sweepEveryMs = 5 * 60_000;
const never = '9999-01-01T00:00:00.000Z';
const queues = ['sla', 'timers', 'notify', 'route'] as const;
const heardBy: Record<string, (typeof queues)[number][]> = {
  'lead-routed.v1': ['sla', 'notify'],
  'lead-status-changed.v1': ['sla'],
  'rep-told.v1': ['sla'],
  'lead-acted.v1': ['sla'],
  'sla-step-due.v1': ['notify'],
  'routing-due.v1': ['route'],
};

const eachEvent =
  (handle: (event: Published) => Promise<void>): Consumer =>
  async (messages) => {
    const failed: string[] = [];
    for (const { id, body } of messages) {
      try {
        await handle(published.parse(JSON.parse(body)));
      } catch {
        failed.push(id);
      }
    }
    return { failed };
  };

export const openClocks = ({ start, playbook, skew = () => 0, ...options }: ClocksOptions): ClocksWorld => {
  const clock = createVirtualClock(Date.parse(start));
  const embedded = openEmbedded({ path: ':memory:', clock });
  const now = (): string => new Date(clock.now()).toISOString();
  const events = new Map<string, Published>();
  const mails: SentMail[] = [];
  const written = new Map<string, string[]>();
  const taken: ClocksWorld['taken'] = [];
  const lastSaved = new Map<string, SlaClock>();

  const watched = (table: Table): Table => {
    const saw = (write: Parameters<Table['write']>[0]): void => {
      if (!('put' in write) || write.put.type !== 'sla') return;
      const after = write.put.clock as SlaClock;
      const { assignmentId } = after;
      written.set(assignmentId, [...(written.get(assignmentId) ?? []), now()]);
      const before = lastSaved.get(assignmentId);
      lastSaved.set(assignmentId, after);
      taken.push({ at: now(), before, after });
    };
    return {
      ...table,
      write: async (write) => {
        await table.write(write);
        saw(write);
      },
      transact: async (writes) => {
        await table.transact(writes);
        for (const write of writes) saw(write);
      },
    };
  };
  const bus: Bus = {
    async publish(batch) {
      for (const event of batch) {
        for (const queue of heardBy[event.type] ?? []) await embedded.queues.queue(queue).send([JSON.stringify(event)]);
      }
    },
  };
  const own = watched(embedded.table);
  const world = { table: own, bus, timers: embedded.timers, mailer: embedded.mailer };
  const wrapped = options.faults?.wrapPorts(world) ?? world;
  const table = options.wrapTable?.(wrapped.table) ?? wrapped.table;
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const skewed = { now: () => clock.now() + skew() };
  const ports = { table, timers: wrapped.timers, clock: skewed, playbook: async () => playbook, log };
  const leads = leadsOf(embedded.table, now);

  const send = async (event: Published, to: string): Promise<void> => {
    options.throttle?.();
    mails.push({ to, eventId: event.id, type: event.type, at: event.at });
    await wrapped.mailer.send({ to, subject: '', text: '', html: '', noticeId: event.id });
  };
  const notify = async (event: Published): Promise<void> => {
    if (event.type !== 'lead-routed.v1' && event.type !== 'sla-step-due.v1') return;
    const { accountId, leadId, assignmentId } = event;
    const key = noticeKey(accountId, event.id);
    if ((await table.get(key)) !== undefined) return;
    const put = { ...key, type: 'notice', version: 1 };
    if (event.type === 'sla-step-due.v1') {
      const sla = as('sla', await table.get(slaKey(accountId, leadId)))?.clock;
      const turn = [sla, ...(sla?.past ?? [])].find((one) => one?.assignmentId === assignmentId);
      for (const to of turn?.steps.find(({ name }) => name === event.step)?.recipients ?? []) await send(event, to);
      return table.write({ put, condition: { if: 'always' } });
    }
    const assignment = as('assignment', await table.get(assignmentKey(accountId, leadId)));
    if (assignment?.owner === undefined || assignment.assignmentId !== assignmentId) return;
    await send(event, assignment.owner.email);
    const at = now();
    const told = { type: 'rep-told.v1', id: `told-${event.id}`, at, accountId, leadId, assignmentId };
    await table.write({ put: { ...put, outbox: JSON.stringify([told]) }, condition: { if: 'absent' } });
  };
  const route = async (event: Published): Promise<void> => {
    if (event.type !== 'routing-due.v1' || event.assignmentId === undefined) return;
    const lead: Lead | undefined = leads.all().find(({ leadId }) => leadId === event.leadId);
    if (lead !== undefined && lead.assignmentId === event.assignmentId) await leads.reassign(lead);
  };

  const wrap = options.faults?.wrapConsumer ?? ((_name, consumer) => consumer);
  const publish = createPublish({ bus: wrapped.bus });
  const sweep = createSlaSweep(ports);
  const runtime = createRuntime({
    embedded,
    consumers: {
      sla: wrap('sla', createSla(ports)),
      timers: wrap('timers', createSlaTimers(ports)),
      notify: wrap('notify', eachEvent(notify)),
      route: wrap('route', eachEvent(route)),
    },
    onChanges: async (outboxes) => {
      for (const event of outboxes.flatMap((outbox) => JSON.parse(outbox) as Published[])) {
        events.set(`${event.id} ${event.at}`, event);
      }
      await publish(outboxes);
    },
    log,
  });
  /** The sweep runs every five minutes; those that find nothing are left out, or most of the time would go into them. */
  const nextSweep = async (): Promise<number> => {
    const [first] = await embedded.table.list(slaDueList, { limit: 1 });
    const due = Math.max(Date.parse(first?.listSk?.slice(0, 24) ?? never), clock.now() + 1);
    return Math.ceil(due / sweepEveryMs) * sweepEveryMs;
  };
  const nextMoment = async (): Promise<number> => {
    const moments = queues.map((name) => embedded.queues.nextDue(name) ?? Number.POSITIVE_INFINITY);
    const timer = embedded.timers.nextAt() ?? Number.POSITIVE_INFINITY;
    const retried = embedded.changes.isEmpty() ? Number.POSITIVE_INFINITY : clock.now() + 1_000;
    return Math.min(...[...moments, timer].map((at) => Math.max(at, clock.now() + 1)), retried);
  };
  const advanceTo = async (moment: string): Promise<void> => {
    const end = Date.parse(moment);
    await runtime.settle();
    while (clock.now() < end) {
      const sweepAt = await nextSweep();
      await runtime.advanceTo(Math.min(end, sweepAt, await nextMoment()));
      if (clock.now() !== sweepAt) continue;
      // One that fails is tried again in five minutes.
      await sweep().catch(() => undefined);
      await runtime.settle();
    }
  };
  return {
    ...leads,
    ...{ playbook, now, events, mails, written, taken },
    advanceTo,
    items: () =>
      (embedded.database.prepare('SELECT data FROM items ORDER BY pk, sk').all() as { data: string }[]).map(
        ({ data }) => JSON.parse(data) as Item,
      ),
    redrive: () => redriven(embedded, ...queues),
    close: async () => embedded.close(),
  };
};
