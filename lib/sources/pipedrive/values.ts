// Reads values of Pipedrive's records: as webhooks (v2) wrap them and as its list calls give them.
import { line } from '../contract-shapes.ts';

export type Values = Readonly<Record<string, unknown>>;

export const valuesIn = (value: unknown): Values | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : undefined;

const own = (values: Values | undefined, key: string): unknown =>
  values !== undefined && Object.hasOwn(values, key) ? values[key] : undefined;

/** A property of the record or, by its 40 characters, a custom field of the tenant's; undefined where it has neither. */
export const valueAt = (record: Values | undefined, property: string): unknown =>
  own(record, property) ?? own(valuesIn(own(record, 'custom_fields')), property) ?? own(record, property);

/** Whether the record, or what changed in it, has the property at all, be it null. */
export const names = (record: Values | undefined, property: string): boolean =>
  own(record, property) !== undefined || own(valuesIn(own(record, 'custom_fields')), property) !== undefined;

/** Custom fields come as `{ type, value }`, choices and references as `{ id }`, several choices as `{ values: [{ id }] }`. */
const plain = (value: unknown): unknown => {
  const wrapped = valuesIn(value);
  if (wrapped === undefined) return value;
  return own(wrapped, 'value') ?? own(wrapped, 'id') ?? own(wrapped, 'values');
};

export const textOf = (value: unknown, length: number): string | undefined => line(plain(value), length);

export const textsOf = (value: unknown, length: number): string[] => {
  const list = plain(value);
  return (Array.isArray(list) ? list : [list]).flatMap((one: unknown) => textOf(one, length) ?? []);
};

export const wholeNumber = (value: unknown): number | undefined => {
  const number = plain(value);
  return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : undefined;
};

export const amount = (value: unknown): number | undefined => {
  const number = plain(value);
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined;
};

/** Another record's id; null: none any more; undefined: not said. */
export const referenceIn = (record: Values, property: string): string | null | undefined => {
  const value = valueAt(record, property);
  return value === null ? null : textOf(value, 100);
};

/** Of `emails` and `phones` the primary one, or the first there is. */
export const primaryOf = (value: unknown, length: number): string | undefined => {
  if (!Array.isArray(value)) return textOf(value, length);
  const entries = value.map((entry: unknown) => ({ text: textOf(entry, length), primary: valuesIn(entry)?.primary }));
  const filled = entries.filter(({ text }) => text !== undefined);
  return (filled.find(({ primary }) => primary === true) ?? filled[0])?.text;
};

/** Addresses are parted; before they were one text, which names no country for certain. */
export const countryOf = (value: unknown): string | undefined => {
  const parts = valuesIn(value);
  return parts === undefined ? textOf(value, 100) : textOf(own(parts, 'country') ?? plain(parts), 100);
};

/** Milliseconds since 1970, of ISO text, of `2022-11-24 13:14:07` (UTC) or of seconds. */
export const timeOf = (value: unknown): number | undefined => {
  if (typeof value === 'number') return inRange(value * 1_000);
  if (typeof value !== 'string') return undefined;
  if (/^\d{10}$/.test(value)) return inRange(Number(value) * 1_000);
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,9})?)(Z|[+-]\d\d:?\d\d)?$/.exec(value);
  return parts === null ? undefined : inRange(Date.parse(`${parts[1]}T${parts[2]}${parts[3] ?? 'Z'}`));
};

const inRange = (time: number): number | undefined =>
  Number.isFinite(time) && time >= 0 && time < 253_402_300_800_000 ? time : undefined;
