// Which source reads a connection of each kind.
import type { Connection } from '../domain/connection.ts';
import { salesforceOutbound } from './salesforce-outbound.ts';
import { signedWebhook } from './signed-webhook.ts';
import type { WebhookSource } from './source.ts';

export const webhookSources = {
  salesforce: salesforceOutbound,
  signed: signedWebhook,
} as Record<Connection['kind'], WebhookSource>;
