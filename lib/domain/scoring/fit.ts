// How well the person and the company fit what the tenant sells: rules on their fields, missing ones shown as missing.
import { countryCode } from '../country.ts';
import { phraseFinder, remembered } from '../phrases.ts';
import type { FitField, FitRule, Grades } from '../playbook/fit.ts';
import type { FitGrade } from '../playbook/grade.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { typedNumber } from '../typed-number.ts';
import { rolesIn } from './personas.ts';
import { companyOf, type Subject } from './subject.ts';

export interface FitPart {
  rule: string;
  label: string;
  of: FitRule['of'];
  /** What the field said; null when it is not known. */
  value: string | number | null;
  points: number;
}

type Value = string | number | readonly string[] | undefined;

/** What the CRM says of a company comes before what somebody typed into a form. */
const readers = {
  jobTitle: ({ state }) => state.profile.jobTitle?.value,
  seniority: (subject, playbook) => rolesIn(playbook, subject)?.seniority,
  function: (subject, playbook) => rolesIn(playbook, subject)?.function,
  persona: (subject, playbook) => rolesIn(playbook, subject)?.personas,
  country: ({ state, account }) => account?.country?.value ?? state.profile.country?.value,
  emailKind: ({ emailKind }) => emailKind,
  company: companyOf,
  industry: ({ state, account }) => account?.industry?.value ?? state.profile.industry?.value,
  employees: ({ state, account }) => account?.employees?.value ?? typedNumber(state.profile.employees?.value ?? ''),
  revenue: ({ account }) => account?.revenue?.value,
  technologies: ({ account }) => account?.technologies?.value,
} as const satisfies Record<FitField, (subject: Subject, playbook: Playbook) => Value>;

const ownCountry = ({ state }: Subject): Value => state.profile.country?.value;

/** A fit rule, made ready. */
export interface FitCheck {
  rule: string;
  label: string;
  of: FitRule['of'];
  field: FitField;
  points: number;
  whenMissing: number;
  valueIn: (subject: Subject) => Value;
  holds: (value: NonNullable<Value>) => boolean;
}

const inLowerCase = (text: string): string => text.trim().toLowerCase();
/** `Deutschland` is what `Germany` is. */
const asCountry = (text: string): string => countryCode(text) ?? inLowerCase(text);

const textTest = ({ field, contains, is }: FitRule): ((text: string) => boolean) | undefined => {
  if (contains === undefined && is === undefined) return undefined;
  const has = contains === undefined ? () => true : phraseFinder(contains);
  const spelt = field === 'country' ? asCountry : inLowerCase;
  const wanted = is && new Set(is.map(spelt));
  return remembered((text) => has(text) && (wanted === undefined || wanted.has(spelt(text))));
};

const holdsOf = (rule: FitRule): FitCheck['holds'] => {
  const test = textTest(rule);
  const { atLeast = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY } = rule;
  const isNumeric = rule.atLeast !== undefined || rule.below !== undefined;
  const holdsOne = (value: string | number): boolean => {
    if (test !== undefined && !test(String(value))) return false;
    return !isNumeric || (Number(value) >= atLeast && Number(value) < below);
  };
  return (value) => (typeof value === 'object' ? value.some(holdsOne) : holdsOne(value));
};

/** The playbook's fit rules in its order, as a model has them; those without points are left out. */
export const fitChecksOf = (playbook: Playbook, changes: Playbook['models'][string]['fit']): FitCheck[] =>
  Object.entries(playbook.fit).flatMap(([rule, definition]): FitCheck[] => {
    const { label, of, field, points, whenMissing } = { ...definition, ...changes[rule] };
    if (changes[rule]?.points === 0 || (points === 0 && whenMissing === 0)) return [];
    const read: (subject: Subject, playbook: Playbook) => Value =
      field === 'country' && of === 'person' ? ownCountry : readers[field];
    const valueIn = (subject: Subject): Value => read(subject, playbook);
    return [{ rule, label, of, field, points, whenMissing, valueIn, holds: holdsOf(definition) }];
  });

const pointsFor = ({ points, whenMissing, holds }: FitCheck, value: Value): number =>
  value === undefined ? whenMissing : holds(value) ? points : 0;

/** The fit points of all rules: what the parts add up to, without making them. */
export const fitPointsOf = (checks: readonly FitCheck[], subject: Subject): number => {
  let points = 0;
  for (const check of checks) points += pointsFor(check, check.valueIn(subject));
  return points;
};

const shown = (value: Value): FitPart['value'] =>
  value === undefined ? null : typeof value === 'object' ? value.join(', ') : value;

/** Every rule that speaks: those that hold, and those that give or take points because their field is not known. */
export const fitPartsOf = (checks: readonly FitCheck[], subject: Subject): FitPart[] =>
  checks.flatMap((check): FitPart[] => {
    const value = check.valueIn(subject);
    if (value === undefined ? check.whenMissing === 0 : !check.holds(value)) return [];
    const { rule, label, of } = check;
    return [{ rule, label, of, value: shown(value), points: pointsFor(check, value) }];
  });

/** The fields rules ask for in vain, each once, in the playbook's order. */
export const missingFields = (checks: readonly FitCheck[], subject: Subject): FitField[] => [
  ...new Set(checks.filter(({ valueIn }) => valueIn(subject) === undefined).map(({ field }) => field)),
];

export type LetterThresholds = NonNullable<Grades['fit']>;

/** Three, two and one quarter of what rules can give at most; without rules nobody fits less than anybody: all are A. */
const quartersOf = (checks: readonly FitCheck[]): LetterThresholds => {
  const most = checks.reduce((sum, { points, whenMissing }) => sum + Math.max(points, whenMissing, 0), 0);
  return { A: Math.ceil((most * 3) / 4), B: Math.ceil(most / 2), C: Math.ceil(most / 4) };
};

export const lettersOf = (checks: readonly FitCheck[], { fit, person, company }: Grades) => ({
  fit: fit ?? quartersOf(checks),
  person: person ?? quartersOf(checks.filter(({ of }) => of === 'person')),
  company: company ?? quartersOf(checks.filter(({ of }) => of === 'company')),
});

export const letterOf = (points: number, { A, B, C }: LetterThresholds): FitGrade =>
  points >= A ? 'A' : points >= B ? 'B' : points >= C ? 'C' : 'D';

const rank = { A: 0, B: 1, C: 2, D: 3 } as const satisfies Record<FitGrade, number>;
export const isAtLeast = (grade: FitGrade, minimum: FitGrade): boolean => rank[grade] <= rank[minimum];
