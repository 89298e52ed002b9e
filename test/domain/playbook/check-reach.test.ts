// Thresholds nobody can reach with all signals and fit rules together are refused, model by model.
import { describe, expect, it, test } from 'vitest';
import { readPlaybook } from '../../../lib/domain/playbook/read-playbook.ts';
import { complaintsText } from '../../../lib/domain/yaml-document.ts';
import { complaints, source } from './complaints-of.ts';

describe('thresholds nobody can reach', () => {
  test.each([
    [
      'fit A',
      'A: 45',
      'A: 61',
      [
        '22:13 grades.fit.A: in model buyers nobody can reach 61: all fit rules together give 60 at most; take 60 or less, or raise their points',
      ],
    ],
    [
      'fit A of the person',
      'fit: { A: 45',
      'person: { A: 41, B: 10, C: 5 }\n  fit: { A: 45',
      [
        '22:16 grades.person.A: in model buyers nobody can reach 41: all fit rules of the person together give 40 at most; take 40 or less, or raise their points',
      ],
    ],
    [
      'fit A of the company',
      'fit: { A: 45',
      'company: { A: 21, B: 10, C: 5 }\n  fit: { A: 45',
      [
        '22:17 grades.company.A: in model buyers nobody can reach 21: all fit rules of the company together give 20 at most; take 20 or less, or raise their points',
      ],
    ],
    [
      'engagement 1',
      '1: 60',
      '1: 101',
      [
        '23:20 grades.engagement.1: in model buyers nobody can reach 101: all signals together, with their caps, give 100 at most; take 100 or less, or raise points or caps',
      ],
    ],
    [
      'a score',
      'sql: { grades: [A1] }',
      'sql: { score: 101 }',
      [
        '26:17 qualification.sql.score: in model buyers nobody can reach 101: all signals together, with their caps, give 100 at most; take 100 or less, or raise points or caps',
      ],
    ],
    [
      'a strong dimension',
      'need: 20',
      'need: 21',
      [
        '28:17 strong.need: in model buyers nobody can reach 21: all signals of need, with their caps, give 20 at most; take 20 or less, or raise points or caps',
      ],
    ],
    [
      'a strong dimension that is never low',
      '1: 60, 2: 30',
      '1: 60, 2: 20',
      [
        '28:17 strong.need: in model buyers whoever has 20 has engagement 2 already, and does not stand out; take less than 20',
      ],
    ],
    [
      'the least fit of a high-value signal',
      'A: 45, B: 30, C: 10',
      'A: 80, B: 70, C: 65',
      [
        '22:13 grades.fit.A: in model buyers nobody can reach 80: all fit rules together give 60 at most; take 60 or less, or raise their points',
        '22:20 grades.fit.B: in model buyers nobody can reach 70: all fit rules together give 60 at most; take 60 or less, or raise their points',
        '22:27 grades.fit.C: in model buyers nobody can reach 65: all fit rules together give 60 at most; take 60 or less, or raise their points',
        '27:24 qualification.highValueMinimumFit: in model buyers nobody fits as well: with 60 points the best is D; take D, or change `grades.fit`',
      ],
    ],
    [
      'of a model alone',
      'pricing: { points: 15 }',
      'asked: { points: 0 }, soon: { points: 0 }',
      [
        '23:20 grades.engagement.1: in model buyers nobody can reach 60: all signals together, with their caps, give 40 at most; take 40 or less, or raise points or caps',
        '28:17 strong.need: in model buyers no signal of need gives points: nobody can reach it; leave it out',
      ],
    ],
  ])('%s', (_, from, to, expected) => expect(complaints(from, to)).toEqual(expected));
});

