// What every source has in common: it reads a delivery of its own kind and answers journal lines, or what is wrong with it.
// A new CRM is one more file here, beside `signed-webhook.ts`, that exports a WebhookSource, and a line in `webhook-sources.ts`.
import type { Captured } from '../../events/catalogue.ts';
import type { Connection } from '../domain/connection.ts';
import type { CrmMapping } from '../domain/playbook/crm.ts';

/** One thing wrong with what was sent. `field` is a path such as `batch[3].timestamp`; `detail` never repeats the value. */
export interface FieldProblem {
  field: string;
  detail: string;
  /** What a form's page calls the field. */
  label?: string | undefined;
}

/** What a CRM reported that means nothing here, or cannot be made out from what it sent: said in the log, by these words, which
 * repeat nothing of what was sent but names of the CRM's own (kinds of objects and of changes). */
export interface Unread {
  what: string;
  why: string;
}

export type Reading<Line extends Captured = Captured> =
  | { lines: readonly Line[]; unread?: readonly Unread[] }
  | { problems: readonly FieldProblem[] }
  /** Well-formed, but not wanted here: `detail` says what would be, and `suggestion` what was probably meant. */
  | { refused: readonly FieldProblem[]; detail: string; suggestion?: string | undefined }
  /** More items than one delivery may carry. */
  | { tooMany: number };

/** Items one delivery may carry, whatever the source; a queue message carries as many lines. */
export const maximumItems = 100;

/** Header names in lower case, as API Gateway and Node give them. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** A webhook as it came in: signatures are over these very bytes. */
export interface WebhookDelivery {
  /** Name of the CRM connection in the tenant file. */
  source: string;
  connection: Connection;
  method: string;
  /** As the sender wrote it: scheme, host, path and query. */
  url: string;
  /** What came after the connection's name in the path: some CRMs sign nothing, and know a secret address instead. */
  pathSecret?: string | undefined;
  headers: Headers;
  body: Buffer;
  /** Milliseconds since 1970. */
  now: number;
}

/** The answer the sender wants to its delivery once all of it is durable. */
export interface Acknowledgement {
  statusCode: 200;
  headers: { 'content-type': string };
  body: string;
}

export interface WebhookSource {
  /** What its bodies are; `document` is then parsed JSON, or the text. */
  body: 'json' | 'xml';
  /** The most it takes of a body; 64 KB, as everywhere, if it does not say. */
  maximumBytes?: number;
  /** Whether one of the live secrets signed this delivery, and lately. Says no more than that on purpose. */
  verify(delivery: WebhookDelivery, secrets: readonly string[]): boolean;
  read(delivery: WebhookDelivery, document: unknown, mapping: CrmMapping): Reading;
  /** Without one the answer is 202 with a count, as everywhere. */
  acknowledgement?: Acknowledgement;
}
