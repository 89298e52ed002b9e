// The Meter port in memory: what this process has come to since it began.
import { type MetricName, metrics } from '../../metrics.ts';
import type { Clock, Meter } from '../../ports.ts';

interface Reading {
  unit: string;
  means: string;
  /** How often it was recorded, and when last (ISO). */
  records: number;
  at: string;
  /** Of counts: all together. */
  total?: number;
  /** Of measures: the last, and the largest. */
  last?: number;
  largest?: number;
}
export interface EmbeddedMeter extends Meter {
  /** Every metric that was recorded. */
  readings(): { since: string; metrics: Partial<Record<MetricName, Reading>> };
}

export function createMeter(clock: Clock): EmbeddedMeter {
  const iso = () => new Date(clock.now()).toISOString();
  const since = iso();
  const readings: Partial<Record<MetricName, Reading>> = {};
  return {
    record(values) {
      for (const [name, value] of Object.entries(values) as [MetricName, number][]) {
        const { unit, means } = metrics[name];
        const before = readings[name];
        if (unit === 'Count' && value === 0) continue;
        const of =
          unit === 'Count'
            ? { total: (before?.total ?? 0) + value }
            : { last: value, largest: Math.max(before?.largest ?? value, value) };
        readings[name] = { unit, means, records: (before?.records ?? 0) + 1, at: iso(), ...of };
      }
    },
    readings: () => ({ since, metrics: structuredClone(readings) }),
  };
}
