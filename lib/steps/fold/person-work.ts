// What a batch, or another step of a fold, has for one person.
import type { Captured } from '../../../events/catalogue.ts';
import type { DecidedOn } from '../../domain/identity-decisions.ts';
import type { Part } from './earlier-parts.ts';

export interface PersonWork {
  leadId: string;
  /** Known whenever the person may be new. */
  email?: string;
  lines: readonly Captured[];
  /** Identities linked to this person, as of their version. */
  parts: readonly Part[];
  decisions?: readonly DecidedOn[];
  /** What follows for them from these CRM records, where anything does; what follows from others stays as it is. */
  byRecords?: Record<string, DecidedOn | undefined>;
  /** Who they turned out to be another name of; null: nobody; undefined: whoever it was. */
  mergedInto?: string | null;
  /** The accounts have changed: which one they belong to is asked again. */
  again?: true;
}
