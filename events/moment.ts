// The two scalar shapes every contract shares.
import * as z from 'zod';

/** A moment as ISO 8601 in UTC with milliseconds, `2026-11-22T09:30:00.000Z`: sorts as text in time order. */
export const moment = z.iso.datetime({ precision: 3 });

/** An id Muster made or took over: printable, no spaces, at most 200 characters. */
export const id = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 printable characters without spaces');
