// The generic CRM webhook: signed by the Standard Webhooks scheme (github.com/standard-webhooks/standard-webhooks, spec 1.0),
// our own CRM changes as its body. The scheme's npm package reads the clock itself and signs text rather than bytes.
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { type CrmChangeCaptured, crmChange } from '../../events/crm-change-captured.v1.ts';
import { contractId, momentOf } from './contract-shapes.ts';
import { fieldProblems } from './field-problems.ts';
import { type FieldProblem, maximumItems, type Reading, type WebhookDelivery, type WebhookSource } from './source.ts';

/** How far a delivery's clock may be from ours, either way: the specification's reference implementations all take 5 minutes. */
const toleranceSeconds = 300;

const verify = ({ headers, body, now }: WebhookDelivery, secrets: readonly string[]): boolean => {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (!id || !timestamp || !signatures || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(Math.floor(now / 1_000) - Number(timestamp)) > toleranceSeconds) return false;
  const candidates = signatures.split(' ').filter((signature) => signature.startsWith('v1,'));
  return secrets.some((secret) => {
    const hmac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body);
    const expected = Buffer.from(`v1,${hmac.digest('base64')}`);
    return candidates.some((candidate) => {
      const given = Buffer.from(candidate);
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  });
};

/** Throws on a secret without a key in it: anybody could sign with an empty one. */
const keyOf = (secret: string): Buffer => {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  if (key.length === 0) throw new Error('a webhook secret of this connection holds no key');
  return key;
};

export const changesReported = z.strictObject({
  changes: z.array(z.looseObject({ occurredAt: z.iso.datetime({ offset: true }) })).min(1),
});

const read = ({ source, headers, now }: WebhookDelivery, document: unknown): Reading => {
  const parsed = changesReported.safeParse(document);
  if (!parsed.success) return { problems: fieldProblems(parsed.error) };
  const { changes } = parsed.data;
  if (changes.length > maximumItems) return { tooMany: changes.length };

  const problems: FieldProblem[] = [];
  const lines: CrmChangeCaptured[] = [];
  changes.forEach(({ occurredAt, ...fields }, index) => {
    const change = crmChange.safeParse(fields);
    if (!change.success) problems.push(...fieldProblems(change.error, ['changes', index]));
    else {
      lines.push({
        type: 'crm-change-captured.v1',
        id: contractId(`${source}:`, headers['webhook-id']!, `.${index}`),
        source,
        // Never after it arrived: the latest change wins, and a clock that runs ahead would win for ever.
        occurredAt: momentOf(Math.max(0, Math.min(Date.parse(occurredAt), now))),
        receivedAt: momentOf(now),
        change: change.data,
      });
    }
  });
  return problems.length > 0 ? { problems } : { lines };
};

export const signedWebhook: WebhookSource = { body: 'json', verify, read };
