// Who works an account once a lead of it went to somebody: its next leads go there too, since many engaged people are one account.
import type { Decision } from './decide-route.ts';

export interface AccountRep {
  email: string;
  /** To whom its leads went that came to a pool, by the pool. */
  byPool?: Readonly<Record<string, string>> | undefined;
}

/** What a rule took from an owner leaves the account whose it was. */
export const repAfter = (
  before: AccountRep | undefined,
  { owner, pool, by }: Pick<Decision, 'owner' | 'pool'> & { by?: Decision['by'] },
): AccountRep | undefined => {
  if (owner === undefined) return before;
  const byPool = pool === undefined ? before?.byPool : { ...before?.byPool, [pool]: owner.email };
  const email = before !== undefined && by === 'owned-rule' ? before.email : owner.email;
  const isSame = before?.email === email && (pool === undefined || before.byPool?.[pool] === owner.email);
  return isSame ? before : { email, byPool };
};
