import { describe, expect, it, test } from 'vitest';
import type { PlaybookInput } from '../../../lib/domain/playbook/playbook.ts';
import {
  fitPartsOf,
  fitPointsOf,
  isAtLeast,
  letterOf,
  lettersOf,
  missingFields,
} from '../../../lib/domain/scoring/fit.ts';
import { modelsOf } from '../../../lib/domain/scoring/model.ts';
import { testPlaybook } from '../playbooks.ts';
import { type Given, subjectOf } from './subjects.ts';

type Rules = NonNullable<PlaybookInput['fit']>;
type Rule = Partial<Rules[string]> & Pick<Rules[string], 'field'>;

const personas = {
  boss: { label: 'Boss', seniority: ['c-level' as const] },
  money: { label: 'Money', function: ['finance' as const] },
};
const checksOf = (fit: Rules) => modelsOf(testPlaybook({ fit, personas }))[0]!.fit;

/** The part of one rule, worth 10 points unless told, which the sum without parts must agree with. */
const partOf = (rule: Rule, given: Given) => {
  const checks = checksOf({ tried: { label: 'Tried', of: 'person', points: 10, ...rule } });
  const parts = fitPartsOf(checks, subjectOf(given));
  expect(fitPointsOf(checks, subjectOf(given))).toBe(parts.reduce((sum, { points }) => sum + points, 0));
  return parts[0];
};
const holds = (rule: Rule, given: Given): boolean => partOf(rule, given) !== undefined;

describe('a rule on text', () => {
  test.each([
    ['VP of Sales', true],
    ['vp', true],
    ['SVP', false],
    ['Head of IT', true],
    ['Headhunter', false],
    ['Department-Head', true],
    ['', false],
  ])('contains whole words only: %j %s', (jobTitle, expected) => {
    expect(holds({ field: 'jobTitle', contains: ['vp', 'head'] }, { profile: { jobTitle } })).toBe(expected);
  });

  it('contains phrases, and words of any alphabet', () => {
    const says = (phrase: string, jobTitle: string) =>
      holds({ field: 'jobTitle', contains: [phrase] }, { profile: { jobTitle } });
    expect(says('head of it', 'Interim Head  of   IT')).toBe(true);
    expect(says('geschäftsführer', 'Geschäftsführer (m/w)')).toBe(true);
  });

  it('is one of several values, whatever the case', () => {
    const rule = { field: 'country', is: ['DE', 'at'] } as const;
    const from = (country: string) => holds({ ...rule, is: [...rule.is] }, { profile: { country } });
    expect(from(' de ')).toBe(true);
    expect(from('AT')).toBe(true);
    expect(from('CH')).toBe(false);
  });

  it('is a country however rule and person write it', () => {
    const rule: Rule = { field: 'country', is: ['Germany', 'UK', 'DACH'] };
    for (const country of ['DE', 'deutschland', 'DEU', 'Allemagne', 'United Kingdom', 'dach']) {
      expect(holds(rule, { profile: { country } })).toBe(true);
    }
    expect(holds(rule, { profile: { country: 'Austria' } })).toBe(false);
    expect(holds({ field: 'jobTitle', is: ['Germany'] }, { profile: { jobTitle: 'DE' } })).toBe(false);
  });

  it('holds only if all holds that it names', () => {
    const rule: Rule = { field: 'jobTitle', contains: ['head'], is: ['head of it', 'cto'] };
    expect(holds(rule, { profile: { jobTitle: 'Head of IT' } })).toBe(true);
    expect(holds(rule, { profile: { jobTitle: 'CTO' } })).toBe(false);
    expect(holds(rule, { profile: { jobTitle: 'Head of HR' } })).toBe(false);
  });
});

