// How soon somebody has to follow up, and what happens on the way there and after it.
import * as z from 'zod';
import { calendarOrName } from './calendars.ts';
import { grade } from './grade.ts';
import { duration, email, oneOrMore } from './words.ts';

const target = z.strictObject({
  within: duration.describe('Working time to the first follow-up: 4 hours, 30 minutes.'),
  conversation: z.string().max(1_000).optional().describe('What to say first: shown to the rep with the lead.'),
});

/** Somebody by their part: the lead's owner, the owner's manager, and that one's manager. */
const part = z.enum(['rep', 'manager', 'manager of manager']);

const whom = oneOrMore(z.union([part, email]))
  .optional()
  .describe(
    'rep, manager, manager of manager, or the e-mail of one of `people`; one or several. Without it a reminder goes to the rep and an escalation to the manager. Who has no manager is written to in the manager’s place.',
  );

const step = z
  .strictObject({
    do: z
      .enum(['remind', 'escalate', 'reassign'])
      .describe('Remind somebody, tell somebody above, or give the lead to somebody else.'),
    at: z
      .string()
      .regex(/^([1-9]\d?|100)%$/, 'must be a share of the time from 1% to 100%, such as "50%"')
      .optional()
      .describe('After that share of the time; 100% is when it is over.'),
    after: duration.optional().describe('So much of the rep’s working time after the time is over.'),
    to: whom,
    urgent: z
      .boolean()
      .default(false)
      .describe('Whether it also goes out when the recipient does not work; without it that waits until they do.'),
  })
  .refine(({ at, after }) => (at === undefined) !== (after === undefined), 'needs `at` or `after`, one of both')
  .refine(
    (one) => one.do !== 'reassign' || one.to === undefined,
    'gives the lead to whom the rules say; take out `to`',
  );
export type SlaStepRule = z.infer<typeof step>;

/** Of each clock these many at most are kept. */
const mostSteps = 20;

/** Half of the time is gone. */
export const usualRemindAt = 0.5;

export const sla = z
  .strictObject({
    calendar: calendarOrName.describe(
      'When clocks run: one of `calendars` or one written here, for everybody without another.',
    ),
    targets: z.partialRecord(grade, target).default({}).describe('Time to first follow-up, by grade.'),
    otherwise: target.describe('For every grade without a target.'),
    remindAt: z
      .number()
      .gt(0)
      .lt(1)
      .default(usualRemindAt)
      .describe('Where there are no `steps`: share of the time after which the rep is reminded.'),
    steps: z
      .array(step)
      .max(mostSteps)
      .optional()
      .describe(
        'What happens while nobody follows up, each once. Without it a reminder at half of the time, and the manager is told when it is over.',
      ),
    onReassign: z
      .enum(['restart', 'carry'])
      .default('restart')
      .describe('Whether who gets the lead from somebody else has the whole time, or what the one before left of it.'),
    pauses: z
      .strictObject({
        allowed: z.boolean().default(true).describe('Whether a clock may be paused at all.'),
        longest: duration
          .default('80 hours')
          .describe('Working time for which a clock may rest in all; then it runs on by itself.'),
      })
      .prefault({}),
  })
  .describe('How soon somebody has to follow up.');
