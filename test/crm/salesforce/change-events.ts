// Change events as Event Relay puts them on the bus: what changed, compound fields as such, and who did it by what means.
import type { SalesforceObject } from './objects.ts';

/** How Salesforce names the place of a field in an event. */
const placeOf = (object: SalesforceObject, field: string): string => {
  const person = object === 'Lead' || object === 'Contact';
  if (person && ['Salutation', 'FirstName', 'LastName'].includes(field)) return `Name.${field}`;
  const [, of = '', part] =
    /^(Mailing|Other|Billing|Shipping)?(Street|City|State|PostalCode|Country)$/.exec(field) ?? [];
  return part === undefined ? field : `${of}Address.${part}`;
};

/** Not in events: they follow from others, or are of the header. */
const unsaid = new Set(['Id', 'IsDeleted', 'SystemModstamp', 'MasterRecordId']);

export interface Origin {
  /** `rest`, `soap` by way of the API; Lightning is Salesforce's own client of its SOAP API. */
  changeOrigin: string;
  commitUser: string;
}

export const byPeople: Origin = {
  changeOrigin: 'com/salesforce/api/soap/66.0;client=SfdcInternalAPI/',
  commitUser: '0055e000000PEOPAAO',
};

/** `client` as the call's options have it. */
export const byApi = (api: 'rest' | 'soap', version: string, client: string | undefined): Origin => ({
  changeOrigin: `com/salesforce/api/${api}/${version}${client === undefined ? '' : `;client=${client}`}`,
  commitUser: '0055e000000APIUAAO',
});

export interface Change {
  object: SalesforceObject;
  id: string;
  changeType: 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE';
  /** What is other now, by the fields' names. */
  changed: Readonly<Record<string, unknown>>;
  at: number;
  origin: Origin;
  transaction: number;
  sequence: number;
}

export const changeEvent = (change: Change): Record<string, unknown> => {
  const { object, id, changeType, at, origin, transaction, sequence } = change;
  const said = Object.entries(change.changed).filter(([field]) => !unsaid.has(field) && !field.includes('.'));
  const compound = new Set(
    said
      .map(([field]) => placeOf(object, field).split('.'))
      .filter((path) => path[1])
      .map(([of]) => of),
  );
  const payload: Record<string, unknown> = { LastModifiedDate: new Date(at).toISOString() };
  for (const [field, value] of said) {
    const [outer = '', inner] = placeOf(object, field).split('.');
    if (compound.has(outer) && inner === undefined) continue;
    if (inner === undefined) payload[outer] = value;
    else payload[outer] = { ...Object(payload[outer]), [inner]: value };
  }
  const updated = changeType === 'UPDATE';
  const places = (fields: readonly [string, unknown][]) =>
    fields.map(([field]) => placeOf(object, field)).filter((place) => !compound.has(place));
  return {
    schema: 'mMj9pZNs-KOpuKP54R8PtQ',
    payload: {
      ChangeEventHeader: {
        ...{ entityName: object, recordIds: [id], changeType, ...origin },
        transactionKey: `00000000-0000-4000-8000-${String(transaction).padStart(12, '0')}`,
        ...{ sequenceNumber: sequence, commitTimestamp: at, commitNumber: 1_100_638_524_517 + transaction },
        changedFields: updated ? [...places(said), 'LastModifiedDate'] : [],
        nulledFields: updated ? places(said.filter(([, value]) => value === null)) : [],
        diffFields: [],
      },
      ...(changeType === 'DELETE' ? {} : payload),
    },
    event: { replayId: 32_859 + transaction * 10 + sequence },
  };
};
