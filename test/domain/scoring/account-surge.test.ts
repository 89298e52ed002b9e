import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumberOf, isoDay } from '../../../lib/domain/days.ts';
import { anyTouch } from '../../../lib/domain/facts/facts.ts';
import type { PlaybookInput } from '../../../lib/domain/playbook/playbook.ts';
import { accountSurge } from '../../../lib/domain/scoring/account-surge.ts';
import { findSurge } from '../../../lib/domain/scoring/surge.ts';
import { testPlaybook } from '../playbooks.ts';
import { type Given, member } from './members.ts';

// A Friday.
const now = '2026-11-20T12:00:00.000Z';
const back = (days: number): string => isoDay(dayNumberOf(now) - days);
const surgeOf = (given: Given[], asOf = now, changes: Partial<PlaybookInput> = {}) =>
  accountSurge(given.map(member), testPlaybook(changes), asOf);
type Facts = NonNullable<Given['facts']>;

/** Once a week for ten weeks before this one: the usual. */
const usual: Facts = Object.fromEntries(
  Array.from({ length: 10 }, (_, week) => [back(7 * (week + 1)), { [anyTouch]: 1 }]),
);
/** The days of this week, each with these touches. */
const week = (counts: Facts[string], days = [0, 1, 2, 3]): Facts =>
  Object.fromEntries(days.map((day) => [back(day), counts]));
const crowd = (count: number, of: (index: number) => Facts): Given[] =>
  Array.from({ length: count }, (_, index) => ({ leadId: `p${index}`, name: `P${index}`, facts: of(index) }));
const old: Given = { leadId: 'old', name: 'Olga Old', facts: usual };
const pricing = { [anyTouch]: 2, pricing: 2 };