describe('a rule on numbers', () => {
  test.each([
    [499, false],
    [500, true],
    [999, true],
    [1_000, false],
    [Number.NaN, false],
  ])('ranges from at least 500 to below 1000: %j %s', (employees, expected) => {
    expect(holds({ field: 'employees', atLeast: 500, below: 1_000 }, { account: { employees } })).toBe(expected);
  });

  it('may be open at either end', () => {
    expect(holds({ field: 'revenue', atLeast: 5 }, { account: { revenue: 5e12 } })).toBe(true);
    expect(holds({ field: 'revenue', atLeast: 5 }, { account: { revenue: 4 } })).toBe(false);
    expect(holds({ field: 'revenue', below: 5 }, { account: { revenue: -1 } })).toBe(true);
    expect(holds({ field: 'revenue', below: 5 }, { account: { revenue: 5 } })).toBe(false);
  });

  it('is about a text too where it says both', () => {
    const rule: Rule = { field: 'employees', is: ['500', '20'], atLeast: 100 };
    expect(holds(rule, { account: { employees: 500 } })).toBe(true);
    expect(holds(rule, { account: { employees: 20 } })).toBe(false);
    expect(holds(rule, { account: { employees: 501 } })).toBe(false);
  });

  test.each([
    ['900', 900],
    ['1,200 people', 1_200],
    ['1.200', 1_200],
    ['5k', 5_000],
    ['51-200', 51],
    ['1 200', 1_200],
    ["1'200", 1_200],
    ['1’200', 1_200],
    ['1_200', 1_200],
    ['500-1000', 500],
  ])('reads what people typed: %j', (employees, number) => {
    expect(partOf({ field: 'employees', atLeast: 1 }, { profile: { employees } })?.value).toBe(number);
  });

  it('takes what is no number for missing', () => {
    const rule: Rule = { field: 'employees', atLeast: 1, whenMissing: -3 };
    expect(partOf(rule, { profile: { employees: 'many' } })).toMatchObject({ value: null, points: -3 });
    expect(partOf(rule, { profile: {} })).toMatchObject({ value: null, points: -3 });
  });
});

describe('a field', () => {
  const cfo: Given = { profile: { jobTitle: 'CFO' } };

  it('is what the job title says', () => {
    expect(partOf({ field: 'jobTitle', is: ['cfo'] }, cfo)?.value).toBe('CFO');
    expect(partOf({ field: 'seniority', is: ['c-level'] }, cfo)?.value).toBe('c-level');
    expect(partOf({ field: 'function', is: ['finance'] }, cfo)?.value).toBe('finance');
    expect(partOf({ field: 'persona', is: ['money'] }, cfo)?.value).toBe('boss, money');
    expect(holds({ field: 'persona', is: ['others'] }, cfo)).toBe(false);
    expect(holds({ field: 'seniority', is: ['c-level'] }, {})).toBe(false);
  });

  it('is the kind of the mail address', () => {
    expect(partOf({ field: 'emailKind', is: ['freemail'] }, { emailKind: 'freemail' })?.value).toBe('freemail');
    expect(holds({ field: 'emailKind', is: ['freemail'] }, { emailKind: 'business' })).toBe(false);
  });

  it('of the company is what the CRM says before what the person typed', () => {
    const typed: Given = { profile: { company: 'acme gmbh', country: 'DE', industry: 'Retail', employees: '20' } };
    const both: Given = { ...typed, account: { name: 'Acme', country: 'AT', industry: 'Energy', employees: 900 } };
    const ofCompany = { of: 'company', whenMissing: -1 } as const;
    const company: Rule = { ...ofCompany, field: 'company', contains: ['acme'] };
    const country: Rule = { ...ofCompany, field: 'country', is: ['AT', 'DE'] };
    const industry: Rule = { ...ofCompany, field: 'industry', is: ['retail', 'energy'] };
    const employees: Rule = { ...ofCompany, field: 'employees', atLeast: 1 };
    const rules = [company, country, industry, employees];
    expect(rules.map((rule) => partOf(rule, both)?.value)).toEqual(['Acme', 'AT', 'Energy', 900]);
    expect(rules.map((rule) => partOf(rule, typed)?.value)).toEqual(['acme gmbh', 'DE', 'Retail', 20]);
    expect(rules.map((rule) => partOf(rule, { ...typed, account: {} })?.value)).toEqual([
      'acme gmbh',
      'DE',
      'Retail',
      20,
    ]);
    expect(rules.map((rule) => partOf(rule, {})?.value)).toEqual([null, null, null, null]);
  });

  it('country of the person is their own, whatever the company’s', () => {
    const both: Given = { profile: { country: 'DE' }, account: { country: 'AT' } };
    expect(partOf({ of: 'person', field: 'country', is: ['AT', 'DE'] }, both)?.value).toBe('DE');
    expect(holds({ of: 'person', field: 'country', is: ['AT'] }, { account: { country: 'AT' } })).toBe(false);
    // Only the country is both a person's and a company's.
    expect(
      partOf({ of: 'person', field: 'industry', is: ['energy'] }, { account: { industry: 'Energy' } })?.value,
    ).toBe('Energy');
  });

  it('of the company alone is revenue, and technologies of which any is enough', () => {
    expect(partOf({ field: 'revenue', atLeast: 1 }, { account: { revenue: 5 } })?.value).toBe(5);
    expect(holds({ field: 'revenue', atLeast: 1 }, {})).toBe(false);
    const uses = (technologies: string[]) =>
      partOf({ field: 'technologies', is: ['SAP', 'Oracle'] }, { account: { technologies } });
    expect(uses(['Jira', 'sap'])?.value).toBe('Jira, sap');
    expect(uses(['Jira'])).toBeUndefined();
    expect(uses([])).toBeUndefined();
    expect(holds({ field: 'technologies', is: ['SAP'] }, {})).toBe(false);
  });
});

