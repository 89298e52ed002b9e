// So many people of an account did what the playbook watches for, within so few days: its owner is told.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const accountThresholdReachedV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('account-threshold-reached.v1'),
    id,
    at: moment,
    accountId: id,
    /** The threshold's id in the playbook. */
    threshold: z.string(),
    /** When the touch happened that completed it. */
    since: moment,
  }),
);
export type AccountThresholdReached = z.infer<typeof accountThresholdReachedV1>;

export const accountThresholdReachedV1Sample: AccountThresholdReached = {
  type: 'account-threshold-reached.v1',
  id: 'evt_3f2c9a7be01d44c8a1b2',
  at: '2026-11-20T09:30:01.000Z',
  accountId: 'acct_5d41402abc4b2a76',
  threshold: 'three-on-pricing',
  since: '2026-11-20T09:30:00.000Z',
};
