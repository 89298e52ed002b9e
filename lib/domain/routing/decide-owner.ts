// Who gets a lead, and why: the account's owner, else the rep who already works the account, else the fairest of a pool.
import type { Playbook } from '../playbook/playbook.ts';
import type { Owner } from './assignment.ts';

/** Leads given so far, by member of the pool. */
export type PoolCounts = Record<string, number>;

export interface RoutingCase {
  /** The owner the CRM names for the account, as far as anybody knows who that is. */
  accountOwner?: string | undefined;
  unknownOwnerId?: string | undefined;
  /** The rep an earlier lead of the same account went to: seven engaged people are one account. */
  accountRep?: string;
  pool: PoolCounts;
}

export interface RoutingDecision {
  owner: Owner;
  reason: string;
  /** The pool's counts afterwards, when one was asked. */
  pool?: PoolCounts;
}

const ownerOf = (email: string, playbook: Playbook): Owner => ({
  email,
  name: playbook.people.find((person) => person.email === email)?.name ?? email,
});

/** Weighted round robin: the member with the fewest leads for their weight is next; ties in the playbook's order. Who
 * joins starts level with the member furthest behind, so that nobody is flooded to catch up. */
const nextOfPool = (name: string, counts: PoolCounts, playbook: Playbook): { email: string; counts: PoolCounts } => {
  const { members } = playbook.routing.pools[name]!;
  const levels = members.flatMap(({ email, weight }) => (counts[email] === undefined ? [] : [counts[email] / weight]));
  const floor = levels.length === 0 ? 0 : Math.min(...levels);
  const current = members.map(({ email, weight }) => ({
    email,
    weight,
    count: counts[email] ?? Math.ceil(floor * weight),
  }));
  const next = current.reduce((best, member) =>
    member.count / member.weight < best.count / best.weight ? member : best,
  );
  const after = Object.fromEntries(
    current.map(({ email, count }) => [email, email === next.email ? count + 1 : count]),
  );
  return { email: next.email, counts: after };
};

export const decideOwner = (
  { accountOwner, unknownOwnerId, accountRep, pool }: RoutingCase,
  playbook: Playbook,
): RoutingDecision => {
  if (accountOwner !== undefined)
    return { owner: ownerOf(accountOwner, playbook), reason: 'Owns the account in the CRM.' };
  if (accountRep !== undefined) return { owner: ownerOf(accountRep, playbook), reason: 'Already works this account.' };
  const name = playbook.routing.defaultPool;
  const { email, counts } = nextOfPool(name, pool, playbook);
  const unknown = unknownOwnerId === undefined ? '' : ` The CRM's owner ${unknownOwnerId} is nobody in the playbook.`;
  return { owner: ownerOf(email, playbook), reason: `Next in turn in pool ${name}.${unknown}`, pool: counts };
};