describe('what is missing', () => {
  const rule: Rule = { field: 'country', is: ['DE'] };

  it('says nothing where the rule is neutral', () => {
    expect(partOf(rule, {})).toBeUndefined();
  });

  it('costs or gives what the rule says, shown as missing', () => {
    const part = { rule: 'tried', label: 'Tried', of: 'person', value: null };
    expect(partOf({ ...rule, whenMissing: -5 }, {})).toEqual({ ...part, points: -5 });
    expect(partOf({ ...rule, whenMissing: 5 }, {})).toEqual({ ...part, points: 5 });
    expect(partOf({ ...rule, points: 0, whenMissing: -5 }, {})).toEqual({ ...part, points: -5 });
    expect(partOf({ ...rule, whenMissing: -5 }, { profile: { country: 'CH' } })).toBeUndefined();
    expect(partOf({ ...rule, whenMissing: -5 }, { profile: { country: 'DE' } })).toEqual({
      ...part,
      value: 'DE',
      points: 10,
    });
  });

  it('is named, each field once, in the order of the playbook', () => {
    const rules: Rules = {
      far: { label: 'Far', of: 'person', field: 'country', is: ['US'], points: -5 },
      large: { label: 'Large', of: 'company', field: 'employees', atLeast: 500, points: 5 },
      near: { label: 'Near', of: 'person', field: 'country', is: ['DE'], points: 5 },
      cfo: { label: 'CFO', of: 'person', field: 'jobTitle', is: ['CFO'], points: 5 },
    };
    expect(missingFields(checksOf(rules), subjectOf({ profile: { jobTitle: 'Clerk' } }))).toEqual([
      'country',
      'employees',
    ]);
  });
});

it('adds up rule by rule, gifts and penalties', () => {
  const { fit } = testPlaybook();
  const given: Given = {
    profile: { jobTitle: 'Head of Student Services' },
    emailKind: 'business',
    account: { employees: 900 },
  };
  const parts = fitPartsOf(checksOf(fit), subjectOf(given));
  expect(parts.map(({ rule, points }) => [rule, points])).toEqual([
    ['decider', 30],
    ['student', -50],
    ['business', 15],
    ['large', 20],
  ]);
  expect(fitPointsOf(checksOf(fit), subjectOf(given))).toBe(15);
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
  expect(letterOf(points, modelsOf(testPlaybook())[0]!.letters.fit)).toBe(grade);
});

describe('letters', () => {
  it('of fit that are not told are quarters too; without rules everybody is A', () => {
    const rule = { label: 'Large', of: 'company' as const, field: 'employees' as const, atLeast: 500, points: 20 };
    const grades = { engagement: { 1: 60, 2: 30, 3: 10 } };
    const fitOf = (rules: Rules) => modelsOf(testPlaybook({ fit: rules, grades }))[0]!.letters.fit;
    expect(fitOf({ large: rule })).toEqual({ A: 15, B: 10, C: 5 });
    expect(letterOf(0, fitOf({}))).toBe('A');
  });

  const fit = { A: 45, B: 30, C: 10 };
  const engagement = { 1: 60, 2: 30, 3: 10 };
  const checks = checksOf({
    cfo: { label: 'CFO', of: 'person', field: 'jobTitle', is: ['CFO'], points: 7 },
    clerk: { label: 'Clerk', of: 'person', field: 'jobTitle', is: ['Clerk'], points: -9 },
    known: { label: 'Known', of: 'person', field: 'country', is: ['DE'], points: -1, whenMissing: 3 },
    large: { label: 'Large', of: 'company', field: 'employees', atLeast: 500, points: 21 },
  });

  it('of person and company alone are three, two and one quarter of what their rules can give, rounded up', () => {
    expect(lettersOf(checks, { fit, engagement })).toEqual({
      fit,
      person: { A: 8, B: 5, C: 3 },
      company: { A: 16, B: 11, C: 6 },
    });
  });

  it('are as the playbook says where it says so', () => {
    const own = { person: { A: 3, B: 2, C: 1 }, company: { A: 6, B: 5, C: 4 } };
    expect(lettersOf(checks, { fit, engagement, ...own })).toEqual({ fit, ...own });
  });
});

test.each([
  ['A', 'A', true],
  ['A', 'B', true],
  ['B', 'A', false],
  ['B', 'C', true],
  ['C', 'B', false],
  ['C', 'C', true],
  ['C', 'D', true],
  ['D', 'C', false],
  ['D', 'D', true],
] as const)('%s is at least %s: %s', (grade, minimum, expected) => {
  expect(isAtLeast(grade, minimum)).toBe(expected);
});
