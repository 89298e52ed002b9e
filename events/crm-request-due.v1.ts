// What somebody asked a CRM to do waited for the CRM, and is to be tried again. Who asked, and why, stays in the table.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const crmRequestDueV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('crm-request-due.v1'),
    id,
    at: moment,
    requestId: id,
  }),
);
export type CrmRequestDue = z.infer<typeof crmRequestDueV1>;

export const crmRequestDueV1Sample: CrmRequestDue = {
  type: 'crm-request-due.v1',
  id: 'evt_5c1d7e2f9a8b46d3c0e1',
  at: '2026-11-20T09:45:00.000Z',
  requestId: 'ask_3f9c2b7d1e5a4860b2c4d8e6',
};
