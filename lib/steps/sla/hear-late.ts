// What clocks hear beside their start and end: that the owner was told, and that somebody paused them or had them go on.
import type { PublishedOf } from '../../../events/catalogue.ts';
import { dayOf } from '../../domain/days.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { SlaClock } from '../../domain/sla/clock.ts';
import { pausedClock, toldClock } from '../../domain/sla/clock-news.ts';
import type { PauseAct } from '../../domain/sla/clock-pauses.ts';
import type { Table } from '../../ports.ts';
import { allOf } from '../../table/items.ts';
import { leadTrailKey } from '../../table/keys.ts';
import { linesOf } from '../../table/trail.ts';
import { survivorOf } from '../views/identities.ts';
import { load, nowIn, type SlaPorts, save, setTimer, stoppedEvent, type Whose } from './clock-item.ts';
import { keepClock } from './start-clock.ts';

/** Changes the clock as it stands; news of one that ended may change how it ended. */
const change = async (
  ports: SlaPorts,
  whose: Whose,
  next: (clock: SlaClock, playbook: Playbook, now: string) => SlaClock,
): Promise<void> => {
  // What starts it may still be on its way.
  await keepClock(ports, whose);
  const { stored } = await load(ports, whose);
  if (stored === undefined) return;
  const now = nowIn(ports);
  const clock = next(stored.clock, await ports.playbook(), now);
  if (clock === stored.clock) return;
  const isNews = clock.met !== stored.clock.met;
  await save(ports, whose, stored, clock, isNews ? { events: [stoppedEvent(whose, clock, now)] } : {});
  await setTimer(ports, whose, clock);
};

/** Where the lead is that was told of in this account, and may have left it since. */
const followed = async (ports: SlaPorts, { accountId, leadId }: Whose): Promise<Whose> => {
  const { assignment } = await load(ports, { accountId, leadId });
  return { accountId: assignment?.movedTo ?? accountId, leadId };
};

export const hearTold = async (ports: SlaPorts, event: PublishedOf<'rep-told.v1'>): Promise<void> =>
  change(ports, await followed(ports, event), (clock, playbook, now) =>
    clock.assignmentId === event.assignmentId ? toldClock(clock, event.at, playbook, now) : clock,
  );

/** What was said stands in the lead's trail. */
const actIn = async (table: Table, event: PublishedOf<'lead-acted.v1'>): Promise<PauseAct | undefined> => {
  const { pk, sk } = leadTrailKey(event.leadId, dayOf(event.occurredAt));
  const lines = allOf('trail', await table.query(pk, sk)).flatMap(linesOf);
  const line = lines.find(({ id }) => id === event.lineId);
  if (line?.type !== 'action-captured.v1') return undefined;
  const { id, occurredAt: at, action } = line;
  if (action.does === 'pause') return { id, at, does: 'pause', until: action.until };
  return action.does === 'resume' ? { id, at, does: 'resume' } : undefined;
};

export const hearPause = async (ports: SlaPorts, event: PublishedOf<'lead-acted.v1'>): Promise<void> => {
  const [lead, act] = await Promise.all([survivorOf(ports.table, event.leadId), actIn(ports.table, event)]);
  if (lead?.match === undefined || act === undefined) return;
  const whose = { accountId: lead.match.accountId, leadId: lead.leadId };
  await change(ports, whose, (clock, playbook, now) => pausedClock(clock, act, playbook, now));
};
