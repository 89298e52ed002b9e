// Part of the time to first follow-up has gone and nobody has followed up.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const slaReminderDueV1 = z.strictObject({
  type: z.literal('sla-reminder-due.v1'),
  id,
  at: moment,
  accountId: id,
  leadId: id,
  generation: id,
});
export type SlaReminderDue = z.infer<typeof slaReminderDueV1>;

export const slaReminderDueV1Sample: SlaReminderDue = {
  type: 'sla-reminder-due.v1',
  id: 'evt_3f2c9a7be01d44c8a1b2',
  at: '2026-11-20T09:30:01.000Z',
  accountId: 'acct_5d41402abc4b2a76',
  leadId: 'lead_9b74c9897bac770f',
  generation: 'evt_0c1d2e3f4a5b6c7d8e9f',
};
