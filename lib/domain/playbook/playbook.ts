// What the tenant's marketing and sales agreed, as data: the only place where points, thresholds, people and times stand.
import * as z from 'zod';
import { profileField } from '../../../events/touch-captured.v1.ts';
import { accountScoring, network } from './accounts.ts';
import { calendar } from './calendars.ts';
import { crmMapping } from './crm.ts';
import { fitRule, grades, persona, productLine } from './fit.ts';
import { matching } from './matching.ts';
import { model, qualification, strong, suppression } from './models.ts';
import { notices } from './notices.ts';
import { person, routing, teams } from './routing.ts';
import { signal } from './signals.ts';
import { sla } from './sla.ts';
import { stage } from './stages.ts';
import { connection, duration, name } from './words.ts';

/** Facts are kept by signal: this bounds them. */
const mostSignals = 100;
const url = z.string().max(2_000);

const formField = z.strictObject({
  label: z.string().optional().describe('What stands beside it on the page.'),
  required: z.boolean().default(false),
  is: z
    .enum(['email', ...profileField.options, 'marketing-consent'])
    .optional()
    .describe('Which part of the person’s profile the answer fills; the e-mail is what identifies them.'),
  options: z.array(z.string().min(1)).min(1).optional().describe('The only answers there are.'),
  textVersion: z
    .string()
    .max(100)
    .optional()
    .describe('Of a marketing-consent: which wording stands beside it, such as 2026-11. Kept with what was answered.'),
  maxLength: z.number().int().min(1).max(2_000).default(500),
});

const mailPolicy = z.enum(['accept', 'flag', 'refuse']);

const form = z.strictObject({
  title: z.string(),
  fields: z.record(name, formField),
  mail: z
    .strictObject({
      freemail: mailPolicy.default('accept').describe('Personal mail: gmail.com, gmx.de and some 8,700 more.'),
      disposable: mailPolicy.default('flag').describe('Mail made to be thrown away: some 8,800 domains.'),
    })
    .prefault({})
    .describe(
      'What to do about mail that is no company’s: accept it; flag it, so that it is accepted, scored and shown as doubtful; or refuse it with a plain reason.',
    ),
  honeypot: name
    .optional()
    .describe('A field no person sees; what fills it is a machine, whose submission is kept and flagged as spam.'),
  redirect: url.optional().describe('Where a browser goes afterwards; relative to the page it came from, or absolute.'),
  autoResponse: z
    .strictObject({
      subject: z.string().max(200),
      text: z.string().max(5_000),
      consent: z
        .enum(['required', 'not-needed'])
        .default('required')
        .describe(
          'required: only to who consented to mail, in this form or before. not-needed: to everybody, where the answer is part of what they asked for.',
        ),
    })
    .optional()
    .describe('A mail to whoever sent the form, at once; one a day to each person.'),
});
export type Form = z.infer<typeof form>;

const flapping = z
  .strictObject({
    changes: z.number().int().min(2).max(40).default(10).describe('So many changes are taken.'),
    within: duration.default('1 hour').describe('In so much time; the next is held until it has been calm as long.'),
  })
  .describe('When a status changes so often that something must be going round in circles.');

export const playbook = z.strictObject({
  $schema: z.string().optional().describe('Where editors find the schema of this file.'),
  name: z.string().min(1).describe('What you call this playbook.'),
  forms: z.record(name, form).default({}).describe('What people fill in on the site, posted to /forms/<name>.'),
  signals: z
    .record(name, signal)
    .refine((signals) => Object.keys(signals).length <= mostSignals, `has more than ${mostSignals}; take some out`)
    .meta({ description: 'What counts as a sign of interest, and what it is worth.', maxProperties: mostSignals }),
  fit: z.record(name, fitRule).default({}).describe('Who fits what you sell: rules on the person and the company.'),
  scoreIncludesFit: z
    .boolean()
    .default(false)
    .describe('Whether fit points are part of the score, as in points models; else they only give the letter.'),
  personas: z.record(name, persona).default({}).describe('Parts people play in a purchase, told by their job title.'),
  productLines: z.record(name, productLine).default({}).describe('What you sell, told by what people look at.'),
  grades: grades.describe('Fit A to D by engagement 1 to 4.'),
  qualification: qualification.prefault({}).describe('What makes a lead worth somebody’s time.'),
  strong: strong.default({}),
  models: z
    .record(name, model)
    .default({})
    .describe('Ways to score people by persona or product line. Without any there is one, of everything else here.'),
  speaks: z
    .enum(['first', 'best'])
    .default('first')
    .describe('Which model speaks for a lead that several score: the first here, or the one with the best grade.'),
  suppression: z.record(name, suppression).default({}).describe('Who is not to be sold to, whatever they do.'),
  account: accountScoring.prefault({}).describe('How a company is judged as one.'),
  networks: z.record(name, network).default({}).describe('Where companies’ people browse from.'),
  matching: matching.prefault({}).describe('Which account a lead belongs to.'),
  sources: z
    .array(z.string().min(1).max(60))
    .default([])
    .describe(
      'Whom to believe where two sources disagree on a person: the first here that said anything. Without it, and of sources not named, whoever said it last. form: forms, web: page views and events, else the name of a CRM connection.',
    ),
  crm: z
    .record(connection, crmMapping)
    .default({})
    .describe('What each CRM’s own words mean, by the connection’s name.'),
  stages: z.record(name, stage).default({}).describe('Stages of your own, which CRM stages can be mapped to.'),
  flapping: flapping.prefault({}),
  calendars: z
    .record(name, calendar)
    .default({})
    .describe('When people work: for teams and people who work at other times than the rest.'),
  people: z.array(person).min(1).describe('Who gets leads, and their managers.'),
  teams: teams.default({}),
  routing,
  sla,
  notices: notices.prefault({}),
});
/** With the number under which it was saved, once it was; a draft has none. */
export type Playbook = z.infer<typeof playbook> & { version?: number };
export type PlaybookInput = z.input<typeof playbook>;
