// What a person decided of two identities: that they are one, or that they are not. A line of the journal and the body of a queue
// message. Never on the bus: it names people.
import * as z from 'zod';
import { id, moment } from './moment.ts';

/** An e-mail address, or the id of a lead, a visitor or a CRM record. */
const side = z.string().min(1).max(320);

export const identityDecidedV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('identity-decided.v1'),
    id,
    source: z.string().min(1).max(60),
    occurredAt: moment,
    receivedAt: moment,
    /** Of two decisions on the same two the later stands. */
    decision: z.enum(['merge', 'separate']),
    /** Of two people merged the one who stays; at least one of both is a person. */
    a: side,
    b: side,
    /** Who decided. */
    by: z.string().min(1).max(200),
    why: z.string().min(1).max(1_000),
  }),
);
export type IdentityDecided = z.infer<typeof identityDecidedV1>;

export const identityDecidedV1Sample: IdentityDecided = {
  type: 'identity-decided.v1',
  id: 'decision:01JD8M2Q0Z8Y3V6K4T5N7R9WXB',
  source: 'decision',
  occurredAt: '2026-11-20T10:15:00.000Z',
  receivedAt: '2026-11-20T10:15:00.040Z',
  decision: 'merge',
  a: 'bea@acme.example',
  b: 'bea.buyer@gmail.example',
  by: 'ops@seller.example',
  why: 'She said so on the phone.',
};
