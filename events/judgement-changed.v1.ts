// What the CRM is to be told of a person or a company changed: status, grade, or which records there are theirs. Of nobody else.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const judgementChangedV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('judgement-changed.v1'),
    id,
    at: moment,
    accountId: id,
    /** Absent where it is the account itself. */
    leadId: id.optional(),
  }),
);
export type JudgementChanged = z.infer<typeof judgementChangedV1>;

export const judgementChangedV1Sample: JudgementChanged = {
  type: 'judgement-changed.v1',
  id: 'evt_2b8e4d1f7a6c4390b5d2',
  at: '2026-11-20T09:30:01.000Z',
  accountId: 'acct_5d41402abc4b2a76',
  leadId: 'lead_7d793037a0760186',
};
