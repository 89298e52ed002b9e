// HubSpot writes every property's value as text, whatever its type; empty means that somebody cleared it.
import { typedNumber } from '../../domain/typed-number.ts';
import { line } from '../contract-shapes.ts';

/** A value in our terms, or why it is none. */
export type Value<Ours> = { value: Ours } | { why: string };

const cleared = { why: 'was cleared, and what is known here stays until something else is said' };

export const text =
  (length: number) =>
  (typed: string): Value<string> => {
    const value = line(typed, length);
    return value === undefined ? cleared : { value };
  };

/** A checkbox that was never touched is empty. */
export const checkbox = (typed: string): Value<boolean> => {
  const word = typed.trim().toLowerCase();
  return ['true', 'false', ''].includes(word) ? { value: word === 'true' } : { why: 'is neither true nor false' };
};

/** The id of another record, or of an owner. */
export const reference = (typed: string): Value<string | null> => ({ value: line(typed, 100) ?? null });

/** Values of a property that takes several, which HubSpot parts with semicolons. */
export const list =
  (length: number, most: number) =>
  (typed: string): Value<string[]> => {
    const values = typed.split(';').flatMap((one) => line(one, length) ?? []);
    return { value: [...new Set(values)].slice(0, most) };
  };

/** As HubSpot's number properties write them: `1200`, `1200.5`, `1.2E7`. */
const machineNumber = /^\d+(?:\.\d+)?(?:e\+?\d{1,3})?$/i;

/** No number is longer, nor anything that somebody would type for one. */
const numberLength = 60;

const numeric =
  (numberIn: (typed: string) => number | undefined, why: string) =>
  (typed: string): Value<number> => {
    const trimmed = typed.trim();
    if (trimmed === '') return cleared;
    const value = trimmed.length > numberLength ? undefined : numberIn(trimmed);
    return value === undefined || !Number.isFinite(value) ? { why } : { value };
  };

const machineRead = (typed: string): number | undefined => (machineNumber.test(typed) ? Number(typed) : undefined);
const whole = (value: number | undefined): number | undefined => (Number.isSafeInteger(value) ? value : undefined);

export const amount = numeric((typed) => machineRead(typed) ?? typedNumber(typed), 'is no number');

/** People: whole, and of a range such as `51-200` its lower end. `1.200` is as people write it, for nobody has 1.2 employees. */
export const headcount = numeric((typed) => typedNumber(typed) ?? whole(machineRead(typed)), 'is no number of people');

/** A moment as webhooks (milliseconds) and the API (ISO 8601) write it. */
export const momentIn = (typed: string): number | undefined => {
  const isoDate = /^\d{4}-\d\d-\d\d(?:T|$)/;
  const at = /^\d{1,15}$/.test(typed) ? Number(typed) : isoDate.test(typed) ? Date.parse(typed) : Number.NaN;
  return Number.isFinite(at) && at >= 0 ? at : undefined;
};
