// Runs the steps on the embedded adapters: what Lambda's event source mappings, the scheduler and the sweep's schedule
// do on AWS. In real time it wakes on each commit, so nothing waits for a poll; in virtual time it is driven from outside.
import { type Consumer, described, type Log, type QueueName } from '../../ports.ts';
import { inStep } from '../../trace.ts';
import { publishedTopic } from './bus.ts';
import { isVirtual } from './clock.ts';
import { createLane, type Lane } from './lane.ts';
import type { Embedded } from './open.ts';
import { maxDeliveries, retryTopic } from './queues.ts';
import { changesTopic } from './table.ts';
import { timersTopic } from './timers.ts';

export interface RuntimeOptions {
  embedded: Embedded;
  consumers: Readonly<Partial<Record<QueueName, Consumer>>>;
  /** The stream's reader: publish. Where it throws, the same outboxes come again. */
  onChanges?: ((outboxes: readonly string[]) => Promise<void>) | undefined;
  /** Finds what no timer told of. */
  sweep?: (() => Promise<void>) | undefined;
  sweepEveryMs?: number | undefined;
  /** Messages at once, by queue; 100 unless told. */
  batchSizes?: Readonly<Partial<Record<QueueName, number>>> | undefined;
  log: Log;
}

export interface Runtime {
  /** Lives in real time from now on, beginning with what was left behind. */
  start(): void;
  /** Finishes the batches and the sweep at hand and starts no more. The rest waits in the database. */
  stop(): Promise<void>;
  /** Works until nothing is left to do at this moment of the clock. What failed waits for a later one. */
  settle(): Promise<void>;
  /** Moves a virtual clock there from one due moment to the next, settling at each. */
  advanceTo(time: number): Promise<void>;
}

const defaultBatch = 100;
const changesAtOnce = 500;
const fiveMinutes = 5 * 60_000;
/** A laptop that slept, or a clock put right, is noticed within a minute. */
const longestNapMs = 60_000;

