import { describe, expect, it, test } from 'vitest';
import { emptyState } from '../../../lib/domain/lead.ts';
import type { PlaybookInput } from '../../../lib/domain/playbook/playbook.ts';
import { fitPartsOf, isAtLeast, letterOf } from '../../../lib/domain/scoring/fit.ts';
import { modelsOf } from '../../../lib/domain/scoring/model.ts';
import type { Subject } from '../../../lib/domain/scoring/subject.ts';
import { testPlaybook } from '../playbooks.ts';

type Rule = NonNullable<PlaybookInput['fit']>[string];
const register = <Value>(value: Value) => ({ value, at: '2026-11-01T00:00:00.000Z', source: 'crm' });
/** Texts are what the person typed, numbers what the CRM says of the company. */
const subjectOf = (values: Record<string, string | number>): Subject => ({
  state: {
    ...emptyState,
    profile: Object.fromEntries(
      Object.entries(values).flatMap(([field, value]) => (typeof value === 'string' ? [[field, register(value)]] : [])),
    ),
  },
  account: Object.fromEntries(
    Object.entries(values).flatMap(([field, value]) => (typeof value === 'number' ? [[field, register(value)]] : [])),
  ),
});
const parts = (rule: Partial<Rule> & Pick<Rule, 'field'>, values: Record<string, string | number>) => {
  const playbook = testPlaybook({ fit: { tried: { label: 'Tried', of: 'person', points: 10, ...rule } } });
  return fitPartsOf(modelsOf(playbook)[0]!.fit, subjectOf(values));
};
const holds = (rule: Partial<Rule> & Pick<Rule, 'field'>, value: string | number): boolean =>
  parts(rule, { [rule.field]: value }).length > 0;

describe('a rule', () => {
  test.each([
    ['VP of Sales', true],
    ['vp', true],
    ['SVP', false],
    ['Head of IT', true],
    ['Headhunter', false],
    ['Department-Head', true],
    ['', false],
  ])('contains whole words only: %j %s', (title, expected) => {
    expect(holds({ field: 'jobTitle', contains: ['vp', 'head'] }, title)).toBe(expected);
  });

  it('contains phrases, and words of any alphabet', () => {
    expect(holds({ field: 'jobTitle', contains: ['head of it'] }, 'Interim Head  of   IT')).toBe(true);
    expect(holds({ field: 'jobTitle', contains: ['geschäftsführer'] }, 'Geschäftsführer (m/w)')).toBe(true);
  });

  it('is one of several values, whatever the case', () => {
    expect(holds({ field: 'country', is: ['DE', 'AT'] }, ' de ')).toBe(true);
    expect(holds({ field: 'country', is: ['DE', 'AT'] }, 'CH')).toBe(false);
  });

  test.each([
    [499, false],
    [500, true],
    [999, true],
    [1_000, false],
    [Number.NaN, false],
  ])('ranges from at least 500 to below 1000: %j %s', (employees, expected) => {
    expect(holds({ field: 'employees', atLeast: 500, below: 1_000 }, employees)).toBe(expected);
  });

  it('of what is missing says nothing, or what the playbook says, shown as missing', () => {
    expect(parts({ field: 'country', is: ['DE'] }, {})).toEqual([]);
    expect(parts({ field: 'country', is: ['DE'], whenMissing: -5 }, {})).toEqual([
      { rule: 'tried', label: 'Tried', of: 'person', value: null, points: -5 },
    ]);
    expect(parts({ field: 'country', is: ['DE'], whenMissing: -5 }, { country: 'CH' })).toEqual([]);
  });
});

test.each([
  [45, 'A'],
  [44, 'B'],
  [30, 'B'],
  [29, 'C'],
  [10, 'C'],
  [9, 'D'],
  [-50, 'D'],
] as const)('%i points fit as %s', (points, grade) => {
  expect(letterOf(points, testPlaybook().grades.fit)).toBe(grade);
});

it('ranks A above D', () => {
  expect(isAtLeast('A', 'C')).toBe(true);
  expect(isAtLeast('C', 'C')).toBe(true);
  expect(isAtLeast('D', 'C')).toBe(false);
});
