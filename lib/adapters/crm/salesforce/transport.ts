// How jsforce's calls go out: its own way keeps waiting for half an hour, follows redirects with the token in hand and takes an answer
// of any size. This one is Node's fetch with an end to all three; nor does a bundle then need the HTTP client jsforce brings.
import { PassThrough } from 'node:stream';
import { Transport } from 'jsforce/lib/transport.js';
import type { HttpRequest, HttpResponse } from 'jsforce/lib/types/common.js';
import { StreamPromise } from 'jsforce/lib/util/promise.js';
import { CrmUnavailable } from '../../../crm.ts';

/** A page of 2,000 rows of ours is 2 MB. */
const maximumBytes = 16 * 1_024 * 1_024;

/** Who has waited in vain once need not at once wait again. */
const afterTimeoutMs = 30_000;

/** Of a proxy or of Salesforce's own gateway: nothing was done, and the body is no answer of the API's. */
const passing = new Set([429, 502, 503, 504]);

/** Seconds; Salesforce sends no dates there. */
const retryAfterMs = (headers: Headers): number | undefined => {
  const seconds = headers.get('retry-after') ?? '';
  return /^\d{1,5}$/.test(seconds) ? Number(seconds) * 1_000 : undefined;
};

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maximumBytes) throw new CrmUnavailable('Salesforce answered more than is taken');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What went wrong is told by its code: messages of the network name addresses. */
const lost = (error: unknown): CrmUnavailable => {
  if (error instanceof CrmUnavailable) return error;
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new CrmUnavailable('Salesforce did not answer in time', { retryAfterMs: afterTimeoutMs });
  }
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return new CrmUnavailable(`Salesforce cannot be reached${typeof code === 'string' ? ` (${code})` : ''}`);
};

async function send({ url, method, headers, body }: HttpRequest, timeoutMs: number): Promise<HttpResponse> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, {
      ...{ method, signal, redirect: 'error', headers: headers ?? {} },
      ...(typeof body === 'string' ? { body } : {}),
    });
    const text = await textOf(response);
    if (passing.has(response.status)) {
      const why = `Salesforce answered ${response.status}`;
      throw new CrmUnavailable(why, { retryAfterMs: retryAfterMs(response.headers) });
    }
    return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: text };
  } catch (error) {
    throw lost(error);
  }
}

/** Throws CrmUnavailable where there is no answer of the API's. */
export const createTransport = (timeoutMs: number): Transport => {
  const transport = new Transport();
  // jsforce wants a stream beside the promise, for callers who read while it comes; none of ours does.
  transport.httpRequest = (request) =>
    StreamPromise.create(() => ({ stream: new PassThrough(), promise: send(request, timeoutMs) }));
  return transport;
};
