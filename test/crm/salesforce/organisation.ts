// The records of the stub's organisation and what can be done to them, whoever does it.
import type { StubRecord } from '../stub-crm.ts';
import { type Change, changeEvent, type Origin } from './change-events.ts';
import { following, idNumbered, type SalesforceObject } from './objects.ts';

export interface OrganisationOptions {
  now: () => number;
  /** Called with each record that was made or changed, as a flow of the organisation's would be. */
  saved: (object: SalesforceObject, record: StubRecord) => void;
}

export type Properties = Record<string, unknown>;

export function createOrganisation({ now, saved }: OrganisationOptions) {
  const records = new Map<string, { object: SalesforceObject; record: StubRecord }>();
  const changeEvents: Record<string, unknown>[] = [];
  let numbers = 0;
  let transactions = 0;

  const find = (id: string): StubRecord | undefined => records.get(id)?.record;

  const existing = (id: string): { object: SalesforceObject; record: StubRecord } => {
    const found = records.get(id);
    if (found === undefined || found.record.archivedAt !== undefined) throw new Error(`there is no record ${id}`);
    return found;
  };

  /** One transaction of one user's; changes in it share a key and are numbered. */
  function begin(origin: Origin) {
    transactions += 1;
    const transaction = transactions;
    let sequence = 0;

    const tell = (change: Pick<Change, 'object' | 'id' | 'changeType' | 'changed'>): void => {
      sequence += 1;
      changeEvents.push(changeEvent({ ...change, at: now(), origin, transaction, sequence }));
    };

    function create(object: SalesforceObject, properties: Properties, given?: string): string {
      numbers += 1;
      const id = given ?? idNumbered(object, numbers);
      if (records.has(id)) throw new Error(`there is a record ${id} already`);
      const at = now();
      const all = { ...properties, ...following(object, properties, {}, new Date(at).toISOString()) };
      const record: StubRecord = { id, properties: all, createdAt: at, updatedAt: at, associations: {}, history: [] };
      records.set(id, { object, record });
      tell({ object, id, changeType: 'CREATE', changed: all });
      saved(object, record);
      return id;
    }

    function change(id: string, properties: Properties): void {
      const { object, record } = existing(id);
      const before = record.properties;
      const after = { ...before, ...properties };
      record.updatedAt = now();
      record.properties = { ...after, ...following(object, after, before, new Date(record.updatedAt).toISOString()) };
      const other = Object.entries(record.properties).filter(([field, value]) => value !== (before[field] ?? null));
      if (other.length > 0) tell({ object, id, changeType: 'UPDATE', changed: Object.fromEntries(other) });
      saved(object, record);
    }

    function remove(id: string, mergedInto?: string): void {
      const { object, record } = existing(id);
      record.archivedAt = record.updatedAt = now();
      if (mergedInto !== undefined) record.mergedInto = mergedInto;
      tell({ object, id, changeType: 'DELETE', changed: {} });
    }

    function undelete(id: string): void {
      const found = records.get(id);
      if (found?.record.archivedAt === undefined) throw new Error(`there is no deleted record ${id}`);
      delete found.record.archivedAt;
      delete found.record.mergedInto;
      found.record.updatedAt = now();
      tell({ object: found.object, id, changeType: 'UNDELETE', changed: found.record.properties });
      saved(found.object, found.record);
    }

    /** What belonged to the one that goes belongs to the other, as Salesforce has it. */
    function merge(into: string, from: string): void {
      existing(into);
      existing(from);
      for (const [id, { record }] of records) {
        for (const [field, value] of Object.entries(record.properties)) {
          if (value === from && record.archivedAt === undefined && id !== from) change(id, { [field]: into });
        }
      }
      remove(from, into);
      change(into, {});
    }

    function convert(lead: string, account: string | undefined, status: string): { contact: string; account: string } {
      const { record } = existing(lead);
      const { FirstName, LastName, Email, Title, Phone, Company, Website, OwnerId } = record.properties;
      const accountId = account ?? create('Account', { Name: Company ?? LastName, Website: Website ?? null, OwnerId });
      const contact = create('Contact', { FirstName, LastName, Email, Title, Phone, OwnerId, AccountId: accountId });
      const converted = { IsConverted: true, ConvertedContactId: contact, ConvertedAccountId: accountId };
      change(lead, { ...converted, ConvertedDate: new Date(now()).toISOString().slice(0, 10), Status: status });
      return { contact, account: accountId };
    }

    return { create, change, remove, undelete, merge, convert };
  }

  const ofObject = (object: SalesforceObject): StubRecord[] =>
    [...records.values()].filter((one) => one.object === object).map(({ record }) => record);

  return { begin, find, ofObject, changeEvents: changeEvents as readonly Record<string, unknown>[] };
}
export type Organisation = ReturnType<typeof createOrganisation>;
