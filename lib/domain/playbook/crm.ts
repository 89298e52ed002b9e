// What a CRM connection's own words mean: which of its properties hold our fields, what its stages stand for.
import * as z from 'zod';
import { accountStanding, opportunityState, salesStage } from '../../../events/crm-change-captured.v1.ts';
import { profileField } from '../../../events/touch-captured.v1.ts';
import { name } from './words.ts';

const property = z.string().min(1).max(100);
const theirWords = z.string().min(1).max(200);

export const personFields = [...profileField.options, 'email', 'owner', 'stage'] as const;
export const accountFields = [
  ...['name', 'domain', 'owner', 'industry', 'employees', 'revenue', 'technologies', 'country', 'parent', 'stage'],
] as const;
export const opportunityFields = ['account', 'contact', 'owner', 'stage', 'type'] as const;

/** The two standings a person sets, and that there is none (any more). */
export const accountWords = [...accountStanding.options, 'none'] as const;

/** One of our words, or the name of a stage of the tenant's own: which of both, `check-crm.ts` looks. */
const meaning = (words: z.ZodType<string>) => z.union([words, name]);

const fields = z.strictObject({
  person: z.partialRecord(z.enum(personFields), property).default({}),
  account: z.partialRecord(z.enum(accountFields), property).default({}),
  opportunity: z.partialRecord(z.enum(opportunityFields), property).default({}),
});

export const crmMapping = z
  .strictObject({
    fields: fields
      .prefault({})
      .describe('In which of the CRM’s properties a field of ours stands, where it is not the usual one.'),
    stages: z
      .strictObject({
        person: z.record(theirWords, meaning(salesStage)).default({}),
        account: z.record(theirWords, meaning(z.enum(accountWords))).default({}),
        opportunity: z.record(theirWords, meaning(opportunityState)).default({}),
      })
      .prefault({})
      .describe(
        'What the CRM’s stages mean, by its own names or ids: one of our words, or a stage of your own from `stages`. A stage that is not here is reported.',
      ),
    renewals: z
      .array(theirWords)
      .default([])
      .describe(
        'Types or pipelines of opportunities that renew a contract: made automatically, they count once worked.',
      ),
    contractMonths: z
      .number()
      .int()
      .min(1)
      .max(120)
      .optional()
      .describe(
        'Where the CRM has no contracts: a won opportunity is one, for so many months from the day it was won.',
      ),
  })
  .describe('What a CRM connection’s own words mean.');
export type CrmMapping = z.infer<typeof crmMapping>;
