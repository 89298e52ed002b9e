// A turn of a pool, or of the one after it, or nobody's: as the pools say what happens when nobody is available.
import type { Playbook } from '../playbook/playbook.ts';
import { millisecondsOf } from '../sla/business-time.ts';
import type { Owner, RoutingStep, Waiting } from './assignment.ts';
import { type Moment, ownerNamed, told } from './availability.ts';
import { type Asked, likeliestInTurn, nextInTurn, type Pool, type PoolCounts, poolNamed } from './pool.ts';

/** What a decision hangs on and changes besides: so that of many leads each sees what the one before got. */
export interface Books extends Moment {
  /** By pool. */
  turns: Readonly<Record<string, PoolCounts>>;
}

export type TurnTaken = {
  reason: string;
  pool: string;
  turns?: Books['turns'];
  passedOver: RoutingStep['passedOver'];
} & ({ owner: Owner; waiting?: undefined } | { owner?: undefined; waiting: Waiting; wakeAt: number });

/** Where no calendar tells when somebody will be available: capacity comes back unannounced, and so do new people. */
export const lookAgainMs = 60 * 60_000;

/** The next pool there is to ask, `wait`, or `anyway`; and until when at most it waits. */
const policyOf = (
  { whenNobody }: Pool,
  since: number,
  now: number,
): { does: 'anyway' } | { does: 'wait'; limit?: number } | { does: 'ask'; pool: string } => {
  if (whenNobody === 'anyway') return { does: 'anyway' };
  if (whenNobody === 'wait') return { does: 'wait' };
  if ('pool' in whenNobody) return { does: 'ask', pool: whenNobody.pool };
  const limit = since + millisecondsOf(whenNobody.wait);
  if (now < limit) return { does: 'wait', limit };
  return whenNobody.after === 'anyway' ? { does: 'anyway' } : { does: 'ask', pool: whenNobody.after.pool };
};

/** The pool that is asked after this one, now or after a wait. */
export const nextPoolOf = ({ whenNobody }: Pool, playbook: Playbook): Pool | undefined => {
  if (typeof whenNobody === 'string') return undefined;
  const next = 'pool' in whenNobody ? whenNobody : whenNobody.after;
  return next === 'anyway' ? undefined : poolNamed(next.pool, playbook);
};

/** `waitingSince`: ISO, of a lead that has waited before. */
export const takeTurn = (
  first: Pool,
  asked: Asked,
  books: Books,
  playbook: Playbook,
  waitingSince?: string,
): TurnTaken => {
  const { now } = books;
  const since = waitingSince === undefined ? now : Date.parse(waitingSince);
  const passedOver: { email: string; why: string }[] = [];
  const soonest: number[] = [];
  for (let pool = first; ; ) {
    const counts = books.turns[pool.key] ?? {};
    const turn = nextInTurn(pool, counts, asked, books, playbook);
    passedOver.push(...turn.passedOver);
    const instead = pool === first ? '' : `, since nobody of ${first.label} is available`;
    const taken = (email: string, after: PoolCounts, how: string): TurnTaken => ({
      owner: ownerNamed(email, playbook),
      reason: `${how} in ${pool.label}${instead}.`,
      pool: pool.key,
      turns: { ...books.turns, [pool.key]: after },
      passedOver,
    });
    if (turn.email !== undefined) return taken(turn.email, turn.counts, 'next in turn');
    if (turn.soonest !== undefined) soonest.push(turn.soonest);
    const policy = policyOf(pool, since, now);
    if (policy.does === 'ask') {
      pool = poolNamed(policy.pool, playbook);
      continue;
    }
    if (policy.does === 'anyway') {
      const { email, counts: after } = likeliestInTurn(pool, counts, asked, books, playbook);
      if (email !== undefined) {
        const others = passedOver.filter((one) => one.email !== email);
        return { ...taken(email, after, 'nobody is available; likeliest to be next'), passedOver: others };
      }
    }
    const until = soonest.length === 0 ? undefined : Math.min(...soonest);
    const limit = policy.does === 'wait' ? policy.limit : undefined;
    const reason = `nobody of ${first.label} is available${until === undefined ? '' : ` until ${told(until)}`}.`;
    return {
      waiting: {
        since: new Date(since).toISOString(),
        until: until === undefined ? undefined : new Date(until).toISOString(),
        pool: first.key,
        reason,
      },
      wakeAt: Math.min(until ?? now + lookAgainMs, limit ?? Number.POSITIVE_INFINITY),
      reason,
      pool: first.key,
      passedOver,
    };
  }
};
