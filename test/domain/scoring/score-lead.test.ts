import { describe, expect, it, test } from 'vitest';
import { dayNumberOf } from '../../../lib/domain/days.ts';
import { anyTouch } from '../../../lib/domain/facts/facts.ts';
import type { Playbook, PlaybookInput } from '../../../lib/domain/playbook/playbook.ts';
import { modelsOf } from '../../../lib/domain/scoring/model.ts';
import { dimensionsOf, scoreLead, speakerOf, totalsFor } from '../../../lib/domain/scoring/score-lead.ts';
import { factsOf } from '../facts-of.ts';
import { testPlaybook } from '../playbooks.ts';
import { type Given, subjectOf } from './subjects.ts';

const now = '2026-11-20T12:00:00.000Z';
const today = dayNumberOf(now);
const match = { kind: 'page' as const };
const one: PlaybookInput['signals'] = { one: { label: 'One', match, points: 1 } };
/** So many points of the signal `one`. */
const worth = (points: number): Given => (points === 0 ? {} : { facts: factsOf({ '2026-11-20': { one: points } }) });

/** The score as of noon, which the totals without an explanation must agree with. */
const scored = (given: Given, playbook: Playbook = testPlaybook()) => {
  const { score, model } = scoreLead(subjectOf(given), playbook, now);
  const { score: points, fitPoints, grade } = score;
  expect(totalsFor(subjectOf(given), playbook, today)).toEqual({ score: points, fitPoints, grade });
  expect(score.model.id).toBe(model.id);
  return score;
};

describe('a score', () => {
  const visits = factsOf({ '2026-11-20': { webinar: 1, pricing: 1, [anyTouch]: 2 } });
  const head: Given = { profile: { jobTitle: 'Head of IT' }, emailKind: 'business' };

  it('is the sum of its parts, and its grade comes of both sums', () => {
    expect(scored({ ...head, facts: visits })).toEqual({
      model: { id: 'standard', label: 'Test' },
      score: 35,
      parts: [
        expect.objectContaining({ rule: 'pricing', points: 10, count: 1 }),
        expect.objectContaining({ rule: 'webinar', points: 25, count: 1 }),
      ],
      fitPoints: 45,
      fitParts: [
        { rule: 'decider', label: 'Decides', of: 'person', value: 'Head of IT', points: 30 },
        { rule: 'business', label: 'Company address', of: 'person', value: 'business', points: 15 },
      ],
      grade: 'A2',
      personFit: 'A',
      companyFit: 'D',
      missing: ['employees'],
    });
  });

  it('includes fit where the playbook says so', () => {
    const score = scored({ ...head, facts: visits }, testPlaybook({ scoreIncludesFit: true }));
    expect(score).toMatchObject({ score: 80, fitPoints: 45, grade: 'A1', scoreIncludesFit: true });
    expect(scored({ ...head, facts: visits })).not.toHaveProperty('scoreIncludesFit');
  });

  it('of nobody who did anything is 0', () => {
    expect(scored({})).toMatchObject({ score: 0, parts: [], fitPoints: 0, fitParts: [], grade: 'D4' });
  });

  it('leaves out later days', () => {
    const score = scored({ facts: factsOf({ '2026-11-20': { webinar: 1 }, '2026-11-21': { webinar: 1 } }) });
    expect(score.score).toBe(25);
  });

  test.each([
    [60, '1'],
    [59, '2'],
    [30, '2'],
    [29, '3'],
    [10, '3'],
    [9, '4'],
    [0, '4'],
  ])('of %i is engagement %s', (points, number) => {
    expect(scored(worth(points), testPlaybook({ signals: one })).grade).toBe(`D${number}`);
  });

  test.each([
    [45, 'A4'],
    [30, 'B4'],
    [10, 'C4'],
    [9, 'D4'],
  ])('with %i fit points is graded %s', (points, grade) => {
    const fit = {
      mail: { label: 'Mail', of: 'person' as const, field: 'emailKind' as const, is: ['business'], points },
    };
    expect(scored({ emailKind: 'business' }, testPlaybook({ fit })).grade).toBe(grade);
  });

  it('judges person and company by their own points', () => {
    // Of 30 + 15 the person can have, 15; of 20 the company can have, all.
    const given: Given = { emailKind: 'business', account: { employees: 900 } };
    expect(scored(given)).toMatchObject({ fitPoints: 35, personFit: 'C', companyFit: 'A', missing: ['jobTitle'] });
  });

  it('leaves out what there is nothing to say of', () => {
    const given: Given = { ...head, account: { employees: 900 } };
    const score = JSON.parse(JSON.stringify(scored(given))) as object;
    expect(Object.keys(score).sort()).toEqual(
      ['companyFit', 'fitParts', 'fitPoints', 'grade', 'model', 'parts', 'personFit', 'score', 'standsOut'].sort(),
    );
  });

  it('names the version of the playbook it is of', () => {
    expect(scored({}, { ...testPlaybook(), version: 3 }).model).toEqual({ id: 'standard', label: 'Test', version: 3 });
  });
});

