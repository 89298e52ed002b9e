// How a company is judged as one: what its people add up to, thresholds, surges, its buying group and its networks.
import * as z from 'zod';
import { label, name, phrases } from './words.ts';

const weight = z.number().min(0).max(100);
const cap = z.number().int().min(1).optional();

const accountThreshold = z
  .strictObject({
    label,
    signals: z.array(name).min(1).describe('Touches of any of these signals count.'),
    people: z.number().int().min(1).default(1).describe('By so many different people, at least.'),
    touches: z.number().int().min(1).default(1).describe('So many in all, at least.'),
    within: z
      .number()
      .int()
      .min(1)
      .max(260)
      .describe('Business days, the day itself included: those with weekly hours in the calendar of `sla`.'),
  })
  .describe('So many people and touches of chosen signals within so many business days.');
export type AccountThreshold = z.infer<typeof accountThreshold>;

export const accountScoring = z.strictObject({
  members: z
    .strictObject({
      weight: weight.default(1),
      cap: cap.describe('Points one person adds at most. Without it three times the least score of engagement 3.'),
    })
    .prefault({})
    .describe(
      'Each person adds their score times `weight`, `cap` at most: one loud person does not outweigh three quiet ones.',
    ),
  anonymous: z
    .strictObject({ weight: weight.default(0.5), cap })
    .prefault({})
    .describe('Unknown visitors from the account’s network, all together.'),
  company: z
    .strictObject({ weight: weight.default(0) })
    .prefault({})
    .describe('The company’s fit points times `weight`.'),
  activity: z
    .strictObject({
      weight: weight.default(0),
      days: z.number().int().min(1).max(260).default(10).describe('Business days looked back.'),
      cap,
    })
    .prefault({})
    .describe(
      'Days on which somebody was active, counted by person, over the last `days` business days, times `weight`.',
    ),
  thresholds: z.record(name, accountThreshold).default({}).describe('What makes an account worth a look at once.'),
  surge: z
    .strictObject({
      weeks: z.number().int().min(2).max(52).default(8).describe('Earlier weeks this one is compared with, at most.'),
      minimumWeeks: z.number().int().min(1).max(52).default(4).describe('Earlier weeks there must be, at least.'),
      minimumPersonDays: z.number().int().min(1).default(4).describe('Days of activity this week, counted by person.'),
      minimumPeople: z.number().int().min(1).default(2).describe('People active this week.'),
      significance: z
        .number()
        .gt(0)
        .max(0.1)
        .default(0.001)
        .describe('Chance at most that so much comes about without a reason.'),
    })
    .prefault({})
    .describe('When a week is so far above the account’s own earlier weeks that its owner is told.'),
  buyingGroup: z.array(name).default([]).describe('Personas a purchase needs.'),
});

export const network = z
  .strictObject({
    domain: z.string().min(1).max(253).describe('The company’s registrable domain, such as acme.example.'),
    ranges: z
      .array(z.union([z.cidrv4(), z.cidrv6()], 'must be a range of addresses such as 203.0.113.0/24'))
      .default([])
      .describe('Address ranges, such as 203.0.113.0/24.'),
    owners: phrases.optional().describe('Names of network owners, as registries have them.'),
  })
  .describe('Where a company’s people browse from.');
