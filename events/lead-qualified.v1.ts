// A lead became Qualified: somebody has to act.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const leadQualifiedV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('lead-qualified.v1'),
    id,
    at: moment,
    accountId: id,
    leadId: id,
    /** When the qualifying touch happened at its source. */
    qualifiedAt: moment,
    grade: z.string(),
  }),
);
export type LeadQualified = z.infer<typeof leadQualifiedV1>;

export const leadQualifiedV1Sample: LeadQualified = {
  type: 'lead-qualified.v1',
  id: 'evt_3f2c9a7be01d44c8a1b2',
  at: '2026-11-20T09:30:01.000Z',
  accountId: 'acct_5d41402abc4b2a76',
  leadId: 'lead_9b74c9897bac770f',
  qualifiedAt: '2026-11-20T09:30:00.000Z',
  grade: 'A1',
};
