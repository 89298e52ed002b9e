// Which account a lead belongs to: by which rules, how sure they have to be, and where in a group of companies it lands.
import * as z from 'zod';
import { matchRules } from './match-rules.ts';

export const matching = z.strictObject({
  rules: z
    .array(z.enum(matchRules))
    .min(1)
    .refine((rules) => new Set(rules).size === rules.length, 'names a rule twice')
    .default([...matchRules])
    .describe(
      'In this order, the first that is sure: the account the CRM names, the mail’s domain, a domain above or below an account’s, the company’s name as it stands, its name much alike, the network a visitor came from. A rule left out is not used.',
    ),
  minimumPrecision: z
    .number()
    .min(0.5)
    .max(0.99)
    .default(0.95)
    .describe('What part of the answers by name has to be right, as measured on labelled names; less goes to review.'),
  sharedDomain: z
    .enum(['oldest', 'review'])
    .default('oldest')
    .describe(
      'Of several accounts with the mail’s domain, when neither name, country nor a common parent decides: the one that named it first, or somebody has to look.',
    ),
  lands: z
    .enum(['site', 'region', 'parent'])
    .default('site')
    .describe(
      'Where in a group a lead lands: the account that was found; the one below the top of the group it belongs to; the top. What the CRM or a person says stays.',
    ),
});
