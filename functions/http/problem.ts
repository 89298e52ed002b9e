// What a route throws when it cannot accept a request, and the ways it comes to that.
import type { Captured } from '../../events/catalogue.ts';
import { type FieldProblem, maximumItems, type Reading } from '../../lib/sources/source.ts';

interface Extras {
  errors?: readonly FieldProblem[];
  /** What the caller probably meant to send. */
  suggestion?: string | undefined;
  headers?: Record<string, string>;
  cause?: unknown;
}

/** Thrown to answer the request with this status. `detail` is told to the caller: no personal data, nothing of ours. */
export class Problem extends Error {
  readonly status: number;
  readonly errors: readonly FieldProblem[];
  readonly suggestion: string | undefined;
  readonly headers: Record<string, string>;

  constructor(status: number, detail: string, { errors = [], suggestion, headers = {}, cause }: Extras = {}) {
    super(detail, { cause });
    this.status = status;
    this.errors = errors;
    this.suggestion = suggestion;
    this.headers = headers;
  }
}

/** What a source read, or the refusal it stands for. */
export const linesOf = <Line extends Captured>(reading: Reading<Line>): readonly Line[] => {
  if ('lines' in reading) return reading.lines;
  if ('tooMany' in reading)
    throw new Problem(413, `${reading.tooMany} items are more than the ${maximumItems} one request may carry`);
  if ('refused' in reading) {
    const { refused: errors, detail, suggestion } = reading;
    throw new Problem(422, detail, { errors, suggestion });
  }
  throw new Problem(400, 'Some fields cannot be accepted', { errors: reading.problems });
};

/** Something we depend on failed: nothing was accepted, and the same request may succeed soon. */
export const orUnavailable = async <Value>(work: Promise<Value>): Promise<Value> => {
  try {
    return await work;
  } catch (cause) {
    throw new Problem(503, 'Nothing was accepted; please try again', { headers: { 'retry-after': '5' }, cause });
  }
};
