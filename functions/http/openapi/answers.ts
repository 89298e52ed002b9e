// What each route answers when it accepts, and the one shape of every refusal. Open objects are views the panel shows: a field more
// breaks nobody.
import * as z from 'zod';
import { groups, permissions } from '../../../lib/domain/access.ts';

const text = z.string();
const count = z.int().min(0);
const moment = z.iso.datetime();
const named = z.looseObject;

/** RFC 9457. */
const problem = z
  .object({
    type: z.literal('about:blank'),
    title: text,
    status: z.int().min(400).max(599),
    detail: text.optional(),
    errors: z
      .array(z.strictObject({ field: text.max(200), detail: text, label: text.optional() }))
      .max(50)
      .optional()
      .describe('What is wrong, by field; never what was sent.'),
    suggestion: text.optional().describe('What was probably meant.'),
    requestId: text.optional().describe('Under which the request stands in the log.'),
  })
  .describe('A problem document, RFC 9457');

const fieldProblem = z.strictObject({ field: text, detail: text, label: text.optional() });
const accepted = z.strictObject({ accepted: count.describe('How many lines were queued.') });
const suggestions = z.array(named({ accountId: text }));

const attained = {
  ...{ count, met: count, breached: count, open: count },
  ...{ repP50: z.number().nullable(), repP90: z.number().nullable() },
  ...{ systemP50: z.number().nullable(), systemP90: z.number().nullable() },
};
const attainedBy = z.array(z.strictObject({ name: text, ...attained }));

const lead = named({
  leadId: text,
  email: text.nullable(),
  status: text,
  statusSince: moment,
  reason: z.unknown(),
  grade: text,
  score: z.number(),
  parts: z.array(named({ points: z.number() })).describe('They add up to the score.'),
  touches: z.array(named({})),
  actions: z.array(named({})),
});

const deed = z.strictObject({
  id: text,
  at: moment,
  who: text,
  via: z.enum(['user', 'token', 'link', 'command']),
  what: text,
  about: z.array(text),
  saidBy: text.optional(),
  lines: count.optional(),
});

