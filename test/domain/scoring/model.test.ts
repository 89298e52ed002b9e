import { describe, expect, it } from 'vitest';
import type { PlaybookInput } from '../../../lib/domain/playbook/playbook.ts';
import { modelsOf } from '../../../lib/domain/scoring/model.ts';
import { testPlaybook } from '../playbooks.ts';

const match = { kind: 'page' as const };
const signals: PlaybookInput['signals'] = {
  plain: { label: 'Plain', match, points: 3 },
  limited: {
    label: 'Limited',
    match,
    points: 10,
    capPerDay: 20,
    cap: 40,
    halfLifeDays: 14,
    count: 'per-content',
    dimension: 'need',
    highValue: true,
  },
  noted: { label: 'Noted', match, points: 0, count: 'once' },
  daily: { label: 'Daily', match, points: -2, count: 'per-day' },
};
const only = (changes: Partial<PlaybookInput> = {}) => modelsOf(testPlaybook({ signals, ...changes }))[0]!;

describe('a playbook without models', () => {
  it('has the standard one, of everything in it', () => {
    const playbook = testPlaybook({ scoreIncludesFit: true, strong: { need: 20 } });
    const [model, ...rest] = modelsOf(playbook);
    expect(rest).toEqual([]);
    expect(model).toMatchObject({
      id: 'standard',
      label: 'Test',
      scoreIncludesFit: true,
      letters: { fit: { A: 45, B: 30, C: 10 } },
      engagement: { 1: 60, 2: 30, 3: 10 },
      qualification: playbook.qualification,
      strong: { need: 20 },
    });
    expect(model!.personas).toBeUndefined();
    expect(model!.productLines).toBeUndefined();
    expect(model!.signals.map(({ rule }) => rule)).toEqual(Object.keys(playbook.signals));
    expect(model!.fit.map(({ rule }) => rule)).toEqual(Object.keys(playbook.fit));
  });

  it('knows the number it was saved under, once it was', () => {
    expect(only().version).toBeUndefined();
    expect(modelsOf({ ...testPlaybook(), version: 7 })[0]!.version).toBe(7);
  });
});

it('is made ready once', () => {
  const playbook = testPlaybook();
  expect(modelsOf(playbook)).toBe(modelsOf(playbook));
  expect(modelsOf({ ...playbook })).not.toBe(modelsOf(playbook));
});

describe('a signal', () => {
  it('has no limits where the playbook names none', () => {
    expect(only().signals[0]).toEqual({
      rule: 'plain',
      label: 'Plain',
      dimension: 'engagement',
      count: 'each',
      isDistinct: false,
      highValue: false,
      points: 3,
      capPerDay: Number.POSITIVE_INFINITY,
      cap: Number.POSITIVE_INFINITY,
      remaining: undefined,
    });
  });

  it('has what the playbook says', () => {
    expect(only().signals[1]).toMatchObject({
      rule: 'limited',
      dimension: 'need',
      count: 'per-content',
      isDistinct: true,
      highValue: true,
      points: 10,
      capPerDay: 20,
      cap: 40,
    });
  });

  it('counts though it is worth nothing: it may be of high value', () => {
    expect(only().signals.map(({ rule, isDistinct }) => [rule, isDistinct])).toEqual([
      ['plain', false],
      ['limited', true],
      ['noted', true],
      ['daily', false],
    ]);
  });

  it('loses half in a half-life', () => {
    const { table, after: leftAfter } = only().signals[1]!.remaining!;
    expect(table).toHaveLength(1_024);
    expect([table[0], table[14], table[28]]).toEqual([1, 0.5, 0.25]);
    expect(table[1]).toBeCloseTo(0.9517, 4);
    expect(table[1_023]).toBe(leftAfter(1_023));
    expect(leftAfter(42)).toBe(0.125);
  });
});

