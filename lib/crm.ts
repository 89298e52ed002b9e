// What the steps need of a tenant's CRM: to be told what changed there, and to tell it what was judged here. One implementation for
// each kind of CRM in `adapters/crm/`, on the vendor's own client.

/** What is told of a person or an account. The connection's `writeBack` says into which of the CRM's properties each goes. */
export interface Judgement {
  status: string;
  /** Why it has that status, in a sentence. */
  reason: string;
  grade: string;
  score: number;
  /** Ours, for links in mails and for support. */
  id: string;
}

export interface CrmUpdate {
  object: 'person' | 'account';
  /** The record's id in the CRM. */
  externalId: string;
  values: Readonly<Partial<Record<keyof Judgement, string | number>>>;
}

/** `gone`: the CRM has no such record any more. `refused`: it would not take it, now or ever; `why` names fields, never values. */
export type CrmOutcome = { outcome: 'written' | 'gone' } | { outcome: 'refused'; why: string };

/** `later`: it is not known to be written, for that reason. */
export type WriteOutcome = CrmOutcome | { outcome: 'later'; error: unknown };

/** The CRM cannot be reached, is limiting us, or has a fault of its own: try again, not before `retryAfterMs`. */
export class CrmUnavailable extends Error {
  readonly code = 'crm-unavailable';
  readonly retryable = true;
  readonly retryAfterMs: number | undefined;

  constructor(why: string, { retryAfterMs, cause }: { retryAfterMs?: number | undefined; cause?: unknown } = {}) {
    super(why, { cause });
    this.retryAfterMs = retryAfterMs;
  }
}

/** Kinds of records that are asked for when deliveries may have been missed; each CRM has those it has. */
export const pulledObjects = ['person', 'account', 'opportunity', 'contract', 'activity'] as const;
export type PulledObject = (typeof pulledObjects)[number];

export interface PulledPage {
  /** As the CRM's API gives them: the connection's source makes lines of them. */
  records: readonly unknown[];
  /** Where the next page begins; none after the last. */
  next?: string;
  /** What the CRM keeps to itself of such records, and why. */
  unread?: { what: string; why: string };
}

export interface Crm {
  /** In the order they are given, an outcome each. The same update twice is one. Throws, CrmUnavailable say, where not one came to an
   * end; of any that is `later`, or of which it throws, nobody knows whether it was written. */
  write(updates: readonly CrmUpdate[]): Promise<readonly WriteOutcome[]>;
  /** Records that were changed, made, deleted or merged at or after a moment (ISO), in pages. */
  changedSince(object: PulledObject, since: string, from?: string): Promise<PulledPage>;
  /** Makes the CRM merge one record into another, by its own call. */
  merge(object: 'person' | 'account', into: string, from: string): Promise<CrmOutcome>;
  /** Makes the CRM convert a lead of its own (Salesforce) into a contact of this account; of CRMs without such leads absent. */
  convert?(lead: string, account: string | undefined): Promise<CrmOutcome & { contact?: string; account?: string }>;
}
