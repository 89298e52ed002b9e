// Alarms on what runs: functions that fail or are throttled, the API in front of them, and the table behind.
import type { FunctionName } from '../function-sizes.ts';
import { ofApi, ofFunction, ofTable } from '../watched-metrics.ts';
import { type AlarmRow, blipIsQuiet, fiveMinutes, hour, minute, percentage, type Watched } from './row.ts';

/** Run by the clock. Each run that fails is tried twice more. */
const scheduled: readonly string[] = ['sweep', 'pull-crm'] satisfies FunctionName[];

/** Nobody waits for these: what is behind a queue is throttled as a matter of course, and waits there. */
const steps: readonly string[] = [
  ...(['capture-salesforce', 'fold', 'publish', 'assess', 'route', 'sla', 'notify', 'sweep'] as const),
  ...(['operate', 'sync-crm', 'pull-crm', 'outbound'] as const),
] satisfies FunctionName[];

export const ofFunctions = ({ tenant, functions }: Watched): AlarmRow[] => {
  const { errorPercent } = tenant.alarms.thresholds;
  const called = (name: string) => `muster-${tenant.name}-${name}`;
  const doors = functions.filter((name) => !steps.includes(name));
  return [
    ...functions.map((name): AlarmRow => {
      const rarely = scheduled.includes(name);
      return {
        name: `failing-${name}`,
        says: `More than ${errorPercent} % of the runs of the function ${name} end in an error.`,
        severity: rarely ? 'today' : 'now',
        watch: {
          expression: percentage('errors', 'invocations', rarely ? 3 : 5),
          of: {
            errors: ofFunction(called(name), 'Errors'),
            invocations: ofFunction(called(name), 'Invocations'),
          },
        },
        bad: { over: errorPercent },
        ...(rarely ? { every: hour, times: 2, of: 2 } : { every: fiveMinutes, times: 2, of: 3 }),
        silence: 'fine',
      };
    }),
    {
      name: 'throttled',
      says: 'Functions behind the API are throttled: callers are turned away.',
      severity: 'now',
      watch: {
        expression: doors.map((_, index) => `FILL(throttled${index}, 0)`).join(' + '),
        of: Object.fromEntries(
          doors.map((name, index) => [`throttled${index}`, ofFunction(called(name), 'Throttles')]),
        ),
      },
      bad: { over: 0 },
      ...blipIsQuiet,
    },
    {
      name: 'publish-late',
      says: 'The table’s stream is read late: what was saved is not told to the steps that wait for it.',
      severity: 'now',
      watch: ofFunction(called('publish'), 'IteratorAge', 'Maximum'),
      bad: { over: 5 * minute * 1_000 },
      ...blipIsQuiet,
    },
  ];
};

export const ofApiAndTable = ({ tenant, apiId, tableName }: Watched): AlarmRow[] => {
  const { apiErrorPercent, apiSeconds } = tenant.alarms.thresholds;
  return [
    {
      name: 'api-errors',
      says: `More than ${apiErrorPercent} % of the API’s answers say that the fault is ours (5xx).`,
      severity: 'now',
      watch: {
        expression: percentage('errors', 'requests', 5),
        of: { errors: ofApi(apiId, '5xx'), requests: ofApi(apiId, 'Count') },
      },
      bad: { over: apiErrorPercent },
      ...{ every: fiveMinutes, times: 2, of: 3, silence: 'fine' },
    },
    {
      name: 'api-slow',
      says: `One answer of the API in ten takes longer than ${apiSeconds} seconds.`,
      severity: 'today',
      watch: ofApi(apiId, 'Latency', 'p90'),
      bad: { over: apiSeconds * 1_000 },
      ...{ every: fiveMinutes, times: 3, of: 3, silence: 'fine' },
    },
    {
      name: 'table-throttled',
      says: 'DynamoDB turns away reads or writes of the table.',
      severity: 'today',
      watch: {
        expression: 'FILL(reads, 0) + FILL(writes, 0)',
        of: { reads: ofTable(tableName, 'ReadThrottleEvents'), writes: ofTable(tableName, 'WriteThrottleEvents') },
      },
      bad: { over: 10 },
      ...blipIsQuiet,
    },
  ];
};
