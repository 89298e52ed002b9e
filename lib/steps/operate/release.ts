// Tries lines of the quarantine again: each is put on the queue of what is folded at once, and leaves the quarantine when it is found
// in the trail. What is refused still stands there with the reason of today.
import * as z from 'zod';
import type { Captured } from '../../../events/catalogue.ts';
import { dayNumberOf, isoDay } from '../../domain/days.ts';
import { sortLine } from '../../domain/journal/sort-line.ts';
import type { Subject } from '../../domain/journal/subjects.ts';
import type { AskedOf } from '../../domain/operations.ts';
import { daysFrom, tooOld } from '../../domain/retention.ts';
import { ConflictError, type Table } from '../../ports.ts';
import { allOf, as, type StoredItem } from '../../table/items.ts';
import { leadTrailKey, quarantineKey, quarantinePartition, trailKey } from '../../table/keys.ts';
import { linesOf } from '../../table/trail.ts';
import { captureLines } from '../capture.ts';
import { adding, type OperatePorts, type RunSlice, type Slice } from './slice.ts';

const linesAtOnce = 50;
/** A line is folded within seconds, or within the half hour that a queue tries. */
const lookEveryMs = 2_000;
const looks = 30;

/** `after`: the lines up to that id were seen to. `sent`: of these some are on their way. */
const looking = z.object({ after: z.string(), sent: z.array(z.string()), looks: z.number() });
type Progress = z.infer<typeof looking>;

type Quarantined = StoredItem<'quarantine'>;

/** The next of those that stood there when it was asked. */
const standing = async (
  table: OperatePorts['table'],
  { ids, after, at }: { ids: readonly string[] | undefined; after: string; at: string },
): Promise<Quarantined[]> => {
  if (ids !== undefined)
    return allOf('quarantine', await table.getMany(ids.map(quarantineKey)))
      .filter((one) => one.sk > after && one.at < at)
      .sort((a, b) => (a.sk < b.sk ? -1 : 1))
      .slice(0, linesAtOnce);
  for (let from = after; ; ) {
    const page = allOf('quarantine', await table.page(quarantinePartition, from, linesAtOnce));
    const meant = page.filter((one) => one.at < at);
    if (meant.length > 0 || page.length < linesAtOnce) return meant;
    from = page.at(-1)!.sk;
  }
};

const trailOf = (subject: Subject, day: string): { pk: string; sk: string } | undefined => {
  if ('leadId' in subject) return leadTrailKey(subject.leadId, day);
  if ('accountId' in subject) return trailKey(subject.accountId, day);
  return 'dealId' in subject ? trailKey(subject.dealId, day) : undefined;
};

/** Whether all whom the line is about have it in their trail. */
const isApplied = async (table: Table, line: Captured): Promise<boolean> => {
  const sorted = sortLine(line);
  if ('refused' in sorted) return false;
  // What came twice around midnight stands in the day it came first.
  const day = dayNumberOf(line.occurredAt);
  const days = [day, day - 1, day + 1].map(isoDay);
  for (const { subject, line: kept } of sorted.assignments) {
    const keys = kept === undefined ? [] : days.flatMap((day) => trailOf(subject, day) ?? []);
    if (keys.length === 0) continue;
    const items = (await Promise.all(keys.map(({ pk, sk }) => table.query(pk, sk)))).flat();
    if (!allOf('trail', items).some((item) => linesOf(item).some(({ id }) => id === line.id))) return false;
  }
  return true;
};

/** It may have been refused or taken away again meanwhile: then that stands. */
const unlessChanged = (work: Promise<void>): Promise<boolean> =>
  work.then(
    () => true,
    (error: unknown) => {
      if (error instanceof ConflictError) return false;
      throw error;
    },
  );

const send = async (ports: OperatePorts, lines: readonly Quarantined[]) => {
  const now = new Date(ports.clock.now()).toISOString();
  const { retention } = ports;
  const ttl = retention && { ttl: daysFrom(now, retention.quarantineDays) };
  const accepted: Quarantined[] = [];
  let refused = 0;
  for (const one of lines) {
    const sorted = sortLine(one.line);
    const reason = 'refused' in sorted ? sorted.refused : tooOld(retention, one.line, now);
    if (reason === undefined) {
      accepted.push(one);
      continue;
    }
    refused += 1;
    const put = { ...one, reason, at: now, ...ttl, version: one.version + 1 };
    await unlessChanged(ports.table.write({ put, condition: { if: 'version', is: one.version } }));
  }
  await captureLines(
    { queue: ports.prompt },
    accepted.map(({ line }) => line),
  );
  return { sent: accepted.map(({ sk }) => sk), refused };
};

/** Takes those away that are applied; answers those that are not. */
const look = async ({ table }: OperatePorts, ids: readonly string[]): Promise<{ left: string[]; applied: number }> => {
  const left: string[] = [];
  let applied = 0;
  for (const id of ids) {
    const stored = as('quarantine', await table.get(quarantineKey(id)));
    if (stored === undefined) continue;
    if (!(await isApplied(table, stored.line))) {
      left.push(id);
      continue;
    }
    const condition = { if: 'version', is: stored.version } as const;
    if (await unlessChanged(table.write({ remove: quarantineKey(id), condition }))) applied += 1;
  }
  return { left, applied };
};

const later = ({ clock }: OperatePorts): string => new Date(clock.now() + lookEveryMs).toISOString();

export const release: RunSlice<AskedOf<'release'>> = async (ports, { asked, at, progress, report }): Promise<Slice> => {
  const read = looking.safeParse(progress);
  const soFar: Progress = read.success ? read.data : { after: '', sent: [], looks: 0 };
  if (soFar.sent.length > 0) {
    const { left, applied } = await look(ports, soFar.sent);
    const counted = adding(report, { applied });
    if (left.length > 0 && soFar.looks < looks)
      return {
        ...{ done: false, report: counted, notBefore: later(ports) },
        progress: { ...soFar, sent: left, looks: soFar.looks + 1 },
      };
    const notes =
      left.length > 0 ? ['some lines are not applied yet: they stay in quarantine, on their way besides'] : [];
    const report2 = adding(counted, left.length > 0 ? { notYetApplied: left.length } : {}, notes);
    return { done: false, report: report2, progress: { after: soFar.after, sent: [], looks: 0 } };
  }
  const lines = await standing(ports.table, { ids: asked.ids, after: soFar.after, at });
  if (lines.length === 0) {
    const { released = 0, refusedAgain = 0 } = report?.counts ?? {};
    const notFound = new Set(asked.ids).size - released - refusedAgain;
    return { done: true, report: adding(report, notFound > 0 ? { notFound } : {}) };
  }
  const { sent, refused } = await send(ports, lines);
  const after = lines.at(-1)!.sk;
  const counted = adding(report, { released: sent.length, refusedAgain: refused });
  const next = { progress: { after, sent, looks: 0 }, report: counted };
  return sent.length === 0 ? { done: false, ...next } : { done: false, ...next, notBefore: later(ports) };
};
