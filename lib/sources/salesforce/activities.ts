// What sales did with a person: a task once it is done, an event of the calendar.
import { flagIn, idIn, momentIn, textIn } from './fields.ts';
import type { Outcome, SalesforceRecord } from './record.ts';

/** Leads and contacts, by how their ids begin: an activity can be with other things, too. */
const isPerson = (id: string): boolean => id.startsWith('00Q') || id.startsWith('003');

/** It was done, or agreed on, at the time the field has, where that is sent: not when somebody last put it into other words. */
const activity = (
  { fields, id, deleted }: SalesforceRecord,
  kind: 'call' | 'email' | 'meeting' | 'other',
  timeField: string,
): Outcome => {
  if (deleted) return { said: [], unread: 'what was done stays done' };
  const person = idIn(fields, 'WhoId');
  if (!person) return { said: [], unread: 'it names nobody it was with: have WhoId sent along' };
  if (!isPerson(person)) return { said: [], unread: 'it was with neither a lead nor a contact' };
  const change = { object: 'activity', externalId: id, personExternalId: person, kind } as const;
  return { said: [{ change, at: momentIn(fields, timeField) }] };
};

const kinds: Readonly<Record<string, 'call' | 'email' | 'meeting'>> = {
  Call: 'call',
  Email: 'email',
  ListEmail: 'email',
  Meeting: 'meeting',
};
const kindOf = (named: string | undefined) =>
  named !== undefined && Object.hasOwn(kinds, named) ? kinds[named] : undefined;

/** Done by this very report: a task that was done before may have been put into other words only. */
const isDone = ({ fields, changed }: SalesforceRecord): boolean => {
  const told = changed === undefined || changed.size === 0 || changed.has('Status') || changed.has('IsClosed');
  return told && (flagIn(fields, 'IsClosed') ?? textIn(fields, 'Status', 200) === 'Completed');
};

export const readTask = (record: SalesforceRecord): Outcome => {
  if (!record.deleted && !isDone(record)) return { said: [], unread: 'nothing was done yet, or nothing new' };
  const named = (field: string) => kindOf(textIn(record.fields, field, 100));
  return activity(record, named('TaskSubtype') ?? named('Type') ?? 'other', 'CompletedDateTime');
};

export const readEvent = (record: SalesforceRecord): Outcome => activity(record, 'meeting', 'CreatedDate');
