// Every function with its size, and how many of it run at once. Apart from how they are made, so that reading a tenant's file loads no CDK.

/** Entry `functions/lambda/<name>.ts`. Memory is CPU: fold parses and folds up to 1,000 hits a batch; the others wait for I/O.
 * Seconds are short where they can be, because a queue's retry waits six times as long. `atOnce` is kept free for each, so that none can
 * starve another, above all not capture; `queues` is how many share it. */
export const functionSizes = {
  'capture-forms': { megabytes: 256, seconds: 10, atOnce: 20, queues: 0 },
  'capture-hits': { megabytes: 256, seconds: 10, atOnce: 50, queues: 0 },
  'capture-crm': { megabytes: 256, seconds: 10, atOnce: 20, queues: 0 },
  // Only where a Salesforce connection has a partner event bus.
  'capture-salesforce': { megabytes: 256, seconds: 10, atOnce: 4, queues: 1 },
  'capture-actions': { megabytes: 256, seconds: 10, atOnce: 10, queues: 0 },
  'capture-decisions': { megabytes: 256, seconds: 10, atOnce: 10, queues: 0 },
  'read-api': { megabytes: 256, seconds: 10, atOnce: 20, queues: 0 },
  panel: { megabytes: 256, seconds: 10, atOnce: 5, queues: 0 },
  operations: { megabytes: 256, seconds: 10, atOnce: 5, queues: 0 },
  fold: { megabytes: 512, seconds: 20, atOnce: 10, queues: 2 },
  publish: { megabytes: 256, seconds: 20, atOnce: 10, queues: 0 },
  assess: { megabytes: 512, seconds: 10, atOnce: 10, queues: 1 },
  route: { megabytes: 256, seconds: 10, atOnce: 5, queues: 1 },
  sla: { megabytes: 256, seconds: 10, atOnce: 10, queues: 2 },
  notify: { megabytes: 256, seconds: 10, atOnce: 5, queues: 1 },
  sweep: { megabytes: 512, seconds: 60, atOnce: 1, queues: 0 },
  // A slice of an operation is cut to some 10 s; looking at a queue of dead letters takes its time.
  operate: { megabytes: 512, seconds: 60, atOnce: 2, queues: 1 },
  // Only where a connection has an API: CRMs take seconds over a hundred records.
  'sync-crm': { megabytes: 512, seconds: 60, atOnce: 2, queues: 1 },
  'pull-crm': { megabytes: 512, seconds: 300, atOnce: 1, queues: 0 },
  // Only where somebody outside is told: each of them has 15 seconds to answer.
  outbound: { megabytes: 256, seconds: 20, atOnce: 5, queues: 1 },
} as const satisfies Record<string, { megabytes: number; seconds: number; atOnce: number; queues: number }>;

export type FunctionName = keyof typeof functionSizes;
export const functionNames = Object.keys(functionSizes) as FunctionName[];

/** `concurrency` of the tenant's file. */
export type Concurrency = 'none' | Readonly<Partial<Record<FunctionName, number | undefined>>>;

/** How many of it may run at once; undefined where the tenant's file says that none are kept free. */
export const atOnceOf = ({ concurrency }: { concurrency: Concurrency }, name: FunctionName): number | undefined =>
  concurrency === 'none' ? undefined : (concurrency[name] ?? functionSizes[name].atOnce);

/** How many read each of its queues at once: more than it may run would fail messages that nobody has looked at. */
export const readersOf = (tenant: { concurrency: Concurrency }, name: FunctionName): number =>
  Math.floor((atOnceOf(tenant, name) ?? functionSizes[name].atOnce) / functionSizes[name].queues);
