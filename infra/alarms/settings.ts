// What a tenant's file may say of its alarms: who is told, what a month may cost, and how much is bad.
import * as z from 'zod';

const percent = z.number().positive().max(100);

/** For the tenant whose normal is another's fault. Whoever finds an alarm telling for nothing raises its threshold here. */
const thresholds = z.strictObject({
  errorPercent: percent.default(5).describe('A function fails: more than this percentage of its runs end in an error.'),
  apiErrorPercent: percent.default(1).describe('The API fails: more than this percentage of its answers are 5xx.'),
  apiSeconds: z.number().positive().max(30).default(3).describe('The API is slow: one answer in ten takes longer.'),
  foldLagSeconds: z
    .int()
    .min(1)
    .max(86_400)
    .default(60)
    .describe('Folding is late: half of what is captured is folded later than this, the window of hits apart.'),
  bouncePercent: percent.default(5).describe('Mail comes back: more than this percentage of what was sent.'),
  quarantinedPerHour: z.int().min(0).default(10).describe('Facts are set aside: more than so many within an hour.'),
  flappingPerHour: z.int().min(0).default(5).describe('Statuses go back and forth: more than so many within an hour.'),
  volumeDeviations: z
    .number()
    .min(2)
    .max(10)
    .default(4)
    .describe('What is captured is far off: by so many standard deviations of what is usual at that time of the week.'),
});

export const alarmSettings = z
  .strictObject({
    emails: z
      .array(z.email('must be a mail address such as ops@acme.example'))
      // As many as a budget can tell.
      .max(10)
      .default([])
      .describe(
        'Who is told of alarms. SNS asks each once whether they want to be. Nobody is told where this is empty.',
      ),
    monthlyBudgetDollars: z
      .int()
      .min(1)
      .optional()
      .describe(
        'What the tenant may cost in a month; told of at 80 % of it, and when the month is on its way beyond it.',
      ),
    runbook: z
      .string()
      .regex(/^[^\s#]+$/, 'must be an address without "#", which the name of the alarm is put behind')
      .default('docs/how-to/runbook.md')
      .describe('Where the runbook is read: alarms link to their section of it.'),
    thresholds: thresholds.prefault({}).describe('From where on something is told of.'),
  })
  .refine(({ emails, monthlyBudgetDollars }) => monthlyBudgetDollars === undefined || emails.length > 0, {
    path: ['emails'],
    message: 'must name somebody whom the budget can tell',
  });
