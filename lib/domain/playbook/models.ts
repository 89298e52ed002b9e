// Ways to score: thresholds, models of a persona or a product line, and who is not to be sold to.
import * as z from 'zod';
import { dimensions } from './dimensions.ts';
import { emailKind, grades } from './fit.ts';
import { fitGrade, grade } from './grade.ts';
import { worth } from './signals.ts';
import { anyOf, label, name, phrases, points } from './words.ts';

const threshold = z.strictObject({
  grades: z.array(grade).default([]).describe('Any of these grades.'),
  score: z.number().int().optional().describe('Or a score of at least this.'),
});
export type Threshold = z.infer<typeof threshold>;

export const qualification = z.strictObject({
  mql: threshold
    .prefault({})
    .describe('Marketing qualified: what makes a lead Qualified, ready for somebody to look at it.'),
  sql: threshold.prefault({}).describe('Sales qualified: ready for a seller at once; Qualified too.'),
  highValueMinimumFit: fitGrade.default('D').describe('The least fit with which a high-value signal qualifies.'),
});
export type Qualification = z.infer<typeof qualification>;

export const strong = z
  .partialRecord(z.enum(dimensions), z.number().int().min(1))
  .describe('Points in one dimension that deserve a look although the total is low (engagement 3 or 4).');

export const model = z
  .strictObject({
    label,
    personas: z
      .array(name)
      .min(1)
      .optional()
      .describe('Scores people with any of these personas. Without it, anybody.'),
    productLines: z
      .array(name)
      .min(1)
      .optional()
      .describe('And who showed interest in any of these product lines. Without it, anybody.'),
    signals: z
      .record(name, z.strictObject(worth).partial())
      .default({})
      .describe('Signals that are worth something else here; with 0 points they do not count.'),
    fit: z
      .record(name, z.strictObject({ points, whenMissing: points }).partial())
      .default({})
      .describe('Fit rules that are worth something else here; with 0 points they do not count.'),
    grades: grades.optional().describe('Grades of its own; the whole of them.'),
    qualification: qualification.optional().describe('What qualifies here; the whole of it.'),
    strong: strong.optional(),
  })
  .describe('A way to score: everything that is not said here is as at the top level.');

export const suppression = z
  .strictObject({
    label,
    domains: z
      .array(z.string().min(1).max(253))
      .optional()
      .describe('Registrable domains of their mail or their company, such as rival.example.'),
    titles: phrases.optional().describe('Phrases in the job title, as whole words.'),
    companies: phrases.optional().describe('Phrases in the company’s name, as whole words.'),
    emailKinds: z.array(emailKind).optional().describe('Kinds of mail address.'),
    partners: z.literal(true).optional().describe('Accounts or people the CRM calls partners.'),
    share: z
      .strictObject({
        signal: name,
        atLeast: z.number().gt(0).max(1).describe('The share, 0.5 for half.'),
        touches: z.number().int().min(1).default(3).describe('And so many touches of it, at least.'),
      })
      .optional()
      .describe('So much of all they did feeds one signal: who reads careers pages looks for a job.'),
    touchesPerDay: z
      .number()
      .int()
      .min(10)
      .optional()
      .describe('As many touches on one day as no person makes, or more.'),
    factor: z
      .number()
      .min(0)
      .lt(1)
      .default(0)
      .describe('What remains of the score: 0 is nothing, and nothing qualifies; 0.5 is half.'),
  })
  .refine(
    ({ label, factor, ...conditions }) => Object.values(conditions).some((condition) => condition !== undefined),
    'must name at least one thing to tell them by',
  )
  .meta({
    description: 'Who is not to be sold to, whatever they do. Any of what is named is enough.',
    ...anyOf('domains', 'titles', 'companies', 'emailKinds', 'partners', 'share', 'touchesPerDay'),
  });
export type Suppression = z.infer<typeof suppression>;
