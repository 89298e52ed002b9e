// Tells people: the rep that a lead is theirs, the rep and then the manager that time is short, the person that they were
// heard. Each cause is told once; a mail whose fate is unknown is sent again rather than lost.
import type { PublishedOf } from '../../events/catalogue.ts';
import { type AccountAssessment, nameOf } from '../domain/assessment.ts';
import { dayOf, momentIn } from '../domain/days.ts';
import { normaliseEmail } from '../domain/email.ts';
import type { Facts } from '../domain/facts/facts.ts';
import { autoResponse, htmlOf, type LeadStory, type Notice, noticeOfLead } from '../domain/notices/notice.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import { startClock } from '../domain/sla/clock.ts';
import type { Clock, Consumer, Item, Log, Mailer, Table } from '../ports.ts';
import { allOf, as, membersOf, standing } from '../table/items.ts';
import { assessmentKey, assignmentKey, leadTrailKey, memberKey, noticeKey, slaKey } from '../table/keys.ts';
import { linesOf } from '../table/trail.ts';
import { consumeEvents } from './consume.ts';
import type { PlaybookReader } from './playbooks.ts';

export interface NotifyPorts {
  table: Table;
  mailer: Mailer;
  playbook: PlaybookReader;
  clock: Clock;
  log: Log;
}

type LeadEvent = PublishedOf<'lead-routed.v1' | 'sla-reminder-due.v1' | 'sla-breached.v1'>;

const kindOf = {
  'lead-routed.v1': 'lead-routed',
  'sla-reminder-due.v1': 'sla-reminder',
  'sla-breached.v1': 'sla-breached',
} as const satisfies Record<LeadEvent['type'], Notice['kind']>;

const at = (items: readonly Item[], key: { sk: string }): Item | undefined => items.find(({ sk }) => sk === key.sk);

/** The latest moments of each signal, newest first. */
const latelyOf = ({ days }: Facts, playbook: Playbook): LeadStory['touches'] =>
  Object.entries(playbook.signals)
    .flatMap(([signal, { label }]) =>
      (days[signal] ?? []).slice(-5).map(([day, , , last]) => ({ label, at: momentIn(day, last) })),
    )
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, 5);

/** The other people whose touches count for the account, by name. */
const othersIn = ({ parts }: AccountAssessment, self: string): string[] => {
  const names = parts.map(({ label }) => label);
  const own = names.indexOf(self);
  return names.filter((_, index) => index !== own).slice(0, 10);
};

const leadNotice = async (
  { table }: NotifyPorts,
  playbook: Playbook,
  event: LeadEvent,
): Promise<Notice | undefined> => {
  const { accountId, leadId, generation } = event;
  // Not the whole partition: an account may have thousands of people, and who is engaged stands in its score.
  const keys = [assignmentKey, assessmentKey, memberKey, slaKey].map((key) => key(accountId, leadId));
  const items = await table.getMany([...keys, assessmentKey(accountId)]);
  const assignment = as('assignment', at(items, assignmentKey(accountId, leadId)));
  const lead = standing(at(items, assessmentKey(accountId, leadId)))?.assessment;
  const account = as('account-assessment', at(items, assessmentKey(accountId)))?.assessment;
  const member = membersOf(items)[0];
  const sla = as('sla', at(items, slaKey(accountId, leadId)))?.clock;
  // The lead moved to another account, or has been given anew since: whoever is told then is told by that event.
  if (assignment?.generation !== generation || !lead || !account || !member) return undefined;
  const kind = kindOf[event.type];
  const owner = playbook.people.find(({ email }) => email === assignment.owner.email);
  const to = kind === 'sla-breached' ? (owner?.manager ?? assignment.owner.email) : assignment.owner.email;
  // The clock may still be starting; what it will say follows from the assignment.
  const clock =
    sla?.generation === generation ? sla : startClock(generation, lead.grade, playbook, Date.parse(assignment.at));
  return noticeOfLead(kind, to, {
    person: nameOf(member),
    email: member.email,
    jobTitle: member.state.profile.jobTitle?.value,
    company: account.name ?? account.domain ?? 'no known company',
    grade: lead.grade,
    score: lead.score,
    leadReason: lead.reason,
    accountStatus: account.status,
    accountReason: account.reason,
    others: othersIn(account, nameOf(member)),
    touches: latelyOf(member.state.facts, playbook),
    conversation: clock.conversation,
    owner: assignment.owner.name,
    dueAt: clock.dueAt,
    timezone: playbook.sla.calendar.timezone,
  });
};

/** The form lies in the trail, which is written first: the answer goes out while the rest is still being folded. */
const formNotice = async (
  { table }: NotifyPorts,
  playbook: Playbook,
  { leadId, formId, touchId, occurredAt }: PublishedOf<'form-submitted.v1'>,
): Promise<Notice | undefined> => {
  const response = playbook.forms[formId]?.autoResponse;
  if (response === undefined) return undefined;
  const { pk, sk } = leadTrailKey(leadId, dayOf(occurredAt));
  const lines = allOf('trail', await table.query(pk, sk)).flatMap(linesOf);
  const line = lines.find(({ id }) => id === touchId);
  const email = line?.type === 'touch-captured.v1' ? normaliseEmail(line.person.email ?? '') : undefined;
  return email === undefined ? undefined : autoResponse(email, response);
};

/** Sent, then noted, so that a repeat sees it. If the process dies in between, the mail goes out a second time rather than
 * never: one repeat per crash at that very moment, which no mail service lets anybody rule out. */
const sendOnce = async (
  { table, mailer, clock }: NotifyPorts,
  owner: string,
  noticeId: string,
  make: () => Promise<Notice | undefined>,
): Promise<void> => {
  const key = noticeKey(owner, noticeId);
  if ((await table.get(key)) !== undefined) return;
  const notice = await make();
  if (notice === undefined) return;
  const { to, subject, text } = notice;
  const { messageId } = await mailer.send({ to, subject, text, html: htmlOf(notice), noticeId });
  const at = new Date(clock.now()).toISOString();
  const put = { ...key, type: 'notice', version: 1, owner, noticeId, notice, at, messageId };
  await table.write({ put, condition: { if: 'always' } });
};

export const createNotify = (ports: NotifyPorts): Consumer =>
  consumeEvents(
    ports.log,
    ['lead-routed.v1', 'sla-reminder-due.v1', 'sla-breached.v1', 'form-submitted.v1'],
    ({ id }) => id,
    async (event) => {
      const playbook = await ports.playbook();
      if (event.type !== 'form-submitted.v1') {
        await sendOnce(ports, event.accountId, event.id, () => leadNotice(ports, playbook, event));
        return;
      }
      // Under the person, whose account may change before the event comes a second time.
      await sendOnce(ports, event.leadId, event.id, () => formNotice(ports, playbook, event));
    },
  );
