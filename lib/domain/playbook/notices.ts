// How people are told: when a mail may reach them, which leads wait for a digest, and why a lead may be called bad.
import * as z from 'zod';
import { salesStage } from '../../../events/crm-change-captured.v1.ts';
import { grade } from './grade.ts';
import { label, name, oneOrMore } from './words.ts';

const badLead = z.strictObject({
  reason: name.describe('What it is called in the record.'),
  label,
  stage: salesStage
    .extract(['nurture', 'disqualified'])
    .describe('Where the lead goes: back to nurture, to come again by something new; or out for good.'),
});

const usualReasons: z.input<typeof badLead>[] = [
  { reason: 'not-a-fit', label: 'Not a fit', stage: 'disqualified' },
  { reason: 'no-budget', label: 'No budget', stage: 'nurture' },
  { reason: 'not-now', label: 'Not now', stage: 'nurture' },
  { reason: 'not-reached', label: 'Cannot be reached', stage: 'nurture' },
  { reason: 'spam', label: 'Spam or a joke', stage: 'disqualified' },
];

export const notices = z
  .strictObject({
    routed: z
      .enum(['at-once', 'in-hours'])
      .default('in-hours')
      .describe(
        'When a rep is mailed that a lead is theirs: in their working hours (default), or at once, at night too. Their clock starts with that mail.',
      ),
    digest: z
      .strictObject({
        grades: oneOrMore(grade).describe('Leads of these grades are told together, once a day.'),
        at: z
          .string()
          .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 08:30')
          .default('08:30')
          .describe('When, by the reader’s clock, on days on which they work; never before their hours begin.'),
      })
      .optional()
      .describe('Leads that can wait for one mail a day.'),
    badLead: z
      .array(badLead)
      .max(10)
      .refine((reasons) => new Set(reasons.map(({ reason }) => reason)).size === reasons.length, 'has a reason twice')
      .default(() => usualReasons as z.output<typeof badLead>[])
      .describe('What a rep can say of a lead by a link of its mail.'),
  })
  .describe('How and when people are told.');
