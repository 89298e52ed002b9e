// A moment on the command line.
import { InvalidArgumentError } from 'commander';

/** As ISO 8601 in UTC with milliseconds, whatever zone it was typed in. */
export const momentOption = (text: string): string => {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new InvalidArgumentError('a moment is ISO 8601, e.g. 2026-11-22T09:00:00Z');
  return new Date(time).toISOString();
};
