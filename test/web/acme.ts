// What the read API says of Acme while its buyer asks for a demo and nobody follows up: the panel's states, in order.
import type { AccountView } from '../../lib/steps/read-accounts.ts';

type LeadView = AccountView['leads'][number];

export const stages = ['visited', 'qualified', 'reminded', 'breached', 'followed-up'] as const;
export type Stage = (typeof stages)[number];

/** `start` is when the form was sent, in milliseconds since 1970: reminder 30 s later, due after 60 s. */
export const acmeAt = (stage: Stage, start: number): AccountView => {
  const reached = (other: Stage) => stages.indexOf(stage) >= stages.indexOf(other);
  const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();
  const asked = reached('qualified');
  const lead = asked ? buyerAt(stage, at) : visitorAt(at);
  const status = stage === 'followed-up' ? 'Sales Working' : asked ? 'Qualified' : 'Pre-Qualified';
  const ids = { accountId: 'acct_5d41402abc4b2a76', leadId: lead.leadId };
  const generation = 'evt_2';
  return {
    account: {
      accountId: ids.accountId,
      matched: true,
      name: 'Acme Ltd',
      domain: 'acme.example',
      owner: asked ? 'ada@demo.example' : null,
      status,
      statusSince: stage === 'followed-up' ? at(95) : asked ? at(0.4) : at(-180),
      reason: asked ? `Bea Buyer: ${lead.reason}` : 'Nobody has qualified yet.',
      score: lead.score,
      parts: [{ label: asked ? 'Bea Buyer' : 'Anonymous visitor', points: lead.score }],
    },
    leads: [lead],
    notices: [
      ...(asked ? [mail('lead-routed', 'ada@demo.example', 'New lead', at(0.6))] : []),
      ...(asked ? [mail('auto-response', 'buyer@acme.example', 'We have your request', at(0.6))] : []),
      ...(reached('reminded') ? [mail('sla-reminder', 'ada@demo.example', 'Reminder', at(30))] : []),
      ...(reached('breached') ? [mail('sla-breached', 'grace@demo.example', 'Overdue', at(60))] : []),
    ],
    events: [
      ...(asked
        ? ([
            {
              type: 'lead-status-changed.v1',
              id: 'evt_1',
              at: at(0.4),
              leadId: ids.leadId,
              from: 'Pre-Qualified',
              to: 'Qualified',
            },
            { type: 'lead-qualified.v1', id: generation, at: at(0.4), leadId: ids.leadId },
            {
              type: 'account-status-changed.v1',
              id: 'evt_3',
              at: at(0.4),
              from: 'Pre-Qualified',
              to: 'Qualified',
            },
            { type: 'lead-routed.v1', id: 'evt_4', at: at(0.5), leadId: ids.leadId },
          ] as const)
        : []),
      ...(reached('reminded')
        ? [{ type: 'sla-reminder-due.v1', id: 'evt_5', at: at(30), leadId: ids.leadId } as const]
        : []),
      ...(reached('breached')
        ? [{ type: 'sla-breached.v1', id: 'evt_6', at: at(60), leadId: ids.leadId } as const]
        : []),
      ...(stage === 'followed-up'
        ? [{ type: 'sla-stopped.v1', id: 'evt_7', at: at(95), leadId: ids.leadId } as const]
        : []),
    ],
    serverTime: at(0),
  };
};

type At = (seconds: number) => string;

const visits = (at: At): LeadView['touches'] => [
  { id: 'hit:3', kind: 'event', occurredAt: at(-90), title: 'Page Left', flag: null },
  { id: 'hit:2', kind: 'page', occurredAt: at(-120), title: 'Pricing · Larkline', flag: null },
  { id: 'hit:1', kind: 'page', occurredAt: at(-180), title: 'Larkline: know which machine stops next', flag: null },
];

const visitParts = (at: At): LeadView['parts'] => [
  {
    rule: 'pricing-page',
    label: 'Read the pricing page',
    dimension: 'interest',
    points: 20,
    count: 3,
    trimmed: 10,
    decayed: 0,
    first: at(-120),
    last: at(-90),
  },
  {
    rule: 'any-page',
    label: 'Visited the site',
    dimension: 'engagement',
    points: 4,
    count: 5,
    trimmed: 0,
    decayed: 1,
    first: at(-180),
    last: at(-60),
  },
];

const sumOf = (parts: readonly { points: number }[]) => parts.reduce((sum, { points }) => sum + points, 0);

const visitorAt = (at: At): LeadView => ({
  leadId: 'lead_anon4f7c',
  email: null,
  profile: {},
  match: null,
  status: 'Pre-Qualified',
  statusSince: at(-180),
  reason: 'Grade D3 is below what the playbook asks for.',
  grade: 'D3',
  score: sumOf(visitParts(at)),
  fitPoints: 0,
  parts: visitParts(at),
  fitParts: [],
  assignment: null,
  sla: null,
  touches: visits(at),
});