describe('suppression', () => {
  const studying: Given = { ...worth(41), profile: { jobTitle: 'Student' } };
  const withFactor = (factor: number, changes: Partial<PlaybookInput> = {}) =>
    testPlaybook({
      signals: one,
      fit: {},
      suppression: { student: { label: 'Student', titles: ['student'], factor } },
      ...changes,
    });

  it('takes its share of the score and of the grade, and keeps the score before', () => {
    const score = scored(studying, withFactor(0.5));
    expect(score).toMatchObject({ score: 21, grade: 'D3', suppressed: { before: 41, points: -20, factor: 0.5 } });
    expect(score.parts.map(({ points }) => points)).toEqual([41]);
    expect(scored(studying, withFactor(0))).toMatchObject({ score: 0, grade: 'D4' });
    expect(scored(worth(41), withFactor(0))).not.toHaveProperty('suppressed');
  });

  it('takes from fit points too where they are part of the score, but leaves the letter', () => {
    const fit = {
      any: { label: 'Any', of: 'person' as const, field: 'jobTitle' as const, is: ['student'], points: 45 },
    };
    expect(scored(studying, withFactor(0.5, { fit, scoreIncludesFit: true }))).toMatchObject({
      score: 43,
      fitPoints: 45,
      grade: 'A2',
    });
  });

  it('leaves nothing to stand out', () => {
    const strong = { strong: { engagement: 20 } };
    expect(scored(studying, withFactor(0.5, strong)).standsOut).toBeUndefined();
    expect(scored(worth(29), withFactor(0.5, strong)).standsOut).toEqual([{ dimension: 'engagement', points: 29 }]);
  });

  it('is told with the score', () => {
    const { holds } = scoreLead(subjectOf(studying), withFactor(0.5), now);
    expect(holds).toEqual([{ rule: 'student', label: 'Student', why: 'the job title is Student', factor: 0.5 }]);
  });
});

describe('with a low total', () => {
  const dimensions = {
    page: { label: 'Page', match, points: 1, dimension: 'interest' as const },
    budget: { label: 'Budget', match, points: 20, dimension: 'budget' as const },
    soon: { label: 'Soon', match, points: 8, dimension: 'timeframe' as const },
    left: { label: 'Left', match, points: -15, dimension: 'engagement' as const },
  };
  const strong = { interest: 12, budget: 20, timeframe: 9 };
  const playbook = testPlaybook({ signals: dimensions, strong });
  const did = (counts: Record<string, number>): Given => ({ facts: factsOf({ '2026-11-20': counts }) });

  it('dimensions that reach what the playbook asks of them stand out', () => {
    expect(scored(did({ page: 2, budget: 1 }), playbook).standsOut).toEqual([{ dimension: 'budget', points: 20 }]);
    expect(scored(did({ page: 12, budget: 1, left: 1 }), playbook).standsOut).toEqual([
      { dimension: 'interest', points: 12 },
      { dimension: 'budget', points: 20 },
    ]);
    expect(scored(did({ page: 11, soon: 1 }), playbook).standsOut).toBeUndefined();
  });

  it('none stands out of a total that speaks for itself', () => {
    expect(scored(did({ page: 10, budget: 1 }), playbook)).toMatchObject({ grade: 'D2', standsOut: undefined });
    expect(scored(did({ page: 60 }), playbook)).toMatchObject({ grade: 'D1', standsOut: undefined });
  });

  it('the best fit stands out too', () => {
    const given: Given = { ...did({ budget: 1 }), profile: { jobTitle: 'VP' }, emailKind: 'business' };
    expect(scored(given, playbook).standsOut).toEqual([
      { dimension: 'budget', points: 20 },
      { dimension: 'fit', points: 45 },
    ]);
    expect(scored({ ...given, emailKind: 'freemail' }, playbook)).toMatchObject({
      grade: 'B3',
      standsOut: [{ dimension: 'budget' }],
    });
  });

  it('nobody’s fit stands out where no rule asks for any, and all are A', () => {
    const { grades } = playbook;
    const without = testPlaybook({ signals: dimensions, strong, fit: {}, grades: { engagement: grades.engagement } });
    expect(scored(did({ page: 2 }), without)).toMatchObject({ grade: 'A4', standsOut: undefined });
  });

  it('dimensions add up to the parts, before suppression', () => {
    const { parts } = scored(did({ page: 2, budget: 1, left: 1, soon: 2 }), playbook);
    expect(dimensionsOf(parts)).toEqual({
      engagement: -15,
      interest: 2,
      need: 0,
      budget: 20,
      authority: 0,
      timeframe: 16,
    });
  });
});

