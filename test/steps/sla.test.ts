// Clocks on the embedded adapters: whatever timers do, each step is taken once, when it is due; what happens to the lead is heard.
import { afterEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../lib/adapters/embedded/clock.ts';
import { openEmbedded } from '../../lib/adapters/embedded/open.ts';
import type { SlaClock } from '../../lib/domain/sla/clock.ts';
import type { Timer } from '../../lib/ports.ts';
import { createSlaSweep, createSlaTimers } from '../../lib/steps/sla.ts';
import { allOf } from '../../lib/table/items.ts';
import { ada, ben, friday, grace, monday, slaPlaybook } from '../domain/sla/clocks.ts';
import { leadsOf } from '../simulation/clocks-leads.ts';
import { type ClocksOptions, type ClocksWorld, openClocks } from '../simulation/clocks-world.ts';

let world: ClocksWorld;
const open = (changes: Partial<ClocksOptions> = {}): ClocksWorld => {
  world = openClocks({ start: friday('11:00'), playbook: slaPlaybook(), ...changes });
  return world;
};
afterEach(() => world.close());

const clocks = (): SlaClock[] => allOf('sla', world.items()).map(({ clock }) => clock);
const clock = (): SlaClock => clocks()[0]!;
const mails = () => world.mails.map(({ to, at }) => `${at.slice(8, 16)} ${to.split('@')[0]}`);
const events = (type: string) => [...world.events.values()].filter((event) => event.type === type);
const attained = () => allOf('attainment', world.items()).map(({ attainment }) => attainment);

describe('a lead that nobody answers', () => {
  it('has its rep reminded, then their manager told, each at the moment and once', async () => {
    await open().qualify('lead_a', 'A1');
    await world.advanceTo(monday('12:00'));

    expect(mails()).toEqual(['20T11:00 ada', '20T13:00 ada', '20T15:00 grace']);
    expect(clock()).toMatchObject({ toldAt: friday('11:00'), breachedAt: friday('15:00') });
    expect(events('sla-breached.v1')).toHaveLength(1);
    expect(attained()).toMatchObject([{ rep: ada, met: false, systemMs: 0 }]);
  });

  it('goes to somebody else in the end, whose clock runs anew', async () => {
    const steps = [{ do: 'reassign' as const, after: '1 hour' }];
    await open({ playbook: slaPlaybook({ steps }) }).qualify('lead_a', 'A1');
    await world.advanceTo(friday('16:30'));

    expect(clock()).toMatchObject({ owner: ben, dueAt: monday('12:00'), past: [{ owner: ada, ending: 'replaced' }] });
    expect(events('sla-stopped.v1')).toMatchObject([{ because: 'replaced' }]);
    expect(attained()).toMatchObject([{ rep: ada, met: false, endedAt: friday('16:00') }]);
  });
});

describe('a follow-up', () => {
  it('stops the clock, and says that it was met', async () => {
    const lead = await open().qualify('lead_a', 'A1');
    await world.advanceTo(friday('12:30'));
    await world.answer(lead, friday('12:00'));
    await world.advanceTo(monday('12:00'));

    expect(clock()).toMatchObject({ stoppedAt: friday('12:00'), ending: 'answered', met: true });
    expect(mails()).toEqual(['20T11:00 ada']);
    expect(events('sla-stopped.v1')).toMatchObject([{ because: 'answered', met: true }]);
    expect(attained()).toMatchObject([{ met: true, repMs: 3_600_000 }]);
  });

  it('heard of after the breach corrects it, and says so', async () => {
    const lead = await open().qualify('lead_a', 'A1');
    await world.advanceTo(friday('15:30'));
    await world.answer(lead, friday('14:00'));
    await world.advanceTo(friday('15:31'));

    expect(clock()).toMatchObject({ breachedAt: friday('15:00'), met: true, correctedAt: friday('15:30') });
    expect(events('sla-stopped.v1')).toMatchObject([{ met: true, corrected: true }]);
    expect(attained()).toMatchObject([{ met: true, correctedAt: friday('15:30') }]);
  });

  it('heard of after a later one is found within the hours in which clocks are looked at again', async () => {
    const lead = await open().qualify('lead_a', 'A1');
    await world.advanceTo(friday('16:00'));
    await world.answer(lead, friday('15:40'));
    await world.advanceTo(friday('16:30'));
    expect(clock().met).toBe(false);
    await world.correct(lead, friday('14:30'));
    await world.advanceTo(friday('18:10'));

    expect(clock()).toMatchObject({ answeredAt: friday('14:30'), met: true, correctedAt: friday('18:00') });
    expect(events('sla-stopped.v1').map((event) => 'met' in event && event.met)).toEqual([false, true]);
  });
});

describe('a pause', () => {
  it('puts everything off, and on goes the clock when it is resumed', async () => {
    const lead = await open().qualify('lead_a', 'A1');
    await world.act(lead, 'pause', friday('11:30'));
    await world.advanceTo(friday('12:30'));
    expect(clock().rests).toHaveLength(1);
    await world.act(lead, 'resume', friday('12:30'));
    await world.advanceTo(monday('12:00'));

    expect(mails()).toEqual(['20T11:00 ada', '20T14:00 ada', '20T16:00 grace']);
  });
});

describe('a lead that moves to another account', () => {
  it('has its clock go on there under the same owner, who is reminded as if nothing had happened', async () => {
    const lead = await open().qualify('lead_a', 'A1');
    await world.advanceTo(friday('12:00'));
    await world.move(lead, true);
    await world.advanceTo(monday('12:00'));

    const [left, here] = clocks();
    expect(left).toMatchObject({ ending: 'moved', stoppedAt: friday('12:00') });
    expect(here).toMatchObject({
      assignmentId: left!.assignmentId,
      startedAt: friday('11:00'),
      breachedAt: friday('15:00'),
    });
    expect(here!.ending).toBeUndefined();
    expect(mails().slice(-2)).toEqual(['20T13:00 ada', '20T15:00 grace']);
    expect(events('sla-stopped.v1')).toMatchObject([{ because: 'moved' }]);
  });

  it('starts a clock under another owner, and comes back to the very clock it left', async () => {
    const lead = await open().qualify('lead_a', 'A1');
    await world.advanceTo(friday('12:00'));
    await world.move(lead, false);
    await world.advanceTo(friday('12:01'));
    expect(clocks().at(-1)).toMatchObject({ owner: ben, startedAt: friday('12:00'), past: [{ owner: ada }] });
  });
});

describe('timers and the sweep', () => {
  const lone = async () => {
    const embedded = openEmbedded({ path: ':memory:', clock: createVirtualClock(Date.parse(friday('11:00'))) });
    const set: Timer[] = [];
    const timers = { set: async (timer: Timer) => void set.push(timer), cancel: async () => undefined };
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const ports = { table: embedded.table, timers, playbook: async () => slaPlaybook(), log };
    const leads = leadsOf(embedded.table, () => friday('11:00'));
    return {
      embedded,
      set,
      ports,
      leads,
      at: (time: string) => ({ ...ports, clock: { now: () => Date.parse(time) } }),
    };
  };

  it('fail alone over what is no timer of ours, and take a step once however often they fire', async () => {
    await open().qualify('lead_a', 'A1');
    await world.advanceTo(friday('11:01'));
    const { embedded, at } = await lone();
    for (const item of world.items())
      await embedded.table.write({ put: { ...item, version: 1 }, condition: { if: 'always' } });
    const { accountId, leadId } = allOf('sla', world.items())[0]!;
    const body = JSON.stringify({ accountId, leadId, assignmentId: clock().assignmentId });
    const fire = (time: string) =>
      createSlaTimers(at(time))([
        { id: 'bad', body: '{}', attempt: 1 },
        { id: 'one', body, attempt: 1 },
        { id: 'two', body, attempt: 1 },
      ]);
    const stored = async () => allOf('sla', await embedded.table.query(`ACCOUNT#${accountId}`, 'SLA#'))[0]!;

    expect(await fire(friday('12:59'))).toEqual({ failed: ['bad'] });
    expect((await stored()).version).toBe(1);
    await fire(friday('13:00'));
    expect(await stored()).toMatchObject({ version: 2, clock: { steps: [{ takenAt: friday('13:00') }, {}] } });
    await embedded.close();
  });

  it('go on after a clock that cannot be moved', async () => {
    await open().qualify('lead_a', 'A1');
    await world.qualify('lead_b', 'A1');
    await world.advanceTo(friday('11:01'));
    const { embedded, at } = await lone();
    for (const item of world.items())
      await embedded.table.write({ put: { ...item, version: 1 }, condition: { if: 'always' } });
    const { table } = embedded;
    const broken: typeof table = {
      ...table,
      getMany: async (keys) => {
        if (keys.some(({ sk }) => sk.endsWith('lead_a'))) throw new Error('throttled');
        return table.getMany(keys);
      },
    };
    expect(await createSlaSweep({ ...at(friday('16:00')), table: broken })()).toBe(1);
    const swept = allOf('sla', await table.query('ACCOUNT#acct_lead_b', 'SLA#'))[0]!.clock;
    expect(swept).toMatchObject({
      breachedAt: friday('16:00'),
      steps: [{ passedOver: true }, { recipients: [grace] }],
    });
    expect(await createSlaSweep(at(friday('10:00')))()).toBe(0);
    await embedded.close();
  });
});