describe('a surge of an account', () => {
  it('says since and until when, against what, and who did what', () => {
    const given = [old, ...crowd(6, (index) => week({ [anyTouch]: 2, pricing: 1 + (index === 4 ? 1 : 0) }))];
    const { pValue, ...surge } = surgeOf(given)!;
    expect(surge).toEqual({
      since: back(3),
      endsAt: '2026-11-27',
      standing: true,
      personDays: 24,
      people: 6,
      usualPersonDays: 1,
      causes: [
        { leadId: 'p4', name: 'P4', label: 'Read the pricing page', touches: 8 },
        { leadId: 'p0', name: 'P0', label: 'Read the pricing page', touches: 4 },
        { leadId: 'p1', name: 'P1', label: 'Read the pricing page', touches: 4 },
        { leadId: 'p2', name: 'P2', label: 'Read the pricing page', touches: 4 },
        { leadId: 'p3', name: 'P3', label: 'Read the pricing page', touches: 4 },
      ],
      why:
        '24 person-days in a week against 1 in a usual one: P4 (Read the pricing page, 8), ' +
        'P0 (Read the pricing page, 4), P1 (Read the pricing page, 4), P2 (Read the pricing page, 4), ' +
        'P3 (Read the pricing page, 4).',
    });
    expect(pValue).toBeLessThan(0.001);
  });

  it('is none in a usual week, nor of nobody', () => {
    expect(surgeOf([old])).toBeUndefined();
    expect(surgeOf([])).toBeUndefined();
  });

  it('is what the test finds in the days of everybody', () => {
    const given = [old, ...crowd(6, () => week(pricing, [0, 1]))];
    const days = [
      ...Array.from({ length: 10 }, (_, index) => [dayNumberOf(back(7 * (10 - index))), ['old']] as const),
      [dayNumberOf(back(1)), ['p0', 'p1', 'p2', 'p3', 'p4', 'p5']] as const,
      [dayNumberOf(now), ['p0', 'p1', 'p2', 'p3', 'p4', 'p5']] as const,
    ];
    const found = findSurge(days, dayNumberOf(now), testPlaybook().account.surge)!;
    expect(surgeOf(given)).toMatchObject({ ...found, since: isoDay(found.since), endsAt: isoDay(found.endsAt) });
  });

  it('is of all their days, however much somebody does', () => {
    const signals = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`signal-${n}`, 1]));
    const loud = (days: Facts): Facts =>
      Object.fromEntries(Object.entries(days).map(([day, counts]) => [day, { ...counts, ...signals }]));
    const long: Facts = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [back(n), { [anyTouch]: 1 }]));
    const given = (days: Facts) => [{ ...old, facts: days }, ...crowd(12, () => week(pricing))];
    expect(member({ ...old, facts: loud(long) }).facts.months).toBeDefined();
    expect(surgeOf(given(long))?.usualPersonDays).toBe(7);
    expect(surgeOf(given(loud(long)))?.pValue).toBe(surgeOf(given(long))!.pValue);
  });

  it('is over when it ends, and still told', () => {
    const given = [old, ...crowd(6, () => week(pricing))];
    expect(surgeOf(given, '2026-11-26T23:59:59.999Z')).toMatchObject({ endsAt: '2026-11-27', standing: true });
    expect(surgeOf(given, '2026-11-27T00:00:00.000Z')).toMatchObject({ endsAt: '2026-11-27', standing: false });
  });

  it('counts unknown visitors, and nobody who is suppressed wholly', () => {
    const given = crowd(6, () => week(pricing));
    const visitors = given.map((one) => ({ ...one, anonymous: true as const }));
    expect(surgeOf([old, ...visitors])?.people).toBe(6);
    expect(surgeOf([old, ...given.map((one) => ({ ...one, factor: 0 }))])).toBeUndefined();
    expect(surgeOf([old, ...given.map((one) => ({ ...one, factor: 0.5 }))])?.people).toBe(6);
    const rival: Given = { leadId: 'r', facts: week({ [anyTouch]: 99, pricing: 99 }), factor: 0 };
    expect(surgeOf([old, rival, ...given])).toEqual(surgeOf([old, ...given]));
  });

  it('goes by the settings of the playbook', () => {
    const given = [old, ...crowd(6, () => week(pricing))];
    expect(surgeOf(given, now, { account: { surge: { minimumPeople: 7 } } })).toBeDefined();
    expect(surgeOf(given, now, { account: { surge: { minimumPeople: 8 } } })).toBeUndefined();
  });

  it('of one person-day says so', () => {
    const surge = { minimumPersonDays: 1, minimumPeople: 1, minimumWeeks: 1, significance: 0.1 };
    const ever = { leadId: 'a', name: 'Ann', facts: { '2026-01-01': { [anyTouch]: 1 }, ...week(pricing, [0]) } };
    expect(surgeOf([ever], now, { account: { surge: { ...surge, weeks: 52 } } })?.why).toBe(
      '1 person-day in a week against 0 in a usual one: Ann (Read the pricing page, 2).',
    );
  });
});

