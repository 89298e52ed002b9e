// Who fits: rules on person and company, personas, product lines, and the letters and numbers that sum them up.
import * as z from 'zod';
import { jobFunction, seniority } from '../titles/kinds.ts';
import { anyOf, label, name, oneOrMore, phrase, phrases, points, values } from './words.ts';

export const fitField = z.enum([
  'jobTitle',
  'seniority',
  'function',
  'persona',
  'country',
  'emailKind',
  'company',
  'industry',
  'employees',
  'revenue',
  'technologies',
]);
export type FitField = z.infer<typeof fitField>;

export const emailKind = z.enum(['business', 'freemail', 'disposable']);

export const fitRule = z
  .strictObject({
    label,
    of: z.enum(['person', 'company']).describe('Whose field it is.'),
    field: fitField,
    contains: phrases.optional().describe('Any of these stands in the value as whole words, whatever the case.'),
    is: values.optional().describe('The value is one of these, whatever the case.'),
    atLeast: z.number().optional().describe('For employees and revenue: this many or more.'),
    below: z.number().optional().describe('For employees and revenue: fewer than this.'),
    points: points.describe('Fit points if it holds; less than 0 takes them.'),
    whenMissing: points
      .default(0)
      .describe('Fit points when the field is not known: 0 is neutral, less than 0 is a penalty.'),
  })
  .refine((rule) => rule.contains ?? rule.is ?? rule.atLeast ?? rule.below, 'must say contains, is, atLeast or below')
  .meta(anyOf('contains', 'is', 'atLeast', 'below'));
export type FitRule = z.infer<typeof fitRule>;

export const persona = z
  .strictObject({
    label,
    seniority: oneOrMore(seniority).optional().describe('How senior, as the job title tells.'),
    function: oneOrMore(jobFunction).optional().describe('Which part of the company, as the job title tells.'),
    title: oneOrMore(phrase).optional().describe('Any of these phrases stands in the job title as whole words.'),
  })
  .refine((rule) => rule.seniority ?? rule.function ?? rule.title, 'must say seniority, function or title')
  .meta({
    description: 'A part people play in a purchase. All that is named must hold.',
    ...anyOf('seniority', 'function', 'title'),
  });
export type Persona = z.infer<typeof persona>;

export const productLine = z.strictObject({
  label,
  signals: z.array(name).min(1).describe('Any touch of these signals shows interest in it.'),
});

const letterThresholds = z.strictObject({ A: z.number().int(), B: z.number().int(), C: z.number().int() });
const quarters =
  'Without it A, B and C are three, two and one quarter of what the rules can give; where there are none everybody is A.';
export const grades = z.strictObject({
  fit: letterThresholds
    .optional()
    .describe(`Least fit points of each letter, person and company together; less than C is D. ${quarters}`),
  person: letterThresholds.optional().describe(`The same of the person’s points alone. ${quarters}`),
  company: letterThresholds.optional().describe(`The same of the company’s points alone. ${quarters}`),
  engagement: z
    .strictObject({ 1: z.number().int(), 2: z.number().int(), 3: z.number().int() })
    .describe('Least score of each number; less than 3 is 4.'),
});
export type Grades = z.infer<typeof grades>;
