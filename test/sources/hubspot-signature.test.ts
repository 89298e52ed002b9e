// Held to HubSpot's own client, apart from what that leaves to be wished for: it takes any time ahead, and leaves decoding to its caller.
import { Signature } from '@hubspot/api-client';
import { describe, expect, test } from 'vitest';
import { hubspot } from '../../lib/sources/hubspot.ts';
import type { WebhookDelivery } from '../../lib/sources/source.ts';

const secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
const now = Date.parse('2026-11-22T09:30:00.000Z');
const url = 'https://api.example.com/crm/hubspot';
const body = '[{"propertyValue":"Ünïcode 🎉"}]';

interface Signed {
  by?: string;
  at?: number;
  url?: string;
  method?: string;
  body?: string;
}
const sign = ({ by = secret, at = now, ...sent }: Signed = {}) =>
  Signature.getSignature(sent.method ?? 'POST', 'v3', {
    ...{ clientSecret: by, requestBody: sent.body ?? body, signature: '' },
    ...{ url: sent.url ?? url, timestamp: at },
  });

const delivery = (signature: string | undefined, at: string | undefined, more: Partial<WebhookDelivery> = {}) => ({
  ...{ source: 'hubspot', connection: { kind: 'hubspot', portalId: 1 } as const, method: 'POST', url, now },
  headers: { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': at },
  body: Buffer.from(body),
  ...more,
});
const isValid = (signed: Signed = {}, more: Partial<WebhookDelivery> = {}, secrets: readonly string[] = [secret]) =>
  hubspot.verify(delivery(sign(signed), String(signed.at ?? now), more), secrets);

test("of HubSpot's own client is valid, by whichever live secret", () => {
  expect(isValid()).toBe(true);
  expect(isValid({}, {}, ['another', secret])).toBe(true);
});

test.each<[string, Signed, Partial<WebhookDelivery>, string[]?]>([
  ['another secret', { by: 'another' }, {}],
  ['no secret', {}, {}, []],
  ['one byte of the body', {}, { body: Buffer.from(body.replace('n', 'm')) }],
  ['a byte more', {}, { body: Buffer.from(`${body}\n`) }],
  ['another method', {}, { method: 'PUT' }],
  ['another host', {}, { url: url.replace('api', 'apj') }],
  ['another scheme', {}, { url: url.replace('https', 'http') }],
  ['another path', {}, { url: `${url}2` }],
  ['a query', {}, { url: `${url}?a=1` }],
  ['another query', { url: `${url}?a=1` }, { url: `${url}?a=2` }],
])('is not valid with %s', (_, signed, more, secrets) => {
  expect(isValid(signed, more, secrets)).toBe(false);
});

test.each<[string, string | undefined, string | undefined]>([
  ['no signature', undefined, String(now)],
  ['an empty one', '', String(now)],
  ['no time', sign(), undefined],
  ['another time', sign(), String(now + 1)],
  ['a time that is no number', sign(), `${now}.0`],
  ['an empty time', sign(), ''],
  ['one letter of the signature', sign().replace(/^./, (first) => (first === 'A' ? 'B' : 'A')), String(now)],
  ['only its beginning', sign().slice(0, 20), String(now)],
  ['more behind it', `${sign()}A`, String(now)],
])('is not valid with %s', (_, signature, at) => {
  expect(hubspot.verify(delivery(signature, at), [secret])).toBe(false);
});

test.each([
  [-300_001, false],
  [-300_000, true],
  [300_000, true],
  [300_001, false],
  [31_536_000_000, false],
])('made %i ms from now is valid: %s', (milliseconds, valid) => {
  expect(isValid({ at: now + milliseconds })).toBe(valid);
});

describe('the address', () => {
  test.each([
    ['%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B', ":/?@!$'()*,;"],
    ['%3a%2f%3f', ':/?'],
    ['a%20b%26c%3Dd%23%2B%25', 'a%20b%26c%3Dd%23%2B%25'],
    ['%253A', '%253A'],
    ['%E2%82%AC', '%E2%82%AC'],
  ])('%s is signed as %s', (sent, signed) => {
    expect(isValid({ url: `${url}?q=${signed}` }, { url: `${url}?q=${sent}` })).toBe(true);
  });

  test('is signed with nothing else decoded', () => {
    expect(isValid({ url: `${url}?q=a b` }, { url: `${url}?q=a%20b` })).toBe(false);
  });
});

test('is over bytes, not over the text they happen to decode to', () => {
  const bytes = Buffer.from([0x22, 0xff, 0x22]);

  expect(isValid({ body: bytes.toString() }, { body: bytes })).toBe(false);
});

test('by an empty secret is our fault, and nobody gets in', () => {
  expect(() => isValid({ by: '' }, {}, [''])).toThrow(/is empty/);
});
