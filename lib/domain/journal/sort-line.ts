// Whom each captured line is about: the identities and accounts a batch has to touch.
import type { ActionCaptured } from '../../../events/action-captured.v1.ts';
import type { Captured } from '../../../events/catalogue.ts';
import type { CrmChangeCaptured } from '../../../events/crm-change-captured.v1.ts';
import type { IdentityDecided } from '../../../events/identity-decided.v1.ts';
import type { MatchDecided } from '../../../events/match-decided.v1.ts';
import type { TouchCaptured } from '../../../events/touch-captured.v1.ts';
import { nameIdOf } from '../account-name.ts';
import type { ChangeOf } from '../crm-change.ts';
import { normaliseEmail } from '../email.ts';
import type { DecidedOn } from '../identity-decisions.ts';
import { accountIdOfCrm, dealIdOf, isPerson, leadIdOfCrmPerson, leadIdOfEmail, leadIdOfVisitor } from '../ids.ts';
import type { Linked } from '../links.ts';
import { claimableDomains, registrableDomain } from '../mail-domains.ts';
import { type Meaning, meaningIn } from '../match-decisions.ts';

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

const person = (email: string): Subject => ({ is: 'person', leadId: leadIdOfEmail(email), email });
const isSignedIn = (name: string): boolean => name.startsWith('user:');
const visitor = (name: string): Subject => ({
  is: 'visitor',
  leadId: leadIdOfVisitor(name),
  ...(isSignedIn(name) && { signedIn: true as const }),
});

const linkTo = (email: string, at: string): Link => ({ leadId: leadIdOfEmail(email), email, at });

/** The link of a mail says whose the browser is that opened it. Of a sign-in it says nothing: who signs in says who they are. */
const mailOpened = ({ person: { lead }, flag, occurredAt: at }: TouchCaptured, name: string): Link | undefined =>
  lead === undefined || flag !== undefined || isSignedIn(name) ? undefined : { leadId: lead, at, byMail: true };

const sortTouch = (line: TouchCaptured): Sorted => {
  const email = line.person.email === undefined ? undefined : normaliseEmail(line.person.email);
  const visitors = [line.person.visitor, line.person.alsoVisitor].filter((name) => name !== undefined);
  if (email !== undefined) {
    const link = linkTo(email, line.occurredAt);
    const linked = line.flag === undefined ? visitors.map((name) => ({ subject: visitor(name), link })) : [];
    return { assignments: [{ subject: person(email), line }, ...linked] };
  }
  // A signed-in name outlives the browser's, so the touch goes there when both are known.
  const name = visitors.find(isSignedIn) ?? visitors[0];
  if (name === undefined) return { refused: 'neither a valid e-mail nor a visitor' };
  const subject = visitor(name);
  const other = visitors.find((one) => one !== name);
  const link = mailOpened(line, name);
  if (other === undefined || line.flag !== undefined) return { assignments: [{ subject, line, link }] };
  const at = line.occurredAt;
  return {
    assignments: [
      { subject, line, link, alias: { other: leadIdOfVisitor(other), at } },
      { subject: visitor(other), link: mailOpened(line, other), alias: { other: leadIdOfVisitor(name), at } },
    ],
  };
};

const recordOf = (source: string, externalId: string): Extract<Subject, { is: 'crm' }> => ({
  is: 'crm',
  leadId: leadIdOfCrmPerson(source, externalId),
  record: { source, externalId },
});

const sortPerson = (line: CrmChangeCaptured, change: ChangeOf<'person'>): Sorted => {
  const email = change.email === undefined ? undefined : normaliseEmail(change.email);
  const subject = recordOf(line.source, change.externalId);
  const link = email === undefined ? undefined : linkTo(email, line.occurredAt);
  const assignments: Assignment[] = [{ subject, line, link }];
  if (change.mergedInto === change.externalId) return { refused: 'merged into itself' };
  if (change.mergedInto) {
    assignments.push({ subject: recordOf(line.source, change.mergedInto), tookIn: subject.leadId });
  }
  return { assignments };
};

