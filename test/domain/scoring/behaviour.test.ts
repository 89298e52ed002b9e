import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyTouch } from '../../../lib/domain/facts/facts.ts';
import type { PlaybookInput } from '../../../lib/domain/playbook/playbook.ts';
import { behaviourParts, totalOf } from '../../../lib/domain/scoring/behaviour.ts';
import { modelsOf } from '../../../lib/domain/scoring/model.ts';
import { factsOf } from '../facts-of.ts';
import { testPlaybook } from '../playbooks.ts';

type Signal = Partial<PlaybookInput['signals'][string]>;
const scored = (signal: Signal, counts: Record<string, number>, asOf = '2026-11-20T12:00:00.000Z') => {
  const playbook = testPlaybook({
    signals: { tried: { label: 'Tried', match: { kind: 'page' }, points: 10, ...signal } },
  });
  const facts = factsOf(
    Object.fromEntries(Object.entries(counts).map(([day, count]) => [day, { [anyTouch]: count, tried: count }])),
  );
  return behaviourParts(modelsOf(playbook)[0]!.signals, facts, asOf)[0];
};

describe('points', () => {
  it('are counted by touch where nothing limits them', () => {
    expect(scored({}, { '2026-11-18': 2, '2026-11-20': 1 })).toEqual({
      rule: 'tried',
      label: 'Tried',
      dimension: 'engagement',
      points: 30,
      count: 3,
      trimmed: 0,
      decayed: 0,
      first: '2026-11-18T00:00:01.000Z',
      last: '2026-11-20T00:00:02.000Z',
    });
  });

  it('stop at the cap of a day, day by day', () => {
    expect(scored({ capPerDay: 20 }, { '2026-11-18': 5, '2026-11-20': 1 })).toMatchObject({ points: 30, trimmed: 30 });
  });

  it('stop at the cap in total, after the caps of the days', () => {
    expect(scored({ capPerDay: 20, cap: 25 }, { '2026-11-18': 5, '2026-11-20': 1 })).toMatchObject({
      points: 25,
      trimmed: 35,
      decayed: 0,
    });
  });

  it('halve in a half-life, and not within the day', () => {
    expect(scored({ halfLifeDays: 14 }, { '2026-11-06': 1 })).toMatchObject({ points: 5, decayed: 5, trimmed: 0 });
    expect(scored({ halfLifeDays: 14 }, { '2026-11-20': 1 })).toMatchObject({ points: 10, decayed: 0 });
    expect(scored({ halfLifeDays: 14 }, { '2026-11-20': 1 }, '2026-11-20T23:59:59.999Z')).toMatchObject({ points: 10 });
  });

  it('are capped after they decayed: an old plenty is still worth the cap', () => {
    expect(scored({ halfLifeDays: 14, cap: 20 }, { '2026-11-06': 6 })).toMatchObject({
      points: 20,
      decayed: 30,
      trimmed: 10,
    });
  });

  it('round half away from zero, a penalty as its reward', () => {
    expect(scored({ points: 5, halfLifeDays: 14 }, { '2026-11-06': 1 })).toMatchObject({ points: 3, decayed: 2 });
    expect(scored({ points: -5, halfLifeDays: 14 }, { '2026-11-06': 1 })).toMatchObject({ points: -3, decayed: -2 });
  });

  it('are never minus zero', () => {
    expect(Object.is(scored({ points: -1, halfLifeDays: 1 }, { '2026-11-01': 1 })?.points, 0)).toBe(true);
  });

  it('taken away are capped as points given', () => {
    expect(scored({ points: -10, cap: 15 }, { '2026-11-20': 3 })).toMatchObject({
      points: -15,
      trimmed: -15,
      decayed: 0,
    });
  });
});

describe('as of a past day', () => {
  const counts = { '2026-11-10': 1, '2026-11-20': 4 };

  it('later days do not count', () => {
    expect(scored({}, counts, '2026-11-19T23:59:59.999Z')).toMatchObject({ points: 10, count: 1 });
    expect(scored({}, counts, '2026-11-09T12:00:00.000Z')).toBeUndefined();
  });

  it('the day itself does', () => {
    expect(scored({}, counts, '2026-11-20T00:00:00.000Z')).toMatchObject({ points: 50 });
  });
});

it('names a part for each signal that was seen, in the order of the playbook, and none for the count of all touches', () => {
  const facts = factsOf({ '2026-11-20': { [anyTouch]: 3, webinar: 1, pricing: 1, forgotten: 1 } });
  const { signals } = modelsOf(testPlaybook())[0]!;
  expect(behaviourParts(signals, facts, '2026-11-20T12:00:00.000Z').map(({ rule }) => rule)).toEqual([
    'pricing',
    'webinar',
  ]);
});

it('adds up: points, trimmed and decayed are what the touches were worth, and no part has another sign', () => {
  const day = fc.integer({ min: 1, max: 30 }).map((n) => `2026-11-${String(n).padStart(2, '0')}`);
  const signal = fc.record(
    {
      points: fc.integer({ min: -60, max: 60 }),
      capPerDay: fc.integer({ min: 1, max: 200 }),
      cap: fc.integer({ min: 1, max: 80 }),
      halfLifeDays: fc.integer({ min: 1, max: 40 }),
    },
    { requiredKeys: ['points'] },
  );
  fc.assert(
    fc.property(signal, fc.dictionary(day, fc.integer({ min: 1, max: 9 }), { minKeys: 1 }), (rule, counts) => {
      const part = scored(rule, counts, '2026-11-30T12:00:00.000Z')!;
      const touches = Object.values(counts).reduce((sum, count) => sum + count, 0);
      expect(part.count).toBe(touches);
      expect(part.points + part.trimmed + part.decayed).toBe(touches * rule.points);
      for (const value of [part.points, part.trimmed, part.decayed]) {
        expect(Number.isInteger(value)).toBe(true);
        expect(value * Math.sign(rule.points)).toBeGreaterThanOrEqual(0);
      }
      if (rule.cap !== undefined) expect(Math.abs(part.points)).toBeLessThanOrEqual(rule.cap);
      if (rule.cap === undefined && rule.capPerDay === undefined) expect(part.trimmed).toBeCloseTo(0);
    }),
    { numRuns: 500 },
  );
});

it('sums parts', () => {
  expect(totalOf([{ points: 3 }, { points: -5 }])).toBe(-2);
  expect(totalOf([])).toBe(0);
});
