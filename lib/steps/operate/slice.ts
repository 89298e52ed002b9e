// What an operation is given, and what it answers of each slice.
import type { Json, OperationReport } from '../../domain/operations.ts';
import type { Retention } from '../../domain/retention.ts';
import type { Backups, DeadLetters, Files, KeptMails, Scan, StreamPlaces } from '../../mending.ts';
import type { Bus, Clock, Log, Queue, Table, Timers } from '../../ports.ts';
import type { PlaybookReader } from '../playbooks.ts';

export interface OperatePorts {
  table: Table & Scan;
  bus: Bus;
  /** Where captured lines go to be folded. */
  prompt: Queue;
  deadLetters: DeadLetters;
  /** Where publishing reads a stream that forgets. */
  stream?: StreamPlaces | undefined;
  /** Where mails are kept that were sent. */
  mails?: KeptMails | undefined;
  /** Where what is removed may stay behind. */
  files?: Files | undefined;
  /** Where any are taken. */
  backups?: Backups | undefined;
  timers: Timers;
  clock: Clock;
  log: Log;
  playbook: PlaybookReader;
  /** How long the trails are kept that aggregates are made of. */
  retention?: Retention | undefined;
}

/** One that is not done goes on from `progress`, at once or not before a moment (ISO). The report is of all slices so far. */
export type Slice =
  | { done: true; report: OperationReport }
  | { done: false; progress: Json; report: OperationReport; notBefore?: string | undefined };

/** What of an operation a slice sees. */
export interface Running<Asked> {
  asked: Asked;
  operationId: string;
  by: string;
  why: string;
  /** When it was asked: what came after is not meant. */
  at: string;
  /** As the last slice left them. */
  progress: Json | undefined;
  report: OperationReport | undefined;
}

/** Does a bounded piece of the work. It may run twice from the same progress. */
export type RunSlice<Asked> = (ports: OperatePorts, running: Running<Asked>) => Promise<Slice>;

/** Counts added to those of the slices before. */
export const adding = (
  report: OperationReport | undefined,
  counts: Record<string, number>,
  notes: readonly string[] = [],
): OperationReport => {
  const sum = { ...report?.counts };
  for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
  const all = [...new Set([...(report?.notes ?? []), ...notes])];
  return { counts: sum, ...(all.length > 0 && { notes: all }) };
};
