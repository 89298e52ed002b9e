// What somebody changed, as the audit log keeps it: who, what and about which ids. Their reasons are kept with what they changed, and
// nothing else of anybody: the log outlives whoever it is about.
import { fingerprintOf } from './ids.ts';
import { subjectNamed } from './journal/subjects.ts';

/** The part before the dot is what was used, the other what was done with it. */
export type DeedName =
  `${'lead' | 'review' | 'identity' | 'import' | 'crm' | 'operation' | 'export' | 'playbook' | 'user' | 'secret'}.${string}`;

export interface Deed {
  /** Of what it brought about: a line, an operation. The same again, however often it is sent, is one entry. */
  id: string;
  /** ISO. */
  at: string;
  /** A verified address; the kind of a service's token; the assignment whose mail had the link; or an account of a machine. */
  who: string;
  via: 'user' | 'token' | 'link' | 'command';
  /** Whom a service names as the one who decided: said, not proven. */
  saidBy?: string | undefined;
  what: DeedName;
  /** Ids only. */
  about: readonly string[];
  /** Of a list: how many lines. */
  lines?: number | undefined;
}

/** The ids of what was named: an address becomes the id of whoever has it. */
export const idsNamed = (names: readonly (string | undefined)[]): string[] =>
  names.flatMap((name) => {
    if (name === undefined) return [];
    return name.includes('@') ? (subjectNamed(name)?.leadId ?? []) : [name];
  });

/** Of several lines, whichever request brings them. */
export const deedIdOfLines = (ids: readonly string[]): string =>
  ids.length === 1 ? ids[0]! : `lines:${fingerprintOf(ids.join('\n'))}`;
