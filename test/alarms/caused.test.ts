// Each alarm on what the system itself does, by its own definition as deployed: what is wrong is caused on the whole system in memory, on
// a virtual clock, and the alarm of that tells, and none besides; a day as any other is quiet.
import { afterEach, describe, expect, test } from 'vitest';
import type { TouchCaptured } from '../../events/touch-captured.v1.ts';
import { CrmUnavailable } from '../../lib/crm.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { crm, demoRequest, pageView, touch } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { createMemoryCrm } from '../steps/crm-in-memory.ts';
import { observe, toldBetween } from './observe.ts';
import { alarmsByName } from './template-alarms.ts';

const alarms = alarmsByName();
const at = (minutes: number): string =>
  new Date(Date.parse('2026-11-20T09:00:00.000Z') + minutes * 60_000).toISOString();

let closing: World | undefined;
afterEach(async () => {
  await closing?.close();
  closing = undefined;
});

const open = async (options: Parameters<typeof openWorld>[1] = {}) => {
  const world = await openWorld(at(0), options);
  closing = world;
  const observed = observe(world);
  return {
    world,
    ...observed,
    /** Alarms that told since a quarter of an hour after the beginning, by when sweeps have run. */
    told: (to: number, from = 15) => toldBetween(alarms, observed.samples, at(from), at(to)),
  };
};

const buyer = (n: number): string => `buyer${n}@company${n}.example`;
const nobody = (n: number, minutes: number): TouchCaptured =>
  touch({ id: `nobody${n}`, occurredAt: at(minutes), person: {} });

test('a day as any other is quiet, blips and all', async () => {
  const { world, until, told } = await open();
  for (let minute = 0; minute < 120; minute += 10) {
    await until(at(minute));
    await world.deliver([pageView(`p${minute}`, at(minute), `visitor${minute}`, '/pricing')], 'hits');
    await world.deliver([demoRequest(`d${minute}`, at(minute), buyer(minute))]);
    // A handful of nonsense belongs to any day, and so does a fact that comes late.
    if (minute % 40 === 0)
      await world.deliver([nobody(minute, minute), demoRequest(`l${minute}`, at(minute - 30), buyer(1))]);
  }
  await until(at(130));
  expect(world.embedded.mailer.outbox().length).toBeGreaterThan(0);
  expect(told(130)).toEqual([]);
});

describe('what nobody can work off', () => {
  test('is told of by its own queue, and by no other', async () => {
    const { world, until, told } = await open();
    const queues = ['prompt', 'hits', 'assess', 'route', 'sla', 'timers', 'notify', 'operate', 'sync-crm'] as const;
    for (const queue of queues) await world.embedded.queues.queue(queue).send(['this is no message of ours']);
    await until(at(40));
    expect(told(40)).toEqual(queues.map((queue) => `dead-letters-${queue}`).sort());
  });
});

test('a sweep that does not run is told of after a quarter of an hour', async () => {
  const { until, told } = await open({ sweepEveryMs: 365 * 86_400_000 });
  await until(at(30));
  expect(told(30)).toEqual(['sweep-missing']);
});

describe('what is set aside', () => {
  test.each([
    [11, ['quarantine']],
    [10, []],
  ])('%i within an hour: %j', async (times, expected) => {
    const { world, until, told } = await open();
    await world.deliver(Array.from({ length: times }, (_, n) => nobody(n, 0)));
    await until(at(65));
    expect(told(65)).toEqual(expected);
  });
});

describe('folding late', () => {
  test.each([
    ['of all that comes', 3, ['fold-late']],
    ['once, after a pause', 1, []],
  ])('%s', async (_, minutes, expected) => {
    const { world, until, told } = await open();
    await until(at(20));
    for (let minute = 20; minute < 20 + minutes; minute += 1) {
      await world.deliver([demoRequest(`late${minute}`, at(minute - 5), buyer(minute))]);
      await until(at(minute + 1));
    }
    await until(at(30));
    expect(told(30)).toEqual(expected);
  });
});

describe('statuses that go in circles', () => {
  const flap = async (accounts: number) => {
    const opened = await open({ playbook: testPlaybook({ flapping: { changes: 2, within: '1 hour' } }) });
    const { world, until } = opened;
    const all = Array.from({ length: accounts }, (_, n) => n);
    await world.deliver(
      all.map((n) => crm(`a${n}`, at(0), { object: 'account', externalId: `A${n}`, domains: [`company${n}.example`] })),
    );
    for (const [minute, state] of [
      [5, 'open'],
      [10, 'lost'],
      [15, 'open'],
    ] as const) {
      await until(at(minute));
      await world.deliver(
        all.map((n) =>
          crm(`o${n}-${minute}`, at(minute), {
            ...{ object: 'opportunity', externalId: `X${n}`, accountExternalId: `A${n}` },
            state,
          }),
        ),
      );
    }
    await until(at(65));
    return opened.told(65);
  };

  test('of many are told of, of one not', async () => {
    expect(await flap(6)).toEqual(['status-flapping']);
    await closing?.close();
    expect(await flap(1)).toEqual([]);
  });
});

describe('a CRM', () => {
  const writeBack = { person: { status: 'muster_status' }, account: {} };
  const connections: Record<string, Connection> = { hubspot: { kind: 'hubspot', portalId: 1, writeBack } };
  const bea = { object: 'person', externalId: '501', email: 'bea@acme.example' } as const;
  const connected = async () => {
    const memory = createMemoryCrm();
    return { memory, ...(await open({ crms: { connections, crmOf: async () => memory } })) };
  };
  const away = () => {
    throw new CrmUnavailable('away');
  };

  test('that cannot be told is told of, not one that was away for a moment', async () => {
    const { world, memory, until, told } = await connected();
    memory.before = away;
    await world.deliver([crm('l1', at(0), bea, 'hubspot')]);
    memory.before = () => undefined;
    await until(at(90));
    expect(told(90)).toEqual([]);
    memory.before = away;
    await world.deliver([crm('l2', at(90), { ...bea, stage: 'disqualified' }, 'hubspot')]);
    await until(at(140));
    expect(told(140)).toEqual(['crm-sync-stopped']);
  });

  test('that answers each write with one of its own is told of', async () => {
    const { world, until, told } = await connected();
    await world.deliver([crm('l', at(0), bea, 'hubspot')]);
    for (let minute = 1; minute <= 14; minute += 1) {
      await until(at(minute));
      const stage = minute % 2 === 0 ? 'open' : 'disqualified';
      await world.deliver([crm(`l${minute}`, at(minute), { ...bea, stage }, 'hubspot')]);
    }
    await until(at(25));
    expect(told(25)).toEqual(['crm-loop-stopped']);
  });
});

describe('mail that comes back', () => {
  const bounced = (n: number): string =>
    JSON.stringify({
      ...{ eventType: 'Bounce', bounce: { bounceType: 'Permanent' } },
      mail: { messageId: `m${n}`, destination: [buyer(n)] },
    });
  const run = async (bounces: number) => {
    const { world, until, told } = await open();
    for (let n = 0; n < 10; n += 1) await world.deliver([demoRequest(`d${n}`, at(0), buyer(n))]);
    await until(at(20));
    const news = Array.from({ length: bounces }, (_, n) => bounced(n));
    await world.embedded.queues.queue('notify').send(news);
    await until(at(190));
    return told(190);
  };

  test('is told of, and so is each mailbox that gets none any more', async () => {
    expect(await run(5)).toEqual(['mail-bounces', 'mailbox-stopped']);
  });

  test('once is told of as a mailbox', async () => {
    expect(await run(1)).toEqual(['mailbox-stopped']);
  });
});
