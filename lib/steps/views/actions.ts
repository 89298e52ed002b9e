// What sellers and their managers did about a lead, as the console lists it: who, what and why.
import type { ActionCaptured } from '../../../events/action-captured.v1.ts';
import type { Captured } from '../../../events/catalogue.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { Owner } from '../../domain/routing/assignment.ts';
import { ownerNamed } from '../../domain/routing/availability.ts';
import type { StoredItem } from '../../table/items.ts';

const actionsShown = 50;

/** By the link of a mail it was the owner it was sent to; null where nobody knows any more who that was. */
const whoDid = (by: string, assignment: StoredItem<'assignment'> | undefined, playbook: Playbook): Owner | null => {
  if (by.includes('@')) return ownerNamed(by, playbook);
  const turns = assignment === undefined ? [] : [assignment, ...assignment.history];
  return turns.find(({ assignmentId }) => assignmentId === by)?.owner ?? null;
};

const viewOf = (line: ActionCaptured, assignment: StoredItem<'assignment'> | undefined, playbook: Playbook) => {
  const { id, occurredAt, action, by, why = null } = line;
  const reason = action.does === 'bad' ? action.reason : null;
  return {
    ...{ id, occurredAt, does: action.does, by: whoDid(by, assignment, playbook), why },
    how: action.does === 'follow-up' ? action.how : null,
    /** What was bad about it. */
    reason: playbook.notices.badLead.find((one) => one.reason === reason)?.label ?? reason,
    /** Whom it was given to by name. */
    to: action.does === 'reassign' && action.to !== undefined ? ownerNamed(action.to, playbook) : null,
    /** Of a pause that says so. */
    until: (action.does === 'pause' && action.until) || null,
  };
};
export type ActionView = ReturnType<typeof viewOf>;

/** Newest first, at most 50. */
export const actionsIn = (
  lines: readonly Captured[],
  assignment: StoredItem<'assignment'> | undefined,
  playbook: Playbook,
): ActionView[] =>
  lines
    .filter((line) => line.type === 'action-captured.v1')
    .sort((a, b) => (a.occurredAt < b.occurredAt ? 1 : a.occurredAt > b.occurredAt ? -1 : a.id < b.id ? -1 : 1))
    .slice(0, actionsShown)
    .map((line) => viewOf(line, assignment, playbook));
