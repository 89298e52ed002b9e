import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { AccountFacts } from '../../../lib/domain/account.ts';
import { dayNumberOf, isoDay } from '../../../lib/domain/days.ts';
import { anyTouch } from '../../../lib/domain/facts/facts.ts';
import type { PlaybookInput } from '../../../lib/domain/playbook/playbook.ts';
import { activityChangesAt, scoreAccount } from '../../../lib/domain/scoring/account-score.ts';
import { testPlaybook } from '../playbooks.ts';
import { type Given, member } from './members.ts';

// A Friday. In the test playbook a quiet one, who has just reached engagement 3, has 10 points.
const now = '2026-11-20T12:00:00.000Z';
type Account = PlaybookInput['account'];
const scored = (given: Given[], account: Account = {}, changes: Partial<PlaybookInput> = {}) =>
  scoreAccount(given.map(member), undefined, testPlaybook({ ...changes, account }), now);
const sumOf = (parts: readonly { points: number }[]): number => parts.reduce((sum, { points }) => sum + points, 0);

describe('a member', () => {
  it('adds the score, and is named', () => {
    expect(scored([{ leadId: 'a', name: 'Ann', score: 20 }])).toEqual({
      score: 20,
      parts: [{ kind: 'member', leadId: 'a', label: 'Ann', points: 20, of: 20, weight: 1, trimmed: 0 }],
      companyFitParts: [],
    });
  });

  test.each([
    [30, 30, 0],
    [31, 30, 1],
    [-30, -30, 0],
    [-31, -30, -1],
  ])('with %i points adds %i at most without a cap: three quiet ones', (of, points, trimmed) => {
    expect(scored([{ leadId: 'a', score: of }]).parts).toMatchObject([{ of, points, trimmed }]);
  });

  test.each([
    [5, 3],
    [-5, -3],
    [4, 2],
    [7, 4],
  ])('with %i points and half the weight adds %i: half away from zero', (of, points) => {
    expect(scored([{ leadId: 'a', score: of }], { members: { weight: 0.5 } }).parts).toMatchObject([
      { of, points, weight: 0.5, trimmed: 0 },
    ]);
  });

  test.each([
    [49, 98, 0],
    [50, 100, 0],
    [80, 100, 60],
    [-80, -100, -60],
  ])('with %i points, a cap of 50 and double weight adds %i: the score is capped', (of, points, trimmed) => {
    expect(scored([{ leadId: 'a', score: of }], { members: { weight: 2, cap: 50 } }).parts).toMatchObject([
      { of, points, weight: 2, trimmed },
    ]);
  });

  it('adds what suppression left', () => {
    expect(scored([{ leadId: 'a', score: 7, factor: 0.5 }]).score).toBe(7);
    expect(scored([{ leadId: 'a', score: -7, factor: 0 }]).score).toBe(-7);
  });

  it('without points is no part', () => {
    expect(scored([{ leadId: 'a' }, { leadId: 'b', score: 1 }]).parts).toMatchObject([{ leadId: 'b' }]);
    expect(scored([{ leadId: 'a', score: 1 }], { members: { weight: 0.1 } }).parts).toEqual([]);
  });

  test.each([
    [{ 1: 60, 2: 30, 3: 1 }, 3],
    [{ 1: 60, 2: 30, 3: 0 }, 90],
    [{ 1: 60, 2: -5, 3: -10 }, 180],
    [{ 1: 0, 2: -5, 3: -10 }, 500],
  ])('where engagement is %j adds at most %i: quiet is the lowest grade that takes points', (engagement, points) => {
    const { grades } = testPlaybook();
    expect(scored([{ leadId: 'a', score: 500 }], {}, { grades: { ...grades, engagement } }).score).toBe(points);
  });
});

describe('one loud person', () => {
  const quiet = fc.integer({ min: 10, max: 200 });
  const weight = fc.integer({ min: 1, max: 400 }).map((hundredths) => hundredths / 100);

  it('does not outweigh three quiet ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.tuple(quiet, quiet, quiet), weight, (loud, scores, each) => {
        const account = { members: { weight: each } };
        const three = scored(
          scores.map((score, index) => ({ leadId: `q${index}`, score })),
          account,
        );
        expect(scored([{ leadId: 'loud', score: loud }], account).score).toBeLessThanOrEqual(three.score);
      }),
      { seed: 20_261_122, numRuns: 500 },
    );
  });

  it('does where the playbook says so', () => {
    const account = { members: { cap: 1_000 } };
    expect(scored([{ leadId: 'loud', score: 400 }], account).score).toBe(400);
  });

  it('takes away no more than three quiet ones give', () => {
    const three = ['x', 'y', 'z'].map((leadId) => ({ leadId, score: 10 }));
    expect(scored([{ leadId: 'loud', score: -9_999 }, ...three]).score).toBe(0);
  });
});

