import { describe, expect, it } from 'vitest';
import { decideOwner, type PoolCounts } from '../../../lib/domain/routing/decide-owner.ts';
import { testPlaybook } from '../playbooks.ts';

const ada = 'ada@seller.example';
const ben = 'ben@seller.example';
const grace = 'grace@seller.example';
const pooled = (...members: { email: string; weight?: number }[]) =>
  testPlaybook({ routing: { pools: { inbound: { members } }, defaultPool: 'inbound' } });

/** Who gets the next so many leads, and the counts afterwards. */
const turns = (count: number, playbook: ReturnType<typeof pooled>, pool: PoolCounts = {}) => {
  const given: string[] = [];
  let counts = pool;
  for (let n = 0; n < count; n += 1) {
    const decision = decideOwner({ pool: counts }, playbook);
    given.push(decision.owner.email);
    counts = decision.pool!;
  }
  return { given, counts };
};

it('gives a lead to its account’s owner, before the rep who works it, before the pool', () => {
  const playbook = pooled({ email: ada }, { email: ben });
  const all = { accountOwner: 'zoe@seller.example', accountRep: ben, pool: {} };

  expect(decideOwner(all, playbook)).toEqual({
    owner: { email: 'zoe@seller.example', name: 'zoe@seller.example' },
    reason: 'Owns the account in the CRM.',
  });
  expect(decideOwner({ ...all, accountOwner: undefined }, playbook)).toEqual({
    owner: { email: ben, name: 'Ben Rep' },
    reason: 'Already works this account.',
  });
  expect(decideOwner({ pool: {} }, playbook)).toEqual({
    owner: { email: ada, name: 'Ada Rep' },
    reason: 'Next in turn in pool inbound.',
    pool: { [ada]: 1, [ben]: 0 },
  });
});

describe('the pool', () => {
  it('takes turns in the playbook’s order', () => {
    expect(turns(4, pooled({ email: ada }, { email: ben })).given).toEqual([ada, ben, ada, ben]);
  });

  it('is fair by weight over many, and never far off on the way', () => {
    const playbook = pooled({ email: ada, weight: 3 }, { email: ben, weight: 2 }, { email: grace, weight: 1 });
    const { given, counts } = turns(600, playbook);

    expect(counts).toEqual({ [ada]: 300, [ben]: 200, [grace]: 100 });
    for (let n = 6; n <= 600; n += 1) {
      const ofAda = given.slice(0, n).filter((email) => email === ada).length;
      expect(Math.abs(ofAda - n / 2)).toBeLessThanOrEqual(2);
    }
  });

  it('does not flood who joins: they start level with who is furthest behind', () => {
    const { given, counts } = turns(4, pooled({ email: ada }, { email: ben }, { email: grace }), {
      [ada]: 101,
      [ben]: 100,
    });
    expect(given).toEqual([ben, grace, ada, ben]);
    expect(counts).toEqual({ [ada]: 102, [ben]: 102, [grace]: 101 });
  });

  it('forgets who left', () => {
    expect(turns(1, pooled({ email: ada }), { [ada]: 5, [ben]: 0 }).counts).toEqual({ [ada]: 6 });
  });
});
