// What must hold of clocks whatever went wrong, judged by what really was: who was told when, who paused and who answered.
import { expect } from 'vitest';
import type { Playbook } from '../../lib/domain/playbook/playbook.ts';
import { attainmentOf } from '../../lib/domain/sla/attainment.ts';
import { businessTimeBetween, isWorking } from '../../lib/domain/sla/business-time.ts';
import { calendarOf } from '../../lib/domain/sla/calendar-of.ts';
import type { PastClock, SlaClock } from '../../lib/domain/sla/clock.ts';
import type { ClockStep } from '../../lib/domain/sla/clock-steps.ts';
import { allOf } from '../../lib/table/items.ts';
import { ada, ben, grace, max } from '../domain/sla/clocks.ts';
import type { Lead, Turn } from './clocks-leads.ts';
import type { ClocksWorld } from './clocks-world.ts';

/** Working time up to a moment in which the rep had been told and nobody had paused, reckoned from what really was. */
const workedIn = (lead: Lead, told: string, until: string, playbook: Playbook): number => {
  const calendar = calendarOf(lead.owner, playbook);
  const [from, to] = [Date.parse(told), Date.parse(until)];
  return lead.pauses.reduce(
    (sum, pause) =>
      sum -
      businessTimeBetween(
        Math.max(from, Date.parse(pause.from)),
        Math.min(to, Date.parse(pause.to ?? '2030-01-01T00:00:00.000Z')),
        calendar,
      ),
    businessTimeBetween(from, to, calendar),
  );
};

/** How often each thing happened. */
export const seen: Record<string, number> = {};
export const count = (what: string, times = 1): void => {
  seen[what] = (seen[what] ?? 0) + times;
};

const judgeTurn = (
  world: ClocksWorld,
  lead: Lead,
  turn: Turn,
  clock: SlaClock | PastClock,
  before: readonly PastClock[],
): void => {
  const { playbook } = world;
  /** Taken in an earlier turn, of which a carried clock takes it over. */
  const isCarried = ({ name, takenAt }: ClockStep): boolean =>
    before.some(({ steps }) => steps.some((step) => step.name === name && step.takenAt === takenAt));
  const mine = [...world.events.values()].filter(
    (event) => 'assignmentId' in event && event.assignmentId === turn.assignmentId,
  );
  const breaches = mine.filter(({ type }) => type === 'sla-breached.v1');
  expect(breaches.length, 'breaches').toBeLessThanOrEqual(1);
  const steps = mine.filter(({ type }) => type === 'sla-step-due.v1' || type === 'routing-due.v1');
  expect(new Set(steps.map(({ id }) => id)).size, 'no step twice').toBe(steps.length);

  for (const { at } of breaches) {
    count('breaches');
    expect(at >= clock.dueAt, 'a breach before it is due').toBe(true);
    const unpaused = businessTimeBetween(Date.parse(turn.routedAt), Date.parse(at), calendarOf(turn.owner, playbook));
    expect(unpaused, 'a breach before the time can be over').toBeGreaterThanOrEqual(clock.within - clock.used);
  }
  for (const step of clock.steps) {
    if (step.passedOver) {
      count('reminders passed over');
      expect(clock.overBefore || step.takenAt! >= clock.dueAt, 'passed over only when it is over').toBe(true);
    }
    if (step.takenAt === undefined || step.passedOver || isCarried(step)) continue;
    count('steps');
    expect(steps.filter((event) => event.at === step.takenAt).length, step.name).toBeGreaterThan(0);
    for (const recipient of step.recipients!) {
      expect([ada, ben, grace, max], 'a stranger').toContain(recipient);
      if (step.to === 'rep') expect(recipient).toBe(turn.owner);
      if (step.to === 'manager') expect(recipient).toBe(grace);
      if (!step.urgent)
        expect(isWorking(Date.parse(step.takenAt), calendarOf(recipient, playbook)), 'at night').toBe(true);
    }
  }
  if (clock.stoppedAt === undefined) {
    if (clock.dueAt < world.now()) expect(clock.breachedAt ?? clock.overBefore, 'missed breach').toBeDefined();
    for (const { name, at, takenAt } of clock.steps)
      if (at < world.now()) expect(takenAt, `missed ${name}`).toBeDefined();
  } else count(`ended ${clock.ending}`);

  // Who was told, and whether a follow-up was in time, as it really was.
  if (lead.turns.length > 1 || lead.moves > 0) return;
  const told = [...world.events.values()].find(
    (event) => event.type === 'rep-told.v1' && event.assignmentId === turn.assignmentId,
  );
  expect(clock.toldAt).toBe(told?.at);
  const { answeredAt } = lead;
  if (answeredAt === undefined || told === undefined || lead.pauses.some(({ from }) => from > answeredAt)) return;
  if (playbook.sla.pauses.longest === '6 hours' && lead.pauses.length > 0) return;
  expect(clock.answeredAt).toBe(answeredAt);
  const worked = workedIn(lead, told.at, answeredAt, playbook);
  // After closing time no time passes, though what was due then is overdue.
  if (worked !== clock.within) expect(clock.met).toBe(worked < clock.within);
  count(clock.met ? 'met' : 'unmet');
  if (clock.correctedAt !== undefined) count('corrected');
};

/** Each breach was found no later than a sweep after it was due and its clock was known. */
const judgeDelays = (world: ClocksWorld, patience: number): void => {
  for (const { before, after } of world.taken) {
    if (before === undefined || before.breachedAt !== undefined || after.breachedAt === undefined) continue;
    const known = Date.parse(world.written.get(after.assignmentId)![0]!);
    const late = Date.parse(after.breachedAt) - Math.max(Date.parse(before.dueAt), known);
    expect(late, 'a breach found late').toBeLessThanOrEqual(patience);
  }
};

export const judge = (world: ClocksWorld, patience: number): void => {
  const items = world.items();
  const clocks = new Map(allOf('sla', items).map((item) => [`${item.accountId} ${item.leadId}`, item.clock]));
  const attained = new Map(allOf('attainment', items).map(({ attainment }) => [attainment.assignmentId, attainment]));
  for (const lead of world.all()) {
    const current = clocks.get(`${lead.accountId} ${lead.leadId}`);
    expect(current?.assignmentId, 'the clock of the assignment as it stands').toBe(lead.assignmentId);
    const kept = [...current!.past, current!];
    for (const turn of lead.turns) {
      const index = kept.findIndex(({ assignmentId }) => assignmentId === turn.assignmentId);
      const clock = kept[index];
      if (clock === undefined) continue;
      judgeTurn(world, lead, turn, clock, current!.past.slice(0, index));
      const reported = attainmentOf(clock, world.playbook);
      expect(attained.get(turn.assignmentId)).toEqual(reported && JSON.parse(JSON.stringify(reported)));
    }
  }
  for (const { to, type } of world.mails) {
    expect([ada, ben, grace, max]).toContain(to);
    count(`mails for ${type}`);
  }
  judgeDelays(world, patience);
};
