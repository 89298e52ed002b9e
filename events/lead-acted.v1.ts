// Somebody did something about a lead that concerns who has it or its clock; what and who lies in the lead's trail.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const leadActedV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('lead-acted.v1'),
    id,
    at: moment,
    leadId: id,
    /** The line in the trail, and when it was done: with the lead it says where the line lies. */
    lineId: id,
    occurredAt: moment,
    does: z.enum(['hand-over', 'reassign', 'pause', 'resume']),
  }),
);
export type LeadActed = z.infer<typeof leadActedV1>;

export const leadActedV1Sample: LeadActed = {
  type: 'lead-acted.v1',
  id: 'evt_6a1f0d9c2b7e48b3a5c4',
  at: '2026-11-20T11:40:01.000Z',
  leadId: 'lead_9b74c9897bac770f',
  lineId: 'action:01JD8M2Q0Z8Y3V6K4T5N7R9WXC',
  occurredAt: '2026-11-20T11:40:00.000Z',
  does: 'reassign',
};
