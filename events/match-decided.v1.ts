// What a person decided of the account a lead belongs to. A line of the journal and the body of a queue message. Never on the bus:
// it names people.
import * as z from 'zod';
import { id, moment } from './moment.ts';

/** As the table has them: `acct_` and 16 hexadecimal digits. */
const accountId = z
  .string()
  .regex(/^acct_[0-9a-f]{16}$/, 'must be the id of an account, such as acct_0123456789abcdef');

export const matchDecidedV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('match-decided.v1'),
    id,
    source: z.string().min(1).max(60),
    occurredAt: moment,
    receivedAt: moment,
    /** The e-mail address or the id of the lead. */
    lead: z.string().min(1).max(320),
    /** A company name that means the same from then on: in this country (ISO 3166, two capitals), or without one anywhere. */
    company: z.string().min(1).max(300).optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be two capitals (ISO 3166)')
      .optional(),
    /** A mail domain that is the account's from then on. */
    domain: z.string().min(1).max(253).optional(),
    /** Who decided. */
    by: z.string().min(1).max(200),
    why: z.string().min(1).max(1_000),
    /** `assign`: it belongs there whatever the rules say. `dismiss`: nobody need look for its account. `undo`: the rules decide
     * again. Of several decisions on a lead, a name or a domain the latest stands. */
    decision: z.enum(['assign', 'dismiss', 'undo']),
    /** Of `assign` only. */
    accountId: accountId.optional(),
  }),
);
export type MatchDecided = z.infer<typeof matchDecidedV1>;

export const matchDecidedV1Sample: MatchDecided = {
  type: 'match-decided.v1',
  id: 'decision:01JD8M2Q0Z8Y3V6K4T5N7R9WXC',
  source: 'decision',
  occurredAt: '2026-11-20T10:20:00.000Z',
  receivedAt: '2026-11-20T10:20:00.035Z',
  decision: 'assign',
  lead: 'bea.buyer@gmail.example',
  accountId: 'acct_0123456789abcdef',
  company: 'Acme Intl',
  country: 'GB',
  by: 'ops@seller.example',
  why: 'Acme Intl is what Acme Ltd calls itself abroad.',
};
