// Which source reads a connection of each kind.
import type { Connection } from '../domain/connection.ts';
import { hubspot } from './hubspot.ts';
import { pipedrive } from './pipedrive.ts';
import { salesforceOutbound } from './salesforce-outbound.ts';
import { signedWebhook } from './signed-webhook.ts';
import type { WebhookSource } from './source.ts';

export const webhookSources = {
  hubspot,
  pipedrive,
  salesforce: salesforceOutbound,
  signed: signedWebhook,
} satisfies Record<Connection['kind'], WebhookSource>;
