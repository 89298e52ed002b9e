// Which object a record is of, by how its id begins: "Standard Field Key Prefixes" of Salesforce. Only what passes here goes into a
// query or a call.
import type { CrmUpdate } from '../../../crm.ts';
import { recordId } from '../../../sources/salesforce/record-id.ts';

export interface RecordName {
  sObject: 'Lead' | 'Contact' | 'Account';
  /** 18 characters. */
  id: string;
}

const sObjects: Readonly<Record<string, { sObject: RecordName['sObject']; is: CrmUpdate['object'] }>> = {
  '00Q': { sObject: 'Lead', is: 'person' },
  '003': { sObject: 'Contact', is: 'person' },
  '001': { sObject: 'Account', is: 'account' },
};

/** undefined: it is no id of such a record. */
export const recordNamed = (object: CrmUpdate['object'], externalId: string): RecordName | undefined => {
  const id = recordId(externalId);
  const prefix = id?.slice(0, 3) ?? '';
  const of = Object.hasOwn(sObjects, prefix) ? sObjects[prefix] : undefined;
  return id !== undefined && of?.is === object ? { sObject: of.sObject, id } : undefined;
};

export const noSuchId = (object: CrmUpdate['object']) =>
  ({ outcome: 'refused', why: object === 'person' ? 'no id of a lead or contact' : 'no id of an account' }) as const;
