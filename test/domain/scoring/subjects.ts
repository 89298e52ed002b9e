// People for tests of scores: what they did, what is known of them and of their company.

import type { ProfileField } from '../../../events/touch-captured.v1.ts';
import type { AccountFacts } from '../../../lib/domain/account.ts';
import { type Facts, noFacts } from '../../../lib/domain/facts/facts.ts';
import { emptyState, type IdentityState } from '../../../lib/domain/lead.ts';
import type { Subject } from '../../../lib/domain/scoring/subject.ts';

export const register = <Value>(value: Value, at = '2026-11-01T00:00:00.000Z') => ({ value, at, source: 'crm' });

type Plain<Registers> = {
  [Field in keyof Registers]: Registers[Field] extends { value: infer Value } | undefined ? Value : never;
};
type Company = Plain<
  Required<
    Pick<
      AccountFacts,
      'name' | 'domains' | 'industry' | 'employees' | 'revenue' | 'technologies' | 'country' | 'standing'
    >
  >
>;

const registers = (values: object): object =>
  Object.fromEntries(Object.entries(values).map(([field, value]) => [field, register(value)]));

export interface Given extends Pick<Subject, 'emailKind' | 'mailDomain'> {
  facts?: Facts;
  /** As the person typed it. */
  profile?: Partial<Record<ProfileField, string>>;
  stage?: IdentityState['stage'];
  /** As the CRM says. */
  account?: Partial<Company>;
}

export const subjectOf = ({ facts = noFacts, profile = {}, stage, account, ...rest }: Given = {}): Subject => ({
  state: { ...emptyState, facts, profile: registers(profile), ...(stage && { stage }) },
  ...(account && { account: registers(account) }),
  ...rest,
});
