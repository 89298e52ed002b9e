// The rep has been told of a lead that is theirs: from then on their time counts.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const repToldV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('rep-told.v1'),
    id,
    /** When the mail service took the mail. */
    at: moment,
    accountId: id,
    leadId: id,
    /** The assignment they were told of. */
    assignmentId: id,
  }),
);
export type RepTold = z.infer<typeof repToldV1>;

export const repToldV1Sample: RepTold = {
  type: 'rep-told.v1',
  id: 'evt_91c2e07b5d3f4a68b0e1',
  at: '2026-11-20T09:30:02.000Z',
  accountId: 'acct_5d41402abc4b2a76',
  leadId: 'lead_9b74c9897bac770f',
  assignmentId: 'evt_0c1d2e3f4a5b6c7d8e9f.1',
};
