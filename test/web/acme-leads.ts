// The people of Acme as the read API shows them: a visitor nobody knows, and the buyer who asked for a demo.
import type { AccountView } from '../../lib/steps/read-accounts.ts';

export type LeadView = AccountView['leads'][number];
export type Clock = NonNullable<LeadView['sla']>;
export type At = (seconds: number) => string;

const visits = (at: At): LeadView['touches'] => [
  { id: 'hit:3', kind: 'event', occurredAt: at(-90), title: 'Page Left', flag: null, signals: [] },
  {
    ...{ id: 'hit:2', kind: 'page', occurredAt: at(-120), title: 'Pricing · Larkline', flag: null },
    signals: ['pricing-page', 'any-page'],
  },
  {
    ...{ id: 'hit:1', kind: 'page', occurredAt: at(-180), title: 'Larkline: know which machine stops next' },
    ...{ flag: null, signals: ['any-page'] },
  },
];

const visitParts = (at: At): LeadView['parts'] => [
  {
    ...{ rule: 'pricing-page', label: 'Read the pricing page', dimension: 'interest', points: 20, count: 3 },
    ...{ trimmed: 10, decayed: 0, first: at(-120), last: at(-90) },
  },
  {
    ...{ rule: 'any-page', label: 'Visited the site', dimension: 'engagement', points: 4, count: 5 },
    ...{ trimmed: 0, decayed: 1, first: at(-180), last: at(-60) },
  },
];

const formParts = (at: At): LeadView['parts'] => [
  {
    ...{ rule: 'demo-request', label: 'Asked for a demo', dimension: 'need', points: 60, count: 1 },
    ...{ trimmed: 0, decayed: 0, first: at(0), last: at(0) },
  },
  {
    ...{ rule: 'this-quarter', label: 'Plans to buy this quarter', dimension: 'timeframe', points: 20, count: 1 },
    ...{ trimmed: 0, decayed: 0, first: at(0), last: at(0) },
  },
];

const nothingYet = { engagement: 0, interest: 0, need: 0, budget: 0, authority: 0, timeframe: 0 };

export const visitorAt = (at: At): LeadView => ({
  leadId: 'lead_anon4f7c',
  email: null,
  profile: {},
  doubtfulMail: null,
  match: null,
  review: null,
  status: 'Pre-Qualified',
  statusSince: at(-180),
  stage: null,
  rests: [],
  hold: null,
  timeIn: {},
  reason: 'Grade D3 is below what the playbook asks for.',
  level: null,
  model: { id: 'standard', label: 'Demo', version: 3 },
  grade: 'D3',
  score: 24,
  parts: visitParts(at),
  dimensions: { ...nothingYet, interest: 20, engagement: 4 },
  fitPoints: 0,
  personFit: 'D',
  companyFit: 'D',
  fitParts: [],
  missing: ['jobTitle', 'employees'],
  scoreIncludesFit: false,
  suppressed: null,
  standsOut: [],
  personas: [],
  productLines: [],
  others: [],
  assignment: null,
  waiting: null,
  sla: null,
  touches: visits(at),
  actions: [],
});

/** What came of the clock so far. */
interface Progress {
  reminded: boolean;
  breached: boolean;
  followedUp: boolean;
}

export const ada = { name: 'Ada Rep', email: 'ada@demo.example' };
export const grace = { name: 'Grace Chief', email: 'grace@demo.example' };

const stepsOf = ({ reminded, breached }: Progress, at: At): Clock['steps'] => [
  {
    ...{ name: 'remind-50%', do: 'remind', at: at(30), takenAt: reminded ? at(30) : null },
    ...{ passedOver: false, to: [ada], share: 0.5 },
  },
  {
    ...{ name: 'escalate-100%', do: 'escalate', at: at(60), takenAt: breached ? at(60) : null },
    ...{ passedOver: false, to: [grace], share: 1 },
  },
];

const clockOf = (progress: Progress, at: At): Clock => ({
  startedAt: at(0.5),
  remindAt: at(30),
  dueAt: at(60),
  remindedAt: progress.reminded ? at(30) : null,
  breachedAt: progress.breached ? at(60) : null,
  stoppedAt: progress.followedUp ? at(95) : null,
  met: progress.followedUp ? false : null,
  conversation: 'They asked for a demo. Offer two times today and ask what made them look now.',
  toldAt: at(0.5),
  ending: progress.followedUp ? 'answered' : null,
  correctedAt: null,
  rests: [],
  goesOnAt: null,
  workMs: 59_500,
  used: progress.followedUp ? { ms: 94_500, at: at(95) } : { ms: 0, at: at(0.5) },
  carriedMs: 0,
  overBefore: false,
  steps: stepsOf(progress, at),
});

const assignmentAt = (at: At): NonNullable<LeadView['assignment']> => ({
  assignmentId: 'evt_2.1',
  ...ada,
  reason: 'Next in turn in pool inbound.',
  assignedAt: at(0.5),
  ...{ turn: 1, rule: null, role: null, pool: 'inbound', cameFrom: null },
  explanation: [
    { tried: 'account owner', held: false, why: 'The CRM names no owner of the account.', passedOver: [] },
    { tried: 'account rep', held: false, why: 'Nobody works this account yet.', passedOver: [] },
    { tried: 'default pool', held: true, why: 'Next in turn in pool inbound.', passedOver: [] },
  ],
  history: [],
});

export const buyerAt = (progress: Progress, at: At): LeadView => ({
  ...visitorAt(at),
  leadId: 'lead_9b74c9897bac770f',
  email: 'buyer@acme.example',
  profile: {
    firstName: 'Bea',
    lastName: 'Buyer',
    company: 'Acme',
    jobTitle: 'Head of Procurement',
    country: 'Germany',
  },
  doubtfulMail: null,
  match: { accountId: 'acct_5d41402abc4b2a76', rule: 'domain', evidence: 'acme.example' },
  status: progress.followedUp ? 'Sales Working' : 'Qualified',
  statusSince: progress.followedUp ? at(95) : at(0.4),
  stage: null,
  rests: [],
  hold: null,
  timeIn: {},
  reason: progress.followedUp ? 'Ada Rep called them.' : 'Asked for a demo, and fits (A).',
  level: 'SQL',
  grade: 'A1',
  score: 104,
  parts: [...formParts(at), ...visitParts(at)],
  dimensions: { ...nothingYet, need: 60, timeframe: 20, interest: 20, engagement: 4 },
  fitPoints: 65,
  personFit: 'A',
  companyFit: 'B',
  fitParts: [
    { rule: 'decision-maker', of: 'person', label: 'Decides or leads', value: 'Head of Procurement', points: 30 },
    { rule: 'business-mail', of: 'person', label: 'Writes from a company address', value: 'business', points: 15 },
    { rule: 'large-company', of: 'company', label: '500 people or more', value: 850, points: 20 },
  ],
  missing: ['industry'],
  personas: [{ id: 'leader', label: 'Leads a department' }],
  productLines: [{ id: 'vault', label: 'Vault' }],
  others: [{ model: 'vault', label: 'Who looks at Vault', grade: 'B2', score: 40 }],
  assignment: assignmentAt(at),
  sla: clockOf(progress, at),
  touches: [
    {
      ...{ id: 'form:1', kind: 'form', occurredAt: at(0), title: 'demo-request', flag: null },
      signals: ['demo-request', 'this-quarter'],
    },
    ...visits(at),
  ],
});
