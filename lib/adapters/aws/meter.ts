// The Meter port on Powertools: a line of the log that CloudWatch counts (embedded metric format), without a call to it.
import { Metrics } from '@aws-lambda-powertools/metrics';
import { type MetricName, metrics } from '../../metrics.ts';
import type { Meter } from '../../ports.ts';

export function createMeter(tenant: string, emf = new Metrics({ namespace: 'Muster' })): Meter {
  // Without Powertools' own dimension `service`: each metric is kept, and paid for, once a tenant, whichever function records it.
  emf.clearDefaultDimensions();
  emf.setDefaultDimensions({ tenant });
  return {
    record(values) {
      const told = (Object.entries(values) as [MetricName, number][]).filter(
        ([name, value]) => metrics[name].unit !== 'Count' || value > 0,
      );
      if (told.length === 0) return;
      for (const [name, value] of told) emf.addMetric(name, metrics[name].unit, value);
      emf.publishStoredMetrics();
    },
  };
}
