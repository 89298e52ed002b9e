// What is the same line though it came twice, and which of its deliveries counts.
import type { Captured } from '../../../events/catalogue.ts';
import { dayOf } from '../days.ts';

/** Of two deliveries of one line the first received; a total order, so that ties too are settled the same way everywhere. */
export const firstDelivered = <Line extends Captured>(a: Line, b: Line): Line => {
  if (a.receivedAt !== b.receivedAt) return a.receivedAt < b.receivedAt ? a : b;
  return JSON.stringify(a) <= JSON.stringify(b) ? a : b;
};

/** The union by id, in order of ids; of two deliveries of one line the first received stays. */
export const unionOfLines = <Line extends Captured>(known: readonly Line[], heard: readonly Line[]): Line[] => {
  const byId = new Map<string, Line>(known.map((line) => [line.id, line]));
  for (const line of heard) {
    const own = byId.get(line.id);
    byId.set(line.id, own === undefined ? line : firstDelivered(own, line));
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
};

/** What is sent again may bear the moment it came the second time. Within this of midnight its first coming is looked for on
 * the day next to it; clients give up sooner. */
const nearMidnight = 30 * 60_000;

/** The day a repeat of a line may lie on, besides its own; undefined where no midnight is near. */
export const dayNextTo = ({ occurredAt }: Captured): string | undefined => {
  const shifted = (by: number): string => dayOf(new Date(Date.parse(occurredAt) + by).toISOString());
  return [shifted(-nearMidnight), shifted(nearMidnight)].find((day) => day !== dayOf(occurredAt));
};

/** Of lines of one id on different days: both are near the midnight between them. Said of one of them alone, what counts would
 * depend on which came first. */
export const isAcrossMidnight = (a: Captured, b: Captured): boolean =>
  dayNextTo(a) === dayOf(b.occurredAt) && dayNextTo(b) === dayOf(a.occurredAt);

/** Each line once, in order of ids: of several deliveries on one day, or on either side of one midnight, the first received. The
 * same id at another time is another line. */
export const distinctLines = <Line extends Captured>(lines: readonly Line[]): Line[] => {
  const distinct: Line[] = [];
  for (const deliveries of Map.groupBy(lines, ({ id }) => id).values()) {
    if (deliveries.length === 1) {
      distinct.push(deliveries[0]!);
      continue;
    }
    const byDay = Map.groupBy(deliveries, ({ occurredAt }) => dayOf(occurredAt));
    const firsts = [...byDay.values()].map((day) => day.reduce(firstDelivered));
    const kept: Line[] = [];
    for (const line of firsts.sort((a, b) => (firstDelivered(a, b) === a ? -1 : 1))) {
      if (!kept.some((first) => isAcrossMidnight(first, line))) kept.push(line);
    }
    distinct.push(...kept);
  }
  return distinct.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.occurredAt < b.occurredAt ? -1 : 1));
};
