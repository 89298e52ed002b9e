// What the steps need of the world. Two families of adapters implement it: `adapters/aws` and `adapters/embedded`;
// the contract suites in test/contracts hold both to the same words.
import type { Published } from '../events/catalogue.ts';
import type { MetricName } from './metrics.ts';
import type { Subscriber } from './subscriptions.ts';

/** One item of the single table. `version` counts its writes from 1; other attributes are the item's own. */
export interface Item {
  pk: string;
  sk: string;
  type: string;
  version: number;
  /** Seconds since 1970 after which the item no longer exists for readers, whether or not it was deleted yet. */
  ttl?: number;
  /** Key of the sparse `lists` index. An item without them is in no list. */
  listPk?: string;
  listSk?: string;
  /** The version of its shape; absent: one of the first two, which differ in their fields. */
  schema?: number;
  /** The events this very write brings about, as JSON: the table's stream carries them to the bus, so that an event exists if
   * and only if the state was saved. Absent when it brings about none. */
  outbox?: string;
  [attribute: string]: unknown;
}
export interface Key {
  pk: string;
  sk: string;
}

/** When a write may happen. `absent`: no such item yet. `version`: the stored version is this one. `newer`: absent, or
 * the stored attribute is smaller than this write's (how snapshots of something versioned elsewhere stay in order). */
export type Condition =
  | { if: 'absent' }
  | { if: 'version'; is: number }
  | { if: 'newer'; attribute: string }
  | { if: 'always' };

export type Write =
  | { put: Item; condition: Condition }
  /** Removes the item; with `version`, only if that is the stored one. Removing nothing succeeds. */
  | { remove: Key; condition: Condition }
  /** Nothing is written, but the item must be at this version (or absent, with `absent`). Only within a transaction. */
  | { check: Key; condition: Condition };

/** A write whose condition did not hold. Nothing was changed; load again and decide again. */
export class ConflictError extends Error {
  readonly code = 'conflict';
  readonly retryable = true;
}

export interface ListOptions {
  after?: string | undefined;
  upTo?: string | undefined;
  limit?: number | undefined;
  newestFirst?: boolean;
}

/** The single table. Reads are strongly consistent except `list`. Expired items are never returned.
 * Attribute values are JSON values; undefined attributes are not stored. */
export interface Table {
  get(key: Key): Promise<Item | undefined>;
  /** Several items at once, at most 100; missing ones are left out, order is not kept. */
  getMany(keys: readonly Key[]): Promise<Item[]>;
  /** One partition in sort-key order, optionally only the sort keys that begin so, and the first `limit` (at least 1) of them. */
  query(pk: string, prefix?: string, limit?: number): Promise<Item[]>;
  /** The sparse index: items of one list by sort key, `after` exclusive, `upTo` inclusive; `newestFirst` turns the order.
   * Eventually consistent. */
  list(listPk: string, options?: ListOptions): Promise<Item[]>;
  /** How many are in one list, as far as `atMost` (at least 1). Reads no item, only the index. Eventually consistent. */
  count(listPk: string, atMost: number): Promise<number>;
  /** Throws ConflictError when the condition does not hold. */
  write(write: Write): Promise<void>;
  /** All or nothing, at most 100 writes on distinct keys. Throws ConflictError when any condition does not hold. */
  transact(writes: readonly Write[]): Promise<void>;
}

/** A queue's sending end. Resolves only when every message is durable; throws otherwise (then any of them may be). Messages go with
 * the trace of the work that sends them, `lib/trace.ts`. */
export interface Queue {
  send(bodies: readonly string[]): Promise<void>;
}

/** The event bus. Resolves only when every event was accepted. At least once: listeners see repeats. */
export interface Bus {
  publish(events: readonly Published[]): Promise<void>;
}

/** What a timer carries back when it fires. It is only a hint to look: state is checked again. */
export interface Timer {
  /** Unique and deterministic: setting the same name again is the same timer. */
  name: string;
  /** ISO moment; fires then or later, perhaps twice, perhaps never (the sweep sees to that). */
  at: string;
  body: string;
}
export interface Timers {
  set(timer: Timer): Promise<void>;
  /** Cancelling what is not there succeeds. */
  cancel(name: string): Promise<void>;
}

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Given to the mail service as a tag, so that a message can be traced to its notice. */
  noticeId: string;
  /** Of what it tells; in its headers, and the first of them a tag. */
  traceIds?: readonly string[] | undefined;
}
/** The service's message id; or, where there is no such mailbox however often one tries, what its server said. */
export type Handed = { messageId: string } | { refused: string };
export interface Mailer {
  /** Hands the mail over. */
  send(mail: Mail): Promise<Handed>;
}

