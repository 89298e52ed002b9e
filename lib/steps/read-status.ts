// How a tenant stands for whoever operates it: what waits, what died, what was refused, what is under way; and what of it needs a person.
import type { DeadLetters } from '../mending.ts';
import type { Clock, Table } from '../ports.ts';
import { allOf, as } from '../table/items.ts';
import {
  crmRequestsHeldList,
  livePlaybookKey,
  noticesHeldList,
  operationsList,
  quarantinePartition,
  slaDueList,
  sweptKey,
  syncHeldList,
  wakeUpList,
} from '../table/keys.ts';
import { readDeadLetters } from './read-dead-letters.ts';

export interface StatusPorts {
  table: Table;
  deadLetters: DeadLetters;
  clock: Clock;
}

/** It runs every five minutes: three that did not come are no chance. */
const sweepLateMs = 16 * 60_000;
/** Of refused lines, of what is late or held: who has more has enough to do. */
const mostCounted = 1_000;
const mostShown = 20;

/** A timer fires within the minute. */
const timerLateMs = 60_000;

/** Timers that nobody heard, which the next sweep finds; at most so many are counted. */
const readLate = async (table: Table, now: number): Promise<number> => {
  const upTo = `${new Date(now - timerLateMs).toISOString()}#~`;
  const late = await Promise.all(
    [slaDueList, wakeUpList].map((list) => table.list(list, { upTo, limit: mostCounted })),
  );
  return late.flat().length;
};

/** What waits for its time, or for a CRM that could not be reached. */
const readHeld = async (table: Table) => {
  const lists = [noticesHeldList, syncHeldList, crmRequestsHeldList];
  const counts = await Promise.all(lists.map((list) => table.count(list, mostCounted)));
  const [notices = 0, crmWrites = 0, crmRequests = 0] = counts;
  return { notices, crmWrites, crmRequests };
};

const people = (count: number, one: string, many: string): string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];

export const readStatus = async ({ table, deadLetters, clock }: StatusPorts) => {
  const [letters, waiting, refused, running, items, timersLate, held] = await Promise.all([
    readDeadLetters(deadLetters, undefined),
    Promise.all(deadLetters.queues.map(async (queue) => ({ queue, ...(await deadLetters.waiting(queue)) }))),
    table.query(quarantinePartition, '', mostCounted),
    table.list(operationsList, { limit: mostShown }),
    table.getMany([livePlaybookKey, sweptKey]),
    readLate(table, clock.now()),
    readHeld(table),
  ]);
  const queues = letters.queues.map(({ queue, dead, oldest }) => {
    const { count = null, since = null } = waiting.find((one) => one.queue === queue) ?? {};
    return { queue, waiting: count, oldestWaiting: since, dead, oldestDead: oldest };
  });
  const live = as(
    'playbook-live',
    items.find(({ type }) => type === 'playbook-live'),
  );
  const swept = as(
    'swept',
    items.find(({ type }) => type === 'swept'),
  );
  // A new one is swept within minutes of its first playbook.
  const since = swept?.at ?? live?.since;
  const isLate = since !== undefined && clock.now() - Date.parse(since) > sweepLateMs;
  const needsAPerson = [
    ...queues.flatMap(({ queue, dead }) => people(dead, `dead letter in ${queue}`, `dead letters in ${queue}`)),
    ...people(refused.length, 'line in quarantine', 'lines in quarantine'),
    ...(isLate ? [swept === undefined ? 'the sweep has never run' : `the sweep has not run since ${swept.at}`] : []),
    ...(live === undefined ? ['there is no playbook'] : []),
  ];
  return {
    ok: needsAPerson.length === 0,
    needsAPerson,
    queues,
    timersLate,
    held,
    quarantine: refused.length,
    sweep: swept === undefined ? null : { at: swept.at, found: swept.found },
    playbook: live === undefined ? null : { number: live.number, since: live.since },
    operations: allOf('operation', running).map(({ operationId, asked, at, report }) => ({
      ...{ operationId, operation: asked.operation, at, report },
    })),
    serverTime: new Date(clock.now()).toISOString(),
  };
};