describe('many members', () => {
  const people = (count: number): Given[] =>
    Array.from({ length: count }, (_, index) => ({ leadId: `p${String(index).padStart(3, '0')}`, score: 1 }));

  it('stand with the largest first, equal ones by id', () => {
    const given = [
      { leadId: 'c', score: -2 },
      { leadId: 'b', score: 3 },
      { leadId: 'a', score: 3 },
      { leadId: 'd', score: 9 },
    ];
    expect(scored(given).parts.map(({ leadId }) => leadId)).toEqual(['d', 'a', 'b', 'c']);
  });

  it('stand singly up to 50', () => {
    expect(scored(people(50)).parts).toHaveLength(50);
    expect(scored(people(50)).parts.every(({ kind }) => kind === 'member')).toBe(true);
  });

  it('stand together beyond 50, and the sum stays exact', () => {
    const { parts, score } = scored([...people(51), { leadId: 'loud', score: 99 }]);
    expect(parts).toHaveLength(51);
    expect(parts[0]).toMatchObject({ leadId: 'loud', points: 30, trimmed: 69 });
    expect(parts[49]).toMatchObject({ leadId: 'p048' });
    expect(parts[50]).toEqual({
      kind: 'others',
      label: '2 others',
      points: 2,
      of: 2,
      weight: 1,
      trimmed: 0,
      people: 2,
    });
    expect(score).toBe(81);
    expect(scored(people(51)).parts[50]).toMatchObject({ label: '1 other', points: 1, people: 1 });
  });

  it('without points are not among the others', () => {
    const given = [...people(50), { leadId: 'idle', score: 0 }, { leadId: 'student', score: -4 }];
    expect(scored(given).parts[50]).toMatchObject({ label: '1 other', points: -4, people: 1 });
  });

  it('count what caps took of those together', () => {
    const loud = Array.from({ length: 52 }, (_, index) => ({ leadId: `l${index}`, score: 40 }));
    expect(scored(loud).parts[50]).toMatchObject({ points: 60, of: 80, trimmed: 20 });
  });
});

describe('anonymous visitors', () => {
  const visitor = (leadId: string, score: number): Given => ({ leadId, score, anonymous: true });

  it('are one part, at half the weight', () => {
    expect(scored([visitor('v1', 8), visitor('v2', 3), visitor('v3', 0)]).parts).toEqual([
      { kind: 'anonymous', label: '2 anonymous visitors', points: 6, of: 11, weight: 0.5, trimmed: 0, people: 2 },
    ]);
    expect(scored([visitor('v1', 8)]).parts).toMatchObject([{ label: '1 anonymous visitor', points: 4, people: 1 }]);
  });

  it('are capped together, as a person is, unless the playbook says otherwise', () => {
    const many = [visitor('v1', 30), visitor('v2', 40)];
    expect(scored(many).parts).toMatchObject([{ points: 15, of: 70, trimmed: 20 }]);
    expect(scored(many, { anonymous: { cap: 60 } }).parts).toMatchObject([{ points: 30, trimmed: 5 }]);
    expect(scored(many, { anonymous: { weight: 1, cap: 60 } }).parts).toMatchObject([{ points: 60, trimmed: 10 }]);
  });

  it('come after the members', () => {
    expect(scored([visitor('v1', 30), { leadId: 'a', score: 1 }]).parts.map(({ kind }) => kind)).toEqual([
      'member',
      'anonymous',
    ]);
  });
});