describe('what can be reached', () => {
  test.each([
    // Ten a day, halved every day: 10 + 5 + 2.5 + …
    [
      'twice a day’s cap, where it halves every day',
      'cap: 40 }',
      'capPerDay: 40, halfLifeDays: 1 }',
      '1: 60',
      '1: 140',
    ],
    ['one touch, where it counts once', 'cap: 40 }', 'count: once }', '1: 60', '1: 100'],
    [
      'both of two ranges that overlap',
      'points: 20 }\npersonas',
      'points: 20 }\n  huge: { label: Huge, of: company, field: employees, atLeast: 600, points: 5 }\npersonas',
      'A: 45',
      'A: 65',
    ],
    [
      'the better of two that exclude each other',
      'points: 20 }\npersonas',
      'points: 20 }\n  small: { label: Small, of: company, field: employees, below: 500, points: 25 }\npersonas',
      'A: 45',
      'A: 65',
    ],
    [
      'what a missing field gives',
      'points: 20 }\npersonas',
      'points: 20, whenMissing: 30 }\npersonas',
      'A: 45',
      'A: 70',
    ],
    [
      'one word of several',
      'points: 20 }\npersonas',
      'points: 20 }\n  staff: { label: Staff, of: person, field: seniority, is: [staff], points: 25 }\npersonas',
      'A: 45',
      'A: 60',
    ],
    [
      'all technologies at once',
      'points: 20 }\npersonas',
      'points: 20 }\n  one: { label: One, of: company, field: technologies, is: [a], points: 5 }\n  two: { label: Two, of: company, field: technologies, is: [b], points: 5 }\npersonas',
      'A: 45',
      'A: 70',
    ],
  ])('%s', (_, from, to, threshold, most) => {
    const [name, number] = most.split(': ') as [string, string];
    const changed = source.replace(from, to);
    expect(changed).not.toBe(source);
    const complaintsWith = (least: string): string[] => {
      const reading = readPlaybook(
        changed.replace(threshold, least).replace('signals: { pricing: { points: 15 } }', 'signals: {}'),
      );
      return 'complaints' in reading ? reading.complaints.map(({ message }) => message) : [];
    };
    expect(complaintsWith(most)).toEqual([]);
    const beyond = `${Number(number) + 1}`;
    expect(complaintsWith(`${name}: ${beyond}`)).toEqual([expect.stringContaining(`nobody can reach ${beyond}`)]);
  });

  test.each([
    ['where a signal has no cap', 'points: 40, cap: 40', 'points: 1'],
    ['where a day has, and nothing fades', 'points: 40, cap: 40', 'points: 1, capPerDay: 1'],
  ])('any number, %s', (_, from, to) => {
    expect(readPlaybook(source.replace(from, to).replace('1: 60', '1: 1000000'))).not.toHaveProperty('complaints');
  });

  it('fit points too, where the score has them', () => {
    const withFit = source.replace('fit:\n  leads', 'scoreIncludesFit: true\nfit:\n  leads');
    const complaintsWith = (score: number): string[] => {
      const reading = readPlaybook(withFit.replace('sql: { grades: [A1] }', `sql: { score: ${score} }`));
      return 'complaints' in reading ? reading.complaints.map(({ message }) => message) : [];
    };
    expect(complaintsWith(160)).toEqual([]);
    expect(complaintsWith(161)).toEqual([expect.stringContaining('nobody can reach 161')]);
  });

  it('each threshold is that of the model which has it', () => {
    const own = 'label: Anybody, grades: { fit: { A: 61, B: 30, C: 10 }, engagement: { 1: 60, 2: 30, 3: 10 } }';
    expect(complaints('label: Anybody', own)).toEqual([
      '31:50 models.anybody.grades.fit.A: nobody can reach 61: all fit rules together give 60 at most; take 60 or less, or raise their points',
    ]);
  });

  it('a grade whose letter leaves too few points for its number, where the score has fit points', () => {
    const changed = source
      .replace('fit:\n  leads', 'scoreIncludesFit: true\nfit:\n  leads')
      .replace('1: 60', '1: 150')
      .replace('[A1, B1]', '[A1, C1]');
    const reading = readPlaybook(changed);
    expect('complaints' in reading && complaintsText('p', reading.complaints)).toBe(
      'p:26:23 qualification.mql.grades.1: in model buyers nobody can reach C1: with so few fit points the score stays lower; take another grade, or a score',
    );
  });
});

describe('without fit rules', () => {
  const [before, rest] = source.split('fit:\n  leads') as [string, string];
  const without = `${before}${rest.slice(rest.indexOf('personas:'))}`;
  const said = (text: string): string => {
    const reading = readPlaybook(text);
    return 'complaints' in reading ? complaintsText('p', reading.complaints) : '';
  };

  it('grades of fit are left out', () => {
    expect(said(without.replace('  fit: { A: 45, B: 30, C: 10 }\n', ''))).toBe('');
  });

  it('grades of fit that stand there all the same are told from too few points', () => {
    expect(said(without.replace('highValueMinimumFit: C', 'highValueMinimumFit: D'))).toBe(
      'p:18:3 grades.fit: in model buyers nobody can reach 45: no fit rule counts; add one, or leave this out: then all are A',
    );
  });
});

it('what nobody can reach is told beside what is wrong elsewhere, not beside what it is reckoned from', () => {
  const unreachable = source.replace('A: 45', 'A: 61');
  const placesOf = (text: string): string[] => {
    const reading = readPlaybook(text);
    return 'complaints' in reading ? reading.complaints.map(({ at }) => at) : [];
  };
  expect(placesOf(unreachable.replace('Europe/Berlin', 'Europe/Brelin'))).toEqual([
    'grades.fit.A',
    'sla.calendar.timezone',
  ]);
  expect(placesOf(unreachable.replace('capPerDay: 20', 'capPerDay: 9'))).toEqual(['signals.pricing.capPerDay']);
});
