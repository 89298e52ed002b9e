// A lead's clock as it lies in the table: read with what decides on it, and written with what follows from it, in one write.
import type { Published } from '../../../events/catalogue.ts';
import { eventIdOf } from '../../domain/ids.ts';
import { type Attainment, attainmentOf } from '../../domain/sla/attainment.ts';
import type { PastClock, SlaClock } from '../../domain/sla/clock.ts';
import { nextMoment } from '../../domain/sla/clock-due.ts';
import type { Clock, Log, Meter, Table, Timers, Write } from '../../ports.ts';
import { isSame } from '../../table/is-same.ts';
import { as, replacing, type StoredItem, standing } from '../../table/items.ts';
import { assessmentKey, assignmentKey, attainmentKey, slaDueList, slaKey } from '../../table/keys.ts';
import { currentTrace } from '../../trace.ts';
import type { PlaybookReader } from '../playbooks.ts';

export interface SlaPorts {
  table: Table;
  timers: Timers;
  playbook: PlaybookReader;
  clock: Clock;
  log: Log;
  meter?: Meter | undefined;
}

export interface Whose {
  accountId: string;
  leadId: string;
}

export const nowIn = ({ clock }: SlaPorts): string => new Date(clock.now()).toISOString();

const timerName = (assignmentId: string): string => `${assignmentId}.next`;

/** Set after the clock is saved, always for what comes next; what is lost in between, the sweep finds. */
export const setTimer = async ({ timers }: SlaPorts, { accountId, leadId }: Whose, clock: SlaClock): Promise<void> => {
  const { assignmentId } = clock;
  const at = nextMoment(clock);
  if (at === undefined) await timers.cancel(timerName(assignmentId));
  else
    await timers.set({ name: timerName(assignmentId), at, body: JSON.stringify({ accountId, leadId, assignmentId }) });
};

export const load = async ({ table }: SlaPorts, { accountId, leadId }: Whose) => {
  const items = await table.getMany([
    slaKey(accountId, leadId),
    assessmentKey(accountId, leadId),
    assignmentKey(accountId, leadId),
  ]);
  const of = (type: string) => items.find((item) => item.type === type);
  const assessment = standing(of('lead-assessment'))?.assessment;
  const assignment = as('assignment', of('assignment'));
  return {
    stored: withOwner(as('sla', of('sla')), assignment?.owner?.email, assessment?.grade),
    assessment,
    assignment,
  };
};

/** A clock of an earlier release does not say whose it is, nor of what grade its lead: that stands beside it. */
const withOwner = (
  stored: StoredClock | undefined,
  owner: string | undefined,
  grade: SlaClock['grade'] | undefined,
): StoredClock | undefined =>
  stored === undefined || stored.clock.owner !== ''
    ? stored
    : { ...stored, clock: { ...stored.clock, owner: owner ?? '', grade: grade ?? stored.clock.grade } };

export type StoredClock = StoredItem<'sla'>;

/** Of an assignment's clock what it began with: whoever pauses it or asks again is not where its lead comes from. */
const traceOf = (stored: StoredClock | undefined, clock: SlaClock): { traceId?: string | undefined } => ({
  traceId: stored?.clock.assignmentId === clock.assignmentId ? stored.traceId : currentTrace(),
});

/** The clock is in its list as long as it has to be looked at. */
const clockWrite = (
  stored: StoredClock | undefined,
  { accountId, leadId }: Whose,
  clock: SlaClock,
  events: readonly Published[],
): Write => {
  const next = clock.stoppedAt === undefined ? nextMoment(clock) : clock.looks?.[0];
  const due = next === undefined ? {} : { listPk: slaDueList, listSk: `${next}#${leadId}` };
  const item = { type: 'sla', accountId, leadId, clock, ...due, ...traceOf(stored, clock) } as const;
  return replacing(stored, { ...slaKey(accountId, leadId), ...item }, events);
};

/** One writer, under the condition of the clock's own write. */
const attainmentWrite = ({ accountId, leadId }: Whose, attainment: Attainment, version: number): Write => ({
  put: {
    ...attainmentKey(attainment.week, attainment.assignmentId),
    ...{ type: 'attainment', version, accountId, leadId, attainment },
  },
  condition: { if: 'always' },
});

/** What a save is made of beside the clock itself. */
export interface Along {
  events?: readonly Published[];
  /** Clocks of earlier owners whose record this may change; of one assignment the last counts. */
  past?: readonly PastClock[];
  writes?: readonly Write[];
}

/** Saves the clock, how it went so far, and what follows from it: all or nothing. */
export const save = async (
  ports: SlaPorts,
  whose: Whose,
  stored: StoredClock | undefined,
  clock: SlaClock,
  { events = [], past = [], writes = [] }: Along = {},
): Promise<void> => {
  const playbook = await ports.playbook();
  const before = stored && attainmentOf(stored.clock, playbook);
  const clocks = new Map([...past, clock].map((one) => [one.assignmentId, one]));
  const reported = [...clocks.values()].flatMap((one) => attainmentOf(one, playbook) ?? []);
  const changed = reported.filter((one) => before === undefined || !isSame(before, one));
  const version = (stored?.version ?? 0) + 1;
  const all = [
    clockWrite(stored, whose, clock, events),
    ...changed.map((one) => attainmentWrite(whose, one, version)),
    ...writes,
  ];
  if (all.length === 1) await ports.table.write(all[0]!);
  else await ports.table.transact(all);
};

/** That a clock ended, or how it really did. */
export const stoppedEvent = ({ accountId, leadId }: Whose, clock: PastClock, at: string): Published => {
  const { assignmentId, generation, ending = 'over', met, correctedAt, stoppedAt = at } = clock;
  const id = eventIdOf('sla-stopped', accountId, leadId, assignmentId, ending, stoppedAt, String(met));
  return {
    ...{ type: 'sla-stopped.v1', id, at, accountId, leadId, generation, assignmentId, because: ending },
    ...(ending === 'answered' && met !== undefined && { met }),
    ...(correctedAt !== undefined && { corrected: true as const }),
  };
};
