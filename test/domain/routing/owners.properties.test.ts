// A lead never goes to someone other than its account's owner unless a rule says so: whatever the playbook, the lead and the moment.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Assignment } from '../../../lib/domain/routing/assignment.ts';
import { decideByOwners, decideRoute } from '../../../lib/domain/routing/decide-route.ts';
import { decideTakeOver } from '../../../lib/domain/routing/take-over.ts';
import { testPlaybook } from '../playbooks.ts';

const emails = ['ada@seller.example', 'ben@seller.example', 'cem@seller.example'];
const outside = 'left@seller.example';
const email = fc.constantFrom(...emails);
const anybody = fc.constantFrom(...emails, outside);
const grade = fc.constantFrom('A1', 'B2', 'D4');

const target = fc.oneof(
  fc.constantFrom('account', 'opportunity', 'lead').map((owner) => ({ owner })),
  email.map((person) => ({ person })),
  fc.constantFrom('one', 'two').map((pool) => ({ pool })),
  fc.constant({ team: 'all' }),
);
const rule = fc.record({ to: target, evenIfOwned: fc.boolean(), grade: fc.option(grade, { nil: undefined }) });
const whenNobody = fc.constantFrom('wait', 'anyway', { wait: '1 hour', after: 'anyway' });

const world = fc.record({
  rules: fc.array(rule, { maxLength: 5 }),
  whenNobody,
  takeFromOwners: fc.boolean(),
  capacity: fc.option(fc.constantFrom(1, 3), { nil: undefined }),
  grade,
  owner: fc.option(anybody, { nil: undefined }),
  other: fc.option(anybody, { nil: undefined }),
  rep: fc.option(anybody, { nil: undefined }),
  open: fc.integer({ min: 0, max: 4 }),
  hour: fc.integer({ min: 0, max: 14 * 24 }),
});

const arranged = (w: typeof world extends fc.Arbitrary<infer Value> ? Value : never) => {
  const playbook = testPlaybook({
    people: emails.map((one) => ({ name: one, email: one, capacity: w.capacity })),
    teams: { all: { members: emails } },
    routing: {
      rules: w.rules.map(({ to, evenIfOwned, grade: of }, n) => {
        return { name: `r${n}`, to: to as { person: string }, evenIfOwned, when: of ? { grade: of as 'A1' } : {} };
      }),
      pools: {
        one: { members: [{ email: emails[0]!, weight: 2 }, { email: emails[1]! }], whenNobody: w.whenNobody as 'wait' },
        two: { members: [{ email: emails[2]! }], whenNobody: { pool: 'one' } },
      },
      defaultPool: 'one',
      takeFromOwners: w.takeFromOwners,
    },
  });
  const named = (one: string | undefined) => (one === undefined ? {} : { email: one });
  const routed = {
    traits: { grade: w.grade, leadStatus: 'Qualified', productLines: [], personas: [], sources: [], signals: [] },
    owners: { account: named(w.owner), opportunity: named(w.other), lead: {} },
    rep: w.rep === undefined ? undefined : { email: w.rep },
  };
  const now = Date.parse('2026-11-16T00:00:00.000Z') + w.hour * 3_600_000;
  const books = { now, turns: {}, open: Object.fromEntries(emails.map((one) => [one, w.open])) };
  return { playbook, routed, books };
};

const runs = { seed: 4711, numRuns: 500 };

it('when it qualifies, and when it comes from another account', () => {
  let others = 0;
  fc.assert(
    fc.property(world, (w) => {
      const { playbook, routed, books } = arranged(w);
      const decision = decideRoute(routed, books, playbook);
      const rule = playbook.routing.rules.find(({ name }) => name === decision.rule);
      if (w.owner !== undefined && decision.owner?.email !== w.owner) {
        others += 1;
        expect(rule?.evenIfOwned).toBe(true);
        expect(rule?.when.grade ?? [w.grade]).toContain(w.grade);
      }
      const came = decideByOwners(routed, books, playbook);
      if (w.owner !== undefined) expect(came?.owner?.email === w.owner || came?.by === 'owned-rule').toBe(true);
    }),
    runs,
  );
  expect(others).toBeGreaterThan(50);
});

it('when the clock takes it from somebody', () => {
  let taken = 0;
  fc.assert(
    fc.property(world, anybody, fc.option(fc.constantFrom('r0', 'r1')), (w, had, by) => {
      const { playbook, routed, books } = arranged(w);
      const at = '2026-11-16T00:00:00.000Z';
      const turn = { assignmentId: 'g.1', generation: 'g', turn: 1, qualifiedAt: at, at, reason: '', explanation: [] };
      const assignment: Assignment = {
        ...turn,
        rule: by ?? undefined,
        pool: 'one',
        owner: { email: had, name: had },
        history: [],
      };
      const { owner } = decideTakeOver(assignment, routed.owners.account, books, playbook);
      if (owner === undefined) return;
      taken += 1;
      expect(owner.email).not.toBe(had);
      const bySomeRule = playbook.routing.rules.some(({ name, evenIfOwned }) => evenIfOwned && name === by);
      const allowed = w.owner === undefined || owner.email === w.owner || bySomeRule;
      expect(allowed || (w.takeFromOwners && had === w.owner)).toBe(true);
    }),
    runs,
  );
  expect(taken).toBeGreaterThan(50);
});
