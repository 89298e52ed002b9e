// An account does far more than it usually does: its owner is told, once a surge.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const accountSurgedV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('account-surged.v1'),
    id,
    at: moment,
    accountId: id,
    /** The day the surge began, UTC. */
    since: z.iso.date(),
  }),
);
export type AccountSurged = z.infer<typeof accountSurgedV1>;

export const accountSurgedV1Sample: AccountSurged = {
  type: 'account-surged.v1',
  id: 'evt_3f2c9a7be01d44c8a1b2',
  at: '2026-11-20T09:30:01.000Z',
  accountId: 'acct_5d41402abc4b2a76',
  since: '2026-11-20',
};
