// A person sent a form and it is in the table; answers stay there, only ids travel.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const formSubmittedV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('form-submitted.v1'),
    id,
    at: moment,
    leadId: id,
    formId: z.string(),
    touchId: id,
    /** When it was sent: with the lead and the touch it says where the form lies. */
    occurredAt: moment,
  }),
);
export type FormSubmitted = z.infer<typeof formSubmittedV1>;

export const formSubmittedV1Sample: FormSubmitted = {
  type: 'form-submitted.v1',
  id: 'evt_3f2c9a7be01d44c8a1b2',
  at: '2026-11-20T09:30:01.000Z',
  leadId: 'lead_9b74c9897bac770f',
  formId: 'demo-request',
  touchId: 'form:01JD8M2Q0Z8Y3V6K4T5N7R9WXA',
  occurredAt: '2026-11-20T09:30:00.000Z',
};
