// Somebody has to be found for a lead now: it waited for a person to be available, was long enough with one who did nothing, or is in
// another account than before.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const routingDueV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('routing-due.v1'),
    id,
    at: moment,
    accountId: id,
    leadId: id,
    /** `waited`: nobody was available. `overdue`: reassigned by the clock; then the assignment it takes the lead from. */
    because: z.enum(['waited', 'overdue']),
    assignmentId: id.optional(),
  }),
);
export type RoutingDue = z.infer<typeof routingDueV1>;

export const routingDueV1Sample: RoutingDue = {
  type: 'routing-due.v1',
  id: 'evt_77b0c1d2e3f445a6b7c8',
  at: '2026-11-20T09:00:00.000Z',
  accountId: 'acct_5d41402abc4b2a76',
  leadId: 'lead_9b74c9897bac770f',
  because: 'overdue',
  assignmentId: 'evt_0c1d2e3f4a5b6c7d8e9f.1',
};
