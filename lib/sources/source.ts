// What every source has in common: it reads a delivery of its own kind and answers journal lines, or what is wrong with it.
// A new CRM is one more file here, beside `signed-webhook.ts`, that exports a WebhookSource.
import type { Captured } from '../../events/catalogue.ts';

/** One thing wrong with what was sent. `field` is a path such as `batch[3].timestamp`; `detail` never repeats the value. */
export interface FieldProblem {
  field: string;
  detail: string;
  /** What a form's page calls the field. */
  label?: string | undefined;
}

export type Reading<Line extends Captured = Captured> =
  | { lines: readonly Line[] }
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
  headers: Headers;
  body: Buffer;
  /** Milliseconds since 1970. */
  now: number;
}

export interface WebhookSource {
  /** Whether one of the live secrets signed this delivery, and lately. Says no more than that on purpose. */
  verify(delivery: WebhookDelivery, secrets: readonly string[]): boolean;
  /** `document` is the body as parsed JSON. */
  read(delivery: WebhookDelivery, document: unknown): Reading;
}
