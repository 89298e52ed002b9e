// What became of several tenants, as a table: whoever deploys all of them reads it last.

export interface TenantResult {
  tenant: string;
  /** What was done: deployed, compared, destroyed. */
  what: string;
  seconds: number;
  /** A few words; of what failed the first line of why. */
  outcome: string;
  failed: boolean;
}

/** Columns as wide as what stands in them. */
export const resultsTable = (results: readonly TenantResult[]): string => {
  const rows = [
    ['Tenant', 'What', 'Seconds', 'Outcome'],
    ...results.map(({ tenant, what, seconds, outcome }) => [tenant, what, seconds.toFixed(1), outcome]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(([tenant, what, seconds, outcome]) =>
      [tenant!.padEnd(widths[0]!), what!.padEnd(widths[1]!), seconds!.padStart(widths[2]!), outcome].join('  '),
    )
    .join('\n');
};
