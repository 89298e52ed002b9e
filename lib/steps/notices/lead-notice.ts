// Tells of a lead: its owner that it is theirs, and whom its clock names that time is short or up. Who, why now, and until when.
import type { PublishedOf } from '../../../events/catalogue.ts';
import { recipientIdOf } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notices/notice.ts';
import { noticeOfLead } from '../../domain/notices/of-lead.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { type SlaClock, startClock } from '../../domain/sla/clock.ts';
import { toldClock } from '../../domain/sla/clock-news.ts';
import type { Table } from '../../ports.ts';
import { loadOwned, type Owned, storyOf } from './owned-lead.ts';
import type { Telling } from './telling.ts';

/** Recipients stand in the playbook, whatever a CRM or an item says. */
const isPerson = (email: string, { people }: Playbook): boolean => people.some((person) => person.email === email);

/** As it will be: the owner's time counts from when they are told. It may not have been started yet, and stands then by what the
 * assignment says. */
const clockOnceTold = ({ assignment, lead, clock }: Owned, playbook: Playbook, now: number): SlaClock => {
  const { assignmentId, generation, qualifiedAt, owner, at: routedAt } = assignment;
  const assigned = { assignmentId, generation, qualifiedAt, owner: owner.email, grade: lead.grade, routedAt };
  const running = clock?.assignmentId === assignmentId ? clock : startClock(assigned, playbook);
  const iso = new Date(now).toISOString();
  return toldClock(running, iso, playbook, iso);
};

/** Sales is still to do something about it: what was handed over may be worked on already. */
const isAsked = ({ status }: Owned['lead']): boolean =>
  status === 'Qualified' || status === 'Sales Working' || status === 'Opportunity Open';

/** To the owner; not where nobody asks for it any more by then, nor where they have followed up before they were told, nor of an
 * assignment that came along from another account, where they were told of it. */
export const routedNotice = async (
  table: Table,
  playbook: Playbook,
  event: PublishedOf<'lead-routed.v1'>,
  now: number,
): Promise<Telling[]> => {
  const { id, leadId, assignmentId, cameFrom } = event;
  const owned = cameFrom === undefined ? await loadOwned(table, event) : undefined;
  if (owned === undefined) return [];
  const { accountId, assignment, lead } = owned;
  const { email } = assignment.owner;
  if (!isPerson(email, playbook) || !isAsked(lead) || (lead.followedUpAt ?? '') > assignment.at) return [];
  const { digest, routed } = playbook.notices;
  return [
    {
      owner: leadId,
      noticeId: id,
      notice: noticeOfLead('lead-routed', email, storyOf(owned, clockOnceTold(owned, playbook, now), email, playbook)),
      when: digest?.grades.includes(lead.grade) ? 'digest' : routed,
      assignmentId,
      starts: { accountId, leadId, assignmentId },
    },
  ];
};

/** To whom the clock says, as long as nobody has followed up. */
export const stepNotices = async (
  table: Table,
  playbook: Playbook,
  event: PublishedOf<'sla-step-due.v1'>,
  now: number,
): Promise<Telling[]> => {
  const { id, leadId, assignmentId } = event;
  const owned = await loadOwned(table, event);
  const clock = owned?.clock;
  if (owned === undefined || clock?.assignmentId !== assignmentId || clock.stoppedAt !== undefined) return [];
  // What stops the clock may still be on its way to it.
  if (owned.lead.status !== 'Qualified') return [];
  const step = clock.steps.find(({ name }) => name === event.step);
  const kind = Date.parse(clock.dueAt) <= now ? 'sla-breached' : 'sla-reminder';
  return (step?.recipients ?? [])
    .filter((to) => isPerson(to, playbook))
    .map((to) => ({
      owner: leadId,
      noticeId: `${id}-${recipientIdOf(to)}`,
      notice: noticeOfLead(kind, to, storyOf(owned, clock, to, playbook)),
      when: step?.urgent ? 'at-once' : 'in-hours',
      assignmentId,
    }));
};

/** The same for whoever else is told, in a channel that several read: undefined where it is no longer so. */
export const leadNotice = async (
  table: Table,
  playbook: Playbook,
  event: PublishedOf<'lead-routed.v1' | 'sla-breached.v1'>,
): Promise<Notice | undefined> => {
  const owned = await loadOwned(table, event);
  if (owned === undefined) return undefined;
  const { email } = owned.assignment.owner;
  if (event.type === 'lead-routed.v1') {
    const clock = clockOnceTold(owned, playbook, Date.parse(event.at));
    return noticeOfLead('lead-routed', email, storyOf(owned, clock, email, playbook));
  }
  const { clock } = owned;
  if (clock?.assignmentId !== event.assignmentId || clock.stoppedAt !== undefined) return undefined;
  return noticeOfLead('sla-breached', '', storyOf(owned, clock, '', playbook));
};
