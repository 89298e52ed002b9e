// What the meter prints, which CloudWatch counts: the shape is its own, docs.aws.amazon.com (embedded metric format).
import { afterEach, expect, it, vi } from 'vitest';
import { createMeter } from '../../../lib/adapters/aws/meter.ts';

const lines: string[] = [];
vi.hoisted(() => {
  process.env.POWERTOOLS_DEV = 'true';
  process.env.POWERTOOLS_METRICS_DISABLED = 'false';
});
vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
afterEach(() => {
  lines.length = 0;
});

it('prints one line a record, by tenant alone', () => {
  createMeter('demo').record({ Folded: 3, Quarantined: 0, FoldLagSeconds: 1.5 });
  expect(lines).toHaveLength(1);
  const { _aws, ...values } = JSON.parse(lines[0]!);
  expect(_aws.CloudWatchMetrics).toEqual([
    {
      Namespace: 'Muster',
      Dimensions: [['tenant']],
      Metrics: [
        { Name: 'Folded', Unit: 'Count' },
        { Name: 'FoldLagSeconds', Unit: 'Seconds' },
      ],
    },
  ]);
  expect(values).toEqual({ tenant: 'demo', Folded: 3, FoldLagSeconds: 1.5 });
});

it('prints nothing of nothing, and no second as none', () => {
  createMeter('demo').record({ Quarantined: 0 });
  expect(lines).toEqual([]);
  createMeter('demo').record({ FoldLagSeconds: 0 });
  expect(lines).toHaveLength(1);
});