export function createRuntime(options: RuntimeOptions): Runtime {
  const { embedded, consumers, onChanges, sweep, sweepEveryMs = fiveMinutes, batchSizes = {}, log } = options;
  const { clock, queues, changes, timers, database } = embedded;
  let mode: 'off' | 'live' | 'settling' = 'off';
  let napping: NodeJS.Timeout | undefined;
  let nextSweepAt = sweep === undefined ? Number.POSITIVE_INFINITY : clock.now() + sweepEveryMs;
  let changesFailures = 0;
  let changesRetryAt = 0;
  /** What runs beside the lanes. */
  let waking = Promise.resolve();
  let sweeping = Promise.resolve();

  const isOpen = () => mode !== 'off';
  const names = Object.keys(consumers) as QueueName[];
  const queueLanes = new Map<string, Lane>(
    names.map((name) => [name, createLane(() => inStep(name, () => consume(name)), isOpen)]),
  );
  const changesLane = createLane(() => inStep('publish', readChanges), isOpen);
  const lanes = [changesLane, ...queueLanes.values()];

  async function consume(name: QueueName): Promise<boolean> {
    const messages = queues.receive(name, batchSizes[name] ?? defaultBatch);
    if (messages.length === 0) return false;
    const ids = messages.map((message) => message.id);
    let failed: readonly string[];
    try {
      ({ failed } = (await consumers[name]?.(messages)) ?? { failed: ids });
    } catch (error) {
      failed = ids;
      log.error('a consumer failed', { queue: name, messages: ids.length, ...described(error) });
    }
    if (failed.length > 0) {
      const last = messages.filter((message) => message.attempt >= maxDeliveries && failed.includes(message.id)).length;
      log.warn('messages failed', { queue: name, failed: failed.length, dead: last });
    }
    const unfinished = new Set(failed);
    try {
      await Promise.all([queues.done(ids.filter((id) => !unfinished.has(id))), queues.failed(failed)]);
      return true;
    } catch (error) {
      // The messages are where they were and come again with the next thing that happens.
      log.error('a queue could not be written', { queue: name, ...described(error) });
      return false;
    }
  }

  async function readChanges(): Promise<boolean> {
    if (onChanges === undefined || clock.now() < changesRetryAt) return false;
    const { outboxes: read, upTo } = changes.read(changesAtOnce);
    if (read.length === 0) return false;
    try {
      await onChanges(read);
      await changes.done(upTo);
      changesFailures = 0;
      return true;
    } catch (error) {
      changesFailures += 1;
      changesRetryAt = clock.now() + Math.min(100 * 2 ** changesFailures, longestNapMs);
      log.error('publishing failed', { changes: read.length, failures: changesFailures, ...described(error) });
      nap();
      return false;
    }
  }

  async function runSweep(): Promise<void> {
    nextSweepAt = Number.POSITIVE_INFINITY;
    try {
      await sweep?.();
      await embedded.purgeExpired();
    } catch (error) {
      log.error('the sweep failed', described(error));
    }
    nextSweepAt = clock.now() + sweepEveryMs;
    nap();
  }

  /** The next moment at which there will be something to do. What is due already has woken its lane. */
  function nextMoment(): number {
    const retry = onChanges !== undefined && changesRetryAt > clock.now() ? changesRetryAt : Number.POSITIVE_INFINITY;
    const due = Math.min(...names.map((name) => queues.nextDue(name) ?? Number.POSITIVE_INFINITY));
    return Math.min(due, timers.nextAt() ?? Number.POSITIVE_INFINITY, nextSweepAt, retry);
  }

  /** Sets the alarm for the next moment. */
  function nap(): void {
    if (mode !== 'live') return;
    clearTimeout(napping);
    const wait = Math.min(Math.max(nextMoment() - clock.now(), 1), longestNapMs);
    napping = setTimeout(() => {
      waking = wakeUp();
    }, wait);
  }

  async function wakeUp(): Promise<void> {
    try {
      if ((timers.nextAt() ?? Number.POSITIVE_INFINITY) <= clock.now()) await timers.fire();
    } catch (error) {
      log.error('timers could not be fired', described(error));
    }
    if (nextSweepAt <= clock.now()) sweeping = inStep('sweep', runSweep);
    for (const lane of lanes) lane.wake();
    nap();
  }

  database.onCommit((topics) => {
    if (mode === 'off') return;
    for (const topic of topics) {
      if (topic === changesTopic) changesLane.wake();
      else if (topic === publishedTopic) for (const lane of queueLanes.values()) lane.wake();
      else if (topic === timersTopic || topic === retryTopic) nap();
      else queueLanes.get(topic)?.wake();
    }
  });

  async function settle(): Promise<void> {
    if (mode === 'live') throw new Error('settle drives a runtime that was not started');
    mode = 'settling';
    try {
      do {
        while ((timers.nextAt() ?? Number.POSITIVE_INFINITY) <= clock.now()) await timers.fire();
        for (const lane of lanes) lane.wake();
        for (const lane of lanes) await lane.idle();
        await database.flushed();
      } while (lanes.some((lane) => lane.isBusy()) || hasWork());
    } finally {
      mode = 'off';
    }
  }

  function hasWork(): boolean {
    const now = clock.now();
    if ((timers.nextAt() ?? Number.POSITIVE_INFINITY) <= now) return true;
    if (onChanges !== undefined && changesRetryAt <= now && !changes.isEmpty()) return true;
    return names.some((name) => queues.hasDue(name));
  }

  return {
    start() {
      mode = 'live';
      nextSweepAt = clock.now();
      waking = wakeUp();
    },
    async stop() {
      mode = 'off';
      clearTimeout(napping);
      await waking;
      await sweeping;
      for (const lane of lanes) await lane.idle();
      await database.flushed();
    },
    settle,
    async advanceTo(time) {
      if (!isVirtual(clock)) throw new Error('advanceTo needs a virtual clock');
      await settle();
      for (let next = nextMoment(); next <= time; next = nextMoment()) {
        clock.advanceTo(next);
        if (nextSweepAt <= clock.now()) await runSweep();
        await settle();
      }
      clock.advanceTo(time);
    },
  };
}
