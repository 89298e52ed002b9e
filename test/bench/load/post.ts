// Posts forms at a rate that does not wait for the answers, and notes what was accepted.
import autocannon from 'autocannon';
import * as z from 'zod';
import { formOf } from '../buyers.ts';

export interface Accepted {
  /** By the touch's id, the number of the person. */
  touches: Map<string, number>;
  /** Answered anything else, or not at all. */
  refused: number;
  unanswered: number;
}
export interface Posted {
  accepted: number;
  /** 99 of 100 were answered within so many milliseconds. */
  p99: number;
  /** The person whose form was accepted last. */
  last: number | undefined;
}

const answer = z.object({ touchId: z.string() });
const connections = 64;

/** `rate` a second, for so long; without a rate as fast as they are answered. Numbers people from `next()` on. */
export const postForms = async (
  url: string,
  { rate, seconds, next, into }: { rate?: number; seconds: number; next: () => number; into: Accepted },
): Promise<Posted> => {
  const before = into.touches.size;
  let last: number | undefined;
  const result = await autocannon({
    url: `${url}/forms/demo-request`,
    connections,
    duration: seconds,
    timeout: 30,
    ...(rate !== undefined && { overallRate: rate }),
    requests: [
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        setupRequest: (request, context) => {
          const number = next();
          Object.assign(context, { number });
          return { ...request, body: formOf(number) };
        },
        onResponse: (status, body, context) => {
          if (status !== 202) {
            into.refused += 1;
            return;
          }
          last = z.object({ number: z.number() }).parse(context).number;
          into.touches.set(answer.parse(JSON.parse(body)).touchId, last);
        },
      },
    ],
  });
  into.unanswered += result.errors + result.timeouts;
  return { accepted: into.touches.size - before, p99: result.latency.p99, last };
};
