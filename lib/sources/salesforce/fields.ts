// The fields of a Salesforce record as one flat list, whichever way they came: change events and queries nest what belongs
// together (`MailingAddress: { Country }`), messages do not (`MailingCountry`), and relations nest always (`Account: { Name }`).
import { line } from '../contract-shapes.ts';
import { recordId } from './record-id.ts';

/** By the name the field has in Salesforce's API, `Account.Name` for one of a related record. null: the field was emptied. */
export type Fields = ReadonlyMap<string, string | number | boolean | null>;

/** Related records of related records are the deepest a query of ours can ask for. */
const deepest = 3;

/** `Name.FirstName` → `FirstName`, `MailingAddress.Country` → `MailingCountry`, `Address.Country` → `Country`: components of
 * compound fields are called so in events (developer.salesforce.com, "Get Compound Fields in Change Events") and, in small
 * letters, in query results. Others keep their path. */
export const fieldName = (path: string): string => {
  const [compound, component, ...deeper] = path.split('.');
  if (compound === undefined || component === undefined || deeper.length > 0) return path;
  if (compound === 'Name') return component;
  if (!compound.endsWith('Address')) return path;
  return `${compound.slice(0, -'Address'.length)}${component.charAt(0).toUpperCase()}${component.slice(1)}`;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isValue = (value: unknown): value is string | number | boolean | null =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

function* leavesOf(
  record: Readonly<Record<string, unknown>>,
  path: string,
  depth: number,
): Generator<[string, string | number | boolean | null]> {
  for (const [key, value] of Object.entries(record)) {
    // A query's rows say there what they are; a long text that changed a little comes as `{ diff }`, and none of ours is long.
    if (key === 'attributes' || key === 'ChangeEventHeader' || (path !== '' && key === 'diff')) continue;
    if (isValue(value)) yield [fieldName(`${path}${key}`), value];
    else if (isObject(value) && depth < deepest) yield* leavesOf(value, `${path}${key}.`, depth + 1);
  }
}

export const fieldsOf = (record: Readonly<Record<string, unknown>>): Fields => new Map(leavesOf(record, '', 0));

export const textIn = (fields: Fields, name: string, length: number): string | undefined =>
  line(fields.get(name), length);

/** null where the field was emptied. */
export const idIn = (fields: Fields, name: string): string | null | undefined =>
  fields.get(name) === null ? null : recordId(fields.get(name));

/** Messages write `true`, the others say it. */
export const flagIn = (fields: Fields, name: string): boolean | undefined => {
  const value = fields.get(name);
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
};

/** Not negative; undefined if it is no number. Messages write it as text, large ones as `1.2E7`. */
export const numberIn = (fields: Fields, name: string): number | undefined => {
  const value = fields.get(name);
  if (typeof value === 'string' && !/^\d{1,16}(?:\.\d{1,20})?(?:E\d{1,2})?$/.test(value)) return undefined;
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && number >= 0 && number <= Number.MAX_SAFE_INTEGER ? number : undefined;
};

const oneDay = 86_400_000;

/** Midnight UTC that begins the date, or so many days later; null where it was emptied. Dates of Salesforce have no zone. Events
 * of some clients carry milliseconds in their place. */
export const dateIn = (fields: Fields, name: string, daysLater = 0): string | null | undefined => {
  const value = fields.get(name);
  if (value === null) return null;
  const date = typeof value === 'string' ? /^(\d{4}-\d\d-\d\d)(?:T|Z|[+-]|$)/.exec(value)?.[1] : value;
  const midnight = typeof date === 'string' ? Date.parse(`${date}T00:00:00Z`) : date;
  if (typeof midnight !== 'number' || !Number.isFinite(midnight)) return undefined;
  const moment = Math.floor(midnight / oneDay) * oneDay + daysLater * oneDay;
  // The years 1 to 9999: the contract's moments have four digits.
  return moment >= -62_135_596_800_000 && moment < 253_402_300_800_000 ? new Date(moment).toISOString() : undefined;
};

/** Milliseconds since 1970 of a date and time, as text or as that number. */
export const momentIn = (fields: Fields, name: string): number | undefined => {
  const value = fields.get(name);
  const moment = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : value;
  return typeof moment === 'number' && Number.isFinite(moment) ? moment : undefined;
};