const buyerAt = (stage: Stage, at: At): LeadView => {
  const after = (other: Stage) => stages.indexOf(stage) >= stages.indexOf(other);
  const parts: LeadView['parts'] = [
    {
      rule: 'demo-request',
      label: 'Asked for a demo',
      dimension: 'need',
      points: 60,
      count: 1,
      trimmed: 0,
      decayed: 0,
      first: at(0),
      last: at(0),
    },
    {
      rule: 'buys-this-quarter',
      label: 'Plans to buy this quarter',
      dimension: 'timeframe',
      points: 20,
      count: 1,
      trimmed: 0,
      decayed: 0,
      first: at(0),
      last: at(0),
    },
    ...visitParts(at),
  ];
  const fitParts: LeadView['fitParts'] = [
    { rule: 'decision-maker', of: 'person', label: 'Decides or leads', value: 'Head of Procurement', points: 30 },
    { rule: 'business-mail', of: 'person', label: 'Writes from a company address', value: 'business', points: 15 },
    { rule: 'large-company', of: 'company', label: '500 people or more', value: 850, points: 20 },
  ];
  return {
    leadId: 'lead_9b74c9897bac770f',
    email: 'buyer@acme.example',
    profile: {
      firstName: 'Bea',
      lastName: 'Buyer',
      company: 'Acme',
      jobTitle: 'Head of Procurement',
      country: 'Germany',
    },
    match: { accountId: 'acct_5d41402abc4b2a76', rule: 'account-domain', evidence: 'acme.example' },
    status: stage === 'followed-up' ? 'Sales Working' : 'Qualified',
    statusSince: stage === 'followed-up' ? at(95) : at(0.4),
    reason: stage === 'followed-up' ? 'Ada Rep called them.' : 'Asked for a demo, and fits (A).',
    grade: 'A1',
    score: sumOf(parts),
    fitPoints: sumOf(fitParts),
    parts,
    fitParts,
    assignment: {
      name: 'Ada Rep',
      email: 'ada@demo.example',
      reason: 'Next in turn in pool inbound.',
      assignedAt: at(0.5),
    },
    sla: {
      startedAt: at(0.5),
      remindAt: at(30),
      dueAt: at(60),
      remindedAt: after('reminded') ? at(30) : null,
      breachedAt: after('breached') ? at(60) : null,
      stoppedAt: stage === 'followed-up' ? at(95) : null,
      met: stage === 'followed-up' ? false : null,
      conversation: 'They asked for a demo. Offer two times today and ask what made them look now.',
    },
    touches: [{ id: 'form:1', kind: 'form', occurredAt: at(0), title: 'demo-request', flag: null }, ...visits(at)],
  };
};

const mail = (kind: AccountView['notices'][number]['kind'], to: string, about: string, at: string) => ({
  noticeId: `notice-${kind}`,
  kind,
  to,
  subject: kind === 'auto-response' ? about : `${about}: Bea Buyer at Acme Ltd (A1)`,
  text: `${about}.\n\nWho: Bea Buyer, Head of Procurement, Acme Ltd\nGrade: A1, 104 points`,
  html: `<body style="margin:0;padding:24px;background:#f4f5f7"><p id="mail" style="color:rgb(28, 35, 48)">${about}.</p><img src="x" onerror="top.hacked = 1"><script>top.hacked = 1</script></body>`,
  state: 'sent' as const,
  at,
});

/** Two accounts beside it, so that there is a list to choose from. */
export const others = (start: number): AccountView[] => [
  {
    ...empty,
    account: {
      ...empty.account,
      accountId: 'acct_globex',
      name: 'Globex',
      domain: 'globex.example',
      status: 'Nurture',
      reason: 'Sales sent Gil Glob back to nurture.',
      owner: 'ben@demo.example',
      statusSince: new Date(start - 7_200_000).toISOString(),
    },
  },
  {
    ...empty,
    account: {
      ...empty.account,
      accountId: 'acct_initech',
      name: 'Initech',
      domain: 'initech.example',
      status: 'Customer',
      reason: 'An active contract.',
      statusSince: new Date(start - 200_000_000).toISOString(),
    },
  },
  {
    ...empty,
    account: {
      ...empty.account,
      accountId: 'acct_solo',
      matched: false,
      statusSince: new Date(start - 400_000_000).toISOString(),
    },
  },
];

const empty: AccountView = {
  account: {
    accountId: '',
    matched: true,
    name: null,
    domain: null,
    owner: null,
    status: 'Pre-Qualified',
    statusSince: '',
    reason: 'Nobody has qualified yet.',
    score: 0,
    parts: [],
  },
  leads: [],
  notices: [],
  events: [],
  serverTime: '',
};
