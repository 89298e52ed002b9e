// Reads the leads in review of a running Muster, page by page.
import * as z from 'zod';
import { reviewReasons } from '../../lib/domain/review.ts';
import { asked, type Where } from '../ask-api.ts';
import { createProgress } from '../progress.ts';

const account = z.object({ accountId: z.string(), name: z.string(), score: z.number() });
const entry = z.looseObject({
  leadId: z.string(),
  email: z.string().nullable(),
  company: z.string().nullable(),
  country: z.string().nullable(),
  reason: z.enum(reviewReasons),
  since: z.iso.datetime(),
  accountId: z.string().nullable(),
  evidence: z.string().nullable(),
  suggestions: z.array(account.extend({ rejected: z.string() })),
  doubt: account.extend({ why: z.string() }).nullable(),
});
const page = z.object({
  size: z.int(),
  more: z.literal(true).optional(),
  oldestSince: z.iso.datetime().nullable(),
  entries: z.array(entry),
  next: z.string().nullable(),
  serverTime: z.iso.datetime(),
});
export type Entry = z.infer<typeof entry>;
/** As the first page says, with the entries of all. */
export type Queue = Omit<z.infer<typeof page>, 'next'>;

export const readQueue = async (where: Where, reason: string | undefined): Promise<Queue> => {
  const progress = createProgress();
  let queue: Queue | undefined;
  for (let after: string | null | undefined; after !== null; ) {
    const query = new URLSearchParams({ limit: '200', ...(reason && { reason }), ...(after && { after }) });
    const { next, ...read } = page.parse(await asked(where, `/api/review?${query}`));
    queue = queue === undefined ? read : { ...queue, entries: [...queue.entries, ...read.entries] };
    progress.tell(`${queue.entries.length.toLocaleString('en-GB')} leads read`);
    after = next;
  }
  progress.clear();
  return queue!;
};
