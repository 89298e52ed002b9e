// Capture: puts what a source has read on a queue. An answer of 2xx rests on this having resolved.
import * as z from 'zod';
import { type Captured, captured } from '../../events/catalogue.ts';
import type { Meter, Queue } from '../ports.ts';

/** The body of an intake message; fold parses it. */
export const capturedBatch = z.array(captured).min(1).max(100);

/** SQS takes 256 KB a message, attributes included. */
const maximumBytes = 200_000;
const maximumLines = 100;

/** Resolves once every line is durable; throws what the queue throws. */
export const captureLines = async (
  { queue, meter }: { queue: Queue; meter?: Meter | undefined },
  lines: readonly Captured[],
): Promise<void> => {
  const bodies = messageBodies(lines);
  if (bodies.length === 0) return;
  await queue.send(bodies);
  meter?.record({ Captured: lines.length });
};

const messageBodies = (lines: readonly Captured[]): string[] => {
  const chunks: string[][] = [];
  let bytes = 0;
  for (const line of lines.map((each) => JSON.stringify(each))) {
    const size = Buffer.byteLength(line) + 1;
    const chunk = chunks.at(-1);
    if (chunk === undefined || chunk.length === maximumLines || bytes + size >= maximumBytes) {
      chunks.push([line]);
      bytes = size + 1;
    } else {
      chunk.push(line);
      bytes += size;
    }
  }
  return chunks.map((chunk) => `[${chunk.join(',')}]`);
};