describe('of several models', () => {
  const personas = {
    boss: { label: 'Boss', seniority: 'c-level' as const },
    it: { label: 'IT', function: 'it' as const },
  };
  const productLines = {
    cloud: { label: 'Cloud', signals: ['cloud', 'trial'] },
    tools: { label: 'Tools', signals: ['tools'] },
  };
  const signals = {
    cloud: { label: 'Cloud', match, points: 10 },
    trial: { label: 'Trial', match, points: 20 },
    tools: { label: 'Tools', match, points: 15 },
  };
  const playbook = (models: PlaybookInput['models'], speaks: 'first' | 'best' = 'first') =>
    testPlaybook({ personas, productLines, signals, fit: {}, models, speaks });
  const everybody = { label: 'Everybody' };
  const did = (counts: Record<string, number>, jobTitle?: string): Given => ({
    facts: factsOf({ '2026-11-20': counts }),
    ...(jobTitle !== undefined && { profile: { jobTitle } }),
  });
  const speaker = (given: Given, models: PlaybookInput['models'], speaks?: 'best') =>
    scored(given, playbook(models, speaks)).model.id;

  it('those for a persona score people with any of them', () => {
    const models = { some: { label: 'Some', personas: ['boss', 'it'] }, everybody };
    expect(speaker(did({ cloud: 1 }, 'CEO'), models)).toBe('some');
    expect(speaker(did({ cloud: 1 }, 'System Administrator'), models)).toBe('some');
    expect(speaker(did({ cloud: 1 }, 'Sales Manager'), models)).toBe('everybody');
    expect(speaker(did({ cloud: 1 }), models)).toBe('everybody');
  });

  it('those for a product line score who showed interest in any of them', () => {
    const models = { some: { label: 'Some', productLines: ['tools', 'cloud'] }, everybody };
    expect(speaker(did({ trial: 1 }), models)).toBe('some');
    expect(speaker(did({ tools: 1 }), models)).toBe('some');
    expect(speaker(did({ [anyTouch]: 1 }), models)).toBe('everybody');
    expect(speaker({}, models)).toBe('everybody');
  });

  it('those for both score who is in both', () => {
    const models = { both: { label: 'Both', personas: ['boss'], productLines: ['cloud'] }, everybody };
    expect(speaker(did({ cloud: 1 }, 'CEO'), models)).toBe('both');
    expect(speaker(did({ tools: 1 }, 'CEO'), models)).toBe('everybody');
    expect(speaker(did({ cloud: 1 }, 'Clerk'), models)).toBe('everybody');
  });

  it('the first speaks, and the others are told with what they come to', () => {
    const models = {
      modest: { label: 'Modest', signals: { cloud: { points: 1 } } },
      everybody,
      third: { label: 'Third' },
    };
    expect(scored(did({ cloud: 3 }), playbook(models))).toMatchObject({
      model: { id: 'modest', label: 'Modest' },
      score: 3,
      grade: 'D4',
      others: [
        { model: 'everybody', score: 30, fitPoints: 0, grade: 'D2' },
        { model: 'third', score: 30, fitPoints: 0, grade: 'D2' },
      ],
    });
    expect(scored(did({}), playbook({ everybody }))).not.toHaveProperty('others');
    const own = { own: { label: 'Own', personas: ['boss'] }, everybody };
    expect(scored(did({}), playbook(own))).not.toHaveProperty('others');
  });

  it('the one with the best grade speaks where the playbook says so', () => {
    const half = { label: 'Half', signals: { cloud: { points: 5 } } };
    const best = scored(did({ cloud: 3 }), playbook({ half, everybody, low: half }, 'best'));
    expect(best).toMatchObject({
      model: { id: 'everybody' },
      score: 30,
      others: [
        { model: 'half', score: 15 },
        { model: 'low', score: 15 },
      ],
    });
  });

  it('of equal grades the one with the most points speaks, of equal points the first', () => {
    const models = (points: number, label = 'Other') => ({ label, signals: { cloud: { points } } });
    expect(speaker(did({ cloud: 1 }), { a: models(11), b: models(12), c: models(12) }, 'best')).toBe('b');
    expect(speaker(did({ cloud: 1 }), { a: models(12), b: models(12) }, 'best')).toBe('a');
    expect(speaker(did({ cloud: 1 }), { a: models(13), b: models(12) }, 'best')).toBe('a');
  });

  it('a grade is as good as letter and number together: B1 and A2 alike, A1 before both', () => {
    const graded = (fit: number, engagement: number) => ({
      label: 'Graded',
      grades: {
        fit: { A: fit, B: 0, C: -1 },
        engagement: { 1: engagement, 2: 0, 3: -1 },
      },
    });
    const [a1, a2, b1, b2] = [graded(0, 1), graded(0, 99), graded(1, 1), graded(1, 99)];
    expect(speaker(did({ cloud: 1 }), { b2, b1, a1 }, 'best')).toBe('a1');
    expect(speaker(did({ cloud: 1 }), { b2, a2 }, 'best')).toBe('a2');
    expect(speaker(did({ cloud: 1 }), { b1, a2 }, 'best')).toBe('b1');
    expect(speaker(did({ cloud: 1 }), { a2, b1 }, 'best')).toBe('a2');
    // B1 of 11 points against A2 of 10.
    const more = { ...b1, signals: { cloud: { points: 11 } } };
    expect(speaker(did({ cloud: 1 }), { a2, more }, 'best')).toBe('more');
  });

  it('all are suppressed alike', () => {
    const models = { half: { label: 'Half', signals: { cloud: { points: 4 } } }, everybody };
    const suppressing: Playbook = testPlaybook({
      ...playbook(models),
      suppression: { student: { label: 'Student', titles: ['student'], factor: 0.5 } },
    });
    expect(scored(did({ cloud: 3 }, 'Student'), suppressing)).toMatchObject({
      score: 6,
      others: [{ model: 'everybody', score: 15 }],
    });
  });

  it('the score tells personas and product lines', () => {
    const score = scored(did({ tools: 1, trial: 1 }, 'CIO'), playbook({ everybody }));
    expect(score).toMatchObject({ personas: ['boss', 'it'], productLines: ['cloud', 'tools'] });
    const nothing = scored(did({ [anyTouch]: 1 }, 'Clerk'), playbook({ everybody }));
    expect(nothing).not.toHaveProperty('personas');
    expect(nothing).not.toHaveProperty('productLines');
  });

  it('the one that speaks is known without a score', () => {
    const models = playbook({ some: { label: 'Some', personas: ['boss'] }, everybody });
    expect(speakerOf(subjectOf(did({}, 'CEO')), models, today, [])).toBe(modelsOf(models)[0]);
    expect(speakerOf(subjectOf(did({}, 'Clerk')), models, today, [])).toBe(modelsOf(models)[1]);
  });

  it('none that scores somebody is a mistake in the playbook', () => {
    const some = playbook({ a: { label: 'A', personas: ['boss'] }, b: { label: 'B', personas: ['it'] } });
    expect(() => scoreLead(subjectOf(), some, now)).toThrow('no model of playbook Test scores everybody');
  });
});
