// What counts as a sign of interest, and what it is worth.
import * as z from 'zod';
import { touchKind } from '../../../events/touch-captured.v1.ts';
import { dimensions } from './dimensions.ts';
import { label, name, oneOrMore, pattern, points } from './words.ts';

const stars = '* stands for any text; the whole must match, whatever the case.';

const signalMatch = z
  .strictObject({
    kind: touchKind.optional().describe('What kind of touch it is.'),
    form: name.optional().describe('A form, by its name under `forms`.'),
    answer: z
      .strictObject({
        field: name.describe('A field of the form.'),
        is: oneOrMore(z.string()).optional().describe('The answer is one of these, as a whole.'),
        contains: pattern.optional().describe('The answer contains this; * stands for any text.'),
      })
      .optional()
      .describe('An answer to the form; with neither `is` nor `contains` any answer at all.'),
    url: pattern.optional().describe(`The whole address of a page view, such as */pricing*. ${stars}`),
    title: pattern.optional().describe(`The title of the page. ${stars}`),
    referrer: pattern.optional().describe(`Where they came from. ${stars}`),
    event: pattern.optional().describe(`The name of a tracked event. ${stars}`),
    campaign: pattern.optional().describe(`The campaign. ${stars}`),
    topic: pattern.optional().describe(`The topic the site gives its content. ${stars}`),
    source: pattern.optional().describe(`Who told us: form, web, or the name of a CRM connection. ${stars}`),
    minimumDwellSeconds: z.number().min(0).optional().describe('Seconds on the page, at least.'),
  })
  .refine((match) => Object.keys(match).length > 0, 'must name at least one thing to match')
  .meta({ minProperties: 1 });
export type SignalMatch = z.infer<typeof signalMatch>;

/** What a signal is worth; a model may have its own. */
export const worth = {
  points: points.describe('Points for each touch that counts; less than 0 takes them.'),
  capPerDay: z.number().int().min(1).optional().describe('Points a day at most.'),
  cap: z.number().int().min(1).optional().describe('Points in total at most, after what time took.'),
  halfLifeDays: z
    .number()
    .min(1)
    .max(3_650)
    .optional()
    .describe('Days after which the points of a day have halved. Without it they stay.'),
};

export const signal = z.strictObject({
  label,
  match: oneOrMore(signalMatch).describe('Which touches it is about. All that is named must hold; of a list any one.'),
  ...worth,
  count: z
    .enum(['each', 'per-day', 'per-content', 'once'])
    .default('each')
    .describe(
      'Which touches count: each; one a day; each page, form or event once; or once in all. Of what counts once the latest does.',
    ),
  dimension: z.enum(dimensions).default('engagement').describe('What it says of them, for totals beside the score.'),
  highValue: z
    .boolean()
    .default(false)
    .describe(
      'One such touch qualifies a lead whatever its points, if its fit is at least `qualification.highValueMinimumFit`.',
    ),
});
export type Signal = z.infer<typeof signal>;
