// A delivery to somebody outside is to be tried again.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const deliveryDueV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('delivery-due.v1'),
    id,
    at: moment,
    /** The event that is delivered. */
    eventId: id,
    /** As the tenant's file calls it. */
    destination: z.string().min(1).max(60),
  }),
);
export type DeliveryDue = z.infer<typeof deliveryDueV1>;

export const deliveryDueV1Sample: DeliveryDue = {
  type: 'delivery-due.v1',
  id: 'evt_8c9d0e1f2a3b4c5d6e7f',
  at: '2026-11-20T09:35:01.000Z',
  eventId: 'evt_0c1d2e3f4a5b6c7d8e9f',
  destination: 'warehouse',
};
