// An operation somebody asked for has another slice to do. What is asked, by whom and why, stays in the table.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const operationDueV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('operation-due.v1'),
    id,
    at: moment,
    operationId: id,
  }),
);
export type OperationDue = z.infer<typeof operationDueV1>;

export const operationDueV1Sample: OperationDue = {
  type: 'operation-due.v1',
  id: 'evt_7b1f0c93d24e5a6881d0',
  at: '2026-11-20T10:15:00.000Z',
  operationId: 'op_5f2a90c1e7d34b68a0c1',
};
