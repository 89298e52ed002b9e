// Routing that cannot work: nobody by that name, a rule that is never asked, a pool that passes leads on in a circle.
import { suggestion } from '../nearest.ts';
import type { Problem } from '../schema-complaints.ts';
import { listed, type Use, unknownNames } from './check-names.ts';
import type { Playbook } from './playbook.ts';
import type { RoutingRule, Target, WhenNobody } from './routing.ts';

type Path = Problem['path'];
const rulePath = (index: number): Path => ['routing', 'rules', index];

/** Each target there is, with its place. */
const targetsOf = ({ rules }: Playbook['routing']): { target: Target; path: Path }[] =>
  rules.flatMap(({ to, handOver }, index) => [
    { target: to, path: [...rulePath(index), 'to'] },
    ...(handOver === undefined ? [] : [{ target: handOver, path: [...rulePath(index), 'handOver'] }]),
  ]);

const nextPool = (whenNobody: WhenNobody): string | undefined => {
  if (typeof whenNobody === 'string') return undefined;
  if ('pool' in whenNobody) return whenNobody.pool;
  return whenNobody.after === 'anyway' ? undefined : whenNobody.after.pool;
};

const nextPoolPath = (whenNobody: WhenNobody, path: Path): Path =>
  typeof whenNobody === 'object' && 'wait' in whenNobody ? [...path, 'after', 'pool'] : [...path, 'pool'];

const checkNobodyKnown = ({ people, teams, routing }: Playbook): Problem[] => {
  const emails = people.map(({ email }) => email);
  const named: [email: string, path: Path][] = [
    ...Object.entries(teams).flatMap(([id, { members }]) =>
      members.map((email, index): [string, Path] => [email, ['teams', id, 'members', index]]),
    ),
    ...Object.entries(routing.pools).flatMap(([id, { members }]) =>
      members.map(({ email }, index): [string, Path] => [email, ['routing', 'pools', id, 'members', index, 'email']]),
    ),
    ...targetsOf(routing).flatMap(({ target, path }): [string, Path][] =>
      'person' in target ? [[target.person, [...path, 'person']]] : [],
    ),
  ];
  return named
    .filter(([email]) => !emails.includes(email))
    .map(([email, path]) => ({
      path,
      message: `nobody among \`people\` has ${email}; ${suggestion(email, emails, '')}`,
    }));
};

const checkTwice = ({ teams, routing }: Playbook): Problem[] => {
  const lists = [
    ...Object.entries(teams).map(([id, { members }]) => ({ members, path: ['teams', id, 'members'] })),
    ...Object.entries(routing.pools).map(([id, { members }]) => ({
      members: members.map(({ email }) => email),
      path: ['routing', 'pools', id, 'members'],
    })),
    { members: routing.rules.map(({ name }) => name), path: ['routing', 'rules'] },
  ];
  return lists.flatMap(({ members, path }) =>
    members.flatMap((one, index) =>
      members.indexOf(one) < index
        ? [{ path: [...path, index], message: `${one} is here twice; keep one of the two` }]
        : [],
    ),
  );
};

const checkNames = (playbook: Playbook): Problem[] => {
  const { rules, pools, territories, defaultPool } = playbook.routing;
  const used = (what: 'territory' | 'productLine' | 'persona' | 'signal'): Use[] =>
    rules.flatMap(({ when }, index) => listed(when[what], [...rulePath(index), 'when', what]));
  const targets = targetsOf(playbook.routing);
  const inPools: Use[] = [
    [defaultPool, ['routing', 'defaultPool']],
    ...targets.flatMap(({ target, path }): Use[] => ('pool' in target ? [[target.pool, [...path, 'pool']]] : [])),
    ...Object.entries(pools).flatMap(([id, { whenNobody }]): Use[] => {
      const next = nextPool(whenNobody);
      return next === undefined ? [] : [[next, nextPoolPath(whenNobody, ['routing', 'pools', id, 'whenNobody'])]];
    }),
  ];
  const inTeams = targets.flatMap(({ target, path }): Use[] =>
    'team' in target ? [[target.team, [...path, 'team']]] : [],
  );
  return [
    ...unknownNames('pool', 'routing.pools', pools, inPools),
    ...unknownNames('team', 'teams', playbook.teams, inTeams),
    ...unknownNames('territory', 'routing.territories', territories, used('territory')),
    ...unknownNames('product line', 'productLines', playbook.productLines, used('productLine')),
    ...unknownNames('persona', 'personas', playbook.personas, used('persona')),
    ...unknownNames('signal', 'signals', playbook.signals, used('signal')),
  ];
};

/** The members of a target that is gone round. */
const membersOf = ({ teams, routing }: Playbook, target: Target): string[] | undefined => {
  if ('team' in target) return teams[target.team]?.members;
  return 'pool' in target ? routing.pools[target.pool]?.members.map(({ email }) => email) : undefined;
};

const checkSkills = (playbook: Playbook): Problem[] =>
  targetsOf(playbook.routing).flatMap(({ target, path }) => {
    const skills = 'skills' in target ? (target.skills ?? []) : [];
    const members = membersOf(playbook, target);
    if (skills.length === 0 || members === undefined) return [];
    const able = playbook.people.filter(({ email, skills: has }) => {
      return members.includes(email) && skills.every((skill) => has.includes(skill));
    });
    const message = `nobody there has ${skills.join(' and ')}; add it to somebody’s \`skills\` under \`people\``;
    return able.length === 0 ? [{ path: [...path, 'skills'], message }] : [];
  });

/** A rule after one that holds for everybody is never asked; those with `evenIfOwned` are a list of their own, which comes first. */
const checkNeverAsked = ({ routing: { rules } }: Playbook): Problem[] => {
  const takesAll = ({ when, to }: RoutingRule): boolean => Object.keys(when).length === 0 && !('owner' in to);
  return rules.flatMap((rule, index) => {
    const before = rules.find((other, at) => {
      if (!takesAll(other)) return false;
      return other.evenIfOwned && !rule.evenIfOwned ? true : at < index && other.evenIfOwned === rule.evenIfOwned;
    });
    if (before === undefined) return [];
    const message = `is never asked: ${before.name} comes first and holds for every lead; give that one a \`when\`, or move it to the end`;
    return [{ path: [...rulePath(index), 'name'], message }];
  });
};

const checkCircles = ({ routing: { pools } }: Playbook): Problem[] =>
  Object.keys(pools).flatMap((id) => {
    const seen: string[] = [];
    for (let at: string | undefined = id; at !== undefined; at = nextPool(pools[at]?.whenNobody ?? 'wait')) {
      if (seen.includes(at)) {
        if (at !== id) return [];
        const message = `when nobody is available leads would go in a circle, ${[...seen, at].join(', ')}; end it with wait or anyway`;
        return [{ path: ['routing', 'pools', id, 'whenNobody'], message }];
      }
      seen.push(at);
    }
    return [];
  });

const checkEmployees = ({ routing: { rules } }: Playbook): Problem[] =>
  rules.flatMap(({ when: { employees } }, index) => {
    const { atLeast = 0, below = Number.POSITIVE_INFINITY } = employees ?? {};
    const message = `no company has ${atLeast} people or more and fewer than ${below}`;
    return atLeast >= below ? [{ path: [...rulePath(index), 'when', 'employees'], message }] : [];
  });

export const checkRouting = (playbook: Playbook): Problem[] =>
  [checkNobodyKnown, checkTwice, checkNames, checkSkills, checkNeverAsked, checkCircles, checkEmployees].flatMap(
    (check) => check(playbook),
  );
