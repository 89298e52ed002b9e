// Whom each captured line is about: the identities and accounts a batch has to touch.
import type { Captured } from '../../../events/catalogue.ts';
import type { CrmChangeCaptured } from '../../../events/crm-change-captured.v1.ts';
import type { TouchCaptured } from '../../../events/touch-captured.v1.ts';
import { normaliseEmail } from '../email.ts';
import { accountIdOfCrm, leadIdOfCrmPerson, leadIdOfEmail, leadIdOfVisitor } from '../ids.ts';

/** A line that says an identity is this person. */
export interface Link {
  email: string;
  at: string;
}

/** Another name of the same visitor, by its id. */
export interface Alias {
  other: string;
  at: string;
}

export type Subject =
  | { is: 'person'; leadId: string; email: string }
  | { is: 'visitor'; leadId: string; signedIn?: true | undefined }
  | { is: 'crm'; leadId: string }
  | { is: 'account'; accountId: string };

/** What one line asks for: its subject keeps the line; other identities are only linked, to a person or to each other. */
export interface Assignment {
  subject: Subject;
  line?: Captured;
  link?: Link;
  alias?: Alias;
}

export type Sorted = { assignments: Assignment[] } | { refused: string };

const person = (email: string): Subject => ({ is: 'person', leadId: leadIdOfEmail(email), email });
const isSignedIn = (name: string): boolean => name.startsWith('user:');
const visitor = (name: string): Subject => ({
  is: 'visitor',
  leadId: leadIdOfVisitor(name),
  signedIn: isSignedIn(name) ? true : undefined,
});

const sortTouch = (line: TouchCaptured): Sorted => {
  const email = line.person.email === undefined ? undefined : normaliseEmail(line.person.email);
  const visitors = [line.person.visitor, line.person.alsoVisitor].filter((name) => name !== undefined);
  if (email !== undefined) {
    const link = { email, at: line.occurredAt };
    const linked = line.flag === undefined ? visitors.map((name) => ({ subject: visitor(name), link })) : [];
    return { assignments: [{ subject: person(email), line }, ...linked] };
  }
  // A signed-in name outlives the browser's, so the touch goes there when both are known.
  const name = visitors.find(isSignedIn) ?? visitors[0];
  if (name === undefined) return { refused: 'neither a valid e-mail nor a visitor' };
  const subject = visitor(name);
  const other = visitors.find((one) => one !== name);
  if (other === undefined || line.flag !== undefined) return { assignments: [{ subject, line }] };
  const at = line.occurredAt;
  return {
    assignments: [
      { subject, line, alias: { other: leadIdOfVisitor(other), at } },
      { subject: visitor(other), alias: { other: leadIdOfVisitor(name), at } },
    ],
  };
};

const sortChange = (line: CrmChangeCaptured): Sorted => {
  const { change, source } = line;
  if (change.object === 'person') {
    const email = change.email === undefined ? undefined : normaliseEmail(change.email);
    const subject: Subject = { is: 'crm', leadId: leadIdOfCrmPerson(source, change.externalId) };
    return { assignments: [{ subject, line, link: email === undefined ? undefined : { email, at: line.occurredAt } }] };
  }
  if (change.object === 'activity') {
    const email = normaliseEmail(change.personEmail);
    return email === undefined ? { refused: 'no valid e-mail' } : { assignments: [{ subject: person(email), line }] };
  }
  const externalId = change.object === 'account' ? change.externalId : change.accountExternalId;
  return { assignments: [{ subject: { is: 'account', accountId: accountIdOfCrm(source, externalId) }, line }] };
};

export const sortLine = (line: Captured): Sorted =>
  line.type === 'touch-captured.v1' ? sortTouch(line) : sortChange(line);
