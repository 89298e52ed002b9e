// Whom a rule's target comes to, as things stand: the CRM's owner, a person, the next of a pool or a team; or why it is nobody.
import type { Playbook } from '../playbook/playbook.ts';
import type { Target } from '../playbook/routing.ts';
import type { Owner, RoutingStep, Waiting } from './assignment.ts';
import { awayUntil, ownerNamed, personOf, told } from './availability.ts';
import type { Traits } from './criteria.ts';
import type { CrmOwner } from './crm-owner.ts';
import { type Asked, type PoolCounts, poolOf } from './pool.ts';
import { type Books, takeTurn } from './take-turn.ts';

export type OwnerKind = 'account' | 'opportunity' | 'lead';

export interface RoutingCase {
  traits: Traits;
  /** Whom the CRM names, as far as anybody knows who that is. */
  owners: Readonly<Record<OwnerKind, CrmOwner>>;
  /** Who works the account already, and to whom of each pool its leads went: seven engaged people are one account. */
  rep?: { email: string; byPool?: Readonly<Record<string, string>> | undefined } | undefined;
  /** Since when the lead has been waiting for somebody. ISO. */
  waitingSince?: string | undefined;
}

export type Found = {
  /** A clause. */
  reason: string;
  pool?: string | undefined;
  /** The pools' turns afterwards, where one was taken. */
  turns?: Readonly<Record<string, PoolCounts>> | undefined;
  passedOver?: RoutingStep['passedOver'];
} & ({ owner: Owner; waiting?: undefined } | { owner?: undefined; waiting: Waiting; wakeAt: number });

export const nobodyExcluded: Asked['excluded'] = new Map();

const ownsIt = {
  account: 'owns the account in the CRM',
  opportunity: 'owns the opportunity in the CRM',
  lead: 'is the person’s owner in the CRM',
} as const satisfies Record<OwnerKind, string>;

/** Whom a target comes to; a text says why it is nobody. */
export const findTarget = (
  target: Target,
  { owners, rep, waitingSince }: RoutingCase,
  books: Books,
  playbook: Playbook,
): Found | string => {
  if ('owner' in target) {
    const { email, unknownId } = owners[target.owner];
    if (email !== undefined) return { owner: ownerNamed(email, playbook), reason: `${ownsIt[target.owner]}.` };
    if (unknownId !== undefined) return `the CRM’s owner ${unknownId} of the ${target.owner} is nobody in the playbook`;
    return `the CRM names no owner of the ${target.owner}`;
  }
  if ('person' in target) {
    const back = awayUntil(target.person, books.now, playbook);
    if (back !== undefined) return `${ownerNamed(target.person, playbook).name} is away until ${told(back)}`;
    return { owner: ownerNamed(target.person, playbook), reason: 'it names them.' };
  }
  const pool = poolOf(target, playbook)!;
  const asked = { skills: target.skills ?? [], excluded: nobodyExcluded };
  const theirs = rep?.byPool?.[pool.key];
  const isMember = pool.members.some(({ email }) => email === theirs);
  const skilled = asked.skills.every((skill) => personOf(theirs ?? '', playbook)?.skills.includes(skill));
  if (theirs !== undefined && isMember && skilled && awayUntil(theirs, books.now, playbook) === undefined) {
    return {
      owner: ownerNamed(theirs, playbook),
      reason: `works this account already, of ${pool.label}.`,
      pool: pool.key,
    };
  }
  return takeTurn(pool, asked, books, playbook, waitingSince);
};
