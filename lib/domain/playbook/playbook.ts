// What the tenant's marketing and sales agreed, as data: the only place where points, thresholds, people and times stand.
import * as z from 'zod';

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be lower-case letters, digits and hyphens, e.g. demo-request');
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

/** All that is named must hold. Patterns take `*` for any run of characters and ignore case. */
const signalMatch = z
  .strictObject({
    kind: z.enum(['form', 'page', 'event', 'identify', 'group', 'webinar', 'trade-show', 'call']).optional(),
    form: name.optional(),
    answer: z.strictObject({ field: name, is: z.string() }).optional(),
    url: z.string().min(1).optional(),
    event: z.string().min(1).optional(),
    campaign: z.string().min(1).optional(),
    topic: z.string().min(1).optional(),
    minimumDwellSeconds: z.number().min(0).optional(),
  })
  .refine((match) => Object.keys(match).length > 0, 'must name at least one thing to match');
export type SignalMatch = z.infer<typeof signalMatch>;

const dimension = z.enum(['engagement', 'interest', 'need', 'budget', 'authority', 'timeframe']);

const signal = z.strictObject({
  label: z.string().min(1),
  match: signalMatch,
  points: z.number().int().min(-1_000).max(1_000),
  dimension: dimension.default('engagement'),
  /** Touches a day that count at most. */
  capPerDay: z.number().int().min(1).optional(),
  /** Points in total at most, after decay. */
  cap: z.number().int().min(1).optional(),
  /** Days after which a day's points have halved; without it they stay. */
  halfLifeDays: z.number().min(1).max(3_650).optional(),
  /** One such touch qualifies a lead whatever its points, if its fit is at least `qualification.highValueMinimumFit`. */
  highValue: z.boolean().default(false),
});
export type Signal = z.infer<typeof signal>;

const fitRule = z
  .strictObject({
    label: z.string().min(1),
    of: z.enum(['person', 'company']),
    field: z.enum(['jobTitle', 'country', 'company', 'industry', 'employees', 'emailKind']),
    /** Any of these words or phrases stands in the value as whole words, whatever the case. */
    contains: z.array(z.string().min(1)).min(1).optional(),
    is: z.array(z.string().min(1)).min(1).optional(),
    atLeast: z.number().optional(),
    below: z.number().optional(),
    points: z.number().int().min(-1_000).max(1_000),
    /** Points when the field is not known; 0 is neutral. */
    whenMissing: z.number().int().min(-1_000).max(1_000).default(0),
  })
  .refine((rule) => rule.contains ?? rule.is ?? rule.atLeast ?? rule.below, 'must say contains, is, atLeast or below');
export type FitRule = z.infer<typeof fitRule>;

export const fitGrade = z.enum(['A', 'B', 'C', 'D']);
export type FitGrade = z.infer<typeof fitGrade>;
export const engagementGrade = z.enum(['1', '2', '3', '4']);
export type EngagementGrade = z.infer<typeof engagementGrade>;
export const grade = z.templateLiteral([fitGrade, engagementGrade]);
export type Grade = z.infer<typeof grade>;

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
  signals: z.record(name, signal),
  fit: z.record(name, fitRule).default({}),
  grades: z.strictObject({
    /** Least fit points of each grade; less than C is D. */
    fit: z.strictObject({ A: z.number().int(), B: z.number().int(), C: z.number().int() }),
    /** Least engagement points of each grade; less than 3 is 4. */
    engagement: z.strictObject({ 1: z.number().int(), 2: z.number().int(), 3: z.number().int() }),
  }),
  qualification: z.strictObject({
    /** Grades at which a lead is Qualified (MQL). */
    grades: z.array(grade).default([]),
    highValueMinimumFit: fitGrade.default('D'),
  }),
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
export type Playbook = z.infer<typeof playbook>;
export type PlaybookInput = z.input<typeof playbook>;
