// A lead's facts, profile or account changed; its account is to be assessed again.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const leadChangedV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('lead-changed.v1'),
    id,
    at: moment,
    accountId: id,
    leadId: id,
  }),
);
export type LeadChanged = z.infer<typeof leadChangedV1>;

export const leadChangedV1Sample: LeadChanged = {
  type: 'lead-changed.v1',
  id: 'evt_3f2c9a7be01d44c8a1b2',
  at: '2026-11-20T09:30:01.000Z',
  accountId: 'acct_5d41402abc4b2a76',
  leadId: 'lead_9b74c9897bac770f',
};
