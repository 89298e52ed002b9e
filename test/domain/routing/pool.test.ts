// Weighted round robin: fair at any time, over whoever is there, without a flood for who comes back.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlaybookInput } from '../../../lib/domain/playbook/playbook.ts';
import { nextInTurn, type PoolCounts, poolNamed } from '../../../lib/domain/routing/pool.ts';
import { testPlaybook } from '../playbooks.ts';

const [ada, ben, grace] = ['ada@seller.example', 'ben@seller.example', 'grace@seller.example'];
const monday = Date.parse('2026-11-23T10:00:00.000Z');
const nobody = { skills: [], excluded: new Map<string, string>() };

type Members = NonNullable<PlaybookInput['routing']['pools'][string]>['members'];
const pooled = (members: Members, { catchUp = false, people = {} }: { catchUp?: boolean; people?: object } = {}) => {
  const all = members.map(({ email }) => ({ name: email, email, ...(people as Record<string, object>)[email] }));
  return testPlaybook({
    people: all,
    routing: { pools: { inbound: { members, catchUp, whenNobody: 'wait' } }, defaultPool: 'inbound' },
  });
};

/** Who gets the next so many leads, and the counts afterwards. `open`: by now, of whoever is full by that. */
const turns = (
  count: number,
  playbook: ReturnType<typeof pooled>,
  counts: PoolCounts = {},
  { now = monday, open = {} }: { now?: number; open?: Record<string, number> } = {},
) => {
  const given: (string | undefined)[] = [];
  let after = counts;
  for (let n = 0; n < count; n += 1) {
    const turn = nextInTurn(poolNamed('inbound', playbook), after, nobody, { now, open }, playbook);
    given.push(turn.email);
    after = turn.counts;
  }
  return { given, counts: after };
};

describe('a pool whose people are all there', () => {
  it('takes turns in the playbook’s order', () => {
    expect(turns(4, pooled([{ email: ada }, { email: ben }])).given).toEqual([ada, ben, ada, ben]);
  });

  it('spreads the turns of the heavier between those of the others', () => {
    const playbook = pooled([{ email: ada, weight: 2 }, { email: ben }]);
    expect(turns(6, playbook).given).toEqual([ada, ben, ada, ada, ben, ada]);
  });

  it('is never a whole lead away from anybody’s share', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 60 }), (each, leads) => {
        const members = each.map((weight, n) => ({ email: `m${n}@seller.example`, weight }));
        const { counts } = turns(leads, pooled(members));
        const all = each.reduce((sum, weight) => sum + weight, 0);
        for (const { email, weight } of members) {
          expect(Math.abs(counts[email]! - (leads * weight) / all)).toBeLessThan(1);
        }
      }),
      { seed: 4711, numRuns: 100 },
    );
  });

  it('does not flood who joins: they start level with who is furthest behind', () => {
    const playbook = pooled([{ email: ada }, { email: ben }, { email: grace }]);
    const { given, counts } = turns(4, playbook, { [ada]: 101, [ben]: 100 });
    expect(given).toEqual([ben, grace, ada, ben]);
    expect(counts).toEqual({ [ada]: 102, [ben]: 102, [grace]: 101 });
  });

  it('forgets who left', () => {
    expect(turns(1, pooled([{ email: ada }]), { [ada]: 5, [ben]: 0 }).counts).toEqual({ [ada]: 6 });
  });
});

describe('somebody who was away, or full', () => {
  const leave = { [ben]: { away: [{ from: '2026-11-23', to: '2026-11-27' }] } };
  const nextMonday = monday + 7 * 86_400_000;
  const members = [{ email: ada }, { email: ben }];

  it('gets none meanwhile, and afterwards no more than the others', () => {
    const playbook = pooled(members, { people: leave });
    const meanwhile = turns(10, playbook);
    expect(new Set(meanwhile.given)).toEqual(new Set([ada]));
    expect(turns(4, playbook, meanwhile.counts, { now: nextMonday }).given).toEqual([ben, ada, ben, ada]);
  });

  it('gets all they missed where the pool says so', () => {
    const playbook = pooled(members, { people: leave, catchUp: true });
    const meanwhile = turns(4, playbook);
    expect(turns(5, playbook, meanwhile.counts, { now: nextMonday }).given).toEqual([ben, ben, ben, ben, ada]);
  });

  it('is not flooded once there is room again either', () => {
    const playbook = pooled(members, { people: { [ben]: { capacity: 1 } } });
    const full = turns(10, playbook, {}, { open: { [ben]: 1 } });
    expect(full.given).not.toContain(ben);
    expect(turns(2, playbook, full.counts).given).toEqual([ben, ada]);
  });
});

it('gives to nobody where nobody is there, and says when somebody will be', () => {
  const playbook = pooled([{ email: ada }, { email: ben }], { people: { [ben]: { capacity: 1 } } });
  const saturday = Date.parse('2026-11-28T15:00:00.000Z');
  const turn = nextInTurn(poolNamed('inbound', playbook), {}, nobody, { now: saturday, open: { [ben]: 1 } }, playbook);
  expect(turn).toEqual({
    counts: {},
    passedOver: [
      { email: ada, why: 'is not at work until 2026-11-30 09:00 UTC' },
      { email: ben, why: 'has 1 open leads, of 1 at most' },
    ],
    soonest: Date.parse('2026-11-30T09:00:00.000Z'),
  });
});
