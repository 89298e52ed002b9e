// A lead's status changed; the assessment in the table says why.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const leadStatusChangedV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('lead-status-changed.v1'),
    id,
    at: moment,
    accountId: id,
    leadId: id,
    from: z.string(),
    to: z.string(),
  }),
);
export type LeadStatusChanged = z.infer<typeof leadStatusChangedV1>;

export const leadStatusChangedV1Sample: LeadStatusChanged = {
  type: 'lead-status-changed.v1',
  id: 'evt_3f2c9a7be01d44c8a1b2',
  at: '2026-11-20T09:30:01.000Z',
  accountId: 'acct_5d41402abc4b2a76',
  leadId: 'lead_9b74c9897bac770f',
  from: 'Qualified',
  to: 'Sales Working',
};
