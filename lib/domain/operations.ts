// What somebody who operates a tenant asks for: what was refused tried again, what is stored made anew, a person forgotten. Each is
// done slice by slice, so that it outlives any function, and may be cut short at any moment.
import * as z from 'zod';
import { id, moment } from '../../events/moment.ts';

/** Queues whose dead letters can be sent again; of `publish` these are places in the table's stream. */
export const redrivenQueues = [
  ...(['prompt', 'hits', 'assess', 'route', 'sla', 'timers', 'notify'] as const),
  ...(['sync-crm', 'outbound', 'operate', 'salesforce', 'publish'] as const),
] as const;

const ids = z.array(id).min(1).max(100);

/** What is asked, without who asks. */
export const operationAsked = z.discriminatedUnion('operation', [
  /** Those with these ids; all that are dead when it is asked, when left out. */
  z.strictObject({ operation: z.literal('redrive'), queue: z.enum(redrivenQueues), ids: ids.optional() }),
  /** Lines in quarantine are tried again: those with these ids, or all that stand there when it is asked. */
  z.strictObject({ operation: z.literal('release'), ids: ids.optional() }),
  /** Lines in quarantine are thrown away. */
  z.strictObject({ operation: z.literal('drop'), ids }),
  /** Everybody and everything, a lead or an account, when neither is named. */
  z.strictObject({ operation: z.literal('rebuild'), lead: id.optional(), account: id.optional() }),
  /** All that is stored is copied. */
  z.strictObject({ operation: z.literal('backup') }),
  /** Everything that is held of them, by any of their ids. `lift`: what the CRM says of their records counts again. */
  z.strictObject({ operation: z.literal('erase-person'), lead: id, lift: z.literal(true).optional() }),
]);
export type OperationAsked = z.infer<typeof operationAsked>;
export type OperationName = OperationAsked['operation'];
export type AskedOf<Name extends OperationName> = Extract<OperationAsked, { operation: Name }>;

/** Who asks, and why: kept with the operation. */
export const asking = { by: z.string().trim().min(1).max(200), why: z.string().trim().min(1).max(1_000) };

/** The body of a message on the queue `operate`. Never on the bus: it names who asked. */
export const operationRequested = z.strictObject({
  type: z.literal('operation-requested.v1'),
  operationId: id,
  at: moment,
  asked: operationAsked,
  ...asking,
});
export type OperationRequested = z.infer<typeof operationRequested>;

/** What was done: how many of what, and what somebody should know besides. Ids and kinds only. */
export interface OperationReport {
  counts: Record<string, number>;
  notes?: string[] | undefined;
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

export interface Operation {
  operationId: string;
  asked: OperationAsked;
  by: string;
  why: string;
  /** When it was asked. */
  at: string;
  state: 'running' | 'done' | 'failed';
  /** Since when that is so. */
  since: string;
  slices: number;
  /** Where it goes on. */
  progress?: Json | undefined;
  /** ISO: not before that. */
  notBefore?: string | undefined;
  report?: OperationReport | undefined;
  /** Of one that failed: the kind of error, without its message. */
  failed?: string | undefined;
}
