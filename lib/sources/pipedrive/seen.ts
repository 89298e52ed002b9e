// One of Pipedrive's records as it was seen, and how its news is told from what was so before.
import type { CrmChange } from '../../../events/crm-change-captured.v1.ts';
import type { CrmMapping } from '../../domain/playbook/crm.ts';
import { names, type Values } from './values.ts';

export interface Told {
  /** Milliseconds since 1970, as Pipedrive has it. */
  at: number;
  change: CrmChange;
}

export interface Seen {
  id: string;
  record: Values;
  /** What changed, as it was before; null where the record is new; absent in lists, which do not tell. */
  previous?: Values | null | undefined;
  /** When it was said. */
  at: number;
  mapping: CrmMapping;
}

/** What it tells, or why it tells nothing. */
export type Telling = Told[] | string;

/** Whether the property became what it is just now. */
export const justNow = ({ previous }: Seen, property: string): boolean =>
  previous === null || (previous !== undefined && names(previous, property));

export const isDeleted = ({ record }: Seen): boolean => record.is_deleted === true || record.status === 'deleted';
