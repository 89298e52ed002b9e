// How a company is judged as one: what its people add up to, thresholds, surges, its buying group and its networks.
import * as z from 'zod';
import { label, name, phrases } from './words.ts';

const weight = z.number().min(0).max(100);

/** So many people, touches and days of chosen signals within so many business days. */
const accountThreshold = z.strictObject({
  label,
  signals: z.array(name).min(1),
  people: z.number().int().min(1).default(1),
  touches: z.number().int().min(1).default(1),
  /** Business days, the day itself included: those with hours in `sla.calendar`. */
  within: z.number().int().min(1).max(260),
});
export type AccountThreshold = z.infer<typeof accountThreshold>;

export const accountScoring = z.strictObject({
  /** Each person adds their score times `weight`, `cap` at most; without it three times the least points of grade 3, so that
   * one loud person does not outweigh three quiet ones. */
  members: z.strictObject({ weight: weight.default(1), cap: z.number().int().min(1).optional() }).prefault({}),
  /** Unknown visitors from the account's network, all together. */
  anonymous: z.strictObject({ weight: weight.default(0.5), cap: z.number().int().min(1).optional() }).prefault({}),
  /** The company's fit points times `weight`. */
  company: z.strictObject({ weight: weight.default(0) }).prefault({}),
  /** Days on which somebody was active, counted by person, over the last `days` business days, times `weight`. */
  activity: z
    .strictObject({
      weight: weight.default(0),
      days: z.number().int().min(1).max(260).default(10),
      cap: z.number().int().min(1).optional(),
    })
    .prefault({}),
  thresholds: z.record(name, accountThreshold).default({}),
  surge: z
    .strictObject({
      /** Earlier weeks compared with, and how many there must be. */
      weeks: z.number().int().min(2).max(52).default(8),
      minimumWeeks: z.number().int().min(1).max(52).default(4),
      minimumPersonDays: z.number().int().min(1).default(4),
      minimumPeople: z.number().int().min(1).default(2),
      /** Chance at most that so much comes about without a reason. */
      significance: z.number().gt(0).max(0.1).default(0.001),
    })
    .prefault({}),
  /** Personas a purchase needs. */
  buyingGroup: z.array(name).default([]),
});

/** Where a company's people browse from. */
export const network = z.strictObject({
  /** The company's registrable domain. */
  domain: z.string().min(1).max(253),
  /** Address ranges, `203.0.113.0/24`. */
  ranges: z.array(z.union([z.cidrv4(), z.cidrv6()])).default([]),
  /** Names of network owners, as registries have them. */
  owners: phrases.optional(),
});
