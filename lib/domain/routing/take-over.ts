// Who gets a lead from somebody who did nothing about it in time: the next of its pool, never one it was taken from, and of an
// account that has an owner in the CRM nobody but that owner, unless a rule gave it to somebody else.
import type { Playbook } from '../playbook/playbook.ts';
import type { Assignment, Owner, RoutingStep } from './assignment.ts';
import { ownerNamed, personOf } from './availability.ts';
import type { CrmOwner } from './crm-owner.ts';
import { type Asked, nextInTurn, type Pool, poolNamed, poolOfKey } from './pool.ts';
import { type Books, lookAgainMs, nextPoolOf } from './take-turn.ts';

export type TakeOver =
  | { owner: Owner; reason: string; pool?: string; turns?: Books['turns']; explanation: RoutingStep[] }
  /** Nobody else is there now; `lookAt`: when somebody may be. Ms since 1970. */
  | { owner?: undefined; why: string; lookAt?: number };

const tried = 'taking over';

/** Everybody who had it since it qualified and let the time pass, and who has it now. */
const takenFrom = ({ owner, history, qualifiedAt }: Assignment): Map<string, string> => {
  const had = history.filter(({ overdue, at }) => overdue && at >= qualifiedAt);
  const why = 'had this lead and did not follow up in time';
  return new Map(
    [...had.map((past) => past.owner.email), ...(owner ? [owner.email] : [])].map((email) => [email, why]),
  );
};

/** Somebody of the pool once they have room. */
const couldHaveIt = ({ members }: Pool, { skills, excluded }: Asked, playbook: Playbook): boolean =>
  members.some(({ email }) => {
    const person = personOf(email, playbook);
    return !excluded.has(email) && skills.every((skill) => person?.skills.includes(skill));
  });

export const decideTakeOver = (
  assignment: Assignment,
  { email: crmOwner }: CrmOwner,
  books: Books,
  playbook: Playbook,
): TakeOver => {
  const { routing } = playbook;
  const excluded = takenFrom(assignment);
  const isOwners = crmOwner !== undefined && assignment.owner?.email === crmOwner;
  if (isOwners && !routing.takeFromOwners) return { why: 'The account’s owner keeps it.' };
  const rule = routing.rules.find(({ name }) => name === assignment.rule);
  const byRule = rule?.evenIfOwned === true;
  if (crmOwner !== undefined && !byRule && !isOwners) {
    if (excluded.has(crmOwner)) return { why: 'The account’s owner had it already.' };
    const reason = 'Owns the account in the CRM.';
    return { owner: ownerNamed(crmOwner, playbook), reason, explanation: [{ tried, held: true, why: reason }] };
  }
  const target = assignment.role === 'ae' ? rule?.handOver : rule?.to;
  const skills = target && 'skills' in target ? (target.skills ?? []) : [];
  const soonest: number[] = [];
  let isAnybodyLeft = false;
  const first = poolOfKey(assignment.pool ?? routing.defaultPool, playbook) ?? poolNamed(routing.defaultPool, playbook);
  for (let pool: Pool | undefined = first; pool !== undefined; pool = nextPoolOf(pool, playbook)) {
    const turn = nextInTurn(pool, books.turns[pool.key] ?? {}, { skills, excluded }, books, playbook);
    if (turn.email !== undefined) {
      const reason = `Next in turn in ${pool.label}, since nobody followed up in time.`;
      const { passedOver, counts } = turn;
      const turns = { ...books.turns, [pool.key]: counts };
      const explanation = [{ tried, held: true, why: reason, passedOver }];
      return { owner: ownerNamed(turn.email, playbook), reason, pool: pool.key, turns, explanation };
    }
    if (turn.soonest !== undefined) soonest.push(turn.soonest);
    isAnybodyLeft ||= couldHaveIt(pool, { skills, excluded }, playbook);
  }
  const why = `Nobody else of ${first.label} is available.`;
  if (soonest.length > 0) return { why, lookAt: Math.min(...soonest) };
  return isAnybodyLeft ? { why, lookAt: books.now + lookAgainMs } : { why };
};
