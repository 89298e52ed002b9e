// Tells the rep, then the manager, of a lead: who, why now, and until when.
import type { PublishedOf } from '../../../events/catalogue.ts';
import { asBelieved, nameOf } from '../../domain/assessment.ts';
import { momentIn } from '../../domain/days.ts';
import type { Facts } from '../../domain/facts/facts.ts';
import { type LeadStory, type Notice, noticeOfLead } from '../../domain/notices/notice.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { calendarOf } from '../../domain/sla/calendar-of.ts';
import { startClock } from '../../domain/sla/clock.ts';
import { mayMarketTo } from '../../domain/status/marketing.ts';
import type { Table } from '../../ports.ts';
import { as, membersOf, standing } from '../../table/items.ts';
import { assessmentKey, assignmentKey, memberKey, slaKey } from '../../table/keys.ts';
import { at, companyIn, goingOn, peopleIn, rolesIn } from './told.ts';

export type LeadEvent = PublishedOf<'lead-routed.v1' | 'sla-reminder-due.v1' | 'sla-breached.v1'>;

const kindOf = {
  'lead-routed.v1': 'lead-routed',
  'sla-reminder-due.v1': 'sla-reminder',
  'sla-breached.v1': 'sla-breached',
} as const satisfies Record<LeadEvent['type'], Notice['kind']>;

/** The latest moments of each signal, newest first. */
const latelyOf = ({ days }: Facts, playbook: Playbook): LeadStory['touches'] =>
  Object.entries(playbook.signals)
    .flatMap(([signal, { label }]) =>
      (days[signal] ?? []).slice(-5).map(([day, , , last]) => ({ label, at: momentIn(day, last) })),
    )
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, 5);

/** Undefined when there is nobody to tell any more. */
export const leadNotice = async (table: Table, playbook: Playbook, event: LeadEvent): Promise<Notice | undefined> => {
  const { accountId, leadId, generation } = event;
  // Not the whole partition: an account may have thousands of people, and who is engaged stands in its score.
  const keys = [assignmentKey, assessmentKey, memberKey, slaKey].map((key) => key(accountId, leadId));
  const items = await table.getMany([...keys, assessmentKey(accountId)]);
  const assignment = as('assignment', at(items, assignmentKey(accountId, leadId)));
  const lead = standing(at(items, assessmentKey(accountId, leadId)))?.assessment;
  const account = as('account-assessment', at(items, assessmentKey(accountId)))?.assessment;
  const stored = membersOf(items)[0];
  const sla = as('sla', at(items, slaKey(accountId, leadId)))?.clock;
  // The lead moved to another account, or has been given anew since: whoever is told then is told by that event.
  if (assignment?.generation !== generation || !lead || !account || !stored) return undefined;
  if (assignment.owner === undefined) return undefined;
  if (!mayMarketTo(lead.status, account.status)) return undefined;
  const member = asBelieved(stored, playbook);
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
    company: companyIn(account),
    grade: lead.grade,
    level: lead.level,
    score: lead.score,
    leadReason: lead.reason,
    accountStatus: account.status,
    accountReason: account.reason,
    others: peopleIn(account, leadId),
    buyingGroup: rolesIn(account),
    going: goingOn(account),
    touches: latelyOf(member.state.facts, playbook),
    conversation: clock.conversation,
    owner: assignment.owner.name,
    dueAt: clock.dueAt,
    timezone: calendarOf(assignment.owner.email, playbook).timezone,
  });
};
