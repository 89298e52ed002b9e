// What a client makes of an answer is believed no more than the answer: it is parsed here, and what a client throws over one it
// cannot read is told without it, since clients quote whole answers in their errors.
import type * as z from 'zod';
import { type CrmOutcome, CrmUnavailable } from '../../crm.ts';
import { CrmCredentialsRefused, CrmRejected } from './exchange.ts';

/** Throws CrmUnavailable on an answer that is not as the vendor describes it: a fault of theirs, or a change. */
export const answer = async <Answer>(
  what: string,
  schema: z.ZodType<Answer>,
  ask: () => Promise<unknown>,
): Promise<Answer> => {
  const given = await ask().catch((error: unknown) => {
    const ours = [CrmUnavailable, CrmCredentialsRefused, CrmRejected].some((kind) => error instanceof kind);
    if (ours) throw error;
    throw new CrmUnavailable(`${what} was answered as its client does not know it`);
  });
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new CrmUnavailable(`${what} was answered otherwise than its API says, at "${where}"`);
};

/** What the vendors say of a property, and what that means. */
const reasons = [
  ['PROPERTY_DOESNT_EXIST', 'there is no such property'],
  ['READ_ONLY_VALUE', 'it is read-only'],
  ['INVALID_OPTION', 'it has no such choice'],
] as const;

/** Of the properties written those that the CRM names; its own words quote values. */
export const refusedNames = (rejected: CrmRejected, names: readonly string[]): string[] =>
  names.filter((name) => rejected.says(name));

/** Whether it would be refused whatever the value. */
export const isOfProperty = (rejected: CrmRejected): boolean =>
  rejected.says('PROPERTY_DOESNT_EXIST') || rejected.says('READ_ONLY_VALUE');

export const refusal = (rejected: CrmRejected, names: readonly string[]): CrmOutcome => {
  if (rejected.status === 404 || rejected.status === 410) return { outcome: 'gone' };
  const named = refusedNames(rejected, names);
  const reason = reasons.find(([code]) => rejected.says(code))?.[1];
  const of = named.length > 0 ? named : names;
  return { outcome: 'refused', why: `${of.join(', ')}: ${reason ?? 'not taken'} (${rejected.status})` };
};