const sortActivity = (line: CrmChangeCaptured, change: ChangeOf<'activity'>): Sorted => {
  const email = change.personEmail === undefined ? undefined : normaliseEmail(change.personEmail);
  if (email !== undefined) return { assignments: [{ subject: person(email), line }] };
  if (change.personExternalId === undefined) return { refused: 'neither a valid e-mail nor a person of the CRM' };
  return { assignments: [{ subject: recordOf(line.source, change.personExternalId), line }] };
};

const sortChange = (line: CrmChangeCaptured): Sorted => {
  const { change, source } = line;
  if (change.object === 'person') return sortPerson(line, change);
  if (change.object === 'activity') return sortActivity(line, change);
  const { object: is, externalId } = change;
  const record = { source, externalId };
  if (is !== 'account')
    return { assignments: [{ subject: { is, dealId: dealIdOf(is, source, externalId), record }, line }] };
  if (change.mergedInto === externalId) return { refused: 'merged into itself' };
  return { assignments: [{ subject: { is, accountId: accountIdOfCrm(source, externalId), record }, line }] };
};

/** Who is meant by an address or an id. */
export const subjectNamed = (name: string): Identity | undefined => {
  const [, kind] = /^(lead|visitor|crm)_[0-9a-f]{16}$/.exec(name) ?? [];
  if (kind === 'lead') return { is: 'person', leadId: name };
  if (kind === 'visitor' || kind === 'crm') return { is: kind, leadId: name };
  const email = normaliseEmail(name);
  return email === undefined ? undefined : { is: 'person', leadId: leadIdOfEmail(email), email };
};

const sortDecision = (line: IdentityDecided): Sorted => {
  const [a, b] = [subjectNamed(line.a), subjectNamed(line.b)];
  if (a === undefined || b === undefined) return { refused: 'neither a valid e-mail nor an id' };
  if (a.leadId === b.leadId) return { refused: 'both are the same' };
  if (![a, b].some(({ leadId }) => isPerson(leadId))) return { refused: 'neither of both is a person' };
  const { decision, occurredAt: at, by, why, id: lineId } = line;
  const heard = { decision, at, by, why, lineId, first: a.leadId };
  return {
    assignments: [
      { subject: a, line, decided: { other: b.leadId, decision: heard } },
      { subject: b, decided: { other: a.leadId, decision: heard } },
    ],
  };
};

const sortMatch = (line: MatchDecided): Sorted => {
  const subject = subjectNamed(line.lead);
  if (subject?.is !== 'person') return { refused: 'no valid e-mail and no id of a lead' };
  const { decision, accountId, company, domain } = line;
  if ((decision === 'assign') !== (accountId !== undefined)) {
    return { refused: decision === 'assign' ? 'no account to assign to' : `an account, where ${decision} needs none` };
  }
  const assignments: Assignment[] = [{ subject, line }];
  const meaning = meaningIn(line);
  if (company !== undefined) {
    assignments.push({ subject: { is: 'name', nameId: nameIdOf(company), text: company }, meaning });
  }
  if (domain !== undefined) {
    const [claimable] = claimableDomains([registrableDomain(domain)]);
    if (claimable === undefined) return { refused: `${domain} is a mail provider's or anybody's: no account has it` };
    assignments.push({ subject: { is: 'domain', domain: claimable }, meaning: { ...meaning, country: '' } });
  }
  return { assignments };
};

const sortAction = (line: ActionCaptured): Sorted => {
  const subject = subjectNamed(line.lead);
  if (subject?.is !== 'person') return { refused: 'no valid e-mail and no id of a lead' };
  return { assignments: [{ subject, line }] };
};

export const sortLine = (line: Captured): Sorted => {
  switch (line.type) {
    case 'touch-captured.v1':
      return sortTouch(line);
    case 'crm-change-captured.v1':
      return sortChange(line);
    case 'identity-decided.v1':
      return sortDecision(line);
    case 'match-decided.v1':
      return sortMatch(line);
    case 'action-captured.v1':
      return sortAction(line);
  }
};
