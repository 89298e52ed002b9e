// A moment on the command line: with its zone, so that the answer does not hang on where it was asked.
import { InvalidArgumentError } from 'commander';
import * as z from 'zod';

/** How a moment may be typed, for the help of an option. */
export const momentForms = 'ISO 8601 with its zone, or a day, which is up to its end in UTC';

const zoned = z.union([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })]);

/** As ISO 8601 in UTC with milliseconds, whatever zone it was typed in; a day is its last millisecond. */
export const momentOption = (text: string): string => {
  if (z.iso.date().safeParse(text).success) return `${text}T23:59:59.999Z`;
  if (zoned.safeParse(text).success) return new Date(text).toISOString();
  if (z.iso.datetime({ local: true }).safeParse(text).success) {
    throw new InvalidArgumentError(`the zone is missing: write ${text}Z for UTC, or such as ${text}+01:00`);
  }
  throw new InvalidArgumentError(
    'a moment is ISO 8601, such as 2026-11-22T09:00:00Z, or a day of the calendar, 2026-11-22',
  );
};
