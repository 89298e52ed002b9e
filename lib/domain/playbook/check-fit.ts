// Fit rules that can never hold: a field of the other side, words for a number, numbers for words, values there are none of.
import { suggestion } from '../nearest.ts';
import { phraseFinder } from '../phrases.ts';
import type { Problem } from '../schema-complaints.ts';
import { jobFunction, seniority } from '../titles/kinds.ts';
import { emailKind, type FitField, type FitRule } from './fit.ts';
import type { Playbook } from './playbook.ts';

/** Whose each field is; a country is both's. */
const sides = {
  jobTitle: ['person'],
  seniority: ['person'],
  function: ['person'],
  persona: ['person'],
  emailKind: ['person'],
  country: ['person', 'company'],
  company: ['company'],
  industry: ['company'],
  employees: ['company'],
  revenue: ['company'],
  technologies: ['company'],
} as const satisfies Record<FitField, readonly FitRule['of'][]>;

/** Of these our own words are the values. */
const vocabulary: Partial<Record<FitField, readonly string[]>> = {
  seniority: seniority.options,
  function: jobFunction.options,
  emailKind: emailKind.options,
};

export const isNumber = (field: FitField): boolean => field === 'employees' || field === 'revenue';

const checkSide = ({ of, field }: FitRule): [string, string][] => {
  const possible: readonly string[] = sides[field];
  if (possible.includes(of)) return [];
  return [['of', `a ${of} has no ${field}; write of: ${possible.join(' or ')}`]];
};

const checkNumbers = ({ field, contains, is, atLeast, below }: FitRule): [string, string][] => {
  const problems: [string, string][] = [];
  if (isNumber(field)) {
    for (const [name, words] of Object.entries({ contains, is })) {
      if (words) problems.push([name, `${field} is a number; use atLeast and below, each alone or together`]);
    }
  } else {
    for (const [name, number] of Object.entries({ atLeast, below })) {
      if (number !== undefined) problems.push([name, `${field} is text: this never holds; use is or contains`]);
    }
  }
  if (atLeast !== undefined && below !== undefined && atLeast >= below) {
    problems.push(['below', `nothing is at least ${atLeast} and below ${below}; take more than ${atLeast}`]);
  }
  return problems;
};

const checkWords = ({ field, contains, is }: FitRule): [string, string, number?][] => {
  const known = vocabulary[field];
  const problems = (is ?? []).flatMap((value, index): [string, string, number?][] => {
    if (known === undefined || known.includes(value.toLowerCase())) return [];
    return [['is', `${value} is no ${field}; ${suggestion(value, known, '')}`, index]];
  });
  if (problems.length > 0 || contains === undefined || isNumber(field)) return problems;
  const possible = is ?? known;
  if (possible?.some(phraseFinder(contains)) !== false) return [];
  const message = `none of ${possible.join(', ')} contains it: this never holds; use is with the values you mean`;
  return [['contains', message]];
};

export const checkFit = ({ fit }: Playbook): Problem[] =>
  Object.entries(fit).flatMap(([id, rule]) =>
    [...checkSide(rule), ...checkNumbers(rule), ...checkWords(rule)].map(([setting, message, index]) => ({
      path: ['fit', id, setting, ...(index === undefined ? [] : [index])],
      message,
    })),
  );
