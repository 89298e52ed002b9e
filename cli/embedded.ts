// The embedded edition, put together: every step on one database. `start` runs it in real time, `replay` and the
// simulations on a virtual clock, the benches as fast as it goes.
import { createPull } from '../functions/pull-crm.ts';
import { createLog } from '../lib/adapters/embedded/log.ts';
import { type Embedded, type EmbeddedOptions, openEmbedded } from '../lib/adapters/embedded/open.ts';
import { createRuntime, type Runtime, type RuntimeOptions } from '../lib/adapters/embedded/runtime.ts';
import { type Connection, withApi, writesBack } from '../lib/domain/connection.ts';
import type { Destinations } from '../lib/domain/destinations.ts';
import type { Retention } from '../lib/domain/retention.ts';
import type { Bus, Clock, Consumer, Log, Mailer, Poster, QueueName, Table, Timers } from '../lib/ports.ts';
import { createAssess } from '../lib/steps/assess.ts';
import { createFold } from '../lib/steps/fold/fold.ts';
import { createNotify } from '../lib/steps/notify.ts';
import { createOperate } from '../lib/steps/operate.ts';
import { createDeliver } from '../lib/steps/outbound/deliver.ts';
import { type PlaybookReader, playbookReader } from '../lib/steps/playbooks.ts';
import { createPublish } from '../lib/steps/publish.ts';
import { createRoute } from '../lib/steps/route.ts';
import { createSla, createSlaTimers } from '../lib/steps/sla.ts';
import { createSweep } from '../lib/steps/sweep/sweep.ts';
import type { CrmOf } from '../lib/steps/sync-crm/sync-crm.ts';
import { createToCrm } from '../lib/steps/sync-crm/to-crm.ts';

export interface Muster {
  embedded: Embedded;
  runtime: Runtime;
  playbook: PlaybookReader;
  log: Log;
  /** Asks the CRMs what changed, as happens every hour by itself; answers how many lines there were, by connection. */
  pullCrms(): Promise<Record<string, number>>;
}

/** Stands between a queue and its step; how tests make one fail for a while. */
export type WrapConsumer = (name: QueueName, consumer: Consumer) => Consumer;

export interface StepPorts {
  table: Table;
  bus: Bus;
  timers: Timers;
  mailer: Mailer;
}
/** Stands between the steps and the world; how tests make the world fail. */
export type WrapPorts = (ports: StepPorts) => StepPorts;

/** The tenant's connections, and the CRMs behind them. */
export interface Crms {
  connections: Readonly<Record<string, Connection>>;
  crmOf: CrmOf;
}
/** Those outside who are told what happens, and what posts to them. */
export interface Outside {
  destinations: Destinations;
  poster: Poster;
}
const nobody: Outside = { destinations: {}, poster: { post: async () => ({ failed: 'nobody is told' }) } };

const noCrms: Crms = { connections: {}, crmOf: async () => undefined };

/** As often as the stack's schedule has it; the first time at once. */
const pullEveryMs = 60 * 60_000;

const hourly = (clock: Clock, pull: () => Promise<unknown>): (() => Promise<void>) => {
  let dueAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (clock.now() < dueAt) return;
    dueAt = clock.now() + pullEveryMs;
    await pull();
  };
};

/** Opens the database and wires the steps to it; nothing runs until the runtime is started or settled. */
export const openMuster = (
  options: EmbeddedOptions & {
    /** Where the API is, once it is: mails link to it. Without it they have no links. */
    linksTo?: () => string;
    log?: Log;
    crms?: Crms;
    outside?: Outside;
    /** Without it nothing of what people did ever grows too old. */
    retention?: Retention;
    wrapPorts?: WrapPorts;
    wrapConsumer?: WrapConsumer;
  } & Pick<RuntimeOptions, 'sweepEveryMs' | 'batchSizes'>,
): Muster => {
  const { outside = nobody } = options;
  const isTold = Object.keys(outside.destinations).length > 0;
  const mail = { keepDays: options.retention?.noticeDays, ...options.mail };
  const embedded = openEmbedded({ ...options, mail, without: isTold ? [] : ['outbound'] });
  const { clock, owners, meter } = embedded;
  const { table, bus, timers, mailer } = options.wrapPorts?.(embedded) ?? embedded;
  const log = options.log ?? createLog(clock);
  const playbook = playbookReader({ table, clock });
  const ports = { table, clock, log, meter, playbook, owners, retention: options.retention };
  const sla = { ...ports, timers };
  const { linksTo } = options;
  const links = linksTo && { base: linksTo, secrets: () => embedded.secrets.linkSecrets() };
  const fold = createFold(ports);
  const sweep = createSweep(sla);
  const { crms = noCrms } = options;
  const tellsCrm = writesBack(crms.connections);
  const pull = createPull({ ...ports, ...crms, queue: embedded.queues.queue('prompt') });
  const pullIfDue = withApi(crms.connections).length === 0 ? async () => undefined : hourly(clock, pull);
  const wrapped: WrapConsumer = options.wrapConsumer ?? ((_name, consumer) => consumer);
  const runtime = createRuntime({
    embedded,
    consumers: {
      prompt: wrapped('prompt', fold),
      hits: wrapped('hits', fold),
      assess: wrapped('assess', createAssess({ ...ports, tellsCrm })),
      route: wrapped('route', createRoute(sla)),
      sla: wrapped('sla', createSla(sla)),
      timers: wrapped('timers', createSlaTimers(sla)),
      notify: wrapped('notify', createNotify({ ...sla, mailer, links })),
      operate: wrapped(
        'operate',
        createOperate({
          ...{ ...sla, table: { ...embedded.table, ...table }, bus, prompt: embedded.queues.queue('prompt') },
          deadLetters: embedded.deadLetters,
          backups: embedded.backups,
          mails: embedded.mailer,
          files: embedded.database,
        }),
      ),
      'sync-crm': wrapped('sync-crm', createToCrm({ ...ports, ...crms })),
      ...(isTold && {
        outbound: wrapped('outbound', createDeliver({ ...sla, ...outside, secrets: embedded.secrets })),
      }),
    },
    onChanges: createPublish({ bus, log, meter }),
    sweep: async () => {
      await sweep();
      await pullIfDue();
    },
    sweepEveryMs: options.sweepEveryMs,
    batchSizes: options.batchSizes,
    log,
  });
  return { embedded, runtime, playbook, log, pullCrms: pull };
};
