// Starts the clock of an assignment, or has the one go on that came along with its lead.
import type { LeadAssessment } from '../../domain/assessment.ts';
import type { Assignment } from '../../domain/routing/assignment.ts';
import { type Assigned, type SlaClock, startClock } from '../../domain/sla/clock.ts';
import { endedClock } from '../../domain/sla/clock-endings.ts';
import { movedClock, replacingClock } from '../../domain/sla/clock-turns.ts';
import { as, replacing, type StoredItem } from '../../table/items.ts';
import { slaKey } from '../../table/keys.ts';
import {
  type Along,
  load,
  nowIn,
  type SlaPorts,
  type StoredClock,
  save,
  setTimer,
  stoppedEvent,
  type Whose,
} from './clock-item.ts';
import { endedBy, endingAlong } from './end-clock.ts';

type Owned = Extract<Assignment, { waiting?: undefined }>;

const assignedOf = (
  { assignmentId, generation, qualifiedAt, owner, at }: Owned,
  grade: Assigned['grade'],
): Assigned => ({
  ...{ assignmentId, generation, qualifiedAt, owner: owner.email, grade, routedAt: at },
});

/** The clock that was kept for the lead before this one, of the same qualification. */
const before = (
  clocks: readonly (SlaClock | undefined)[],
  { qualifiedAt, history }: Assignment,
): SlaClock | undefined => {
  const earlier = new Set(history.map(({ assignmentId }) => assignmentId));
  return clocks.find((clock) => clock?.qualifiedAt === qualifiedAt && earlier.has(clock.assignmentId));
};

/** What goes along with a clock that is no longer kept: that it stopped, and how it went. */
const farewell = (
  whose: Whose,
  clock: SlaClock,
  ended: SlaClock,
  now: string,
): Required<Pick<Along, 'events' | 'past'>> =>
  clock.stoppedAt === undefined
    ? { events: [stoppedEvent(whose, ended, now)], past: [ended] }
    : { events: [], past: [] };

const nextClock = async (
  ports: SlaPorts,
  { stored, elsewhere }: { stored: StoredClock | undefined; elsewhere: StoredClock | undefined },
  assignment: Owned,
  grade: Assigned['grade'],
): Promise<SlaClock> => {
  const { assignmentId, generation } = assignment;
  const clocks = [elsewhere?.clock, stored?.clock];
  const same = clocks.find((clock) => clock?.assignmentId === assignmentId);
  if (same !== undefined) return movedClock(same, generation);
  const playbook = await ports.playbook();
  const assigned = assignedOf(assignment, grade);
  const earlier = before(clocks, assignment);
  return earlier === undefined
    ? startClock(assigned, playbook)
    : replacingClock(earlier, assigned, playbook, nowIn(ports));
};

/** The item of the account that the lead left, whose clock goes on here or was replaced. */
const leftBehind = (left: StoredItem<'sla'>, clock: SlaClock, now: string) => {
  const ended = clock.stoppedAt === undefined ? endedClock(clock, 'moved', now) : clock;
  const { accountId, leadId } = left;
  const events = clock.stoppedAt === undefined ? [stoppedEvent({ accountId, leadId }, ended, now)] : [];
  return replacing(left, { ...slaKey(accountId, leadId), type: 'sla', accountId, leadId, clock: ended }, events);
};

const replace = async (
  ports: SlaPorts,
  whose: Whose,
  stored: StoredClock | undefined,
  assignment: Owned,
  assessment: LeadAssessment,
): Promise<SlaClock> => {
  const now = nowIn(ports);
  const { cameFrom } = assignment;
  const elsewhere = cameFrom && as('sla', await ports.table.get(slaKey(cameFrom, whose.leadId)));
  const left = elsewhere || undefined;
  const started = await nextClock(ports, { stored, elsewhere: left }, assignment, assessment.grade);
  const isAsked = assessment.status === 'Qualified';
  const ended = isAsked || started.stoppedAt !== undefined ? { clock: started } : endedBy(started, assessment, now);
  const gone = stored && stored.clock.assignmentId !== started.assignmentId ? stored.clock : undefined;
  const bye = gone ? farewell(whose, gone, endedClock(gone, 'replaced', now), now) : { events: [], past: [] };
  const along = ended.clock.stoppedAt === started.stoppedAt ? { events: [], past: [] } : endingAlong(whose, ended, now);
  await save(ports, whose, stored, ended.clock, {
    events: [...bye.events, ...along.events],
    past: [...bye.past, ...started.past.slice(-1), ...along.past],
    writes: left ? [leftBehind(left, left.clock, now)] : [],
  });
  return ended.clock;
};

/** A lead that waits for somebody has no clock; whoever had it is let go. */
const letGo = async (
  ports: SlaPorts,
  whose: Whose,
  stored: StoredClock | undefined,
  assignmentId: string,
): Promise<void> => {
  if (stored === undefined || stored.clock.stoppedAt !== undefined || stored.clock.assignmentId === assignmentId)
    return;
  const now = nowIn(ports);
  const ended = endedClock(stored.clock, 'replaced', now);
  await save(ports, whose, stored, ended, { events: [stoppedEvent(whose, ended, now)] });
  await setTimer(ports, whose, ended);
};

/** Sees that the clock of the assignment as it stands is kept. What is heard is only a hint: in a batch a later event may hide
 * behind an earlier one, and old ones come again. Answers the item as it is then, if there is any. */
export const keepClock = async (ports: SlaPorts, whose: Whose): Promise<void> => {
  const { stored, assessment, assignment } = await load(ports, whose);
  if (assessment === undefined || assignment === undefined || assignment.movedTo !== undefined) return;
  if (assignment.owner === undefined) return letGo(ports, whose, stored, assignment.assignmentId);
  const { clock } = stored ?? {};
  const isKept = clock?.assignmentId === assignment.assignmentId && clock.ending !== 'moved';
  const kept = isKept ? clock : await replace(ports, whose, stored, assignment, assessment);
  if (clock !== undefined && clock.assignmentId !== kept.assignmentId)
    await setTimer(ports, whose, { ...clock, stoppedAt: kept.routedAt });
  await setTimer(ports, whose, kept);
};
