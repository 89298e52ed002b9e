// An account is to be judged anew although nothing was heard of it: time alone changes what was judged, or another playbook is
// live.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const assessmentDueV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('assessment-due.v1'),
    id,
    at: moment,
    accountId: id,
    because: z.enum(['time', 'playbook']),
  }),
);
export type AssessmentDue = z.infer<typeof assessmentDueV1>;

export const assessmentDueV1Sample: AssessmentDue = {
  type: 'assessment-due.v1',
  id: 'evt_3f2c9a7be01d44c8a1b2',
  at: '2026-11-20T00:03:20.000Z',
  accountId: 'acct_5d41402abc4b2a76',
  because: 'time',
};
