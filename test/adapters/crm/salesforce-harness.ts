// The adapter and the stub it talks to through the real jsforce, as the tests of it have them: until the test is over.
import { onTestFinished } from 'vitest';
import { createSalesforce } from '../../../lib/adapters/crm/salesforce.ts';
import type { CrmUpdate } from '../../../lib/crm.ts';
import type { Connection } from '../../../lib/domain/connection.ts';
import type { CrmMapping } from '../../../lib/domain/playbook/crm.ts';
import { noMapping } from '../../../lib/domain/playbook/crm-mapping.ts';
import { openStubSalesforce, type SalesforceOptions } from '../../crm/stub-salesforce.ts';

export const organisationId = '00D000000000062EAA';
export const credentials = { clientId: '3MVG9_muster', clientSecret: 'the-secret-of-the-app' };

type WriteBack = Extract<Connection, { kind: 'salesforce' }>['writeBack'];

const names = {
  status: 'Muster_Status__c',
  reason: 'Muster_Reason__c',
  score: 'Muster_Score__c',
  grade: 'Muster_Grade__c',
};
export const writeBack = { person: { ...names, id: 'Muster_Id__c' }, account: { status: 'Muster_Status__c' } };
const custom = Object.values(writeBack.person);

export async function openSalesforce({
  mapping = noMapping,
  timeoutMs = 2_000,
  back = writeBack,
  make = createSalesforce,
  ...more
}: Partial<SalesforceOptions> & {
  mapping?: CrmMapping;
  timeoutMs?: number;
  back?: WriteBack;
  make?: typeof createSalesforce;
} = {}) {
  let time = Date.parse('2026-11-22T09:00:00.000Z');
  const salesforce = await openStubSalesforce({
    ...{ ...credentials, organisationId, now: () => (time += 1_000) },
    customFields: { Lead: custom, Contact: custom, Account: ['Muster_Status__c'] },
    ...more,
  });
  onTestFinished(() => salesforce.close());
  const waits: number[] = [];
  const crm = make({
    connection: { kind: 'salesforce', organisationId, apiUrl: salesforce.url, writeBack: back },
    ...{ credentials, mapping, timeoutMs, random: () => 0.5 },
    wait: async (ms) => void waits.push(ms),
  });
  return { salesforce, crm, waits };
}

export type Opened = Awaited<ReturnType<typeof openSalesforce>>;

export const calls = ({ salesforce }: Opened, where: string) =>
  salesforce.requests.filter(({ method, path }) => `${method} ${path}`.includes(where));
export const collections = (of: Opened) => calls(of, 'PATCH /services/data/v66.0/composite/sobjects');
export const lead = ({ salesforce }: Opened, LastName = 'Buyer') =>
  salesforce.create('Lead', { LastName, Company: 'Acme' });

export const statusOf = (externalId: string, status: string, object: CrmUpdate['object'] = 'person'): CrmUpdate => ({
  ...{ object, externalId, values: { status } },
});
