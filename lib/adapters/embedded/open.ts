// Everything the steps need, on one file: the embedded edition's side of lib/ports.ts.
import { dirname, join } from 'node:path';
import type { Backups, DeadLetters, Scan } from '../../mending.ts';
import type {
  Bus,
  Clock,
  DestinationSecrets,
  LinkSecrets,
  NetworkOwners,
  QueueName,
  Secrets,
  Table,
} from '../../ports.ts';
import { type Subscriber, subscriptions } from '../../subscriptions.ts';
import { networkOwners } from '../network-owners.ts';
import { packedNetworkOwners } from '../network-owners-package.ts';
import { systemClock } from '../system-clock.ts';
import { createBackups } from './backups.ts';
import { createBus } from './bus.ts';
import { type ChangeFeed, createChangeFeed } from './changes.ts';
import { type Database, openDatabase } from './database.ts';
import { createDeadLetters } from './dead-letters.ts';
import { createExpiry, type PurgeExpired } from './expiry.ts';
import { createMailer, type EmbeddedMailer, type MailerOptions } from './mailer.ts';
import { createMeter, type EmbeddedMeter } from './meter.ts';
import { createQueues, type Queues } from './queues.ts';
import { createSecrets, type GivenSecrets } from './secrets.ts';
import { createTable } from './table.ts';
import { createTimers, type EmbeddedTimers } from './timers.ts';

export interface Embedded {
  database: Database;
  clock: Clock;
  meter: EmbeddedMeter;
  table: Table & Scan;
  changes: ChangeFeed;
  queues: Queues;
  deadLetters: DeadLetters;
  /** None of what is in memory alone. */
  backups: Backups | undefined;
  bus: Bus;
  timers: EmbeddedTimers;
  mailer: EmbeddedMailer;
  secrets: Secrets & DestinationSecrets & LinkSecrets;
  owners: NetworkOwners;
  purgeExpired: PurgeExpired;
  close(): Promise<void>;
}
export interface EmbeddedOptions {
  /** A file's path, or `:memory:`. */
  path: string;
  clock?: Clock | undefined;
  mail?: MailerOptions | undefined;
  secrets?: GivenSecrets | undefined;
  /** Steps that do not run here. */
  without?: readonly Subscriber[] | undefined;
}

const queuesWithout = (without: readonly Subscriber[] = []): QueueName[] => {
  const subscribers = Object.keys(subscriptions) as Subscriber[];
  return ['prompt', 'hits', 'timers', ...subscribers.filter((name) => !without.includes(name))];
};

export function openEmbedded(options: EmbeddedOptions): Embedded {
  const { path, clock = systemClock, mail, secrets = {}, without } = options;
  const database = openDatabase({ path });
  const queues = createQueues(database, clock);
  const names = queuesWithout(without);
  return {
    database,
    clock,
    meter: createMeter(clock),
    queues,
    backups: path === ':memory:' ? undefined : createBackups(database, join(dirname(path), 'backups')),
    deadLetters: createDeadLetters(database, queues, names),
    table: createTable(database, clock),
    changes: createChangeFeed(database),
    bus: createBus(database, queues, without),
    timers: createTimers(database, clock, queues),
    mailer: createMailer(database, clock, mail),
    secrets: createSecrets(secrets),
    owners: networkOwners(packedNetworkOwners),
    purgeExpired: createExpiry(database, clock, mail?.keepDays),
    close: () => database.close(),
  };
}
