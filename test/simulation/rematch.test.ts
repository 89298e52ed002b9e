// Leads move between accounts whenever an account changes or somebody decides, and nothing of theirs is lost or counted twice.
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { anyTouch, touchesIn } from '../../lib/domain/facts/facts.ts';
import { accountIdOfCrm, leadIdOfEmail } from '../../lib/domain/ids.ts';
import { allOf, membersOf } from '../../lib/table/items.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { crm, decideMatch, demoRequest } from './lines.ts';
import { openWorld, type World } from './world.ts';

const seed = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`rematch: MUSTER_SEED=${seed}`);

const moment = (minutes: number): string =>
  new Date(Date.parse('2026-11-19T08:00:00.000Z') + minutes * 60_000).toISOString();
const people = [
  ['bea@acme.example', 'Acme Bearings'],
  ['ben@acme.example', 'Globex Shipping'],
  ['cyd@labs.globex.example', 'Globex'],
  ['dan@gmail.com', 'ACME Bearings Ltd'],
  ['eve@gmail.com', 'Globex Shipping'],
  ['fay@gmail.com', undefined],
] as const;
const forms: Captured[] = people.flatMap(([email, company], n) =>
  Array.from({ length: n + 1 }, (_, k) =>
    demoRequest(`f${n}.${k}`, moment(n * 10 + k), email, { profile: company === undefined ? {} : { company } }),
  ),
);

const account = fc.constantFrom('A', 'B', 'C');
const change = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      externalId: account,
      name: fc.constantFrom('Acme Bearings', 'Globex Shipping', 'Globex Shipping GmbH', 'Initech'),
      domains: fc.uniqueArray(fc.constantFrom('acme.example', 'www.globex.example', 'labs.globex.example')),
      parentExternalId: fc.option(account, { nil: null }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      lead: fc.constantFrom(...people.map(([email]) => email)),
      accountId: fc.option(
        account.map((id) => accountIdOfCrm('crm', id)),
        { nil: undefined },
      ),
      company: fc.option(fc.constantFrom('Globex Shipping', 'Acme Bearings'), { nil: undefined }),
    }),
  },
);
type Change = typeof change extends fc.Arbitrary<infer Given> ? Given : never;
const lineOf = (given: Change, n: number): Captured => {
  if ('externalId' in given) return crm(`c${n}`, moment(100 + n), { object: 'account', ...given });
  const { accountId, company, lead } = given;
  return decideMatch(`d${n}`, moment(100 + n), {
    lead,
    decision: accountId === undefined ? 'undo' : 'assign',
    ...(accountId !== undefined && { accountId }),
    ...(company !== undefined && { company }),
  });
};

let moves = 0;
let before = new Map<string, string>();

/** Each lead stands in one account, with all it did, and in that account's judgement. */
const check = (world: World): void => {
  const items = world.items();
  const members = membersOf(items);
  expect(members.map(({ leadId }) => leadId).sort()).toEqual(people.map(([email]) => leadIdOfEmail(email)).sort());
  for (const [n, [email]] of people.entries()) {
    const member = members.find(({ leadId }) => leadId === leadIdOfEmail(email))!;
    expect(touchesIn(member.state.facts, anyTouch), email).toBe(n + 1);
    if ((before.get(email) ?? member.accountId) !== member.accountId) moves += 1;
    before.set(email, member.accountId);
  }
  const judged = allOf('lead-assessment', items).filter(({ gone }) => !gone);
  expect(judged.map(({ accountId, assessment }) => `${accountId} ${assessment.leadId}`).sort()).toEqual(
    members.map(({ accountId, leadId }) => `${accountId} ${leadId}`).sort(),
  );
  for (const { accountId, assessment } of allOf('account-assessment', items)) {
    const parts = assessment.parts.reduce((sum, { points }) => sum + points, 0);
    expect(assessment.score, accountId).toBe(parts);
    const isEmpty = !members.some((member) => member.accountId === accountId);
    if (isEmpty) expect(assessment.score, accountId).toBe(0);
  }
};

test('moving leads loses nothing and counts nothing twice', { timeout: 120_000 }, () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 12 }),
      fc.constantFrom('site' as const, 'region' as const, 'parent' as const),
      async (changes, lands) => {
        const world = await openWorld(moment(600), { playbook: testPlaybook({ matching: { lands } }) });
        before = new Map();
        try {
          await world.deliver(forms);
          check(world);
          for (const [n, given] of changes.entries()) {
            await world.deliver([lineOf(given, n)]);
            check(world);
          }
        } finally {
          await world.close();
        }
      },
    ),
    { seed, numRuns: 60, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false },
  ),
);

afterAll(() => {
  // Leads that never moved would prove nothing.
  expect(moves).toBeGreaterThan(20);
});
