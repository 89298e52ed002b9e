// What CloudWatch would have been told, and its statistics of it.

export interface Sample {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  at: number;
  value: number;
}

export interface Asked {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
  stat: string;
}

const sameDimensions = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean => {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
};

/** The smallest value that as many are below as `stat` asks, `p90` say. */
const percentile = (values: readonly number[], stat: string): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.ceil((Number(stat.slice(1)) / 100) * sorted.length);
  return sorted[Math.max(rank, 1) - 1]!;
};

export const statisticOf = (values: readonly number[], stat: string): number => {
  const sum = values.reduce((total, value) => total + value, 0);
  if (stat === 'Sum') return sum;
  if (stat === 'Average') return sum / values.length;
  if (stat === 'Maximum') return Math.max(...values);
  if (stat === 'Minimum') return Math.min(...values);
  if (stat === 'SampleCount') return values.length;
  if (/^p\d+(\.\d+)?$/.test(stat)) return percentile(values, stat);
  throw new Error(`no such statistic: ${stat}`);
};

/** One datapoint: of the samples from `from` on and before `to`. Undefined where there are none: metrics are matched by all their
 * dimensions, as CloudWatch does, and a metric nobody told of is missing, not zero. */
export const datapoint = (
  samples: readonly Sample[],
  { namespace, name, dimensions, stat }: Asked,
  { from, to }: { from: number; to: number },
): number | undefined => {
  const values = samples
    .filter((one) => one.at >= from && one.at < to && one.namespace === namespace && one.name === name)
    .filter((one) => sameDimensions(one.dimensions, dimensions))
    .map(({ value }) => value);
  return values.length === 0 ? undefined : statisticOf(values, stat);
};
