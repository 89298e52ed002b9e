// Posting to an edition the way sites, CRMs and attackers do.
import { Webhook } from 'standardwebhooks';
import { type Edition, writeKey } from './edition.ts';

export const chrome =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

const jsonType = { 'content-type': 'application/json' };

export const postForm = ({ apiUrl }: Pick<Edition, 'apiUrl'>, form: string, fields: object): Promise<Response> =>
  fetch(`${apiUrl}/forms/${form}`, { method: 'POST', headers: jsonType, body: JSON.stringify(fields) });

export const postHits = ({ apiUrl }: Pick<Edition, 'apiUrl'>, batch: readonly object[]): Promise<Response> =>
  fetch(`${apiUrl}/v1/batch`, { method: 'POST', headers: jsonType, body: JSON.stringify({ writeKey, batch }) });

/** As somebody decides who holds a decision token. */
const postAuthorised =
  (path: string) =>
  ({ apiUrl, decisionToken }: Pick<Edition, 'apiUrl' | 'decisionToken'>, decision: object): Promise<Response> =>
    fetch(`${apiUrl}${path}`, {
      method: 'POST',
      headers: { ...jsonType, authorization: `Bearer ${decisionToken}` },
      body: JSON.stringify(decision),
    });
export const postDecision = postAuthorised('/identity/decisions');
export const postCrmRequest = postAuthorised('/crm-requests');
export const postReview = postAuthorised('/review/decisions');
export const postAction = postAuthorised('/leads/actions');

/** Signed as the Standard Webhooks' own library signs. */
export const postCrm = (
  { apiUrl, crmSecret }: Pick<Edition, 'apiUrl' | 'crmSecret'>,
  deliveryId: string,
  changes: readonly object[],
): Promise<Response> => {
  const body = JSON.stringify({ changes });
  const now = new Date();
  const headers = {
    ...jsonType,
    'webhook-id': deliveryId,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(crmSecret).sign(deliveryId, now, body),
  };
  return fetch(`${apiUrl}/crm/crm`, { method: 'POST', headers, body });
};

/** Somebody who asks for a demo, at a company of their own. */
export const buyer = (company: string) => ({
  email: `buyer@${company}.example`,
  'first-name': 'Bea',
  'last-name': 'Buyer',
  company,
  'job-title': 'Head of Procurement',
  timeframe: 'this-quarter',
});
