// What Salesforce's error codes come to: developer.salesforce.com, "Status Codes and Error Responses" (REST), "Core Data Types Used in
// API Calls" (StatusCode). Only codes and names of fields are kept: messages repeat what was sent.
import * as z from 'zod';
import { type CrmOutcome, CrmUnavailable } from '../../../crm.ts';

/** Salesforce will not do it, and not later either: something in the organisation or in the tenant's configuration is to be changed. */
export class SalesforceRefusal extends Error {
  readonly code = 'crm-refused';
  readonly retryable = false;
  /** Of Salesforce, as `INVALID_FIELD`. */
  readonly status: string;
  /** Which field it is about, if it said so. */
  readonly field: string | undefined;

  constructor(status: string, field?: string) {
    super(`Salesforce refuses: ${named(status, field === undefined ? [] : [field])}`);
    this.status = status;
    this.field = field;
  }
}

/** The limit of requests is one of 24 hours that roll, or of what runs at once. */
const afterLimitMs = 5 * 60_000;

const limits = new Set(['REQUEST_LIMIT_EXCEEDED', 'API_CURRENTLY_DISABLED']);
const passing = new Set([
  ...['UNABLE_TO_LOCK_ROW', 'SERVER_UNAVAILABLE', 'UNKNOWN_EXCEPTION', 'REQUEST_RUNNING_TOO_LONG', 'QUERY_TIMEOUT'],
  ...['ORG_LOCKED', 'ERROR_HTTP_408', 'ERROR_HTTP_500'],
]);
const expired = new Set(['INVALID_SESSION_ID', 'INVALID_AUTH_HEADER', 'ERROR_HTTP_401']);
const gone = new Set([
  ...['ENTITY_IS_DELETED', 'NOT_FOUND', 'INVALID_CROSS_REFERENCE_KEY'],
  // Whoever was converted is written by way of their contact.
  'CANNOT_UPDATE_CONVERTED_LEAD',
]);

const isCode = (text: string): boolean => /^[A-Z][A-Z0-9_]{2,79}$/.test(text);
const isField = (text: string): boolean => /^[A-Za-z]\w{0,79}(?:\.[A-Za-z]\w{0,79}){0,4}$/.test(text);

const named = (status: string, fields: readonly string[]): string => {
  const code = isCode(status) ? status : 'a code that is none';
  const known = fields.filter(isField).slice(0, 10);
  return known.length > 0 ? `${code} (${known.join(', ')})` : code;
};

const apiError = z.object({ errorCode: z.string(), message: z.string().default('') });

/** `No such column 'Score__c' on entity 'Lead'`: the name is one of the tenant's own configuration. */
const fieldIn = (message: string): string | undefined =>
  /(?:No such column|Didn't understand relationship) '([\w.]{1,160})'/.exec(message)?.[1];

/** 'expired': the token is not taken any more. */
export const faultOf = (error: unknown): CrmUnavailable | SalesforceRefusal | 'expired' | undefined => {
  if (error instanceof CrmUnavailable || error instanceof SalesforceRefusal) return error;
  const parsed = apiError.safeParse(error);
  if (!parsed.success) return undefined;
  // SOAP's have a prefix: `sf:INVALID_SESSION_ID`.
  const status = parsed.data.errorCode.replace(/^\w+:/, '');
  if (expired.has(status)) return 'expired';
  return unavailable(status) ?? new SalesforceRefusal(status, fieldIn(parsed.data.message));
};

const unavailable = (status: string): CrmUnavailable | undefined => {
  const why = `Salesforce answered ${named(status, [])}`;
  if (limits.has(status)) return new CrmUnavailable(why, { retryAfterMs: afterLimitMs });
  return passing.has(status) ? new CrmUnavailable(why) : undefined;
};

/** Of one record, in collections and SOAP's results alike. */
export const recordErrors = z.array(
  z.object({
    statusCode: z.string(),
    fields: z
      .union([z.array(z.string()), z.string().transform((one) => [one])])
      .nullish()
      .transform((fields) => fields ?? []),
  }),
);

/** What became of a record that was not written. */
export const outcomeOf = (errors: z.infer<typeof recordErrors>): CrmOutcome | CrmUnavailable => {
  const later = errors.map(({ statusCode }) => unavailable(statusCode)).find((one) => one !== undefined);
  if (later !== undefined) return later;
  // A reference among the values that leads nowhere has the same code as a record that is not there.
  const isGone = errors.some(
    ({ statusCode, fields }) => gone.has(statusCode) && fields.every((field) => field.toLowerCase() === 'id'),
  );
  if (isGone) return { outcome: 'gone' };
  const why = errors.map(({ statusCode, fields }) => named(statusCode, fields)).slice(0, 3);
  return { outcome: 'refused', why: why.join('; ') || 'no reason given' };
};

/** The same for a call that was refused as a whole. */
export const outcomeOfRefusal = ({ status, field }: SalesforceRefusal): CrmOutcome =>
  gone.has(status)
    ? { outcome: 'gone' }
    : { outcome: 'refused', why: named(status, field === undefined ? [] : [field]) };
