// What counts as a sign of interest, and what it is worth.
import * as z from 'zod';
import { touchKind } from '../../../events/touch-captured.v1.ts';
import { label, name, oneOrMore, pattern, points } from './words.ts';

/** All that is named must hold. */
const signalMatch = z
  .strictObject({
    kind: touchKind.optional(),
    form: name.optional(),
    /** Of the form: an answer that is one of these (options compare as a whole), or with neither any answer at all. */
    answer: z
      .strictObject({ field: name, is: oneOrMore(z.string()).optional(), contains: pattern.optional() })
      .optional(),
    url: pattern.optional(),
    title: pattern.optional(),
    referrer: pattern.optional(),
    event: pattern.optional(),
    campaign: pattern.optional(),
    topic: pattern.optional(),
    /** Who told us: `form`, `hits`, the name of a CRM connection. */
    source: pattern.optional(),
    minimumDwellSeconds: z.number().min(0).optional(),
  })
  .refine((match) => Object.keys(match).length > 0, 'must name at least one thing to match');
export type SignalMatch = z.infer<typeof signalMatch>;

export const dimension = z.enum(['engagement', 'interest', 'need', 'budget', 'authority', 'timeframe']);
export type Dimension = z.infer<typeof dimension>;

/** What a signal is worth; a model may have its own. */
export const worth = {
  points,
  /** Points a day at most. */
  capPerDay: z.number().int().min(1).optional(),
  /** Points in total at most, after decay. */
  cap: z.number().int().min(1).optional(),
  /** Days after which a day's points have halved; without it they stay. */
  halfLifeDays: z.number().min(1).max(3_650).optional(),
};

export const signal = z.strictObject({
  label,
  /** Of several, any one. */
  match: oneOrMore(signalMatch),
  ...worth,
  /** Which touches count: `each`; `per-day`, one a day; `per-content`, each page, form or event once; `once`. Of what counts
   * once the latest does. */
  count: z.enum(['each', 'per-day', 'per-content', 'once']).default('each'),
  dimension: dimension.default('engagement'),
  /** One such touch qualifies a lead whatever its points, if its fit is at least `qualification.highValueMinimumFit`. */
  highValue: z.boolean().default(false),
});
export type Signal = z.infer<typeof signal>;
