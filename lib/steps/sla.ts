// Keeps each routed lead's clock to first follow-up: starts it, stops it, and takes its steps when they are due. A timer is
// only a hint to look; the clock in the table decides, so that early, late, double and lost timers do no harm.
import * as z from 'zod';
import type { Published, PublishedOf } from '../../events/catalogue.ts';
import type { LeadAssessment } from '../domain/assessment.ts';
import { eventIdOf } from '../domain/ids.ts';
import { dueStep, nextStep, type SlaClock, startClock, stepTaken, stopClock } from '../domain/sla/clock.ts';
import { type Clock, type Consumer, described, type Log, type Table, type Timers, type Write } from '../ports.ts';
import { as, replacing, type StoredItem, standing } from '../table/items.ts';
import { assessmentKey, assignmentKey, slaDueList, slaKey } from '../table/keys.ts';
import { consumeEvents } from './consume.ts';
import type { PlaybookReader } from './playbooks.ts';
import { retryConflicts } from './retry-conflicts.ts';
import { wakeUp } from './wake-ups.ts';

export interface SlaPorts {
  table: Table;
  timers: Timers;
  playbook: PlaybookReader;
  clock: Clock;
  log: Log;
}

interface Whose {
  accountId: string;
  leadId: string;
}
const timerBody = z.union([
  z.strictObject({ accountId: z.string(), leadId: z.string(), generation: z.string() }),
  z.strictObject({ wakeUp: z.string() }),
]);

const iso = (clock: Clock): string => new Date(clock.now()).toISOString();
const timerName = (generation: string, step: string): string => `${generation}.${step}`;

const clockWrite = (
  stored: StoredItem<'sla'> | undefined,
  { accountId, leadId }: Whose,
  clock: SlaClock,
  events: readonly Published[],
): Write => {
  const next = nextStep(clock);
  const due = next && { listPk: slaDueList, listSk: `${next.at}#${leadId}` };
  return replacing(stored, { ...slaKey(accountId, leadId), type: 'sla', accountId, leadId, clock, ...due }, events);
};

/** Timers are set after the clock is saved; what is lost in between, the sweep finds. */
const setTimers = async ({ timers }: SlaPorts, whose: Whose, clock: SlaClock): Promise<void> => {
  const { generation } = clock;
  if (nextStep(clock) === undefined) return;
  const body = JSON.stringify({ ...whose, generation });
  if (clock.remindedAt === undefined)
    await timers.set({ name: timerName(generation, 'remind'), at: clock.remindAt, body });
  await timers.set({ name: timerName(generation, 'breach'), at: clock.dueAt, body });
};

const load = async ({ table }: SlaPorts, { accountId, leadId }: Whose) => {
  const items = await table.getMany([
    slaKey(accountId, leadId),
    assessmentKey(accountId, leadId),
    assignmentKey(accountId, leadId),
  ]);
  return {
    stored: as(
      'sla',
      items.find(({ type }) => type === 'sla'),
    ),
    assessment: standing(items.find(({ type }) => type === 'lead-assessment'))?.assessment,
    assignment: as(
      'assignment',
      items.find(({ type }) => type === 'assignment'),
    ),
  };
};

/** When sales answered the lead: the logged follow-up, else the decision that took it out of Qualified; an opportunity that
 * nobody dated better was opened now. A lead that left the account was not answered there, nor one whose interest only faded. */
const answeredAt = (
  assessment: LeadAssessment | undefined,
  { startedAt }: SlaClock,
  now: string,
): string | undefined => {
  if (assessment === undefined) return undefined;
  const { followedUpAt, decidedAt, status } = assessment;
  if (followedUpAt !== undefined) return followedUpAt;
  // An earlier decision was on something else.
  if (decidedAt !== undefined) return decidedAt >= startedAt ? decidedAt : undefined;
  return status === 'Opportunity Open' ? now : undefined;
};

const stopped = ({ accountId, leadId }: Whose, clock: SlaClock, at: string): Published => ({
  type: 'sla-stopped.v1',
  id: eventIdOf('sla-stopped', clock.generation),
  at,
  accountId,
  leadId,
  generation: clock.generation,
  met: clock.met === true,
});

/** Starts the clock of the assignment as it stands. The event is only a hint: in a batch a later one may hide behind an
 * earlier, and old ones come again. */
