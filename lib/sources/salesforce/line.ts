// From a record of Salesforce to a line of the journal: which objects are heard, and what as.
import type { CrmChangeCaptured } from '../../../events/crm-change-captured.v1.ts';
import type { CrmMapping } from '../../domain/playbook/crm.ts';
import { contractId, momentOf } from '../contract-shapes.ts';
import type { Unread } from '../source.ts';
import { readEvent, readTask } from './activities.ts';
import { readContactRole, readContract, readOpportunity } from './deals.ts';
import { readAccount, readPerson } from './people-and-accounts.ts';
import type { Outcome, SalesforceRecord } from './record.ts';

const readers: Readonly<Record<string, (record: SalesforceRecord, mapping: CrmMapping) => Outcome>> = {
  Lead: readPerson,
  Contact: readPerson,
  Account: readAccount,
  Opportunity: readOpportunity,
  OpportunityContactRole: readContactRole,
  Contract: readContract,
  Task: readTask,
  Event: readEvent,
};

interface Report {
  /** Name of the connection. */
  source: string;
  /** What tells this report of a record from every other of any record; the same when it is sent again. */
  id: string;
  /** Milliseconds since 1970, as both below. */
  at: number;
  now: number;
  mapping: CrmMapping;
}

/** A name of Salesforce's is repeated in the log only as such; whatever else somebody sent is not. */
const named = (sObject: string): string => (/^\w{1,80}$/.test(sObject) ? sObject : 'an object');

export const lineOf = (
  record: SalesforceRecord,
  { source, id, at, now, mapping }: Report,
): { lines: CrmChangeCaptured[]; unread: Unread[] } => {
  const what = named(record.sObject);
  const read = Object.hasOwn(readers, record.sObject) ? readers[record.sObject]! : undefined;
  if (read === undefined) return { lines: [], unread: [{ what, why: 'objects of this kind mean nothing here' }] };
  const outcome = read(record, mapping);
  const unread = outcome.unread === undefined ? [] : [{ what, why: outcome.unread }];
  const lines = outcome.said.map(
    ({ change, at: since = at, part }): CrmChangeCaptured => ({
      type: 'crm-change-captured.v1',
      id: contractId(`${source}:`, id, part === undefined ? '' : `.${part}`),
      source,
      // Never after it was heard: the latest change wins, and a clock that runs ahead would win for ever.
      occurredAt: momentOf(Math.max(0, Math.min(since, now))),
      receivedAt: momentOf(now),
      change,
    }),
  );
  return { lines, unread };
};