/** What is posted to somebody outside, as JSON. */
export interface Post {
  url: string;
  body: string;
  /** Signed as the Standard Webhooks specification has it, by each of the secrets (`whsec_` and base64). */
  signed?: { id: string; secrets: readonly string[] } | undefined;
}
/** How it ended: the status that was answered or, where none was, why. */
export interface Posted {
  status?: number;
  failed?: string;
  /** How long the receiver asks to wait. */
  retryAfterMs?: number | undefined;
}
export interface Poster {
  /** Resolves whatever becomes of it. */
  post(post: Post): Promise<Posted>;
}

export interface Secrets {
  /** Signing secrets of a CRM connection, newest first; empty when there is none of that name. */
  webhookSecrets(source: string): Promise<readonly string[]>;
  /** What opens a CRM connection's API, by the names its kind has for it; undefined where nobody has given it. */
  crmCredentials(source: string): Promise<Readonly<Record<string, string>> | undefined>;
  readTokens(): Promise<readonly string[]>;
  /** Of those who may decide whose a lead is and who is one person; whoever has one need not be let to read. */
  decisionTokens(): Promise<readonly string[]>;
  /** Of those who mend what runs and erase people: neither of the others lets anybody. */
  operatorTokens(): Promise<readonly string[]>;
}

export interface LinkSecrets {
  /** What signs the links in mails by which sellers say what they did, newest first. */
  linkSecrets(): Promise<readonly string[]>;
}

/** A secret as it is kept. */
export interface LiveSecret {
  /** Newest first; several while one is being replaced. */
  values: readonly string[];
  /** ISO: since when there are several, as far as it was written down. */
  rotatedAt?: string | undefined;
}
/** For whoever replaces them, by the names that `muster secret list` has. */
export interface StoredSecrets {
  read(name: string): Promise<LiveSecret>;
  write(name: string, secret: LiveSecret): Promise<void>;
}

/** Somebody who may sign in. `groups` as the tenant named them, known to Muster or not. */
export interface User {
  /** Verified, in small letters. */
  email: string;
  groups: readonly string[];
}
export interface SignIn {
  /** Whoever a token was given to; undefined where it is none of this tenant's, forged or over. Throws where that cannot be told now. */
  userOf(token: string): Promise<User | undefined>;
}
export interface Users {
  list(): Promise<User[]>;
  /** Adds them, or puts them into this group alone; answers what they sign in with where nobody mails it to them. */
  add(email: string, group: string): Promise<{ token?: string }>;
  /** False where there is nobody of that address. */
  remove(email: string): Promise<boolean>;
}

export interface DestinationSecrets {
  /** What opens a destination outside, by the names its kind has for it; undefined where nobody has given it. */
  destinationCredentials(name: string): Promise<Readonly<Record<string, string>> | undefined>;
}

/** Whose network an address is in, from a database on this very machine: no address is told to anybody. */
export interface NetworkOwners {
  /** The company an address of the public internet belongs to, as registries have it; undefined for providers, hosters,
   * universities and nobody. In microseconds, and the same answer as long as the database is the same. */
  ownerOf(address: string): { asn: number; name: string } | undefined;
}

/** Milliseconds since 1970. Virtual in simulation and replay. */
export interface Clock {
  now(): number;
}

/** Structured log without personal data: ids, counts, codes. */
export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** Counts and measures without personal data or ids. */
export interface Meter {
  /** What one batch or request came to, in one call. Counts of nothing are left out. */
  record(values: Readonly<Partial<Record<MetricName, number>>>): void;
}

/** A message as a consumer gets it. `attempt` counts deliveries from 1. */
export interface Message {
  id: string;
  body: string;
  attempt: number;
  /** Of the work that sent it; none where it came by the bus, whose events say it themselves. */
  traceId?: string | undefined;
}
/** What every queue-fed step is: it answers the ids it could not finish, which come again and in the end rest in the
 * dead-letter queue. What is not named is done. */
export type Consumer = (messages: readonly Message[]) => Promise<{ failed: readonly string[] }>;

/** The queues of a tenant: two of intake, one of timers, one for each subscriber of the bus. */
export type QueueName = 'prompt' | 'hits' | 'timers' | Subscriber;

/** What of an error may stand in a log: its kind and place, without its message. `JSON.parse` quotes what it chokes on, and
 * so do services; that may be what a person wrote. */
export function described(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return {
    error: error.name,
    code: 'code' in error ? error.code : undefined,
    where: frames.slice(0, 3).map((frame) => frame.trim()),
  };
}
