// Stages of the tenant's own: finer words for the statuses there are. They decide nothing by themselves.
import * as z from 'zod';
import { statuses } from '../status/statuses.ts';
import { label } from './words.ts';

export const stage = z
  .strictObject({
    label,
    is: z.enum(statuses).describe('The status it is a part of, beside which it is shown.'),
  })
  .describe('A stage of your own: what a CRM stage means that is mapped to its name.');
export type Stage = z.infer<typeof stage>;
