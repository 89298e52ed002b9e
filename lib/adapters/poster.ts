// The Poster port: in time, not endless, and nowhere but where the tenant's file says. What is answered is read by nobody.
import { createHmac } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import type { Clock, Post, Posted, Poster } from '../ports.ts';
import { systemClock } from './system-clock.ts';

export interface PosterOptions {
  /** Whether anything may be posted there, by the addresses its name stands for. */
  mayPostTo: (url: string, addresses: readonly string[]) => boolean;
  fetch?: typeof globalThis.fetch;
  clock?: Clock;
  timeoutMs?: number;
  /** Of a host, which may be one itself. */
  addressesOf?: (host: string) => Promise<readonly string[]>;
}

const systemAddresses = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** Standard Webhooks 1.0 (github.com/standard-webhooks/standard-webhooks): one signature by each secret, of id, seconds and body. */
const signatureOf = ({ body, signed }: Post, now: number): Record<string, string> => {
  if (signed === undefined) return {};
  const timestamp = String(Math.floor(now / 1_000));
  const signatures = signed.secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    return `v1,${createHmac('sha256', key).update(`${signed.id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': signed.id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
};

/** `Retry-After`, of seconds or of a date. */
const retryAfterMs = (headers: Headers, now: number): number | undefined => {
  const said = headers.get('retry-after');
  if (said === null) return undefined;
  const milliseconds = /^\d+$/.test(said) ? Number(said) * 1_000 : Date.parse(said) - now;
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
};

export const createPoster = ({
  mayPostTo,
  fetch = globalThis.fetch,
  clock = systemClock,
  timeoutMs = 15_000,
  addressesOf = systemAddresses,
}: PosterOptions): Poster => ({
  async post(post): Promise<Posted> {
    const { url, body } = post;
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const addresses = await addressesOf(new URL(url).hostname.replace(/^\[|\]$/g, ''));
      if (!mayPostTo(url, addresses)) return { failed: 'it is in no public network' };
      const headers = { 'content-type': 'application/json', ...signatureOf(post, clock.now()) };
      // Whoever is redirected to was named by nobody.
      const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
      await response.body?.cancel();
      return { status: response.status, retryAfterMs: retryAfterMs(response.headers, clock.now()) };
    } catch {
      return { failed: signal.aborted ? `it did not answer in ${timeoutMs} ms` : 'it could not be reached' };
    }
  },
});
