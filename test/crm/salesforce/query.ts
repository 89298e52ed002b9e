// The forms of SOQL that Muster uses, held to strictly: whatever else is asked is refused, as a query that cannot be read is.
import type { StubRecord } from '../stub-crm.ts';
import { objectOf, type SalesforceObject, standardFields } from './objects.ts';
import type { Organisation } from './organisation.ts';

export interface ApiError {
  errorCode: string;
  message: string;
}
export type Row = Record<string, unknown>;

const moment = /(?<since>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z)/.source;
const select = /^SELECT (?<fields>[\w.]+(?:, [\w.]+)*) FROM (?<object>\w+) WHERE /.source;
const changed = new RegExp(`${select}SystemModstamp >= ${moment} ORDER BY SystemModstamp, Id$`);
const one = new RegExp(`${select}Id = '(?<id>[a-zA-Z0-9]{18})'$`);
const convertedStatus = 'SELECT MasterLabel FROM LeadStatus WHERE IsConverted = true ORDER BY SortOrder LIMIT 1';

const modstamp = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');

const valueIn = (organisation: Organisation, record: StubRecord, field: string): unknown => {
  const { id, createdAt, updatedAt, archivedAt, mergedInto, properties } = record;
  const kept: Row = {
    ...{ Id: id, IsDeleted: archivedAt !== undefined, MasterRecordId: mergedInto ?? null },
    ...{ CreatedDate: modstamp(createdAt), SystemModstamp: modstamp(updatedAt), LastModifiedDate: modstamp(updatedAt) },
  };
  if (Object.hasOwn(kept, field)) return kept[field];
  if (field !== 'Account.Name') return properties[field] ?? null;
  const account = organisation.find(String(properties.AccountId));
  return account === undefined ? null : { attributes: { type: 'Account' }, Name: account.properties.Name ?? null };
};

const rowOf = (
  organisation: Organisation,
  object: SalesforceObject,
  record: StubRecord,
  fields: readonly string[],
): Row => ({
  attributes: { type: object, url: `/services/data/v66.0/sobjects/${object}/${record.id}` },
  ...Object.fromEntries(fields.map((field) => [field.split('.')[0], valueIn(organisation, record, field)])),
});

export interface QueryOptions {
  organisation: Organisation;
  customFields: Partial<Record<SalesforceObject, readonly string[]>>;
  /** The bin included. */
  all: boolean;
  convertedStatus: string;
}

const refused = (errorCode: string, message: string): ApiError => ({ errorCode, message });

export function runQuery(
  soql: string,
  { organisation, customFields, all, ...options }: QueryOptions,
): Row[] | ApiError {
  if (soql === convertedStatus) {
    return [{ attributes: { type: 'LeadStatus' }, MasterLabel: options.convertedStatus }];
  }
  const groups = (changed.exec(soql) ?? one.exec(soql))?.groups;
  if (groups === undefined) return refused('MALFORMED_QUERY', 'the stub does not know this form of a query');
  const { since, id } = groups;
  const object = (Object.keys(standardFields) as SalesforceObject[]).find((name) => name === groups.object);
  if (object === undefined) return refused('INVALID_TYPE', `sObject type '${groups.object}' is not supported.`);
  const fields = groups.fields!.split(', ');
  if (new Set(fields).size < fields.length) return refused('MALFORMED_QUERY', 'duplicate field selected');
  const missing = fields.find((field) => !standardFields[object].has(field) && !customFields[object]?.includes(field));
  if (missing !== undefined) {
    const where = `\n${soql.slice(0, 40)}\n       ^\nERROR at Row:1:Column:8\n`;
    return refused(
      'INVALID_FIELD',
      `${where}No such column '${missing}' on entity '${object}'. If you are attempting…`,
    );
  }
  if (id !== undefined && objectOf(id) !== object) return [];
  return organisation
    .ofObject(object)
    .filter((record) => (all || record.archivedAt === undefined) && (id === undefined || record.id === id))
    .filter((record) => since === undefined || record.updatedAt >= Date.parse(since))
    .sort((a, b) => a.updatedAt - b.updatedAt || (a.id < b.id ? -1 : 1))
    .map((record) => rowOf(organisation, object, record, fields));
}