const start = async (ports: SlaPorts, { accountId, leadId }: PublishedOf<'lead-routed.v1'>): Promise<void> => {
  const whose = { accountId, leadId };
  const { stored, assessment, assignment } = await load(ports, whose);
  if (assessment === undefined || assignment === undefined) return;
  const { generation } = assignment;
  let clock = stored?.clock;
  if (clock?.generation !== generation) {
    clock = startClock(generation, assessment.grade, await ports.playbook(), Date.parse(assignment.at));
    const now = iso(ports.clock);
    if (assessment.status !== 'Qualified') clock = stopClock(clock, answeredAt(assessment, clock, now), now);
    const events = clock.stoppedAt === undefined ? [] : [stopped(whose, clock, now)];
    await ports.table.write(clockWrite(stored, whose, clock, events));
  }
  await setTimers(ports, whose, clock);
};

const stop = async (ports: SlaPorts, { accountId, leadId }: PublishedOf<'lead-status-changed.v1'>): Promise<void> => {
  const whose = { accountId, leadId };
  const { stored, assessment } = await load(ports, whose);
  if (stored === undefined || assessment?.status === 'Qualified') return;
  const { clock } = stored;
  if (clock.stoppedAt === undefined) {
    const now = iso(ports.clock);
    const next = stopClock(clock, answeredAt(assessment, clock, now), now);
    await ports.table.write(clockWrite(stored, whose, next, [stopped(whose, next, now)]));
  }
  await ports.timers.cancel(timerName(clock.generation, 'remind'));
  await ports.timers.cancel(timerName(clock.generation, 'breach'));
};

/** Takes the step that is due now, if any. Saved with its event, so that it is taken once. */
const takeDueStep = async (ports: SlaPorts, whose: Whose): Promise<void> => {
  const { stored, assessment } = await load(ports, whose);
  if (stored === undefined) return;
  const now = iso(ports.clock);
  const { clock } = stored;
  const step = dueStep(clock, now);
  if (step === undefined) {
    // Fired early: look again when it is due. A clock that is done has no next step.
    await setTimers(ports, whose, clock);
    return;
  }
  const { generation } = clock;
  // The stop may still be on its way here; a lead somebody follows up is never reported as neglected.
  if (assessment?.status !== 'Qualified') {
    const next = stopClock(clock, answeredAt(assessment, clock, now), now);
    await ports.table.write(clockWrite(stored, whose, next, [stopped(whose, next, now)]));
    return;
  }
  const type = step === 'remind' ? 'sla-reminder-due.v1' : 'sla-breached.v1';
  const event = { type, id: eventIdOf(type, generation), at: now, ...whose, generation } as const;
  await ports.table.write(clockWrite(stored, whose, stepTaken(clock, step, now), [event]));
};

/** Hears routing and status events. */
export const createSla = (ports: SlaPorts): Consumer =>
  consumeEvents(
    ports.log,
    ['lead-routed.v1', 'lead-status-changed.v1'],
    (event) => `${event.type} ${event.accountId} ${event.leadId}`,
    (event) => retryConflicts(() => (event.type === 'lead-routed.v1' ? start(ports, event) : stop(ports, event))),
  );

/** Hears timers. */
export const createSlaTimers =
  (ports: SlaPorts): Consumer =>
  async (messages) => {
    const failed: string[] = [];
    for (const { id, body } of messages) {
      try {
        const due = timerBody.parse(JSON.parse(body));
        if ('wakeUp' in due) await wakeUp(ports, due.wakeUp);
        else await retryConflicts(() => takeDueStep(ports, { accountId: due.accountId, leadId: due.leadId }));
      } catch (error) {
        ports.log.error('timer failed', { messageId: id, ...described(error) });
        failed.push(id);
      }
    }
    return { failed };
  };

const sweptAtOnce = 200;

/** Finds clocks whose step is due and whose timer never fired. Answers how many it moved on. One that cannot be moved on is
 * tried again next time and holds up no other. */
export const createSlaSweep = (ports: SlaPorts) => async (): Promise<number> => {
  const due = await ports.table.list(slaDueList, { upTo: `${iso(ports.clock)}#~`, limit: sweptAtOnce });
  const clocks = due.map((item) => as('sla', item)!);
  let moved = 0;
  for (const { accountId, leadId } of clocks) {
    try {
      await retryConflicts(() => takeDueStep(ports, { accountId, leadId }));
      moved += 1;
    } catch (error) {
      ports.log.error('a clock could not be swept', { accountId, leadId, ...described(error) });
    }
  }
  if (moved > 0) ports.log.warn('the sweep found timers that had not fired', { found: moved });
  return moved;
};
