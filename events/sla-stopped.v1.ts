// A lead's clock stopped, or it was heard later how it really ended.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const slaStoppedV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('sla-stopped.v1'),
    id,
    at: moment,
    accountId: id,
    leadId: id,
    generation: id,
    assignmentId: id,
    /** `answered`: somebody followed up. `over`: it is no longer asked for. `replaced`: by the clock of another assignment. `moved`: the
     * lead went to another account, where its clock goes on if it is still asked for. */
    because: z.enum(['answered', 'over', 'replaced', 'moved']),
    /** Whether the follow-up was in time; of one that was answered only. */
    met: z.boolean().optional(),
    /** It had been called breached, and was not. */
    corrected: z.literal(true).optional(),
  }),
);
export type SlaStopped = z.infer<typeof slaStoppedV1>;

export const slaStoppedV1Sample: SlaStopped = {
  type: 'sla-stopped.v1',
  id: 'evt_3f2c9a7be01d44c8a1b2',
  at: '2026-11-20T09:30:01.000Z',
  accountId: 'acct_5d41402abc4b2a76',
  leadId: 'lead_9b74c9897bac770f',
  generation: 'evt_0c1d2e3f4a5b6c7d8e9f',
  assignmentId: 'evt_0c1d2e3f4a5b6c7d8e9f.1',
  because: 'answered',
  met: true,
};
