// A step of a lead's clock is due, and nobody has followed up: a reminder, an escalation. To whom it goes stands in the clock.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const slaStepDueV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('sla-step-due.v1'),
    id,
    at: moment,
    accountId: id,
    leadId: id,
    assignmentId: id,
    /** The step's name in the clock. */
    step: z.string().min(1).max(100),
  }),
);
export type SlaStepDue = z.infer<typeof slaStepDueV1>;

export const slaStepDueV1Sample: SlaStepDue = {
  type: 'sla-step-due.v1',
  id: 'evt_3f2c9a7be01d44c8a1b2',
  at: '2026-11-20T09:30:01.000Z',
  accountId: 'acct_5d41402abc4b2a76',
  leadId: 'lead_9b74c9897bac770f',
  assignmentId: 'evt_0c1d2e3f4a5b6c7d8e9f.1',
  step: 'remind-50%',
};