describe('a model', () => {
  const fit: PlaybookInput['fit'] = {
    decider: { label: 'Decides', of: 'person', field: 'jobTitle', contains: ['head'], points: 40, whenMissing: -4 },
    large: { label: 'Large', of: 'company', field: 'employees', atLeast: 500, points: 20 },
    known: { label: 'Known', of: 'company', field: 'industry', is: ['energy'], points: 0, whenMissing: -5 },
    noted: { label: 'Noted', of: 'company', field: 'country', is: ['DE'], points: 0 },
  };
  const withModel = (model: Partial<NonNullable<PlaybookInput['models']>[string]>) =>
    modelsOf(
      testPlaybook({
        signals,
        fit,
        personas: { boss: { label: 'Boss', seniority: 'c-level' } },
        productLines: { cloud: { label: 'Cloud', signals: ['plain'] } },
        models: { own: { label: 'Own', ...model }, other: { label: 'Other' } },
      }),
    );

  it('is as the playbook where it says nothing', () => {
    const [model, other] = withModel({});
    expect([model!.id, model!.label, other!.id, other!.label]).toEqual(['own', 'Own', 'other', 'Other']);
    expect(model!.signals.map(({ rule, points }) => [rule, points])).toEqual([
      ['plain', 3],
      ['limited', 10],
      ['noted', 0],
      ['daily', -2],
    ]);
    expect(model!.fit.map(({ rule, points, whenMissing }) => [rule, points, whenMissing])).toEqual([
      ['decider', 40, -4],
      ['large', 20, 0],
      ['known', 0, -5],
    ]);
    expect(model!.scoreIncludesFit).toBe(false);
    expect(model!.strong).toEqual({});
    expect(model!.qualification).toEqual(testPlaybook().qualification);
  });

  it('is for whom it says', () => {
    const [model] = withModel({ personas: ['boss'], productLines: ['cloud'] });
    expect([model!.personas, model!.productLines]).toEqual([['boss'], ['cloud']]);
  });

  it('values signals its own way, and leaves out those it gives no points', () => {
    const [model, other] = withModel({
      signals: { limited: { points: 7, cap: 50, halfLifeDays: 7 }, plain: { points: 0 }, noted: { capPerDay: 5 } },
    });
    expect(model!.signals.map(({ rule }) => rule)).toEqual(['limited', 'noted', 'daily']);
    expect(model!.signals[0]).toMatchObject({
      label: 'Limited',
      points: 7,
      capPerDay: 20,
      cap: 50,
      count: 'per-content',
    });
    expect(model!.signals[0]!.remaining!.after(7)).toBe(0.5);
    expect(model!.signals[1]).toMatchObject({ points: 0, capPerDay: 5 });
    expect(other!.signals).toHaveLength(4);
  });

  it('values fit its own way, and leaves out rules it gives no points', () => {
    const [model, other] = withModel({ fit: { decider: { points: 0 }, large: { whenMissing: -2 } } });
    expect(model!.fit.map(({ rule, label, points, whenMissing }) => [rule, label, points, whenMissing])).toEqual([
      ['large', 'Large', 20, -2],
      ['known', 'Known', 0, -5],
    ]);
    expect(other!.fit).toHaveLength(3);
  });

  it('has grades, qualification and strong dimensions of its own', () => {
    const qualification = { mql: { score: 9 }, highValueMinimumFit: 'A' as const };
    const grades = { fit: { A: 3, B: 2, C: 1 }, engagement: { 1: 6, 2: 5, 3: 4 } };
    const [model, other] = withModel({ grades, qualification, strong: { budget: 5 } });
    expect(model).toMatchObject({
      letters: { fit: grades.fit, person: { A: 30, B: 20, C: 10 }, company: { A: 15, B: 10, C: 5 } },
      engagement: grades.engagement,
      qualification: { mql: { grades: [], score: 9 }, highValueMinimumFit: 'A' },
      strong: { budget: 5 },
    });
    expect(other!.engagement).toEqual({ 1: 60, 2: 30, 3: 10 });
  });
});
