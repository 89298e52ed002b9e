// What can become of a lead besides being followed up by its first owner, to be laid over Acme's buyer: rules and people passed over,
// owners before, nobody available, a clock that rests, a breach that was none, what sellers did, mails that did not go out.
import type { AccountView } from '../../lib/steps/read-accounts.ts';
import { ada, type Clock, grace, type LeadView } from './acme-leads.ts';
import { type Mail, mail } from './acme-mails.ts';

type Assignment = NonNullable<LeadView['assignment']>;

/** `at` is ISO by seconds after the form was sent. */
export type At = (seconds: number) => string;
export const secondsAfter =
  (start: number): At =>
  (seconds) =>
    new Date(start + seconds * 1000).toISOString();

const ben = { name: 'Ben Rep', email: 'ben@demo.example' };
const cy = { name: 'Cy Frost', email: 'cy@demo.example' };

export const byRule: Partial<Assignment> = {
  reason: 'Rule german-demos: next in turn in pool dach.',
  ...{ rule: 'german-demos', role: 'sdr', pool: 'dach' },
  explanation: [
    { tried: 'account owner', held: false, why: 'The CRM names no owner of the account.', passedOver: [] },
    { tried: 'rule enterprise', held: false, why: 'Employees are 850, not from 1,000.', passedOver: [] },
    {
      ...{ tried: 'rule german-demos', held: true },
      why: 'Country is Germany. Next in turn in pool dach.',
      passedOver: [
        { ...ben, why: 'is away until 2026-11-30 08:00 UTC' },
        { ...cy, why: 'has 25 open leads, of 25 at most' },
      ],
    },
  ],
};

export const hadBefore = (at: At): Assignment['history'] => [
  {
    ...{ assignmentId: 'evt_2.1', ...ben, at: at(-7_200), until: at(-3_600) },
    ...{ why: 'Nobody followed up in time.', by: null, overdue: true },
    ...{ breachedAt: at(-3_700), correctedAt: at(-3_000) },
  },
  {
    ...{ assignmentId: 'evt_2.2', ...cy, at: at(-3_600), until: at(0.5) },
    ...{ why: 'Handed over by Cy Frost: wants prices.', by: cy.email, overdue: false },
    ...{ breachedAt: null, correctedAt: null },
  },
];

export const waitingAt = (at: At): NonNullable<LeadView['waiting']> => ({
  ...{ since: at(0.5), until: '2099-11-23T08:00:00.000Z', pool: 'dach', rule: 'german-demos', role: 'sdr' },
  reason: 'nobody of pool dach is available until 2099-11-23 08:00 UTC.',
  explanation: byRule.explanation!,
  history: [],
});

/** Half an hour of it is used. */
export const rested = (at: At): Partial<Clock> => ({
  ...{ workMs: 3_600_000, used: { ms: 1_800_000, at: at(0.5) }, goesOnAt: '2099-11-23T08:00:00.000Z' },
  dueAt: '2099-11-23T08:30:00.000Z',
});

export const paused = (at: At): Partial<Clock> => ({
  ...rested(at),
  rests: [{ from: at(-60), to: '2099-11-23T08:00:00.000Z' }],
});

/** Called breached after a minute; half a minute later it was heard that somebody had written at 40 s. */
export const corrected = (at: At): Partial<Clock> => ({
  ...{ breachedAt: at(60), stoppedAt: at(40), ending: 'answered', met: true, correctedAt: at(90) },
  used: { ms: 39_500, at: at(40) },
});

export const actions = (at: At): LeadView['actions'] => {
  const nothing = { why: null, how: null, reason: null, to: null, until: null };
  return [
    { ...nothing, id: 'a7', occurredAt: at(17), does: 'bad', by: ada, reason: 'No budget', why: 'Asked in spring.' },
    { ...nothing, id: 'a6', occurredAt: at(16), does: 'good', by: ada },
    { ...nothing, id: 'a5', occurredAt: at(15), does: 'follow-up', by: ada, how: 'call' },
    { ...nothing, id: 'a4', occurredAt: at(14), does: 'resume', by: null },
    { ...nothing, id: 'a3', occurredAt: at(13), does: 'pause', by: ada, until: '2099-11-23T08:00:00.000Z' },
    { ...nothing, id: 'a2', occurredAt: at(12), does: 'reassign', by: grace, to: ada, why: 'She knows them.' },
    { ...nothing, id: 'a1', occurredAt: at(11), does: 'hand-over', by: cy },
  ];
};

const kept = (state: Mail['state'], at: string, more: Partial<Mail> = {}): Mail => ({
  ...mail('lead-routed', ada.email, 'New lead', at),
  ...{ noticeId: `notice-${state}`, state, ...more },
});

export const undelivered = (at: At): Mail[] => [
  kept('held', at(1), { until: '2099-11-23T08:00:00.000Z' }),
  kept('stopped', at(2), { why: 'bounce' }),
  kept('refused', at(3), { why: '550 5.1.1 no such user' }),
  kept('bounced', at(4), { why: 'Permanent General' }),
  kept('complained', at(5), { why: 'abuse' }),
  kept('dropped', at(6)),
  { ...mail('sla-corrected', grace.email, 'In time after all', at(7)), noticeId: 'notice-corrected' },
];

/** Lays changes over the buyer. */
export const onBuyer =
  (change: (lead: LeadView, view: AccountView) => void) =>
  (view: AccountView): void =>
    change(view.leads[0]!, view);
