// The CRM's port on Salesforce, by jsforce: signing in, sObject Collections, queries, merges and conversions.
import type { Crm } from '../../crm.ts';
import type { Connection } from '../../domain/connection.ts';
import type { CrmMapping } from '../../domain/playbook/crm.ts';
import { pullFrom } from './salesforce/pull.ts';
import { openSession, type SalesforceCredentials } from './salesforce/session.ts';
import { writeTo } from './salesforce/write.ts';

export interface SalesforceOptions {
  connection: Extract<Connection, { kind: 'salesforce' }>;
  /** Of a connected app that may use the client credentials flow. */
  credentials: SalesforceCredentials;
  mapping: CrmMapping;
  timeoutMs?: number;
  random?: () => number;
  wait?: (ms: number) => Promise<void>;
}

const waitOnWall = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Besides CrmUnavailable its calls throw CrmCredentialsRefused, and SalesforceRefusal where something else in the organisation or in
 * the tenant's configuration is to be changed. */
export const createSalesforce = ({
  connection: { apiUrl, writeBack },
  credentials,
  mapping,
  timeoutMs = 15_000,
  random = Math.random,
  wait = waitOnWall,
}: SalesforceOptions): Required<Crm> => {
  if (apiUrl === undefined) throw new Error('a connection to Salesforce needs apiUrl, its My Domain, to be called');
  // Read when it is first wanted: what SOAP's calls need is a quarter of all of it.
  const merging = () => import('./salesforce/merge.ts');
  const session = openSession({ apiUrl, credentials, random, wait, timeoutMs });
  return {
    write: writeTo(session, writeBack),
    changedSince: pullFrom(session, mapping),
    merge: async (...given) => (await merging()).mergeIn(session)(...given),
    convert: async (...given) => (await merging()).convertIn(session)(...given),
  };
};
