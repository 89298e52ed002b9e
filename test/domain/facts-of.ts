// Facts for tests, written day by day as people think of them.
import { dayNumberOf } from '../../lib/domain/days.ts';
import type { DayCount } from '../../lib/domain/facts/counts.ts';
import { type Facts, unionOfFacts } from '../../lib/domain/facts/facts.ts';

type Count = number | [count: number, first: number, last: number, dwell?: number, contents?: string];

/** `{ '2026-11-20': { pricing: 2, webinar: [1, 0, 0] } }`: a mere number of touches came between the first and the second
 * second of the day. */
export const factsOf = (days: Record<string, Record<string, Count>>): Facts =>
  unionOfFacts([
    { days: {} },
    ...Object.entries(days).map(([day, counts]): Facts => {
      const count = (value: Count): DayCount => {
        const [touches, first, last, ...rest] = typeof value === 'number' ? [value, 1_000, 2_000] : value;
        return [dayNumberOf(day), touches, first, last, ...rest] as DayCount;
      };
      return { days: Object.fromEntries(Object.entries(counts).map(([signal, value]) => [signal, [count(value)]])) };
    }),
  ]);
