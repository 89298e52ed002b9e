// Reads the parameters of a query, and refuses what cannot be one by its name.
import { type ReviewReason, reviewReasons } from '../../lib/domain/review.ts';
import { mostAtOnce, type ReviewAsked, reviewCursor } from '../../lib/steps/read-review.ts';
import { Problem } from './problem.ts';

const refused = (field: string, detail: string): Problem =>
  new Problem(400, `The parameter ${field} cannot be accepted`, { errors: [{ field, detail }] });

/** Undefined where it is not given; throws where `read` makes nothing of it. */
const parameter = <Value>(
  query: string,
  name: string,
  read: (text: string) => Value | undefined,
  expected: string,
): Value | undefined => {
  const given = new URLSearchParams(query).getAll(name);
  if (given.length === 0) return undefined;
  const value = given.length === 1 ? read(given[0]!) : undefined;
  if (value === undefined) throw refused(name, expected);
  return value;
};

const aCursor = 'is none that a page of this list answered as its next';

const isReason = (text: string): text is ReviewReason => reviewReasons.some((reason) => reason === text);

const pageSize = (text: string): number | undefined => {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= mostAtOnce ? limit : undefined;
};

export const reviewAsked = (query: string): ReviewAsked => ({
  reason: parameter(
    query,
    'reason',
    (text) => (isReason(text) ? text : undefined),
    `is one of ${reviewReasons.join(', ')}`,
  ),
  after: parameter(query, 'after', reviewCursor, aCursor),
  limit: parameter(query, 'limit', pageSize, `is a number from 1 to ${mostAtOnce}`),
});
