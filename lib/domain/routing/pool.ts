// Whose turn it is: weighted round robin among those who are available, without a flood for who comes back.
import type { Playbook } from '../playbook/playbook.ts';
import type { Target, WhenNobody } from '../playbook/routing.ts';
import { type Availability, availabilityOf, type Moment, severity } from './availability.ts';

/** Leads given so far, by member of the pool. */
export type PoolCounts = Record<string, number>;

export interface Pool {
  /** Under which its turns are kept. */
  key: string;
  /** As people read it. */
  label: string;
  members: readonly { email: string; weight: number }[];
  catchUp: boolean;
  whenNobody: WhenNobody;
}

export const poolNamed = (name: string, { routing }: Playbook): Pool => {
  const { members, catchUp, whenNobody } = routing.pools[name]!;
  return { key: name, label: `pool ${name}`, members, catchUp, whenNobody };
};

/** A team is a pool of equal weights, which gives leads to somebody anyway. */
const teamNamed = (name: string, { teams }: Playbook): Pool => ({
  key: `team:${name}`,
  label: `team ${name}`,
  members: teams[name]!.members.map((email) => ({ email, weight: 1 })),
  catchUp: false,
  whenNobody: 'anyway',
});

export const poolOf = (target: Target, playbook: Playbook): Pool | undefined => {
  if ('team' in target) return teamNamed(target.team, playbook);
  return 'pool' in target ? poolNamed(target.pool, playbook) : undefined;
};

/** Each pool, and each team, which can be gone round like one. */
export const poolsIn = (playbook: Playbook): Pool[] => [
  ...Object.keys(playbook.routing.pools).map((name) => poolNamed(name, playbook)),
  ...Object.keys(playbook.teams).map((name) => teamNamed(name, playbook)),
];

/** By the key of its turns, as long as the playbook has it. */
export const poolOfKey = (key: string, playbook: Playbook): Pool | undefined => {
  if (Object.hasOwn(playbook.routing.pools, key)) return poolNamed(key, playbook);
  const team = key.replace(/^team:/, '');
  return team !== key && Object.hasOwn(playbook.teams, team) ? teamNamed(team, playbook) : undefined;
};

export interface Asked {
  skills: readonly string[];
  /** Who is not to get it, by e-mail, and why. */
  excluded: ReadonlyMap<string, string>;
}

interface Candidate extends Availability {
  email: string;
  weight: number;
  count: number;
}

export interface Turn {
  /** Absent: nobody is available. */
  email?: string;
  counts: PoolCounts;
  passedOver: { email: string; why: string }[];
  /** When somebody will be at work, as far as a calendar tells. Ms since 1970. */
  soonest?: number;
}

/** Who joins starts level with the member furthest behind, so that nobody is flooded to catch up. */
const candidatesOf = (
  { members }: Pool,
  counts: PoolCounts,
  { skills, excluded }: Asked,
  moment: Moment,
  playbook: Playbook,
): Candidate[] => {
  const levels = members.flatMap(({ email, weight }) => (counts[email] === undefined ? [] : [counts[email] / weight]));
  const floor = levels.length === 0 ? 0 : Math.min(...levels);
  return members.map(({ email, weight }) => {
    const why = excluded.get(email);
    const availability: Availability =
      why === undefined ? availabilityOf(email, skills, moment, playbook) : { obstacle: 'excluded', why };
    return { email, weight, count: counts[email] ?? Math.ceil(floor * weight), ...availability };
  });
};

const level = ({ count, weight }: Candidate): number => count / weight;
/** What they would come to with one more. */
const nextLevel = ({ count, weight }: Candidate): number => (count + 1) / weight;

/** Somebody who only lacks a skill for this very lead, or has had it, is there for others. */
const isThere = ({ obstacle }: Candidate): boolean =>
  obstacle === undefined || obstacle === 'skills' || obstacle === 'excluded';

const before = (a: Candidate, b: Candidate): boolean =>
  nextLevel(a) !== nextLevel(b) ? nextLevel(a) < nextLevel(b) : level(a) < level(b);

/** The quota method (Balinski and Young, 1975): of those whose share of one lead more is not used up, whoever would be least far
 * ahead with it. At any time nobody is a whole lead away from their share. Ties go in the playbook's order. */
const nextOf = (able: readonly Candidate[], there: readonly Candidate[]): Candidate => {
  const given = there.reduce((sum, { count }) => sum + count, 0);
  const weights = there.reduce((sum, { weight }) => sum + weight, 0);
  const entitled = able.filter(({ count, weight }) => count * weights < (given + 1) * weight);
  return (entitled.length > 0 ? entitled : able).reduce((best, one) => (before(one, best) ? one : best));
};

const countsOf = (candidates: readonly Candidate[], pool: Pool, chosen: Candidate): PoolCounts => {
  const there = candidates.filter(isThere);
  const lowest = there.length === 0 ? 0 : Math.min(...there.map(level));
  const lifted = (one: Candidate): number =>
    pool.catchUp || isThere(one) ? one.count : Math.max(one.count, Math.ceil(lowest * one.weight));
  return Object.fromEntries(
    candidates.map((one) => [one.email, one === chosen ? one.count + 1 : lifted(one)] as const),
  );
};

/** Those whose turn would have come before the one who got it. */
const passedOver = (candidates: readonly Candidate[], chosen?: Candidate): Turn['passedOver'] => {
  const isFirst = (one: Candidate): boolean =>
    chosen === undefined ||
    before(one, chosen) ||
    (!before(chosen, one) && candidates.indexOf(one) < candidates.indexOf(chosen));
  return candidates
    .filter((one) => one !== chosen && one.why !== undefined && isFirst(one))
    .map(({ email, why }) => ({ email, why: why! }))
    .slice(0, 20);
};

/** The next in turn among those who are available. */
export const nextInTurn = (pool: Pool, counts: PoolCounts, asked: Asked, moment: Moment, playbook: Playbook): Turn => {
  const candidates = candidatesOf(pool, counts, asked, moment, playbook);
  const able = candidates.filter(({ obstacle }) => obstacle === undefined);
  if (able.length === 0) {
    const moments = candidates.flatMap(({ from }) => from ?? []);
    const soonest = moments.length === 0 ? {} : { soonest: Math.min(...moments) };
    return { counts, passedOver: passedOver(candidates), ...soonest };
  }
  const chosen = nextOf(able, candidates.filter(isThere));
  return {
    email: chosen.email,
    counts: countsOf(candidates, pool, chosen),
    passedOver: passedOver(candidates, chosen),
  };
};

/** Whoever is likeliest to be available soon; undefined when everybody is out of the question. */
export const likeliestInTurn = (
  pool: Pool,
  counts: PoolCounts,
  asked: Asked,
  moment: Moment,
  playbook: Playbook,
): Turn => {
  const candidates = candidatesOf(pool, counts, asked, moment, playbook).filter(
    ({ obstacle }) => obstacle !== 'excluded',
  );
  const least = Math.min(...candidates.map(({ obstacle }) => severity(obstacle)));
  const able = candidates.filter(({ obstacle }) => severity(obstacle) === least);
  if (able.length === 0) return { counts, passedOver: [] };
  const chosen = nextOf(able, able);
  const after = { ...counts, ...Object.fromEntries(able.map(({ email, count }) => [email, count])) };
  return {
    email: chosen.email,
    counts: { ...after, [chosen.email]: chosen.count + 1 },
    passedOver: passedOver(candidates, chosen),
  };
};
