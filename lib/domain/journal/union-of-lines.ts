// What is the same line though it came twice, and which of its deliveries counts.
import type { Captured } from '../../../events/catalogue.ts';

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
