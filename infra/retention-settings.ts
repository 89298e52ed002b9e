// What a tenant's file may say of how long things are kept of which nobody takes care: whoever is known stays until erased.
import * as z from 'zod';
import { leastDays, type Retention } from '../lib/domain/retention.ts';

const daysOfMonth = 365 / 12;

export const retentionSettings = z
  .strictObject({
    anonymousDays: z
      .int()
      .min(leastDays)
      .max(3_650)
      .default(395)
      .describe('Days a visitor nobody knows is kept after the last visit, and of each visit its trail. 13 months.'),
    trailMonths: z
      .int()
      .min(1)
      .max(120)
      .default(25)
      .describe(
        'Months the single touches of people are kept. What they count for stays; touches that come when they are older are put aside.',
      ),
    noticeDays: z
      .int()
      .min(90)
      .max(3_650)
      .default(395)
      .describe('Days it is kept who was told what. Longer than any clock runs, so that nobody is told twice.'),
    quarantineDays: z
      .int()
      .min(14)
      .max(3_650)
      .default(90)
      .describe('Days lines that could not be applied wait for somebody to release them.'),
  })
  .superRefine(({ anonymousDays, trailMonths }, context) => {
    const least = Math.ceil(anonymousDays / daysOfMonth);
    if (trailMonths >= least) return;
    const message = `must be at least ${least}: visitors nobody knows are kept for ${anonymousDays} days (anonymousDays)`;
    context.addIssue({ code: 'custom', path: ['trailMonths'], message });
  });

/** What the functions are told of it. */
export const retentionVariable = ({ retention }: { retention: Retention }): { RETENTION: string } => ({
  RETENTION: JSON.stringify(retention),
});