describe('the company', () => {
  const register = <Value>(value: Value) => ({ value, at: '2026-11-01T00:00:00.000Z', source: 'crm' });
  const fit: PlaybookInput['fit'] = {
    large: { label: '500 people or more', of: 'company', field: 'employees', atLeast: 500, points: 20 },
    rich: { label: 'Rich', of: 'company', field: 'revenue', atLeast: 1_000_000, points: 5, whenMissing: -2 },
    head: { label: 'Head', of: 'person', field: 'jobTitle', contains: ['head'], points: 30, whenMissing: 30 },
  };
  const companyOf = (account: AccountFacts | undefined, changes: Partial<PlaybookInput> = {}) =>
    scoreAccount([], account, testPlaybook({ fit, account: { company: { weight: 0.5 } }, ...changes }), now);

  it('adds its own fit points times the weight, whoever its people are', () => {
    expect(companyOf({ employees: register(500) })).toEqual({
      score: 9,
      parts: [{ kind: 'company', label: 'Company fit B', points: 9, of: 18, weight: 0.5, trimmed: 0 }],
      companyFit: 'B',
      companyFitParts: [
        { rule: 'large', label: '500 people or more', of: 'company', value: 500, points: 20 },
        { rule: 'rich', label: 'Rich', of: 'company', value: null, points: -2 },
      ],
      companyMissing: ['revenue'],
    });
  });

  it('has a letter though it adds nothing', () => {
    const unweighed = { account: {} };
    const whole = companyOf({ employees: register(500), revenue: register(2_000_000) }, unweighed);
    expect('companyMissing' in whole).toBe(false);
    expect(whole).toMatchObject({
      score: 0,
      parts: [],
      companyFit: 'A',
    });
    expect(companyOf({}, unweighed)).toMatchObject({
      companyFit: 'D',
      companyFitParts: [{ value: null, points: -2 }],
      companyMissing: ['employees', 'revenue'],
    });
  });

  it('is nothing where nothing is known, or no rule asks', () => {
    expect(companyOf(undefined)).toEqual({ score: 0, parts: [], companyFitParts: [] });
    expect(companyOf({ employees: register(500) }, { fit: { head: fit.head! } })).toEqual({
      score: 0,
      parts: [],
      companyFitParts: [],
    });
  });

  it('is judged by the first model', () => {
    const models = {
      first: { label: 'First', fit: { large: { points: 100 } } },
      second: { label: 'Second', fit: { large: { points: 1 } } },
    };
    expect(companyOf({ employees: register(500) }, { models }).score).toBe(49);
  });
});

describe('activity', () => {
  const active = (...days: string[]): Given['facts'] =>
    Object.fromEntries(days.map((day) => [day, { [anyTouch]: 3, pricing: 1 }]));
  const activity = { weight: 2, days: 5 };
  // Monday is the first day of the window.
  const three: Given[] = [
    { leadId: 'a', facts: active('2026-11-16', '2026-11-17') },
    { leadId: 'b', facts: active('2026-11-17') },
  ];

  it('is person-days times the weight', () => {
    expect(scored(three, { activity })).toEqual({
      score: 6,
      parts: [
        {
          kind: 'activity',
          label: '3 person-days in 5 business days',
          points: 6,
          of: 3,
          weight: 2,
          trimmed: 0,
        },
      ],
      companyFitParts: [],
    });
  });

  it('weighs nothing unless the playbook says so, and then ten business days', () => {
    expect(scored(three).parts).toEqual([]);
    const given = [{ leadId: 'a', facts: active('2026-11-08', '2026-11-09', '2026-11-20') }];
    expect(scored(given, { activity: { weight: 1 } }).parts).toMatchObject([
      { label: '2 person-days in 10 business days', points: 2 },
    ]);
  });

  it('counts the days of the window and no others', () => {
    const given = [{ leadId: 'a', facts: active('2026-11-15', '2026-11-16', '2026-11-20', '2026-11-21') }];
    expect(scored(given, { activity }).parts).toMatchObject([{ of: 2 }]);
    expect(
      scored([{ leadId: 'a', facts: active('2026-11-20') }], { activity: { weight: 1, days: 1 } }).parts,
    ).toMatchObject([{ label: '1 person-day in 1 business day' }]);
  });

  it('counts visitors too, and nobody who is suppressed wholly', () => {
    const visitor: Given = { leadId: 'v', anonymous: true, facts: active('2026-11-17') };
    const partner: Given = { leadId: 's', factor: 0.5, facts: active('2026-11-17') };
    const rival: Given = { leadId: 'r', factor: 0, facts: active('2026-11-17') };
    expect(scored([...three, visitor, partner, rival], { activity }).parts).toMatchObject([{ of: 5 }]);
  });

  it('stops at its cap', () => {
    expect(scored(three, { activity: { ...activity, cap: 6 } }).parts).toMatchObject([{ points: 6, trimmed: 0 }]);
    expect(scored(three, { activity: { ...activity, cap: 5 } }).parts).toMatchObject([
      { points: 5, of: 3, trimmed: 1 },
    ]);
  });

  it('is looked back at for as long as there can be, however much somebody does', () => {
    const signals = [
      'pricing',
      'webinar',
      'newsletter',
      'any-page',
      'demo-request',
      'one',
      'two',
      'three',
      'four',
      'five',
    ];
    const day = { [anyTouch]: 1, ...Object.fromEntries(signals.map((signal) => [signal, 1])) };
    const facts = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [isoDay(dayNumberOf(now) - n), day]));
    const busy: Given = { leadId: 'a', facts };
    expect(member(busy).facts.months).toBeDefined();
    // 52 weeks, less the weekend before their first day.
    expect(scored([busy], { activity: { weight: 1, days: 260 } }).parts).toMatchObject([{ of: 362 }]);
  });

  describe('changes by time alone', () => {
    const changes = (given: Given[], account: Account) =>
      activityChangesAt(given.map(member), testPlaybook({ account }), now);

    it('when the first of its days drops out', () => {
      expect(changes(three, { activity })).toBe('2026-11-23T00:00:00.000Z');
      expect(changes(three.slice(1), { activity })).toBe('2026-11-24T00:00:00.000Z');
    });

    it('when so many have that the points are others', () => {
      expect(changes(three, { activity: { ...activity, cap: 4 } })).toBe('2026-11-24T00:00:00.000Z');
      expect(changes(three, { activity: { weight: 0.2, days: 5 } })).toBe('2026-11-23T00:00:00.000Z');
      expect(changes(three, { activity: { weight: 0.5, days: 5 } })).toBe('2026-11-23T00:00:00.000Z');
      expect(changes(three, { activity: { weight: 0.25, days: 5 } })).toBe('2026-11-24T00:00:00.000Z');
    });

    it('never where it is nothing', () => {
      expect(changes([], { activity })).toBeUndefined();
      expect(changes(three, {})).toBeUndefined();
      expect(changes(three, { activity: { weight: 0.1, days: 5 } })).toBeUndefined();
    });
  });
});