export const answers = {
  openApi: named({ openapi: text, info: named({}), paths: named({}) }),
  problem,
  accepted,
  touch: z.strictObject({ touchId: text, suggestion: text.optional() }),
  success: z.strictObject({ success: z.literal(true) }),
  decided: z.strictObject({
    id: text,
    notRemembered: z.array(fieldProblem).optional().describe('What is not remembered although nobody said so.'),
  }),
  asked: z.strictObject({ id: text, at: moment }),
  operationAsked: z.strictObject({ operationId: text, at: moment }),
  me: z.strictObject({
    who: text,
    via: z.enum(['token', 'user']),
    groups: z.array(z.enum(groups)),
    may: z.array(z.enum(permissions as [string, ...string[]])),
    sees: z.enum(['own', 'team', 'all']),
  }),
  accounts: z.strictObject({
    accounts: z.array(
      z.strictObject({
        accountId: text,
        name: text.nullable(),
        domain: text.nullable(),
        status: text,
        score: z.number(),
        updatedAt: moment,
      }),
    ),
    serverTime: moment,
  }),
  account: z.strictObject({
    account: named({
      accountId: text,
      matched: z.boolean(),
      name: text.nullable(),
      domain: text.nullable(),
      owner: text.nullable(),
      status: text,
      statusSince: moment,
      score: z.number(),
      parts: z.array(named({ points: z.number() })).describe('They add up to the score.'),
      anonymousVisitors: count,
    }),
    leads: z.array(lead),
    notices: z.array(named({})),
    events: z.array(named({})),
    serverTime: moment,
  }),
  lead: z.strictObject({
    leadId: text,
    askedFor: text,
    email: text.nullable(),
    accountId: text.nullable(),
    identities: z.array(z.unknown()),
    match: named({ accountId: text }).nullable(),
    tried: z.array(named({})),
    candidates: suggestions,
    doubt: z.unknown(),
    review: named({ reason: text }).nullable(),
    decision: named({ id: text, decision: text, at: text }).nullable(),
    merges: z.array(named({ id: text, decision: text, a: text, b: text })),
  }),
  attainment: z.strictObject({
    from: text,
    to: text,
    total: z.strictObject(attained),
    ...{ rep: attainedBy, team: attainedBy, grade: attainedBy, week: attainedBy },
  }),
  quality: z.strictObject({
    counts: z.array(
      z.strictObject({
        ...{ field: text, source: text },
        ...{ people: count, missing: count, malformed: count, contradictory: count },
      }),
    ),
    unknownStages: z.array(z.strictObject({ connection: text, object: text, stage: text, records: count })),
    accounts: count,
    asOf: moment,
    next: text.nullable(),
  }),
  review: z.strictObject({
    size: count,
    more: z.literal(true).optional(),
    oldestSince: moment.nullable(),
    entries: z.array(named({ leadId: text, email: text.nullable(), reason: text, since: moment, suggestions })),
    next: text.nullable(),
    serverTime: moment,
  }),
  crmRequest: named({
    id: text,
    connection: text,
    wants: named({ call: z.enum(['merge', 'convert']) }),
    ...{ by: text, why: text, at: moment },
    state: z.enum(['waiting', 'written', 'gone', 'refused']),
    since: moment,
    tries: count,
  }),
  operation: z.strictObject({
    operationId: text,
    asked: named({ operation: text }),
    ...{ by: text, why: text, at: moment },
    state: z.enum(['running', 'done', 'failed']),
    since: moment,
    slices: count,
    report: z.strictObject({ counts: z.record(text, z.number()), notes: z.array(text).optional() }).optional(),
    failed: text.optional(),
  }),
  person: z.strictObject({
    asOf: moment,
    ids: z.array(text).describe('All ids that are theirs.'),
    found: z.array(z.strictObject({ kind: text, meaning: text, items: z.array(named({})) })),
    next: text.nullable(),
  }),
  deadLetters: z.strictObject({
    queues: z.array(z.strictObject({ queue: text, dead: count, oldest: text.nullable() })),
    letters: z.array(z.strictObject({ id: text, since: text, types: z.array(text), ids: z.array(text) })).optional(),
  }),
  status: z.strictObject({
    ok: z.boolean().describe('Nothing needs a person.'),
    needsAPerson: z.array(text),
    queues: z.array(
      z.strictObject({
        queue: text,
        waiting: count.nullable(),
        oldestWaiting: moment
          .nullable()
          .describe(
            'When the one was sent that waits longest. Null where none waits, and on AWS, where nobody can tell.',
          ),
        dead: count,
        oldestDead: text.nullable(),
      }),
    ),
    timersLate: count.describe('Timers that nobody heard for a minute; the next sweep finds them.'),
    held: z
      .strictObject({ notices: count, crmWrites: count, crmRequests: count })
      .describe('What waits for its hour, or for a CRM that could not be reached.'),
    quarantine: count,
    sweep: z.strictObject({ at: moment, found: z.record(z.string(), count) }).nullable(),
    playbook: z.strictObject({ number: count, since: moment }).nullable(),
    operations: z.array(
      z.strictObject({ operationId: text, operation: text, at: moment, report: z.unknown().optional() }),
    ),
    serverTime: moment,
  }),
  metrics: z.strictObject({
    since: moment,
    metrics: z.record(
      text,
      z.strictObject({
        ...{ unit: text, means: text, records: count, at: moment },
        ...{ total: count.optional(), last: z.number().optional(), largest: z.number().optional() },
      }),
    ),
  }),
  quarantine: z.strictObject({
    lines: z.array(named({ id: text, type: text, source: text, reason: text, quarantinedAt: moment })),
    next: text.nullable(),
  }),
  audit: z.strictObject({ from: text, to: text, deeds: z.array(deed), next: text.nullable() }),
} as const satisfies Record<string, z.ZodType>;
