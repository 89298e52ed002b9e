// Whom a line can be about, and who is meant by an address or an id. Apart from how lines are sorted, which knows every mail domain and
// how companies are named.
import type { Captured } from '../../../events/catalogue.ts';
import { normaliseEmail } from '../email.ts';
import type { DecidedOn } from '../identity-decisions.ts';
import { leadIdOfEmail } from '../ids.ts';
import type { Linked } from '../links.ts';
import type { Meaning } from '../match-decisions.ts';

/** A line that says an identity is this person. */
export interface Link extends Linked {
  leadId: string;
}

/** Another name of the same visitor, by its id. */
export interface Alias {
  other: string;
  at: string;
}

/** What the CRM itself knows a record by. */
export interface CrmRef {
  source: string;
  externalId: string;
}

export type Subject =
  /** Without the address where only the id was named. */
  | { is: 'person'; leadId: string; email?: string }
  | { is: 'visitor'; leadId: string; signedIn?: true }
  /** Without the record where only the id was named. */
  | { is: 'crm'; leadId: string; record?: CrmRef }
  | { is: 'account'; accountId: string; record: CrmRef }
  | { is: 'opportunity' | 'contract'; dealId: string; record: CrmRef }
  /** A company name as people type it, or a mail domain, that somebody said whose it is. */
  | { is: 'name'; nameId: string; text: string }
  | { is: 'domain'; domain: string };
/** A person, a browser or a CRM record. */
export type Identity = Extract<Subject, { leadId: string }>;

/** What one line asks for: its subject keeps the line; other identities are only linked, to a person or to each other. */
export interface Assignment {
  subject: Subject;
  line?: Captured;
  link?: Link;
  alias?: Alias;
  /** A record that was merged into this one, by its id. */
  tookIn?: string;
  /** What was decided of it and another. */
  decided?: DecidedOn;
  /** What was decided that a name or a domain means. */
  meaning?: Meaning;
}

export type Sorted = { assignments: Assignment[] } | { refused: string };

/** Who is meant by an address or an id. */
export const subjectNamed = (name: string): Identity | undefined => {
  const [, kind] = /^(lead|visitor|crm)_[0-9a-f]{16}$/.exec(name) ?? [];
  if (kind === 'lead') return { is: 'person', leadId: name };
  if (kind === 'visitor' || kind === 'crm') return { is: kind, leadId: name };
  const email = normaliseEmail(name);
  return email === undefined ? undefined : { is: 'person', leadId: leadIdOfEmail(email), email };
};
