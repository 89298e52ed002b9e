import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyTouch, dayOf, type Facts, factsOfDay, momentOf, unionOfFacts } from '../../lib/domain/facts.ts';
import { pageView, touch } from '../simulation/lines.ts';
import { testPlaybook } from './playbooks.ts';

const playbook = testPlaybook();
const day = '2026-11-20';
const views = [
  pageView('a', `${day}T00:00:00.000Z`, 'anon:1', '/pricing'),
  pageView('b', `${day}T12:00:00.500Z`, 'anon:1', '/'),
  pageView('c', `${day}T23:59:59.999Z`, 'anon:1', '/pricing'),
];

it('counts a day by signal, with its first and last millisecond', () => {
  expect(factsOfDay(views, playbook)).toEqual({
    [anyTouch]: [3, 0, 86_399_999],
    'any-page': [3, 0, 86_399_999],
    pricing: [2, 0, 86_399_999],
  });
});

it('gives the same text for the same set in any order', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(views, { minLength: 3 }), (order) => {
      expect(JSON.stringify(factsOfDay(order, playbook))).toBe(JSON.stringify(factsOfDay(views, playbook)));
    }),
  );
});

it('counts bots and spam for nothing', () => {
  const flagged = views.map((view) => ({ ...view, flag: 'bot' as const }));
  expect(factsOfDay(flagged, playbook)).toEqual({});
  expect(factsOfDay([...flagged, views[1]!], playbook)[anyTouch]).toEqual([1, 43_200_500, 43_200_500]);
});

it('counts a touch that feeds no signal as a touch all the same', () => {
  const alias = touch({ id: 'x', occurredAt: `${day}T01:00:00.000Z`, kind: 'alias' });
  expect(factsOfDay([alias], playbook)).toEqual({ [anyTouch]: [1, 3_600_000, 3_600_000] });
});

it('adds the days of two identities, and changes neither', () => {
  const browser: Facts = { [day]: { pricing: [2, 10, 20] }, '2026-11-21': { pricing: [1, 5, 5] } };
  const person: Facts = { [day]: { pricing: [1, 15, 30], webinar: [1, 1, 1] } };
  const before = JSON.stringify([browser, person]);

  expect(unionOfFacts([browser, person])).toEqual({
    [day]: { pricing: [3, 10, 30], webinar: [1, 1, 1] },
    '2026-11-21': { pricing: [1, 5, 5] },
  });
  expect(unionOfFacts([person, browser])).toEqual(unionOfFacts([browser, person]));
  expect(unionOfFacts([])).toEqual({});
  expect(JSON.stringify([browser, person])).toBe(before);
});

it('names days and moments in UTC', () => {
  expect(dayOf('2026-11-20T23:59:59.999Z')).toBe(day);
  expect(momentOf(day, 86_399_999)).toBe('2026-11-20T23:59:59.999Z');
});
