// A lead has an owner, or another one; who it is stands in the assignment, since addresses do not travel on the bus.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const leadRoutedV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('lead-routed.v1'),
    id,
    at: moment,
    accountId: id,
    leadId: id,
    /** The lead-qualified event that was answered last. */
    generation: id,
    /** One clock to first follow-up runs for each, and its owner is told of it once. */
    assignmentId: id,
    /** The account from which the lead came with its owner, who was told of this very assignment there. */
    cameFrom: id.optional(),
  }),
);
export type LeadRouted = z.infer<typeof leadRoutedV1>;

export const leadRoutedV1Sample: LeadRouted = {
  type: 'lead-routed.v1',
  id: 'evt_3f2c9a7be01d44c8a1b2',
  at: '2026-11-20T09:30:01.000Z',
  accountId: 'acct_5d41402abc4b2a76',
  leadId: 'lead_9b74c9897bac770f',
  generation: 'evt_0c1d2e3f4a5b6c7d8e9f',
  assignmentId: 'evt_0c1d2e3f4a5b6c7d8e9f.1',
};
