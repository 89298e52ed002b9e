// Models that leave somebody without a score or never speak, and grades that overlap, are refused.
import { describe, expect, it, test } from 'vitest';
import { readPlaybook } from '../../../lib/domain/playbook/read-playbook.ts';
import { complaints, source } from './complaints-of.ts';

describe('models', () => {
  test.each([
    [
      'none is for everybody',
      'anybody: { label: Anybody }',
      'anybody: { label: Anybody, personas: [buyer] }',
      [
        '29:1 models: people whom no model is for would have no score; add a last one without personas and productLines',
      ],
    ],
    [
      'one after the one for everybody',
      'anybody: { label: Anybody }',
      'anybody: { label: Anybody }\n  late: { label: Late, personas: [buyer] }',
      [
        '32:3 models.late: never speaks: anybody above it scores everybody it scores; move it above anybody, or write speaks: best',
      ],
    ],
    [
      'one whose people another scores before it',
      'anybody: { label: Anybody }',
      'late: { label: Late, personas: [buyer], productLines: [vault] }\n  anybody: { label: Anybody }',
      [
        '31:3 models.late: never speaks: buyers above it scores everybody it scores; move it above buyers, or write speaks: best',
      ],
    ],
    [
      'a name of digits',
      'anybody: { label: Anybody }',
      '"1": { label: Anybody }',
      ['31:3 models.1: a name of digits alone loses its place in the order; add a letter'],
    ],
  ])('%s', (_, from, to, expected) => expect(complaints(from, to)).toEqual(expected));
});

describe('grades and levels', () => {
  test.each([
    [
      'fit turned round',
      'A: 45, B: 30',
      'A: 30, B: 45',
      ['22:3 grades.fit: grades overlap; A must be above B, and B above C'],
    ],
    [
      'engagement that overlaps',
      '1: 60, 2: 30',
      '1: 30, 2: 30',
      ['23:3 grades.engagement: grades overlap; 1 must be above 2, and 2 above 3'],
    ],
    [
      'those of the person',
      'fit: { A: 45',
      'person: { A: 10, B: 10, C: 5 }\n  fit: { A: 45',
      ['22:3 grades.person: grades overlap; A must be above B, and B above C'],
    ],
    [
      'those of the company',
      'fit: { A: 45',
      'company: { A: 9, B: 8, C: 8 }\n  fit: { A: 45',
      ['22:3 grades.company: grades overlap; A must be above B, and B above C'],
    ],
    [
      'those of a model',
      'label: Anybody }',
      'label: Anybody, grades: { fit: { A: 45, B: 30, C: 30 }, engagement: { 1: 60, 2: 30, 3: 10 } } }',
      ['31:40 models.anybody.grades.fit: grades overlap; A must be above B, and B above C'],
    ],
    [
      'sales qualified by a grade that is not marketing qualified',
      'sql: { grades: [A1] }',
      'sql: { grades: [A1, C1] }',
      [
        '26:23 qualification.sql.grades.1: C1 is sales qualified without being marketing qualified; add it to mql, or take it out here',
      ],
    ],
    [
      'sales qualified by fewer points than any marketing grade has',
      'sql: { grades: [A1] }',
      'sql: { score: 59 }',
      ['26:17 qualification.sql.score: 59 points are sales qualified, but not marketing qualified; take 60 or more'],
    ],
    [
      'sales qualified by fewer points',
      'mql: { grades: [A1, B1] }\n  sql: { grades: [A1] }',
      'mql: { score: 80 }\n  sql: { score: 79 }',
      ['26:17 qualification.sql.score: 79 points are sales qualified, but not marketing qualified; take 80 or more'],
    ],
    [
      'nothing qualifies',
      'mql: { grades: [A1, B1] }\n  sql: { grades: [A1] }\n',
      '',
      [
        '24:1 qualification: nobody would ever qualify; say mql: { grades: [A1] }, a score, or highValue: true of a signal',
      ],
    ],
  ])('%s', (_, from, to, expected) => expect(complaints(from, to)).toEqual(expected));
});

describe('what is no mistake', () => {
  test.each([
    [
      'a model for everybody first, where the best speaks',
      'models:\n',
      'speaks: best\nmodels:\n  first: { label: First }\n',
    ],
    ['a model for fewer of those another is for', 'personas: [buyer], productLines: [vault]', 'personas: [buyer]'],
    ['no model at all', 'anybody: { label: Anybody }', 'anybody: { label: All }'],
    ['sales qualified by a better grade than the marketing ones', 'sql: { grades: [A1] }', 'sql: { grades: [A1, B1] }'],
    ['sales qualified alone', 'mql: { grades: [A1, B1] }\n  ', ''],
  ])('%s', (_, from, to) => expect(complaints(from, to)).toEqual([]));

  it('a high-value signal alone', () => {
    const levels = / {2}mql: .*\n {2}sql: .*\n/;
    const alone = source.replace(levels, '').replace('cap: 40 }', 'cap: 40, highValue: true }');
    expect(readPlaybook(alone)).not.toHaveProperty('complaints');
  });
});
