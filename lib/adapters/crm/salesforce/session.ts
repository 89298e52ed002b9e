// A connection of jsforce's that is signed in: by the client credentials flow, which acts as the user an admin has chosen for it
// (help.salesforce.com, "OAuth 2.0 Client Credentials Flow"). The token is kept until Salesforce takes it no more.
import { Connection } from 'jsforce/lib/connection.js';
import { OAuth2 } from 'jsforce/lib/oauth2.js';
import * as z from 'zod';
import { CrmUnavailable } from '../../../crm.ts';
import { ourClient } from '../../../sources/salesforce/our-client.ts';
import { CrmCredentialsRefused } from '../exchange.ts';
import { faultOf } from './faults.ts';
import { createTransport } from './transport.ts';

/** Every organisation has it since spring 2026. */
const apiVersion = '66.0';

export interface SalesforceCredentials {
  clientId: string;
  clientSecret: string;
}

export interface SessionOptions {
  /** The organisation's My Domain: that flow is at no other address. */
  apiUrl: string;
  credentials: SalesforceCredentials;
  /** From 0 up to 1. */
  random: () => number;
  /** Ends after so many milliseconds. */
  wait: (ms: number) => Promise<void>;
  /** How long one call may take, all in all. */
  timeoutMs: number;
}

export interface Session {
  /** Calls, and calls again what failed in passing. Throws CrmUnavailable, CrmCredentialsRefused or SalesforceRefusal. */
  call<T>(run: (connection: Connection) => Promise<T>): Promise<T>;
  /** What `call` does between its attempts. */
  pause(attempt: number, atLeastMs?: number): Promise<void>;
}

/** With the waits between them less than 3 s: whoever called has a queue to wait in. */
export const attempts = 3;
const firstWaitMs = 400;
const longestWaitMs = 2_000;

const tokenAnswer = z.object({ access_token: z.string().min(1) });
const tokenError = z.object({ name: z.string().regex(/^[a-z_]{3,60}$/) });

/** A wrong id or secret is told by the standard's code alone (RFC 6749, 5.2). */
const signInFault = (error: unknown): CrmUnavailable | CrmCredentialsRefused => {
  if (error instanceof CrmUnavailable) return error;
  const code = tokenError.safeParse(error).data?.name;
  if (code === undefined) return new CrmUnavailable('Salesforce gave no token');
  return new CrmCredentialsRefused(`Salesforce refuses the credentials: ${code}`);
};

export function openSession({ apiUrl, credentials, random, wait, timeoutMs }: SessionOptions): Session {
  const transport = createTransport(timeoutMs);
  const oauth2 = new OAuth2({ loginUrl: apiUrl, ...credentials });
  oauth2._transport = transport;
  const connection = new Connection({
    instanceUrl: new URL(apiUrl).origin,
    version: apiVersion,
    // Change events of what we write then end in `client=Muster`.
    callOptions: { client: ourClient },
    // Whatever the environment says: its debug log has bodies and tokens.
    logLevel: 'NONE',
  });
  connection._transport = transport;
  let signingIn: Promise<void> | undefined;

  async function signIn(): Promise<void> {
    try {
      const answer = tokenAnswer.parse(await oauth2.requestToken({ grant_type: 'client_credentials' }));
      connection.accessToken = answer.access_token;
    } catch (error) {
      throw signInFault(error);
    } finally {
      signingIn = undefined;
    }
  }

  async function once<T>(run: (connection: Connection) => Promise<T>): Promise<T | 'expired'> {
    if (!connection.accessToken) {
      // Calls that begin together sign in once.
      signingIn ??= signIn();
      await signingIn;
    }
    const token = connection.accessToken;
    try {
      return await run(connection);
    } catch (error) {
      const fault = faultOf(error);
      // What cannot be read, neither as an answer nor as an error, is quoted to nobody.
      if (fault === undefined) throw new CrmUnavailable('Salesforce answered what cannot be read');
      if (fault !== 'expired') throw fault;
      if (connection.accessToken === token) connection.accessToken = null;
      return fault;
    }
  }

  /** Full jitter: whoever failed together does not come back together. */
  const pause = (attempt: number, atLeastMs = 0): Promise<void> =>
    wait(atLeastMs + random() * Math.min(longestWaitMs, firstWaitMs * 2 ** attempt));

  return {
    pause,
    async call(run) {
      let renewed = false;
      for (let attempt = 0; ; attempt += 1) {
        try {
          let answer = await once(run);
          if (answer === 'expired' && !renewed) {
            renewed = true;
            answer = await once(run);
          }
          if (answer === 'expired') throw new CrmUnavailable('Salesforce takes no token, not even a new one');
          return answer;
        } catch (error) {
          if (!(error instanceof CrmUnavailable)) throw error;
          const { retryAfterMs = 0 } = error;
          if (attempt + 1 >= attempts || retryAfterMs > longestWaitMs) throw error;
          await pause(attempt, retryAfterMs);
        }
      }
    },
  };
}
