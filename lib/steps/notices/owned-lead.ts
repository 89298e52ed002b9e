// An owned lead with all that is said of it, as it stands now, wherever it went with its owner.
import { type AccountAssessment, asBelieved, type LeadAssessment } from '../../domain/assessment.ts';
import { momentIn } from '../../domain/days.ts';
import type { Facts } from '../../domain/facts/facts.ts';
import { leadActions } from '../../domain/notices/lead-actions.ts';
import type { LeadStory } from '../../domain/notices/of-lead.ts';
import { nameOf } from '../../domain/person-name.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { Assignment, Owner } from '../../domain/routing/assignment.ts';
import { calendarOf } from '../../domain/sla/calendar-of.ts';
import type { SlaClock } from '../../domain/sla/clock.ts';
import { mayMarketTo } from '../../domain/status/marketing.ts';
import type { Table } from '../../ports.ts';
import { as, membersOf, type StoredItem, standing } from '../../table/items.ts';
import { assessmentKey, assignmentKey, memberKey, slaKey } from '../../table/keys.ts';
import { at, companyIn, goingOn, peopleIn, rolesIn } from './told.ts';

/** Everything there is to say of an owned lead. */
export interface Owned {
  accountId: string;
  assignment: Assignment & { owner: Owner };
  lead: LeadAssessment;
  account: AccountAssessment;
  member: StoredItem<'member'>;
  clock: SlaClock | undefined;
}

/** A lead that went to other accounts with its owner is followed so far. */
const mostMoves = 5;

/** Undefined when that assignment stands no more, or nobody may be told of the lead. */
export const loadOwned = async (
  table: Table,
  asked: { accountId: string; leadId: string; assignmentId: string },
): Promise<Owned | undefined> => {
  const { leadId, assignmentId } = asked;
  let { accountId } = asked;
  for (let moves = 0; moves <= mostMoves; moves += 1) {
    // Not the whole partition: an account may have thousands of people, and who is engaged stands in its score.
    const keys = [assignmentKey, assessmentKey, memberKey, slaKey].map((key) => key(accountId, leadId));
    const items = await table.getMany([...keys, assessmentKey(accountId)]);
    const assignment = as('assignment', at(items, assignmentKey(accountId, leadId)));
    if (assignment?.movedTo !== undefined) {
      accountId = assignment.movedTo;
      continue;
    }
    const lead = standing(at(items, assessmentKey(accountId, leadId)))?.assessment;
    const account = as('account-assessment', at(items, assessmentKey(accountId)))?.assessment;
    const member = membersOf(items)[0];
    if (assignment?.assignmentId !== assignmentId || assignment.owner === undefined) return undefined;
    if (!lead || !account || !member || !mayMarketTo(lead.status, account.status)) return undefined;
    const clock = as('sla', at(items, slaKey(accountId, leadId)))?.clock;
    return { accountId, assignment, lead, account, member, clock };
  }
  return undefined;
};

/** The latest moments of each signal, newest first. */
const latelyOf = ({ days }: Facts, playbook: Playbook): LeadStory['touches'] =>
  Object.entries(playbook.signals)
    .flatMap(([signal, { label }]) =>
      (days[signal] ?? []).slice(-5).map(([day, , , last]) => ({ label, at: momentIn(day, last) })),
    )
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, 5);

export const storyOf = (
  { assignment, lead, account, member: stored }: Owned,
  { conversation, dueAt }: Pick<SlaClock, 'conversation' | 'dueAt'>,
  to: string,
  playbook: Playbook,
): LeadStory => {
  const member = asBelieved(stored, playbook);
  const { owner, reason } = assignment;
  return {
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
    others: peopleIn(account, lead.leadId),
    buyingGroup: rolesIn(account),
    going: goingOn(account),
    touches: latelyOf(member.state.facts, playbook),
    conversation,
    owner: owner.name,
    ownerEmail: owner.email,
    ownerReason: reason,
    dueAt,
    timezone: calendarOf(to, playbook).timezone,
    // Who follows up by a link of a mail is the lead's owner.
    ...(to === owner.email && { actions: leadActions(lead.leadId, assignment, playbook) }),
  };
};
