// Whom each captured line is about: the identities and accounts a batch has to touch.
import type { ActionCaptured } from '../../../events/action-captured.v1.ts';
import type { Captured } from '../../../events/catalogue.ts';
import type { CrmChangeCaptured } from '../../../events/crm-change-captured.v1.ts';
import type { MatchDecided } from '../../../events/match-decided.v1.ts';
import type { TouchCaptured } from '../../../events/touch-captured.v1.ts';
import { nameIdOf } from '../account-name.ts';
import type { ChangeOf } from '../crm-change.ts';
import { normaliseEmail } from '../email.ts';
import { accountIdOfCrm, dealIdOf, leadIdOfCrmPerson, leadIdOfEmail, leadIdOfVisitor } from '../ids.ts';
import { claimableDomains, registrableDomain } from '../mail-domains.ts';
import { meaningIn } from '../match-decisions.ts';
import { sortDecision } from './sort-decision.ts';
import { type Assignment, type Link, type Sorted, type Subject, subjectNamed } from './subjects.ts';

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
