// The time to first follow-up is over and nobody has followed up. Whom that is told are steps of the clock: `sla-step-due.v1`.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const slaBreachedV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('sla-breached.v1'),
    id,
    at: moment,
    accountId: id,
    leadId: id,
    generation: id,
    assignmentId: id,
  }),
);
export type SlaBreached = z.infer<typeof slaBreachedV1>;

export const slaBreachedV1Sample: SlaBreached = {
  type: 'sla-breached.v1',
  id: 'evt_3f2c9a7be01d44c8a1b2',
  at: '2026-11-20T09:30:01.000Z',
  accountId: 'acct_5d41402abc4b2a76',
  leadId: 'lead_9b74c9897bac770f',
  generation: 'evt_0c1d2e3f4a5b6c7d8e9f',
  assignmentId: 'evt_0c1d2e3f4a5b6c7d8e9f.1',
};