describe('whatever is given', () => {
  const day = fc.integer({ min: 0, max: 20 }).map((back) => isoDay(dayNumberOf(now) - back));
  const given = fc.uniqueArray(
    fc.record(
      {
        leadId: fc.integer({ min: 0, max: 99 }).map((id) => `p${id}`),
        score: fc.integer({ min: -80, max: 200 }),
        anonymous: fc.constant(true as const),
        factor: fc.constantFrom(0, 0.5),
        facts: fc.dictionary(day, fc.constant({ [anyTouch]: 2 })),
      },
      { requiredKeys: ['leadId', 'score'] },
    ),
    { selector: ({ leadId }) => leadId, maxLength: 70, size: 'max' },
  );
  const weight = fc.constantFrom(0, 0.3, 0.5, 1, 2.5);
  const cap = fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined });
  const account = fc.record({
    members: fc.record({ weight, cap }),
    anonymous: fc.record({ weight, cap }),
    activity: fc.record({ weight, cap, days: fc.integer({ min: 1, max: 8 }) }),
  });
  const settings = { seed: 20_261_122, numRuns: 60 };

  it('parts are whole, add up to the score, and each is what was weighed less what was trimmed', () => {
    fc.assert(
      fc.property(given, account, (people, rules) => {
        const { score, parts } = scored(people, rules);
        expect(sumOf(parts)).toBe(score);
        expect(parts.length).toBeLessThanOrEqual(53);
        for (const { kind, points, of, weight: times, trimmed } of parts) {
          expect(Number.isInteger(points) && points !== 0).toBe(true);
          if (kind !== 'others') expect(Math.abs(points + trimmed - of * times)).toBeLessThanOrEqual(0.5 + 1e-9);
        }
      }),
      settings,
    );
  });

  it('the order of members changes nothing, nor do days to come', () => {
    fc.assert(
      fc.property(
        given.chain((people) =>
          fc.tuple(fc.constant(people), fc.shuffledSubarray(people, { minLength: people.length })),
        ),
        account,
        ([people, shuffled], rules) => {
          const later = shuffled.map((one) => ({ ...one, facts: { ...one.facts, '2026-11-21': { [anyTouch]: 1 } } }));
          expect(scored(later, rules)).toEqual(scored(people, rules));
          const playbook = testPlaybook({ account: rules });
          expect(activityChangesAt(later.map(member), playbook, now)).toBe(
            activityChangesAt(people.map(member), playbook, now),
          );
        },
      ),
      settings,
    );
  });

  it('activity changes at the moment told, and not before', () => {
    fc.assert(
      fc.property(given, account, (people, rules) => {
        const [members, playbook] = [people.map(member), testPlaybook({ account: rules })];
        const activityOn = (on: string): number =>
          scoreAccount(members, undefined, playbook, on).parts.find(({ kind }) => kind === 'activity')?.points ?? 0;
        const at = activityChangesAt(members, playbook, now);
        const before = activityOn(now);
        const last = at ?? '2026-12-04T00:00:00.000Z';
        for (let day = dayNumberOf(now); day < dayNumberOf(last); day += 1) {
          expect(activityOn(isoDay(day))).toBe(before);
        }
        if (at !== undefined) expect(activityOn(at)).not.toBe(before);
      }),
      settings,
    );
  });
});
