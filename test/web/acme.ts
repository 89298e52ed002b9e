// What the read API says of Acme while its buyer asks for a demo and nobody follows up: the panel's states, in order.
import type { AccountView } from '../../lib/steps/read-accounts.ts';
import { type At, ada, buyerAt, grace, type LeadView, visitorAt } from './acme-leads.ts';
import { mail } from './acme-mails.ts';

const step = { type: 'sla-step-due.v1' } as const;

export const stages = ['visited', 'qualified', 'reminded', 'breached', 'followed-up'] as const;
export type Stage = (typeof stages)[number];

/** `start` is when the form was sent, in milliseconds since 1970: reminder 30 s later, due after 60 s. */
export const acmeAt = (stage: Stage, start: number): AccountView => {
  const reached = (other: Stage) => stages.indexOf(stage) >= stages.indexOf(other);
  const at: At = (seconds) => new Date(start + seconds * 1000).toISOString();
  const asked = reached('qualified');
  const progress = {
    reminded: reached('reminded'),
    breached: reached('breached'),
    followedUp: reached('followed-up'),
  };
  const lead = asked ? buyerAt(progress, at) : visitorAt(at);
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
      stage: null,
      rests: [],
      hold: null,
      timeIn: {},
      reason: asked ? `Bea Buyer: ${lead.reason}` : 'Nobody has qualified yet.',
      ...accountScore(lead, asked),
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
            { type: 'lead-routed.v1', id: 'evt_4', at: at(0.5), leadId: ids.leadId, to: ada.name },
          ] as const)
        : []),
      ...(reached('reminded')
        ? [{ ...step, id: 'evt_5', at: at(30), leadId: ids.leadId, what: 'remind', to: ada.name }]
        : []),
      ...(reached('breached')
        ? [
            { type: 'sla-breached.v1' as const, id: 'evt_6', at: at(60), leadId: ids.leadId },
            { ...step, id: 'evt_6e', at: at(60), leadId: ids.leadId, what: 'escalate', to: grace.name },
          ]
        : []),
      ...(stage === 'followed-up'
        ? [{ type: 'sla-stopped.v1', id: 'evt_7', at: at(95), leadId: ids.leadId, to: 'answered', met: false } as const]
        : []),
    ],
    serverTime: at(0),
  };
};

/** One person alone may add 90 at most; the company adds half its fit. */
const accountScore = ({ leadId, score }: LeadView, isKnown: boolean): Pick<AccountView['account'], AccountField> => {
  const points = Math.min(score, 90);
  const label = isKnown ? 'Bea Buyer' : 'Anonymous visitor';
  return {
    score: points + 10,
    parts: [
      { kind: 'member', leadId, label, points, of: score, weight: 1, trimmed: score - points },
      { kind: 'company', label: 'Company fit B', points: 10, of: 20, weight: 0.5, trimmed: 0 },
    ],
    companyFit: 'B',
    companyFitParts: [{ rule: 'large-company', of: 'company', label: '500 people or more', value: 850, points: 20 }],
    companyMissing: ['industry'],
    reached: [],
    surge: null,
    buyingGroup: [],
    anonymousVisitors: 0,
    version: 3,
    nextChangeAt: null,
  };
};
type AccountField =
  | 'score'
  | 'parts'
  | 'companyFit'
  | 'companyFitParts'
  | 'companyMissing'
  | 'reached'
  | 'surge'
  | 'buyingGroup'
  | 'anonymousVisitors'
  | 'version'
  | 'nextChangeAt';

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
      stage: null,
      rests: [],
      hold: null,
      timeIn: {},
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
      stage: null,
      rests: [],
      hold: null,
      timeIn: {},
    },
  },
  {
    ...empty,
    account: {
      ...empty.account,
      accountId: 'acct_solo',
      matched: false,
      statusSince: new Date(start - 400_000_000).toISOString(),
      stage: null,
      rests: [],
      hold: null,
      timeIn: {},
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
    stage: null,
    rests: [],
    hold: null,
    timeIn: {},
    reason: 'Nobody has qualified yet.',
    score: 0,
    parts: [],
    companyFit: null,
    companyFitParts: [],
    companyMissing: [],
    reached: [],
    surge: null,
    buyingGroup: [],
    anonymousVisitors: 0,
    version: null,
    nextChangeAt: null,
  },
  leads: [],
  notices: [],
  events: [],
  serverTime: '',
};
