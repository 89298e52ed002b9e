// What a cell of a list says, read strictly: a value that could mean two things is refused, not guessed.
import { DateTime } from 'luxon';
import { normaliseEmail } from '../email.ts';
import { isSite } from '../mail-domains.ts';
import { typedNumber } from '../typed-number.ts';

/** How the file writes its dates, where not as ISO 8601 with a zone. */
export interface Dates {
  /** Luxon's letters: `dd/MM/yyyy`, `yyyy-MM-dd HH:mm`. */
  format?: string | undefined;
  /** IANA name of where the dates are from. */
  zone?: string | undefined;
}

/** Why a cell cannot be read; it follows the column's name and never repeats the value. */
export interface Fault {
  fault: string;
}
export type Cell<Value> = (text: string, dates: Dates) => Value | Fault;

export const isFault = (value: unknown): value is Fault =>
  typeof value === 'object' && value !== null && 'fault' in value && Object.keys(value).length === 1;

export const text =
  (most: number): Cell<string> =>
  (typed) =>
    typed.length <= most ? typed : { fault: `is longer than ${most} characters` };

export const email: Cell<string> = (typed) =>
  typed.length <= 320 && normaliseEmail(typed) !== undefined ? typed : { fault: 'is not an e-mail address' };

/** By spaces, commas or semicolons. */
export const sites =
  (most: number): Cell<string[]> =>
  (typed) => {
    const values = typed.split(/[\s,;]+/).filter((value) => value !== '');
    if (values.length > most) return { fault: `names more than ${most}` };
    return values.every((value) => value.length <= 253 && isSite(value))
      ? values
      : { fault: 'has one that is no domain such as acme.example, nor an address of a page there' };
  };

/** By semicolons: names have spaces and commas. */
export const names =
  (most: number, mostEach: number): Cell<string[]> =>
  (typed) => {
    const values = typed.split(';').flatMap((value) => value.trim() || []);
    return values.length <= most && values.every((value) => value.length <= mostEach)
      ? values
      : { fault: `names more than ${most}, or one longer than ${mostEach} characters` };
  };

export const headcount: Cell<number> = (typed) => typedNumber(typed) ?? { fault: 'is not a number of people' };

/** A plain number, or one with groups of three by commas or spaces: `1500000.50`, `1,500,000.50`. */
export const amount: Cell<number> = (typed) =>
  /^(\d{1,15}|\d{1,3}([, ])\d{3}(\2\d{3})*)(\.\d{1,4})?$/.test(typed)
    ? Number(typed.replace(/[, ]/g, ''))
    : { fault: 'is not an amount such as 1500000 or 1,500,000.50' };

const truths = new Map([
  ...['yes', 'y', 'true', '1'].map((word) => [word, true] as const),
  ...['no', 'n', 'false', '0'].map((word) => [word, false] as const),
]);
export const truth: Cell<boolean> = (typed) => truths.get(typed.toLowerCase()) ?? { fault: 'is neither yes nor no' };

export const oneOf =
  <Value extends string>(values: readonly Value[]): Cell<Value> =>
  (typed) => {
    const word = typed.toLowerCase().replaceAll(/[\s_]+/g, '-');
    return values.find((value) => value === word) ?? { fault: `is none of ${values.join(', ')}` };
  };

const zoned = /(Z|[+-]\d\d:?\d\d)$/i;
const isoDate = /^\d{4}-\d\d-\d\d$/;
const isoTime = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/i;

/** A day begins at midnight where the dates are from, in UTC if nobody said; a time without a zone says nothing of when. */
export const moment: Cell<string> = (typed, { format, zone }) => {
  if (format !== undefined) {
    const read = DateTime.fromFormat(typed, format, { zone: zone ?? 'utc', locale: 'en' });
    return read.isValid ? utc(read) : { fault: `is not a date as the map’s format ${format} has it` };
  }
  if (!isoDate.test(typed) && !isoTime.test(typed)) {
    return { fault: 'is not a date such as 2026-11-22, nor a time such as 2026-11-22T09:30:00Z' };
  }
  if (!isoDate.test(typed) && !zoned.test(typed) && zone === undefined) {
    return { fault: 'has a time but no zone; write 2026-11-22T09:30:00Z, or name the zone in the map' };
  }
  const read = DateTime.fromISO(typed.replace(' ', 'T').toUpperCase(), { zone: zone ?? 'utc' });
  return read.isValid ? utc(read) : { fault: 'is a day or time that there is not' };
};

const utc = (read: DateTime): string => new Date(read.toMillis()).toISOString();
