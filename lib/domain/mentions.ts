// Whether something stored is about certain people: it has one of their ids or, hashed to one, an address of theirs. So nobody who
// looks for somebody has to keep their address.
import type { Captured } from '../../events/catalogue.ts';
import { hasAddressOf, idsOfAddresses } from './addresses-in-text.ts';
import { leadIdOfCrmPerson } from './ids.ts';
import { sortLine } from './journal/sort-line.ts';

type Ids = ReadonlySet<string>;

const idShape = /(?:lead|visitor|crm)_[0-9a-f]{16}/g;
export const mentions = (ids: Ids, text: string): boolean =>
  (text.match(idShape) ?? []).some((id) => ids.has(id)) || (/@|%40/.test(text) && hasAddressOf(ids, text));

/** The ids the line tells of, or joins to each other. */
const subjectsOf = (line: Captured): string[] => {
  const sorted = sortLine(line);
  if ('refused' in sorted) return [];
  return sorted.assignments.flatMap(({ subject, link }) => [
    ...('leadId' in subject ? [subject.leadId] : []),
    ...(link === undefined ? [] : [link.leadId]),
  ]);
};

/** It tells of them, or joins them to somebody. */
export const isSubject = (ids: Ids, line: Captured): boolean => subjectsOf(line).some((id) => ids.has(id));

export const isAbout = (ids: Ids, line: Captured): boolean =>
  isSubject(ids, line) || mentions(ids, JSON.stringify(line));

/** Whom a deal's line names as contacts, by their ids. */
export const contactsIn = (line: Captured): string[] => {
  if (line.type !== 'crm-change-captured.v1' || line.change.object !== 'opportunity') return [];
  const { contacts = [], primaryContactEmail = '' } = line.change;
  const records = contacts.map(({ externalId }) => leadIdOfCrmPerson(line.source, externalId));
  return [...records, ...idsOfAddresses(primaryContactEmail)];
};

/** A deal's line without contacts of its who are among them. */
export const withoutContacts = (ids: Ids, line: Captured): Captured => {
  if (line.type !== 'crm-change-captured.v1' || line.change.object !== 'opportunity') return line;
  if (!contactsIn(line).some((id) => ids.has(id))) return line;
  const { primaryContactEmail: email, contacts = [], ...change } = line.change;
  const left = contacts.filter(({ externalId }) => !ids.has(leadIdOfCrmPerson(line.source, externalId)));
  const keepsEmail = email !== undefined && !hasAddressOf(ids, email);
  return {
    ...line,
    change: {
      ...change,
      ...(keepsEmail && { primaryContactEmail: email }),
      ...(left.length > 0 && { contacts: left }),
    },
  };
};
