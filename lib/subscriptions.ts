// Which step hears which event. One page, read by the CDK stack (rules and queues) and by the embedded edition.
import type { PublishedEventType } from '../events/catalogue.ts';

export interface Subscription {
  type: PublishedEventType;
  /** Only events whose field has one of these values; what nobody needs to hear costs nothing. */
  where?: Readonly<Record<string, readonly string[]>>;
}

/** What a lead can be besides Qualified and Sales Working; a test holds this to all statuses there are. */
const outOfSales = [
  'Pre-Qualified',
  'Nurture',
  'Opportunity Open',
  'Disqualified',
  'Partner',
  'No Longer With Company',
  'Moved',
];

export const subscriptions = {
  assess: [{ type: 'lead-changed.v1' }, { type: 'account-changed.v1' }, { type: 'assessment-due.v1' }],
  route: [
    { type: 'lead-qualified.v1' },
    { type: 'routing-due.v1' },
    { type: 'lead-acted.v1', where: { does: ['hand-over', 'reassign'] } },
    // A lead that leaves sales is no longer one of its owner's; one that is worked without having qualified here came from elsewhere.
    { type: 'lead-status-changed.v1', where: { from: ['Qualified', 'Sales Working'], to: outOfSales } },
    { type: 'lead-status-changed.v1', where: { from: outOfSales, to: ['Sales Working'] } },
  ],
  // A clock can only be running for a lead that was Qualified.
  sla: [
    { type: 'lead-routed.v1' },
    { type: 'lead-status-changed.v1', where: { from: ['Qualified'] } },
    { type: 'rep-told.v1' },
    { type: 'lead-acted.v1', where: { does: ['pause', 'resume'] } },
  ],
  notify: [
    { type: 'lead-routed.v1' },
    { type: 'sla-step-due.v1' },
    // Of which those matter that put right what was said.
    { type: 'sla-stopped.v1', where: { because: ['answered'] } },
    { type: 'form-submitted.v1' },
    { type: 'account-surged.v1' },
    { type: 'account-threshold-reached.v1' },
    { type: 'notices-due.v1' },
  ],
  // Of a tenant whose CRM has an API; of others no such event is published.
  'sync-crm': [{ type: 'judgement-changed.v1' }, { type: 'crm-request-due.v1' }],
  // Of a tenant that has anybody outside told; of these, what they are told of.
  outbound: [
    { type: 'lead-qualified.v1' },
    { type: 'lead-status-changed.v1' },
    { type: 'lead-routed.v1' },
    { type: 'sla-breached.v1' },
    { type: 'sla-stopped.v1' },
    { type: 'account-status-changed.v1' },
    { type: 'account-surged.v1' },
    { type: 'account-threshold-reached.v1' },
    { type: 'status-flapping.v1' },
    { type: 'delivery-due.v1' },
  ],
  operate: [{ type: 'operation-due.v1' }],
} as const satisfies Record<string, readonly Subscription[]>;

export type Subscriber = keyof typeof subscriptions;
