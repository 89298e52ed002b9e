// The report on attainment, read week by week: a week of 5,000 assignments is 2 MB.
import type { Attainment } from '../domain/sla/attainment.ts';
import { weekOf } from '../domain/sla/attainment.ts';
import { type AttainmentReport, attainmentReport, weeksBetween } from '../domain/sla/attainment-report.ts';
import type { Clock, Table } from '../ports.ts';
import { allOf } from '../table/items.ts';
import { attainmentPartition } from '../table/keys.ts';

const weekShape = /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/;
const mostWeeks = 53;

/** From one week to another, both included; without them the one that runs. Undefined where these are no weeks, turned round, or
 * more than a year. */
export const readAttainment = async (
  { table, clock }: { table: Table; clock: Clock },
  asked: { from: string | null; to: string | null },
  /** Of these people's leads alone. */
  isShown: (rep: string) => boolean = () => true,
): Promise<(AttainmentReport & { from: string; to: string }) | undefined> => {
  const now = weekOf(new Date(clock.now()).toISOString());
  const to = asked.to ?? now;
  const from = asked.from ?? to;
  if (!weekShape.test(from) || !weekShape.test(to)) return undefined;
  const weeks = weeksBetween(from, to, mostWeeks);
  if (weeks === undefined) return undefined;
  const all: Attainment[] = [];
  for (const week of weeks) {
    const items = await table.query(attainmentPartition(week));
    all.push(...allOf('attainment', items).flatMap(({ attainment }) => (isShown(attainment.rep) ? [attainment] : [])));
  }
  return { from, to, ...attainmentReport(all) };
};
