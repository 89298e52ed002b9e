// Who fits: rules on person and company, personas, product lines, and the letters and numbers that sum them up.
import * as z from 'zod';
import { jobFunction, seniority } from '../titles.ts';
import { label, name, oneOrMore, phrases, points } from './words.ts';

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

export const fitRule = z
  .strictObject({
    label,
    of: z.enum(['person', 'company']),
    field: fitField,
    /** Any of these words or phrases stands in the value as whole words, whatever the case. */
    contains: phrases.optional(),
    is: phrases.optional(),
    atLeast: z.number().optional(),
    below: z.number().optional(),
    points,
    /** Points when the field is not known: 0 is neutral, less is penal. */
    whenMissing: points.default(0),
  })
  .refine((rule) => rule.contains ?? rule.is ?? rule.atLeast ?? rule.below, 'must say contains, is, atLeast or below');
export type FitRule = z.infer<typeof fitRule>;

export const fitGrade = z.enum(['A', 'B', 'C', 'D']);
export type FitGrade = z.infer<typeof fitGrade>;
export const engagementGrade = z.enum(['1', '2', '3', '4']);
export type EngagementGrade = z.infer<typeof engagementGrade>;
export const grade = z.templateLiteral([fitGrade, engagementGrade]);
export type Grade = z.infer<typeof grade>;

/** A part people play in a purchase. All that is named must hold. */
export const persona = z
  .strictObject({
    label,
    seniority: oneOrMore(seniority).optional(),
    function: oneOrMore(jobFunction).optional(),
    /** Any of these phrases stands in the job title as whole words. */
    title: oneOrMore(z.string().min(1).max(200)).optional(),
  })
  .refine((rule) => rule.seniority ?? rule.function ?? rule.title, 'must say seniority, function or title');
export type Persona = z.infer<typeof persona>;

export const productLine = z.strictObject({
  label,
  /** Any touch of these shows interest in it. */
  signals: z.array(name).min(1),
});

const letterThresholds = z.strictObject({ A: z.number().int(), B: z.number().int(), C: z.number().int() });
export const grades = z.strictObject({
  /** Least fit points of each grade, person and company together; less than C is D. */
  fit: letterThresholds,
  /** The same of the person's and of the company's points alone. Without it A, B and C are three, two and one quarter of what
   * their rules can give. */
  person: letterThresholds.optional(),
  company: letterThresholds.optional(),
  /** Least points of each grade; less than 3 is 4. */
  engagement: z.strictObject({ 1: z.number().int(), 2: z.number().int(), 3: z.number().int() }),
});
export type Grades = z.infer<typeof grades>;
