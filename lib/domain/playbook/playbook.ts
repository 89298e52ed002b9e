// What the tenant's marketing and sales agreed, as data: the only place where points, thresholds, people and times stand.
import * as z from 'zod';
import { accountScoring, network } from './accounts.ts';
import { fitRule, grade, grades, persona, productLine } from './fit.ts';
import { model, qualification, strong, suppression } from './models.ts';
import { signal } from './signals.ts';
import { name } from './words.ts';

/** Facts are kept by signal: this bounds them. */
const mostSignals = 100;
const email = z.email().max(320);
const url = z.string().max(2_000);
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time of day such as 09:00');

const profileField = z.enum([
  'firstName',
  'lastName',
  'name',
  'company',
  'jobTitle',
  'country',
  'phone',
  'industry',
  'employees',
]);

const formField = z.strictObject({
  label: z.string().optional(),
  required: z.boolean().default(false),
  /** Which part of the person's profile the answer fills; the e-mail is what identifies them. */
  is: z.union([z.literal('email'), profileField, z.literal('marketing-consent')]).optional(),
  options: z.array(z.string().min(1)).min(1).optional(),
  maxLength: z.number().int().min(1).max(2_000).default(500),
});

const form = z.strictObject({
  title: z.string(),
  fields: z.record(name, formField),
  /** A field no person sees; what fills it is a machine, whose submission is kept and flagged as spam. */
  honeypot: name.optional(),
  /** Where a browser goes afterwards; relative to the page it came from, or absolute. */
  redirect: url.optional(),
  autoResponse: z.strictObject({ subject: z.string().max(200), text: z.string().max(5_000) }).optional(),
});
export type Form = z.infer<typeof form>;

const person = z.strictObject({
  name: z.string().min(1),
  email,
  manager: email.optional(),
});

const poolMember = z.strictObject({ email, weight: z.number().int().min(1).max(100).default(1) });

const weekday = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);
export type Weekday = z.infer<typeof weekday>;

const interval = z
  .strictObject({ from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => from < to, 'must end after it begins');

const duration = z
  .string()
  .regex(/^[1-9]\d{0,4} (second|minute|hour)s?$/, 'must be a duration such as "4 hours", "30 minutes" or "60 seconds"');

const target = z.strictObject({
  within: duration,
  /** Shown to the rep with the lead. */
  conversation: z.string().max(1_000).optional(),
});

export const playbook = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().min(1),
  forms: z.record(name, form).default({}),
  signals: z
    .record(name, signal)
    .refine((signals) => Object.keys(signals).length <= mostSignals, `has more than ${mostSignals} signals`),
  fit: z.record(name, fitRule).default({}),
  /** Whether fit points are part of the score, as in points models; else they only give the letter. */
  scoreIncludesFit: z.boolean().default(false),
  personas: z.record(name, persona).default({}),
  productLines: z.record(name, productLine).default({}),
  grades,
  qualification: qualification.prefault({}),
  strong: strong.default({}),
  /** Without any there is one, of everything above. */
  models: z.record(name, model).default({}),
  /** Which model speaks for a lead that several score: the first here, or the one with the best grade. */
  speaks: z.enum(['first', 'best']).default('first'),
  suppression: z.record(name, suppression).default({}),
  account: accountScoring.prefault({}),
  networks: z.record(name, network).default({}),
  people: z.array(person).min(1),
  routing: z.strictObject({
    pools: z.record(name, z.strictObject({ members: z.array(poolMember).min(1) })),
    /** The pool for leads whose account has no owner. */
    defaultPool: name,
  }),
  sla: z.strictObject({
    calendar: z.strictObject({
      timezone: z.string().min(1),
      hours: z.partialRecord(weekday, z.array(interval)),
    }),
    targets: z.partialRecord(grade, target).default({}),
    otherwise: target,
    /** Share of the time after which the rep is reminded. */
    remindAt: z.number().gt(0).lt(1).default(0.5),
  }),
});
/** With the number under which it was saved, once it was; a draft has none. */
export type Playbook = z.infer<typeof playbook> & { version?: number };
export type PlaybookInput = z.input<typeof playbook>;
