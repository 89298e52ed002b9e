// What the CRM says of an account changed: its fields, an opportunity or a contract.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const accountChangedV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('account-changed.v1'),
    id,
    at: moment,
    accountId: id,
    what: z.enum(['account', 'opportunity', 'contract']),
  }),
);
export type AccountChanged = z.infer<typeof accountChangedV1>;

export const accountChangedV1Sample: AccountChanged = {
  type: 'account-changed.v1',
  id: 'evt_3f2c9a7be01d44c8a1b2',
  at: '2026-11-20T09:30:01.000Z',
  accountId: 'acct_5d41402abc4b2a76',
  what: 'opportunity',
};
