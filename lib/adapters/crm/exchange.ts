// One call of a CRM's API, whichever client makes it: in time, not endless, tried again once where that may help, and judged by its
// status the same for every vendor. Vendors' clients would try for minutes, hold any length of answer and quote it in their errors.
import { setTimeout } from 'node:timers/promises';
import { CrmUnavailable } from '../../crm.ts';

export interface Call {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string | undefined;
}
export interface Reply {
  status: number;
  headers: Readonly<Record<string, string>>;
  text: string;
}
/** Answers 2xx with JSON. Throws CrmUnavailable, CrmCredentialsRefused or CrmRejected. */
export type Send = (call: Call) => Promise<Reply>;

export interface ExchangeOptions {
  fetch?: typeof globalThis.fetch;
  wait?: (milliseconds: number) => Promise<unknown>;
  /** From 0 up to 1. */
  random?: () => number;
  timeoutMs?: number;
  maximumBytes?: number;
  /** Longer than the vendor's window for bursts nobody waits in here: a queue waits better. */
  longestWaitMs?: number;
}

/** Somebody has to mend it, in Muster's secret or in the CRM; until then it is tried again, and ends in the dead-letter queue. */
export class CrmCredentialsRefused extends Error {
  readonly code = 'crm-credentials-refused';
  readonly retryable = true;
}

/** The CRM would not take this call. What it said of it quotes values, so it stays in here. */
export class CrmRejected extends Error {
  readonly code = 'crm-rejected';
  readonly retryable = false;
  readonly status: number;
  readonly #said: string;

  constructor(what: string, { status, text }: Reply) {
    super(`${what} was rejected: ${status}`);
    this.status = status;
    this.#said = text;
  }

  says(word: string): boolean {
    return this.#said.includes(word);
  }
}

const tries = 2;
const backoffMs = 500;

/** Statuses that are not of the call: too early, locked, being moved to another data centre (HubSpot's 477). */
const passing = new Set([408, 423, 425, 429, 477]);

type Attempt = { reply: Reply } | { error: Error; again: boolean };

/** Undefined: it is longer. */
const textOf = async ({ body }: Response, maximumBytes: number): Promise<string | undefined> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maximumBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const judged = (crm: string, what: string, reply: Reply, retryAfterMs: number | undefined): Attempt => {
  const { status } = reply;
  if (status >= 200 && status < 300) {
    return isJson(reply.text) ? { reply } : { error: new CrmUnavailable(`${what} was answered no JSON`), again: true };
  }
  if (status === 401 || status === 402 || status === 403) {
    const why = `${what} was answered ${status}: ${crm} refuses the credentials, or they may not do this`;
    return { error: new CrmCredentialsRefused(why), again: false };
  }
  if (status < 500 && !passing.has(status)) return { error: new CrmRejected(what, reply), again: false };
  return { error: new CrmUnavailable(`${what} was answered ${status}`, { retryAfterMs }), again: true };
};

/** `retryAfterMs`: how long the vendor asks to wait, read from an answer that is no 2xx. */
export const openExchange = (
  crm: string,
  retryAfterMs: (reply: Reply) => number | undefined,
  options: ExchangeOptions = {},
): Send => {
  const { wait = setTimeout, random = Math.random, timeoutMs = 10_000, maximumBytes = 8_000_000 } = options;
  const { fetch = globalThis.fetch, longestWaitMs = 1_000 } = options;

  const attempt = async ({ method, url, headers, body }: Call): Promise<Attempt> => {
    // Without the query, which says what is asked for.
    const what = `${crm}: ${method} ${new URL(url).pathname}`;
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(url, { method, headers, body: body ?? null, signal, redirect: 'error' });
      const text = await textOf(response, maximumBytes);
      const { status } = response;
      if (text === undefined) {
        return { error: new CrmUnavailable(`${what} was answered with over ${maximumBytes} bytes`), again: false };
      }
      const reply = { status, headers: Object.fromEntries(response.headers), text };
      return judged(crm, what, reply, retryAfterMs(reply));
    } catch (cause) {
      const why = signal.aborted ? `was not answered in ${timeoutMs} ms` : 'lost its connection';
      return { error: new CrmUnavailable(`${what} ${why}`, { cause }), again: !signal.aborted };
    }
  };

  return async (call) => {
    for (let tried = 1; ; tried += 1) {
      const outcome = await attempt(call);
      if ('reply' in outcome) return outcome.reply;
      const asked = outcome.error instanceof CrmUnavailable ? (outcome.error.retryAfterMs ?? 0) : 0;
      if (!outcome.again || tried === tries || asked > longestWaitMs) throw outcome.error;
      await wait(asked + random() * backoffMs);
    }
  };
};

/** `Retry-After`, of seconds or of a date, in milliseconds from now. */
export const retryAfterHeader = ({ headers }: Reply): number | undefined => {
  const said = headers['retry-after'];
  if (said === undefined) return undefined;
  const milliseconds = /^\d+$/.test(said) ? Number(said) * 1_000 : Date.parse(said) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
};
