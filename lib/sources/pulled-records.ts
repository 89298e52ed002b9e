// Which source reads what a connection's API lists.
import type { CrmChangeCaptured } from '../../events/crm-change-captured.v1.ts';
import type { Connection } from '../domain/connection.ts';
import type { CrmMapping } from '../domain/playbook/crm.ts';
import { hubspotRecords } from './hubspot.ts';
import { pipedriveRecords } from './pipedrive.ts';
import { salesforceRecords } from './salesforce-records.ts';
import type { Unread } from './source.ts';

type Listed = 'person' | 'account' | 'opportunity' | 'contract' | 'activity';
interface Reading {
  lines: CrmChangeCaptured[];
  unread: Unread[];
}
export interface Listing {
  source: string;
  connection: Connection;
  object: Listed;
  /** Milliseconds since 1970. */
  now: number;
  mapping: CrmMapping;
}

const nothing: Reading = { lines: [], unread: [] };
const hubspotKinds = { person: 'contact', account: 'company', opportunity: 'deal' } as const;
const pipedriveKinds = {
  person: 'person',
  account: 'organization',
  opportunity: 'deal',
  activity: 'activity',
} as const;

const isRow = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** A row of Salesforce's says itself what it is of: a person is a lead or a contact. */
const kindOf = (row: Readonly<Record<string, unknown>>): string => {
  const { attributes } = row;
  return isRow(attributes) && typeof attributes.type === 'string' ? attributes.type : '';
};

const readSalesforce = (records: readonly unknown[], { source, now, mapping }: Listing): Reading => {
  const byKind = Map.groupBy(records.filter(isRow), kindOf);
  const all = [...byKind].map(([sObject, rows]) => salesforceRecords(sObject, rows, source, now, mapping));
  return { lines: all.flatMap(({ lines }) => lines), unread: all.flatMap(({ unread }) => unread) };
};

/** Records of one kind in the lines a webhook would have become. Listed again unchanged they are the same lines. */
export const readListed = (records: readonly unknown[], listing: Listing): Reading => {
  const { source, connection, object, now, mapping } = listing;
  switch (connection.kind) {
    case 'hubspot':
      return object in hubspotKinds
        ? hubspotRecords(hubspotKinds[object as keyof typeof hubspotKinds], records, source, now, mapping)
        : nothing;
    case 'pipedrive':
      return object in pipedriveKinds
        ? pipedriveRecords(pipedriveKinds[object as keyof typeof pipedriveKinds], records, source, now, mapping)
        : nothing;
    case 'salesforce':
      return readSalesforce(records, listing);
    case 'signed':
      return nothing;
  }
};
