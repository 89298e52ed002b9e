// Keeps each assignment's clock to first follow-up: starts it, stops it, and takes its steps when they are due. A timer is only a
// hint to look; the clock in the table decides, so that early, late, double and lost timers do no harm.
import * as z from 'zod';
import type { Published, PublishedOf } from '../../events/catalogue.ts';
import { eventIdOf } from '../domain/ids.ts';
import { type Taken, takeDue } from '../domain/sla/clock-due.ts';
import { type Consumer, described, type Item } from '../ports.ts';
import { as } from '../table/items.ts';
import { slaDueList } from '../table/keys.ts';
import { within } from '../trace.ts';
import { consumeEvents } from './consume.ts';
import { retryConflicts } from './retry-conflicts.ts';
import { load, nowIn, type SlaPorts, save, setTimer, type Whose } from './sla/clock-item.ts';
import { correctClock, endClock } from './sla/end-clock.ts';
import { hearPause, hearTold } from './sla/hear-late.ts';
import { keepClock } from './sla/start-clock.ts';
import { eachPageDue } from './sweep/page-by-page.ts';
import { wakeUp } from './wake-ups.ts';

export type { SlaPorts } from './sla/clock-item.ts';

const timerBody = z.union([
  z.strictObject({ accountId: z.string(), leadId: z.string(), assignmentId: z.string() }),
  z.strictObject({ wakeUp: z.string() }),
  // Set by an earlier release.
  z.strictObject({ accountId: z.string(), leadId: z.string(), generation: z.string() }),
]);

/** A clock can only be running for a lead that was Qualified. */
const hearStatus = async (ports: SlaPorts, { accountId, leadId }: Whose): Promise<void> => {
  const { stored, assessment } = await load(ports, { accountId, leadId });
  if (stored !== undefined && assessment?.status !== 'Qualified')
    await endClock(ports, { accountId, leadId }, stored, assessment);
};

const eventsOf = ({ accountId, leadId }: Whose, { clock, steps, breached }: Taken, at: string): Published[] => {
  const { assignmentId, generation } = clock;
  const about = { at, accountId, leadId, assignmentId };
  const breach = {
    type: 'sla-breached.v1',
    id: eventIdOf('sla-breached', assignmentId),
    ...about,
    generation,
  } as const;
  return [
    ...(breached ? [breach] : []),
    ...steps.map(({ name, do: does }): Published => {
      const id = eventIdOf('sla-step', assignmentId, name);
      return does === 'reassign'
        ? { type: 'routing-due.v1', id, ...about, because: 'overdue' }
        : { type: 'sla-step-due.v1', id, ...about, step: name };
    }),
  ];
};

type Loaded = Awaited<ReturnType<typeof load>>;

/** Takes what is due now, if anything, with its events in the same write, so that it is taken once. Answers whether it did. */
const takeDueSteps = async (ports: SlaPorts, whose: Whose): Promise<boolean> => {
  const { stored, ...rest } = await load(ports, whose);
  return stored !== undefined && within(stored.traceId, () => takeDueOf(ports, whose, stored, rest));
};

const takeDueOf = async (
  ports: SlaPorts,
  whose: Whose,
  stored: NonNullable<Loaded['stored']>,
  { assessment, assignment }: Omit<Loaded, 'stored'>,
): Promise<boolean> => {
  const { clock } = stored;
  // What has its clock go on where it is now may be lost.
  if (clock.ending === 'moved' && assignment?.movedTo !== undefined)
    await keepClock(ports, { accountId: assignment.movedTo, leadId: whose.leadId });
  // The stop may still be on its way here; a lead somebody follows up is never reported as neglected.
  if (clock.stoppedAt !== undefined || assessment?.status !== 'Qualified') {
    await (clock.stoppedAt === undefined ? endClock : correctClock)(ports, whose, stored, assessment);
    return false;
  }
  // So may the next assignment.
  if (assignment !== undefined && assignment.assignmentId !== clock.assignmentId) {
    await keepClock(ports, whose);
    return false;
  }
  const now = nowIn(ports);
  const taken = takeDue(clock, await ports.playbook(), now);
  const isChanged = taken.breached || taken.clock.steps.some((step, index) => step !== clock.steps[index]);
  if (isChanged) await save(ports, whose, stored, taken.clock, { events: eventsOf(whose, taken, now) });
  await setTimer(ports, whose, taken.clock);
  return isChanged;
};

type Heard = PublishedOf<'lead-routed.v1' | 'lead-status-changed.v1' | 'rep-told.v1' | 'lead-acted.v1'>;

const hear = (ports: SlaPorts, event: Heard): Promise<void> => {
  if (event.type === 'lead-routed.v1') return keepClock(ports, event);
  if (event.type === 'rep-told.v1') return hearTold(ports, event);
  return event.type === 'lead-acted.v1' ? hearPause(ports, event) : hearStatus(ports, event);
};

/** Events about the same, of which the last says all. */
const about = (event: Heard): string =>
  event.type === 'lead-routed.v1' || event.type === 'lead-status-changed.v1'
    ? `${event.type} ${event.accountId} ${event.leadId}`
    : event.id;

/** Hears of assignments, of what became of leads, of notices and of pauses. */
export const createSla = (ports: SlaPorts): Consumer =>
  consumeEvents(
    ports.log,
    ['lead-routed.v1', 'lead-status-changed.v1', 'rep-told.v1', 'lead-acted.v1'],
    about,
    (event) => retryConflicts(() => hear(ports, event)),
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
        else await retryConflicts(() => takeDueSteps(ports, due));
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
  let moved = 0;
  let first: Item | undefined;
  await eachPageDue(ports, slaDueList, sweptAtOnce, async (due) => {
    first ??= due[0];
    for (const { accountId, leadId } of due.map((item) => as('sla', item)!)) {
      try {
        if (await retryConflicts(() => takeDueSteps(ports, { accountId, leadId }))) moved += 1;
      } catch (error) {
        ports.log.error('a clock could not be swept', { accountId, leadId, ...described(error) });
      }
    }
  });
  if (moved > 0) ports.log.warn('the sweep found timers that had not fired', { found: moved });
  const dueAt = Date.parse(first?.listSk?.split('#', 1)[0] ?? '');
  if (moved > 0 && !Number.isNaN(dueAt)) ports.meter?.record({ SweepLate: (ports.clock.now() - dueAt) / 1_000 });
  return moved;
};
