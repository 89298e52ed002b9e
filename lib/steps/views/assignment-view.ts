// Who has a lead, as the console shows it: by which rule, who else came into question, and who had it before.
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { ownerNamed } from '../../domain/routing/availability.ts';
import type { StoredItem } from '../../table/items.ts';

type Assignment = StoredItem<'assignment'>;
type Clock = StoredItem<'sla'>['clock'];

/** What was tried, oldest first: the last one held. */
const explanationView = ({ explanation }: Assignment, playbook: Playbook) =>
  explanation.map(({ tried, held, why, passedOver = [] }) => ({
    ...{ tried, held, why },
    passedOver: passedOver.map((one) => ({ ...ownerNamed(one.email, playbook), why: one.why })),
  }));

/** Newest last, each with how its clock ended, as far as that is kept. */
const historyView = ({ history }: Assignment, clock: Clock | undefined) =>
  history.map(({ assignmentId, owner, at, until, why, by = null, overdue = false }) => {
    const past = clock?.past.find((one) => one.assignmentId === assignmentId);
    const { breachedAt = null, correctedAt = null } = past ?? {};
    return { ...{ assignmentId, ...owner, at, until, why, by, overdue }, breachedAt, correctedAt };
  });

/** Null where nobody has it. */
export const assignmentView = (assignment: Assignment, clock: Clock | undefined, playbook: Playbook) => {
  if (assignment.owner === undefined) return null;
  const { assignmentId, owner, reason, at, turn, rule = null, role = null, pool = null, cameFrom = null } = assignment;
  return {
    ...{ assignmentId, ...owner, reason, assignedAt: at, turn, rule, role, pool },
    /** The account it came along from. */
    cameFrom,
    explanation: explanationView(assignment, playbook),
    history: historyView(assignment, clock),
  };
};

/** Null unless it waits for somebody to be available. */
export const waitingView = (assignment: Assignment, clock: Clock | undefined, playbook: Playbook) => {
  const { waiting, rule = null, role = null } = assignment;
  if (waiting === undefined || waiting.over !== undefined) return null;
  const { since, until = null, pool, reason } = waiting;
  return {
    ...{ since, until, pool, reason, rule, role },
    explanation: explanationView(assignment, playbook),
    history: historyView(assignment, clock),
  };
};
