// The links in a mail by which its reader tells what they did about a lead. Whoever has the mail may: a link is proof of itself,
// good for one thing about one lead, for a time. It names nobody, since addresses of links end up in histories and logs.
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';

/** Made when a link is first read: whoever only writes them needs none. */
export const linkedAction = z.lazy(() =>
  z.strictObject({
    leadId: z.string().min(1).max(100),
    /** Whose mail it is: the assignment's owner. */
    assignmentId: z.string().min(1).max(100),
    does: z.enum(['follow-up', 'good', 'bad', 'hand-over']),
    /** Of a bad lead: one of the playbook's. */
    reason: z.string().min(1).max(60).optional(),
    /** Seconds since 1970 after which it is worth nothing. */
    exp: z.number().int().positive(),
  }),
);
export type LinkedAction = z.infer<typeof linkedAction>;

/** A lead that nobody touched for a month needs another look than its old mail. */
export const linkDays = 30;

const signatureOf = (payload: string, secret: string): Buffer => {
  // Anybody could sign with an empty one.
  if (secret === '') throw new Error('there is no secret to sign links with');
  return createHmac('sha256', secret).update(payload).digest();
};

/** `<base>/act/<token>`, signed with the newest secret. */
export const actionLink = (base: string, secret: string, action: LinkedAction): string => {
  const payload = Buffer.from(JSON.stringify(action)).toString('base64url');
  return `${base.replace(/\/+$/, '')}/act/${payload}.${signatureOf(payload, secret).toString('base64url')}`;
};

const parsed = (payload: string): unknown => {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString());
  } catch {
    return undefined;
  }
};

/** What a token stands for, as far as any of the secrets signed it; `now` is ms since 1970. */
export const readActionToken = (
  token: string,
  secrets: readonly string[],
  now: number,
): { action: LinkedAction } | { refused: 'not-ours' | 'expired' } => {
  const [payload = '', signature = '', ...more] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  const isSigned = secrets.some((secret) => {
    const expected = signatureOf(payload, secret);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isSigned || more.length > 0) return { refused: 'not-ours' };
  const action = linkedAction.safeParse(parsed(payload));
  if (!action.success) return { refused: 'not-ours' };
  return action.data.exp * 1_000 <= now ? { refused: 'expired' } : { action: action.data };
};
