// What mending needs of the world besides the ports of all steps: the whole table, and what could not be worked off. The contract
// suites hold both families of adapters to it.
import type { Item, Mail, QueueName } from './ports.ts';

/** The queues that have dead letters: besides these the one of Salesforce's events, and the table's stream. */
export type RedrivenQueue = QueueName | 'salesforce' | 'publish';

/** A cursor that no page answered as its next. */
export class NoSuchPageError extends Error {
  readonly code = 'no-such-page';
  readonly retryable = false;
}

/** The whole table, and partitions that may be large, for those who mend it. */
export interface Scan {
  /** All there is, a page of at most `limit` items (at least 1) at a time, in any order. `next` begins the page after it; none when
   * that was the last. A page may be empty before the end. Eventually consistent: what is written meanwhile may be in it. Throws
   * NoSuchPageError where `cursor` is nothing that a page answered. */
  scan(cursor: string | undefined, limit: number): Promise<{ items: Item[]; next?: string }>;
  /** The first `limit` (at least 1) items of a partition after that sort key, in order; from the first where it is empty. Strongly
   * consistent, and without what has expired. */
  page(pk: string, after: string, limit: number): Promise<Item[]>;
}

/** A message nobody could work off. */
export interface DeadLetter {
  id: string;
  body: string;
  /** ISO: since when it is known to wait; where it died or, where only that is known, when it was sent. */
  since: string;
}

/** What rests with the dead letters of each queue. Those that one call has taken, no other sees for a minute or two. */
export interface DeadLetters {
  /** The queues of this tenant that have any. */
  readonly queues: readonly RedrivenQueue[];
  /** How many there are, nearly. */
  count(queue: RedrivenQueue): Promise<number>;
  /** How many wait in the queue itself or are being worked on, nearly, and when the first of them was sent (ISO), where anybody can
   * tell; undefined of the stream. */
  waiting(queue: RedrivenQueue): Promise<{ count: number; since?: string } | undefined>;
  /** The oldest first, as far as that is known; at most `limit`. They stay. */
  list(queue: RedrivenQueue, limit: number): Promise<DeadLetter[]>;
  /** Sends them again as if for the first time: those since before that moment (ISO), of those only the ones with these ids,
   * at most `limit`. Answers how many; each is sent at least once. */
  redrive(
    queue: RedrivenQueue,
    which: { before: string; ids?: readonly string[] | undefined; limit: number },
  ): Promise<number>;
  /** Puts another body in a letter's place, or takes it away where that is undefined. Answers how many letters changed; `isAll` unless
   * there were more than one call looks through. */
  rewrite(
    queue: RedrivenQueue,
    change: (body: string) => string | undefined,
  ): Promise<{ changed: number; isAll: boolean }>;
}

/** The table's stream, by the places in it that rest with the dead letters of `publish`. */
export interface StreamPlaces {
  /** The outboxes there; where the stream no longer reaches back so far, between which moments (ISO) they were written.
   * Undefined where that is no such place. */
  outboxesAt(place: string): Promise<{ outboxes: string[] } | { gone: { from: string; to: string } } | undefined>;
}

/** Mails that were handed over and are still kept here: only where they are. */
export interface KeptMails {
  /** Takes away those it is true of; answers how many. */
  forget(isAbout: (mail: Mail) => boolean): Promise<number>;
}

/** The files in which all is stored: only where they are ours. */
export interface Files {
  /** Leaves nothing in them of what was removed until now. */
  shred(): Promise<void>;
}

export interface Backups {
  /** Takes one of all that is in the table; of the embedded edition of its queues and timers too. Answers where it is. */
  create(name: string): Promise<string>;
}
