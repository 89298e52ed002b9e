// Routing that cannot work is refused, at its place.
import { expect, test } from 'vitest';
import { complaints } from './complaints-of.ts';

const routing = 'defaultPool: inbound';
const rules = (...lines: string[]): string =>
  `rules:\n${lines.map((line) => `    - ${line}`).join('\n')}\n  ${routing}`;

test.each<[string, string, string, string[]]>([
  [
    'a pool member nobody is',
    'members: [{ email: ada@seller.example }]',
    'members: [{ email: adda@seller.example }]',
    [
      '47:35 routing.pools.inbound.members.0.email: nobody among `people` has adda@seller.example; did you mean ada@seller.example?',
    ],
  ],
  [
    'a person, a team and a pool that are none',
    routing,
    rules(
      '{ name: a, when: { grade: A1 }, to: { person: eve@seller.example } }',
      '{ name: b, when: { grade: A1 }, to: { team: sdr } }',
      '{ name: c, when: { grade: A1 }, to: { pool: inbond }, handOver: { owner: account } }',
    ),
    [
      '49:53 routing.rules.0.to.person: nobody among `people` has eve@seller.example; did you mean ada@seller.example?',
      '50:51 routing.rules.1.to.team: no team is called sdr; there is none: add it under `teams`',
      '51:51 routing.rules.2.to.pool: no pool is called inbond; did you mean inbound?',
    ],
  ],
  [
    'names in a `when` that point nowhere',
    routing,
    rules(
      '{ name: a, when: { territory: dach, productLine: vaults, persona: [buyer, user], signal: price }, to: { owner: lead } }',
    ),
    [
      '49:37 routing.rules.0.when.territory: no territory is called dach; there is none: add it under `routing.territories`',
      '49:56 routing.rules.0.when.productLine: no product line is called vaults; did you mean vault?',
      '49:81 routing.rules.0.when.persona.1: no persona is called user; did you mean buyer?',
      '49:96 routing.rules.0.when.signal: no signal is called price; did you mean pricing?',
    ],
  ],
  [
    'a rule that is never asked',
    routing,
    rules('{ name: all, to: { pool: inbound } }', '{ name: some, when: { grade: A1 }, to: { owner: lead } }'),
    [
      '50:15 routing.rules.1.name: is never asked: all comes first and holds for every lead; give that one a `when`, or move it to the end',
    ],
  ],
  [
    'one that is asked, since it takes what is owned too',
    routing,
    rules(
      '{ name: all, to: { pool: inbound } }',
      '{ name: some, when: { grade: A1 }, evenIfOwned: true, to: { owner: lead } }',
    ),
    [],
  ],
  [
    'a rule for everybody whose target may be nobody',
    routing,
    rules('{ name: all, to: { owner: opportunity } }', '{ name: some, when: { grade: A1 }, to: { owner: lead } }'),
    [],
  ],
  [
    'two rules of one name',
    routing,
    rules('{ name: a, when: { grade: A1 }, to: { owner: lead } }', '{ name: a, to: { pool: inbound } }'),
    ['50:7 routing.rules.1: a is here twice; keep one of the two'],
  ],
  [
    'a skill nobody of the pool has',
    routing,
    rules('{ name: a, to: { pool: inbound, skills: [german] } }'),
    ['49:39 routing.rules.0.to.skills: nobody there has german; add it to somebody’s `skills` under `people`'],
  ],
  [
    'pools that pass leads on in a circle',
    '    inbound: { members: [{ email: ada@seller.example }] }',
    `    inbound: { members: [{ email: ada@seller.example }], whenNobody: { pool: other } }
    other: { members: [{ email: grace@seller.example }], whenNobody: { wait: 1 hour, after: { pool: inbound } } }`,
    [
      '47:58 routing.pools.inbound.whenNobody: when nobody is available leads would go in a circle, inbound, other, inbound; end it with wait or anyway',
      '48:58 routing.pools.other.whenNobody: when nobody is available leads would go in a circle, other, inbound, other; end it with wait or anyway',
    ],
  ],
  [
    'a company of no size',
    routing,
    rules('{ name: a, when: { employees: { atLeast: 500, below: 500 } }, to: { owner: lead } }'),
    ['49:26 routing.rules.0.when.employees: no company has 500 people or more and fewer than 500'],
  ],
])('%s', (_, from, to, expected) => expect(complaints(from, to)).toEqual(expected));
