// What a rep can say of their lead by the links of its mail.
import type { Playbook } from '../playbook/playbook.ts';
import type { Assignment } from '../routing/assignment.ts';
import type { NoticeAction } from './notice.ts';

/** To hand over is for who has it by a rule that says to whom, and not for whom it was handed to. */
const canHandOver = ({ rule, role }: Assignment, { routing }: Playbook): boolean =>
  role !== 'ae' && routing.rules.some(({ name, handOver }) => name === rule && handOver !== undefined);

export const leadActions = (leadId: string, assignment: Assignment, playbook: Playbook): NoticeAction[] => {
  const about = { leadId, assignmentId: assignment.assignmentId };
  return [
    { ...about, does: 'follow-up', label: 'I am following up' },
    ...(canHandOver(assignment, playbook) ? [{ ...about, does: 'hand-over', label: 'Hand over' } as const] : []),
    ...playbook.notices.badLead.map(({ reason, label }): NoticeAction => ({ ...about, does: 'bad', reason, label })),
  ];
};
