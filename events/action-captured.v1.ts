// What a seller or their manager did about a lead, as they told Muster: by a link of a mail, by the API or a command. A line of the
// journal and the body of a queue message. Never on the bus: it names people.
import * as z from 'zod';
import { salesStage } from './crm-change-captured.v1.ts';
import { id, moment } from './moment.ts';

const email = z.string().max(320);

/** `follow-up`: somebody spoke or wrote to the person. `good` and `bad`: what the lead was worth, by the seller; a bad one leaves
 * sales in that stage. `hand-over`: to whom the rule that routed it has next. `reassign`: to that person, or to whom the rules say by
 * now. `pause` and `resume`: of the clock; without `until` until resumed. */
const action = z.lazy(() =>
  z.discriminatedUnion('does', [
    z.strictObject({ does: z.literal('follow-up'), how: z.enum(['call', 'email', 'meeting', 'other']) }),
    z.strictObject({ does: z.literal('good') }),
    z.strictObject({ does: z.literal('bad'), reason: z.string().min(1).max(60), stage: salesStage }),
    z.strictObject({ does: z.literal('hand-over') }),
    z.strictObject({ does: z.literal('reassign'), to: email.optional() }),
    z.strictObject({ does: z.literal('pause'), until: moment.optional() }),
    z.strictObject({ does: z.literal('resume') }),
  ]),
);
export type LeadAction = z.infer<typeof action>;

export const actionCapturedV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('action-captured.v1'),
    id,
    source: z.string().min(1).max(60),
    occurredAt: moment,
    receivedAt: moment,
    /** An e-mail address, or the id of a lead. */
    lead: z.string().min(1).max(320),
    action,
    /** Who did it: an e-mail address; by a link of a mail the id of the assignment it was sent for, whose owner it is. */
    by: z.string().min(1).max(320),
    why: z.string().min(1).max(1_000).optional(),
  }),
);
export type ActionCaptured = z.infer<typeof actionCapturedV1>;

export const actionCapturedV1Sample: ActionCaptured = {
  type: 'action-captured.v1',
  id: 'action:01JD8M2Q0Z8Y3V6K4T5N7R9WXC',
  source: 'action',
  occurredAt: '2026-11-20T11:40:00.000Z',
  receivedAt: '2026-11-20T11:40:00.030Z',
  lead: 'lead_9b74c9897bac770f',
  action: { does: 'bad', reason: 'no-budget', stage: 'nurture' },
  by: 'ada@seller.example',
  why: 'Asked again in spring.',
};
