// What is refused is refused in the same words by every edition, and leaves nothing behind.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { leadIdOfEmail, leadIdOfVisitor } from '../../lib/domain/ids.ts';
import { leadKey } from '../../lib/table/keys.ts';
import { type Edition, leadThat, writeKey } from './edition.ts';
import { buyer, postForm } from './post.ts';

const email = 'mallory@refused-works.example';
const anonymousId = randomUUID();
const json = { 'content-type': 'application/json' };
const hit = { type: 'page', anonymousId, messageId: randomUUID(), properties: { url: 'https://www.example.com/' } };

const requests = {
  'a form there is not': { path: '/forms/no-such-form', status: 404, body: JSON.stringify({ email }) },
  'a form without its e-mail': { path: '/forms/demo-request', status: 400, body: '{"company":"Refused Works"}' },
  'a form that is no JSON': { path: '/forms/demo-request', status: 400, body: `{"email":"${email}"` },
  'a form of over 64 KB': {
    ...{ path: '/forms/demo-request', status: 413 },
    body: JSON.stringify({ email, company: 'x'.repeat(70_000) }),
  },
  'hits under a key nobody has': {
    ...{ path: '/v1/batch', status: 401 },
    body: JSON.stringify({ writeKey: 'nobody-has-this', batch: [hit] }),
  },
  'hits of which one is malformed': {
    ...{ path: '/v1/batch', status: 400 },
    body: JSON.stringify({ writeKey, batch: [hit, { type: 'track', anonymousId }] }),
  },
  'a CRM change without a signature': {
    ...{ path: '/crm/crm', status: 401 },
    body: JSON.stringify({ changes: [] }),
  },
  'a CRM change with a signature of another key': {
    ...{ path: '/crm/crm', status: 401 },
    headers: {
      'webhook-id': 'forged',
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': 'v1,bm90IHRoZSByaWdodCBzaWduYXR1cmUgYXQgYWxsISE=',
    },
    body: JSON.stringify({
      changes: [{ object: 'person', externalId: '1', email, occurredAt: new Date().toISOString() }],
    }),
  },
} as const;

export const refusals = (current: () => Edition): void => {
  it('refuses bad requests with a problem document and stores nothing of them', { timeout: 90_000 }, async () => {
    const edition = current();
    for (const [what, { path, status, body, ...more }] of Object.entries(requests)) {
      const headers = { ...json, ...('headers' in more ? more.headers : {}) };
      const response = await fetch(`${edition.apiUrl}${path}`, { method: 'POST', headers, body });
      expect(response.status, what).toBe(status);
      expect(response.headers.get('content-type'), what).toContain('application/problem+json');
      expect(await response.json(), what).toMatchObject({ status, type: 'about:blank' });
    }
    // What came after them is there, so what they left would be.
    const after = buyer('accepted-works');
    expect((await postForm(edition, 'demo-request', after)).status).toBe(202);
    await leadThat(edition, after.email, 'to be there', () => true);
    for (const leadId of [leadIdOfEmail(email), leadIdOfVisitor(`anon:${anonymousId}`)])
      expect(await edition.table.query(leadKey(leadId).pk)).toEqual([]);
  });
};
