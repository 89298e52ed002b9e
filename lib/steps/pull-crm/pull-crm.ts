// Reconciliation: asks each CRM what changed lately and puts on the prompt queue what is news of it, so that what no webhook brought
// is heard all the same. Each connection and kind of record has a cursor, which moves on only once what was read is durable.
import type { CrmChangeCaptured } from '../../../events/crm-change-captured.v1.ts';
import { type Crm, CrmUnavailable, type PulledObject, pulledObjects } from '../../crm.ts';
import { withApi } from '../../domain/connection.ts';
import { newsIn } from '../../domain/news.ts';
import type { CrmMapping } from '../../domain/playbook/crm.ts';
import { crmMappingOf } from '../../domain/playbook/crm-mapping.ts';
import { ConflictError, described, type Queue } from '../../ports.ts';
import { allOf, as, replacing, type StoredItem } from '../../table/items.ts';
import { pullKey } from '../../table/keys.ts';
import { captureLines } from '../capture.ts';
import type { SyncPorts } from '../sync-crm/sync-crm.ts';
import { knownRecords } from './known-records.ts';

/** What a connection's source makes of records as its API gives them. */
export type ReadRecords = (
  source: string,
  object: PulledObject,
  records: readonly unknown[],
  mapping: CrmMapping,
) => { lines: readonly CrmChangeCaptured[]; unread: readonly { what: string; why: string }[] };

export interface PullPorts extends SyncPorts {
  queue: Queue;
  readRecords: ReadRecords;
}

/** How much of one kind is read in a run; the next goes on from there. */
const pagesAtOnce = 50;
/** A run ends by then, wherever it is: less than the function may take. */
const runMs = 4 * 60_000;
/** What the CRMs find by time may be minutes behind what happened. */
const overlapMs = 10 * 60_000;
/** Where a connection begins: what was before comes by its own way, or is imported. */
const firstMs = 24 * 60 * 60_000;

const iso = (time: number): string => new Date(time).toISOString();

interface Pulling {
  source: string;
  object: PulledObject;
  crm: Crm;
  mapping: CrmMapping;
}

/** Puts what is news of a page on the queue; answers how many lines that was. */
const hear = async (
  ports: PullPorts,
  { source, object, mapping }: Pulling,
  records: readonly unknown[],
): Promise<number> => {
  const { lines, unread } = ports.readRecords(source, object, records, mapping);
  const known = await knownRecords(ports.table, lines);
  const news = lines.flatMap((line) => newsIn(line, known(line)) ?? []);
  await captureLines(ports, news);
  for (const one of unread) ports.log.warn('unread', { source, ...one });
  return news.length;
};

const cursorOf = (ports: PullPorts, { source, object }: Pulling, stored: StoredItem<'pull'> | undefined) => {
  const { since, pass } = stored ?? { since: iso(ports.clock.now() - firstMs) };
  return {
    key: pullKey(source, object),
    since,
    startedAt: pass?.startedAt ?? iso(ports.clock.now()),
    from: pass?.next,
  };
};

/** Reads a page on from the cursor. Answers how many lines there were, and whether it was the last. */
const pullPage = async (ports: PullPorts, pulling: Pulling): Promise<{ lines: number; isLast: boolean }> => {
  const { source, object, crm } = pulling;
  const stored = as('pull', await ports.table.get(pullKey(source, object)));
  const { key, since, startedAt, from } = cursorOf(ports, pulling, stored);
  const { records, next, unread } = await crm.changedSince(object, since, from);
  if (unread !== undefined) ports.log.warn('unread', { source, ...unread });
  const lines = await hear(ports, pulling, records);
  const isLast = next === undefined;
  const progress = isLast ? { since: iso(Date.parse(startedAt) - overlapMs) } : { since, pass: { startedAt, next } };
  await ports.table.write(replacing(stored, { ...key, type: 'pull', source, object, ...progress }));
  return { lines, isLast };
};

/** A place that the CRM does not know any more would be asked for for ever: the pass begins anew. */
const beginAnew = async ({ table }: PullPorts, { source, object }: Pulling): Promise<void> => {
  const stored = as('pull', await table.get(pullKey(source, object)));
  if (stored?.pass !== undefined) await table.write(replacing(stored, { ...stored, pass: undefined }));
};

/** Whatever was heard of least lately comes first. */
const oldestFirst = async ({ table }: PullPorts, source: string): Promise<PulledObject[]> => {
  const stored = allOf('pull', await table.getMany(pulledObjects.map((object) => pullKey(source, object))));
  const sinceOf = (object: PulledObject): string => stored.find((one) => one.object === object)?.since ?? '';
  return [...pulledObjects].sort((a, b) => (sinceOf(a) < sinceOf(b) ? -1 : sinceOf(a) > sinceOf(b) ? 1 : 0));
};

/** One connection. What fails is left to the next run: the cursor is where it was. */
const pullAll = async (ports: PullPorts, source: string, until: number): Promise<number> => {
  const mapping = crmMappingOf(await ports.playbook(), source);
  const crm = await ports.crmOf(source, mapping);
  if (crm === undefined) {
    ports.log.info('nothing is pulled, since the connection has no credentials', { source });
    return 0;
  }
  let sum = 0;
  const objects = await oldestFirst(ports, source);
  const left = new Set(objects.map((object) => ({ source, object, crm, mapping })));
  // A page of each in turn: a list that takes all of a run, and of the next, would leave the others unheard.
  for (let page = 0; page < pagesAtOnce && left.size > 0; page += 1) {
    for (const pulling of left) {
      if (ports.clock.now() >= until) break;
      const { object } = pulling;
      try {
        const { lines, isLast } = await pullPage(ports, pulling);
        sum += lines;
        if (isLast) left.delete(pulling);
      } catch (error) {
        left.delete(pulling);
        // Another run is at it.
        if (error instanceof ConflictError) continue;
        if (error instanceof CrmUnavailable) {
          const { message: why, retryAfterMs } = error;
          ports.log.warn('the CRM could not be asked', { source, object, why, retryAfterMs });
          return sum;
        }
        ports.log.error('a pull failed', { source, object, ...described(error) });
        await beginAnew(ports, pulling);
      }
    }
  }
  for (const { object } of left) ports.log.info('the next pull goes on from here', { source, object });
  return sum;
};

/** Answers how many lines there were, by connection. */
export const createPullCrm = (ports: PullPorts) => async (): Promise<Record<string, number>> => {
  const until = ports.clock.now() + runMs;
  const sources = withApi(ports.connections);
  const pulled = await Promise.all(
    sources.map(async (source): Promise<[string, number]> => {
      try {
        return [source, await pullAll(ports, source, until)];
      } catch (error) {
        ports.log.error('a pull failed', { source, ...described(error) });
        return [source, 0];
      }
    }),
  );
  return Object.fromEntries(pulled);
};
