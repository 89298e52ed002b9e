// Which step hears which event. One page, read by the CDK stack (rules and queues) and by the embedded edition.
import type { PublishedEventType } from '../events/catalogue.ts';

export const subscriptions = {
  assess: ['lead-changed.v1', 'account-changed.v1'],
  route: ['lead-qualified.v1'],
  sla: ['lead-routed.v1', 'lead-status-changed.v1'],
  notify: ['lead-routed.v1', 'sla-reminder-due.v1', 'sla-breached.v1', 'form-submitted.v1'],
} as const satisfies Record<string, readonly PublishedEventType[]>;

export type Subscriber = keyof typeof subscriptions;
