// An account's status changed; the assessment in the table says why.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const accountStatusChangedV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('account-status-changed.v1'),
    id,
    at: moment,
    accountId: id,
    from: z.string(),
    to: z.string(),
  }),
);
export type AccountStatusChanged = z.infer<typeof accountStatusChangedV1>;

export const accountStatusChangedV1Sample: AccountStatusChanged = {
  type: 'account-status-changed.v1',
  id: 'evt_3f2c9a7be01d44c8a1b2',
  at: '2026-11-20T09:30:01.000Z',
  accountId: 'acct_5d41402abc4b2a76',
  from: 'Pre-Qualified',
  to: 'Qualified',
};
