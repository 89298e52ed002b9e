// Who gets leads: people and teams, the pools whose turn it is, and the rules by which a lead comes to one of them.
import * as z from 'zod';
import { accountStatuses } from '../status/statuses.ts';
import { awayList, calendarName } from './calendars.ts';
import { grade } from './grade.ts';
import { connection, duration, email, name, oneOrMore, values } from './words.ts';

export const person = z.strictObject({
  name: z.string().min(1),
  email,
  manager: email.optional().describe('The e-mail of somebody else among `people`, told when the clock runs out.'),
  crm: z
    .record(connection, z.string().min(1).max(100))
    .default({})
    .describe('Their user id in each CRM, by the connection’s name: so that what they own there is theirs here.'),
  calendar: calendarName.optional().describe('One of `calendars`; without it their team’s, else the one of `sla`.'),
  away: awayList,
  skills: z.array(name).default([]).describe('What they can do that not everybody can: german, enterprise, vault.'),
  capacity: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe(
      'A pool gives them no more once so many of their leads are Qualified or Sales Working. Without it any number.',
    ),
});
export type Person = z.infer<typeof person>;

export const teams = z
  .record(
    name,
    z.strictObject({
      members: z.array(email).min(1).max(500),
      calendar: calendarName.optional().describe('When they work, but for members with a calendar of their own.'),
    }),
  )
  .describe('Who belongs together. A rule that gives leads to a team goes round its members.');

const poolMember = z.strictObject({
  email,
  weight: z.number().int().min(1).max(100).default(1).describe('Of weights 2 and 1 the first gets twice as many.'),
});

const otherPool = z.strictObject({ pool: name.describe('Whose turn it is in that pool.') });
const whenNobody = z
  .union([
    z.literal('anyway'),
    z.literal('wait'),
    otherPool,
    z.strictObject({
      wait: duration.describe('So long at most, such as "2 hours".'),
      after: z.union([z.literal('anyway'), otherPool]),
    }),
  ])
  .default('anyway')
  .describe(
    'When nobody of the pool is available, that is at work, not away, below capacity and with the skills. anyway (default): whoever is likeliest to be soon, whose clock runs in their own hours. wait: until somebody is. { pool: NAME }: the next of that pool. { wait: "2 hours", after: … }: first the one, then the other.',
  );
export type WhenNobody = z.infer<typeof whenNobody>;

const pool = z.strictObject({
  members: z.array(poolMember).min(1).max(500),
  catchUp: z
    .boolean()
    .default(false)
    .describe('Whether who was away, off or full gets the turns they missed, one after the other, once they are back.'),
  whenNobody,
});

const target = z.union([
  z.strictObject({
    owner: z
      .enum(['account', 'opportunity', 'lead'])
      .describe('Whom the CRM has as owner of the account, of its newest open opportunity, or of the person.'),
  }),
  z.strictObject({ person: email.describe('One of `people`.') }),
  z.strictObject({
    team: name.describe('One of `teams`.'),
    skills: z.array(name).min(1).optional().describe('Only who has all of these.'),
  }),
  z.strictObject({
    pool: name.describe('One of `routing.pools`.'),
    skills: z.array(name).min(1).optional().describe('Only who has all of these.'),
  }),
]);
export type Target = z.infer<typeof target>;

const when = z
  .strictObject({
    grade: oneOrMore(grade).optional().describe('The lead’s grade.'),
    level: oneOrMore(z.enum(['MQL', 'SQL']))
      .optional()
      .describe('How far the lead qualifies.'),
    leadStatus: oneOrMore(z.enum(['Qualified', 'Sales Working']))
      .optional()
      .describe('Leads are routed when Qualified; handed over or given to somebody else also while they are worked.'),
    accountStatus: oneOrMore(z.enum(accountStatuses)).optional().describe('The account’s status.'),
    country: oneOrMore(z.string().min(1).max(100)).optional().describe('The country, however it is written.'),
    territory: oneOrMore(name).optional().describe('Some of `routing.territories`.'),
    industry: oneOrMore(z.string().min(1).max(200)).optional().describe('The industry, whatever the case.'),
    employees: z
      .strictObject({ atLeast: z.number().int().min(0).optional(), below: z.number().int().min(1).optional() })
      .optional()
      .describe('How many people work at the company.'),
    productLine: oneOrMore(name).optional().describe('What the lead is interested in: some of `productLines`.'),
    persona: oneOrMore(name).optional().describe('Some of `personas`.'),
    source: oneOrMore(z.string().min(1).max(60))
      .optional()
      .describe('Who told us of the person: form, web, or the name of a CRM connection.'),
    signal: oneOrMore(name).optional().describe('Some of `signals`, of which the lead has shown one at any time.'),
  })
  .describe('All that is named must hold; of a list any one. Without anything it holds for everybody.');
export type When = z.infer<typeof when>;

const rule = z.strictObject({
  name: name.describe('What it is called in the explanation of every lead.'),
  when: when.prefault({}),
  to: target.describe('Who gets the lead.'),
  handOver: target.optional().describe('Who gets it when it is handed over: the account executive after the SDR.'),
  evenIfOwned: z
    .boolean()
    .default(false)
    .describe(
      'Whether it also takes leads of accounts that have an owner in the CRM, or a rep who works them already.',
    ),
});
export type RoutingRule = z.infer<typeof rule>;

export const routing = z
  .strictObject({
    rules: z
      .array(rule)
      .max(200)
      .default([])
      .describe(
        'The first that holds decides: those with `evenIfOwned` before the account’s owner is asked, the others after.',
      ),
    territories: z.record(name, values).default({}).describe('Countries by the name of what they make up.'),
    pools: z.record(name, pool).describe('Whose turn it is: each pool goes round its members.'),
    defaultPool: name.describe('The pool for leads that nobody owns and no rule takes.'),
    takeFromOwners: z
      .boolean()
      .default(false)
      .describe('Whether a clock that reassigns may also take a lead from the account’s owner in the CRM.'),
  })
  .describe('Who gets a lead: the account’s owner first unless a rule says otherwise, in the end the next of a pool.');
