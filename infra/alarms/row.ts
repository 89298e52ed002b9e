// What an alarm is, as data. What can wake somebody at night has to be worth it: it looks several times before it tells, a rate
// counts only from a number of failures on, and what has nothing to say is no failure unless it should have spoken.
import type { Tenant } from '../tenant.ts';
import type { Series } from '../watched-metrics.ts';

export interface AlarmRow {
  /** Its section of the runbook has the same name. */
  name: string;
  /** What is wrong, in one sentence, for whoever is woken. */
  says: string;
  /** `now`: people wait or are not told meanwhile. `today`: nothing is lost until somebody is at their desk. */
  severity: 'now' | 'today';
  /** A metric; or an expression of several, by the ids it has for them. */
  watch: Series | { expression: string; of: Readonly<Record<string, Series>> };
  /** `outside`: outside of what CloudWatch has learnt to expect, by so many standard deviations. */
  bad: { over: number } | { under: number } | { outside: number };
  /** Seconds of one look. */
  every: number;
  /** It tells when so many of the last looks were bad. */
  times: number;
  of: number;
  /** What a look is that found no data. */
  silence: 'fine' | 'bad';
}

export interface Watched {
  tenant: Tenant;
  apiId: string;
  tableName: string;
  /** Of what the stack has, by their short names. `deadLetters` are the queues whose dead letters there are. */
  queues: readonly string[];
  deadLetters: readonly string[];
  functions: readonly string[];
}

export const minute = 60;
export const hour = 3_600;
export const fiveMinutes = 300;
export const blipIsQuiet = { every: minute, times: 3, of: 5, silence: 'fine' } as const;

/** As a percentage; none while there were fewer failures than `atLeast`. */
export const percentage = (failures: string, all: string, atLeast: number): string =>
  `IF(${failures} >= ${atLeast}, 100 * ${failures} / ${all}, 0)`;
