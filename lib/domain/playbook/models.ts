// Ways to score: thresholds, models of a persona or a product line, and who is not to be sold to.
import * as z from 'zod';
import { fitGrade, grade, grades } from './fit.ts';
import { dimension, worth } from './signals.ts';
import { label, name, phrases, points } from './words.ts';

/** Any of these grades, or this score. */
const threshold = z.strictObject({ grades: z.array(grade).default([]), score: z.number().int().optional() });
export type Threshold = z.infer<typeof threshold>;

export const qualification = z.strictObject({
  /** What makes a lead Qualified: ready for somebody to look at it (marketing qualified). */
  mql: threshold.prefault({}),
  /** Ready for a seller at once (sales qualified); Qualified too. */
  sql: threshold.prefault({}),
  highValueMinimumFit: fitGrade.default('D'),
});
export type Qualification = z.infer<typeof qualification>;

/** Points in one dimension that deserve a look although the total is low (engagement 3 or 4). */
export const strong = z.partialRecord(dimension, z.number().int().min(1));

/** A way to score: everything that is not said here is as at the top level. */
export const model = z.strictObject({
  label,
  /** Whom it scores: people with any of these personas. Without it, anybody. */
  personas: z.array(name).min(1).optional(),
  /** And who showed interest in any of these product lines. Without it, anybody. */
  productLines: z.array(name).min(1).optional(),
  /** Signals that are worth something else; with 0 points they do not count. */
  signals: z.record(name, z.strictObject(worth).partial()).default({}),
  /** Fit rules that are worth something else; with 0 points they do not count. */
  fit: z.record(name, z.strictObject({ points, whenMissing: points }).partial()).default({}),
  grades: grades.optional(),
  qualification: qualification.optional(),
  strong: strong.optional(),
});

/** Who is not to be sold to, whatever they do. Any of what is named is enough. */
export const suppression = z
  .strictObject({
    label,
    /** Registrable domains of mail or company. */
    domains: z.array(z.string().min(1).max(253)).optional(),
    /** Phrases in the job title, as whole words. */
    titles: phrases.optional(),
    /** Phrases in the company's name, as whole words. */
    companies: phrases.optional(),
    emailKinds: z.array(z.enum(['business', 'freemail', 'disposable'])).optional(),
    /** Accounts or people the CRM calls partners. */
    partners: z.literal(true).optional(),
    /** This share of all their touches, or more, feeds this signal: what reads careers pages looks for a job. */
    share: z
      .strictObject({ signal: name, atLeast: z.number().gt(0).max(1), touches: z.number().int().min(1).default(3) })
      .optional(),
    /** As many touches on one day as no person makes. */
    touchesPerDay: z.number().int().min(10).optional(),
    /** What remains of the score: 0 is nothing, and nothing qualifies. */
    factor: z.number().min(0).lt(1).default(0),
  })
  .refine(
    ({ label, factor, ...conditions }) => Object.values(conditions).some((condition) => condition !== undefined),
    'must name at least one thing to tell them by',
  );
export type Suppression = z.infer<typeof suppression>;
