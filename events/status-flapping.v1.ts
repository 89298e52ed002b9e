// A status changes so often that something must be going round in circles, so it is held: somebody should find out what.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const statusFlappingV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('status-flapping.v1'),
    id,
    at: moment,
    accountId: id,
    /** Absent where it is the account's own status. */
    leadId: id.optional(),
    /** The status that stands meanwhile, and what would stand. */
    held: z.string(),
    wouldBe: z.string(),
    /** When it is let go, if nothing changes till then. */
    until: moment,
  }),
);
export type StatusFlapping = z.infer<typeof statusFlappingV1>;

export const statusFlappingV1Sample: StatusFlapping = {
  type: 'status-flapping.v1',
  id: 'evt_7d1f0b52ce9a4b0f8e11',
  at: '2026-11-20T09:30:01.000Z',
  accountId: 'acct_5d41402abc4b2a76',
  leadId: 'lead_7d793037a0760186',
  held: 'Sales Working',
  wouldBe: 'Qualified',
  until: '2026-11-20T10:30:01.000Z',
};
