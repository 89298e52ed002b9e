// HubSpot's signature v3, as its page "Validating requests" has it: base64 of HMAC-SHA256 by the app's client secret over method, URI,
// body and time. Its own client for Node compares byte by byte, takes times ahead of now, and leaves decoding the URI to its caller.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookDelivery } from '../source.ts';

/** HubSpot's limit for age. Time ahead is held to it too: what was signed for tomorrow could be sent again until then. */
const toleranceMilliseconds = 300_000;

/** The characters that HubSpot signs as themselves where the address has them encoded, and no others: `:/?@!$'()*,;`. */
const signedDecoded = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

const asSigned = (url: string): string =>
  url.replace(signedDecoded, (encoded) => String.fromCharCode(Number.parseInt(encoded.slice(1), 16)));

/** Throws on an empty secret: anybody could sign with it. */
export const isSigned = ({ method, url, headers, body, now }: WebhookDelivery, secrets: readonly string[]): boolean => {
  const signature = headers['x-hubspot-signature-v3'];
  const timestamp = headers['x-hubspot-request-timestamp'];
  if (!signature || !timestamp || !/^\d{1,15}$/.test(timestamp)) return false;
  if (Math.abs(now - Number(timestamp)) > toleranceMilliseconds) return false;
  const given = Buffer.from(signature);
  return secrets.some((secret) => {
    if (secret === '') throw new Error('a client secret of this connection is empty');
    const hmac = createHmac('sha256', secret)
      .update(method + asSigned(url))
      .update(body)
      .update(timestamp);
    const expected = Buffer.from(hmac.digest('base64'));
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
};