describe('causes', () => {
  const causesOf = (...given: Given[]) =>
    surgeOf([old, ...crowd(6, () => ({ ...week({ [anyTouch]: 1 }) })), ...given])!.causes;
  const shown = (...given: Given[]) =>
    causesOf(...given).map(({ name, label, touches }) => `${name}: ${label}, ${touches}`);

  it('are of the week that spoke for it, all seven days', () => {
    const given: Given = {
      leadId: 'a',
      name: 'Ann',
      facts: { [back(7)]: { [anyTouch]: 1, webinar: 1 }, ...week(pricing, [0, 6]) },
    };
    expect(shown(given)[0]).toBe('Ann: Read the pricing page, 4');
    const later = surgeOf([old, ...crowd(6, () => week(pricing)), given], '2026-11-26T00:00:00.000Z')!.causes;
    expect(later[0]).toMatchObject({ name: 'P0', touches: 8 });
    expect(later.every(({ label }) => label === 'Read the pricing page')).toBe(true);
  });

  it('are not of days to come', () => {
    const given: Given = { leadId: 'a', name: 'Ann', facts: { ...week(pricing, [0, -1]) } };
    expect(shown(given)[0]).toBe('Ann: Read the pricing page, 2');
  });

  it('weigh touches by the points of the signal', () => {
    const given: Given = {
      leadId: 'a',
      name: 'Ann',
      facts: week({ [anyTouch]: 9, 'any-page': 9, pricing: 1, webinar: 1 }, [0]),
    };
    expect(shown(given)).toEqual([
      'Ann: Attended a webinar, 1',
      'P0: Other visits, 4',
      'P1: Other visits, 4',
      'P2: Other visits, 4',
      'P3: Other visits, 4',
    ]);
  });

  it('are the first of each person, before the second of any', () => {
    const [ann, bob] = ['a', 'b'].map(
      (leadId): Given => ({ leadId, facts: week({ [anyTouch]: 3, pricing: 2, newsletter: 3, 'any-page': 1 }, [0]) }),
    );
    const few = surgeOf([old, ann!, bob!, ...crowd(6, () => week({ [anyTouch]: 1 }, [5]))], now)!.causes;
    expect(few.map(({ leadId, label }) => `${leadId} ${label}`)).toEqual([
      'a Read the pricing page',
      'b Read the pricing page',
      'p0 Other visits',
      'p1 Other visits',
      'p2 Other visits',
    ]);
    const surge = { minimumPersonDays: 2, minimumWeeks: 1, significance: 0.1 };
    const two = surgeOf(
      [old, bob!, ann!].map((one) => (one === old ? { ...one, facts: { '2026-01-01': { [anyTouch]: 1 } } } : one)),
      now,
      { account: { surge } },
    )!;
    expect(two.causes.map(({ leadId, label, touches }) => `${leadId} ${label} ${touches}`)).toEqual([
      'a Read the pricing page 2',
      'b Read the pricing page 2',
      'a Subscribed 3',
      'b Subscribed 3',
      'a Visited the site 1',
    ]);
  });

  it('of equal weight are told by touches, then by the person', () => {
    const [ann, bob, cyd]: Given[] = [
      { leadId: 'a', facts: week({ [anyTouch]: 1, pricing: 1 }, [0]) },
      { leadId: 'b', facts: week({ [anyTouch]: 2, newsletter: 2 }, [0]) },
      { leadId: 'c', facts: week({ [anyTouch]: 2, newsletter: 2 }, [0]) },
    ];
    expect(
      causesOf(cyd!, ann!, bob!)
        .slice(0, 3)
        .map(({ leadId }) => leadId),
    ).toEqual(['b', 'c', 'a']);
  });

  it('leave out what the playbook no longer knows', () => {
    const given: Given = { leadId: 'a', name: 'Ann', facts: week({ [anyTouch]: 7, forgotten: 7 }, [0]) };
    expect(shown(given)[0]).toBe('Ann: Other visits, 7');
  });
});

describe('whatever happened', () => {
  const touches = fc.record({
    [anyTouch]: fc.integer({ min: 3, max: 9 }),
    pricing: fc.integer({ min: 1, max: 3 }),
    'any-page': fc.integer({ min: 1, max: 9 }),
  });
  const day = fc.integer({ min: 0, max: 9 }).map(back);
  const people = fc.uniqueArray(
    fc.record(
      {
        leadId: fc.constantFrom(...'abcdefghijkl'),
        anonymous: fc.constant(true as const),
        factor: fc.constantFrom(0, 0.5),
        facts: fc.dictionary(day, touches, { size: 'max', maxKeys: 6 }),
      },
      { requiredKeys: ['leadId', 'facts'] },
    ),
    { selector: ({ leadId }) => leadId, size: 'max', maxLength: 12 },
  );

  it('the order of members changes nothing, nor do days to come', () => {
    let found = 0;
    fc.assert(
      fc.property(
        people.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length }))),
        ([given, shuffled]) => {
          const later = shuffled.map((one) => ({
            ...one,
            facts: { ...one.facts, '2026-11-21': { [anyTouch]: 9, webinar: 9 } },
          }));
          const surge = surgeOf([old, ...given]);
          if (surge) found += 1;
          expect(surgeOf([...later, old])).toEqual(surge);
        },
      ),
      { seed: 20_261_122, numRuns: 200 },
    );
    expect(found).toBeGreaterThan(40);
  });
});
