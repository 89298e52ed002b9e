// The demo's first accounts, as its CRM would report them: by the signed webhook, like any other CRM.
import { createHmac } from 'node:crypto';
import { CommandError } from './command-error.ts';

const known = '2026-01-05T09:00:00.000Z';

/** Acme is new business without an owner, Globex has one, Initech is a customer. */
const changes = [
  { object: 'account', externalId: 'acme', name: 'Acme Ltd', domains: ['acme.example'], employees: 850, country: 'DE' },
  {
    object: 'account',
    externalId: 'globex',
    name: 'Globex',
    domains: ['globex.example'],
    ownerEmail: 'ben@demo.example',
    employees: 120,
  },
  { object: 'account', externalId: 'initech', name: 'Initech', domains: ['initech.example'], employees: 60 },
  { object: 'contract', externalId: 'initech-1', accountExternalId: 'initech', startsAt: known },
].map((change) => ({ occurredAt: known, ...change }));

/** Posts them; the webhook's id is always the same, so that a second start changes nothing. */
export const seedDemo = async ({ apiUrl, crmSecret }: { apiUrl: string; crmSecret: string }): Promise<void> => {
  const id = 'demo-accounts';
  const timestamp = Math.floor(Date.now() / 1000);
  const body = JSON.stringify({ changes });
  const key = Buffer.from(crmSecret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const response = await fetch(`${apiUrl}/crm/crm`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': `v1,${signature}`,
    },
    body,
  });
  if (!response.ok)
    throw new CommandError(`the demo's accounts were not accepted: ${response.status} ${await response.text()}`);
};
