// A record as Salesforce reports it, by whichever way, and what reading one comes to.
import type { CrmChange } from '../../../events/crm-change-captured.v1.ts';
import { filled } from '../contract-shapes.ts';
import { type Fields, fieldName, textIn } from './fields.ts';

export interface SalesforceRecord {
  /** `Lead`, `Account`, … */
  sObject: string;
  /** 18 characters. */
  id: string;
  fields: Fields;
  /** undefined: it is there, and nobody says since when. */
  deleted: boolean | undefined;
  /** Names of the fields that changed, where it was told; others came along without having changed. */
  changed?: ReadonlySet<string> | undefined;
}

export interface Said {
  change: CrmChange;
  /** Milliseconds since 1970, where this became so at a time of its own and not when the record was last touched. */
  at?: number | undefined;
  /** Names it among several of one record. */
  part?: string;
}

/** `unread`: why nothing came of it, or what of it could not be made out. */
export interface Outcome {
  said: readonly Said[];
  unread?: string;
}

/** What a change says, without what it leaves unsaid; why not, if it says nothing. */
export const said = (change: CrmChange): Outcome => {
  const told = filled(change)!;
  if (Object.keys(told).length > 2) return { said: [{ change: told }] };
  return { said: [], unread: 'nothing changed that is read here' };
};

/** Which field holds what: the tenant's word, else Salesforce's own. */
export const placesOf =
  <Field extends string>(usual: Partial<Record<Field, string>>, mapped: Partial<Record<Field, string>>) =>
  (field: Field): string => {
    const named = mapped[field] ?? usual[field];
    return named === undefined ? '' : fieldName(named);
  };

/** An owner's id, or the mail address where the tenant names a field that has it. */
export const ownerIn = (fields: Fields, place: string) => {
  if (fields.get(place) === null) return { ownerExternalId: null };
  const owner = textIn(fields, place, 100);
  if (owner === undefined) return {};
  return owner.includes('@') ? { ownerEmail: owner } : { ownerExternalId: owner };
};
