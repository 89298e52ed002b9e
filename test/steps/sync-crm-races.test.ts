// What a CRM is told where two tell it at once, whichever calls of the table and of the CRM their works meet at: each state once, and the
// latest last; also where one of them takes too long, or dies.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { functionSizes } from '../../infra/function-sizes.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { accountIdOfDomain, leadIdOfEmail } from '../../lib/domain/ids.ts';
import { leaseMs } from '../../lib/steps/sync-crm/record-log.ts';
import { createSyncCrm } from '../../lib/steps/sync-crm/sync-crm.ts';
import { allOf } from '../../lib/table/items.ts';
import { crm as line } from '../simulation/lines.ts';
import { openWorld, silent, type World } from '../simulation/world.ts';
import { createMemoryCrm, type MemoryCrm } from './crm-in-memory.ts';
import { beforeEachCall } from './meanwhile.ts';

const at = (time: string): string => `2026-11-20T${time}.000Z`;
const writeBack = { person: { status: 'muster_status', grade: 'muster_grade' }, account: {} };
const connections: Record<string, Connection> = { hubspot: { kind: 'hubspot', portalId: 1, writeBack } };
const bea = { object: 'person', externalId: '501', email: 'bea@acme.example' } as const;
const asked = (id: string, attempt = 1) => {
  const whose = { accountId: accountIdOfDomain('acme.example'), leadId: leadIdOfEmail(bea.email) };
  return { id, attempt, body: JSON.stringify({ type: 'judgement-changed.v1', id, at: at('09:00:00'), ...whose }) };
};

/** Bea is Pre-Qualified, and the CRM has not been told. */
const open = async () => {
  const crm = createMemoryCrm();
  const crmOf = async () => crm;
  let isOn = false;
  const world = await openWorld(at('09:00:00'), {
    crms: { connections, crmOf },
    wrapConsumer: (name, consumer) => async (messages) =>
      name === 'sync-crm' && !isOn ? { failed: [] } : consumer(messages),
  });
  closing = world;
  await world.deliver([line('l1', at('08:00:00'), bea, 'hubspot')]);
  const { table, clock } = world.embedded;
  const ports = { table, clock, playbook: world.playbook, log: silent, connections, crmOf };
  return {
    ...{ world, crm, ports },
    tell: (id: string, attempt?: number) => createSyncCrm(ports)([asked(id, attempt)]),
    /** From now on the world hears what it is asked. */
    hear: () => {
      isOn = true;
    },
    disqualify: () => world.deliver([line('l2', at('08:30:00'), { ...bea, stage: 'disqualified' }, 'hubspot')]),
    pass: (ms: number) => world.runtime.advanceTo(clock.now() + ms),
  };
};
type Race = Awaited<ReturnType<typeof open>>;

let closing: World | undefined;
afterEach(async () => {
  await closing?.close();
  closing = undefined;
});

/** Before the nth call that telling makes something else happens; where that fails, so does each call from then on. Answers what came of it, or undefined where there are not so many. */
const race = async (nth: number, happens: (race: Race) => Promise<unknown>) => {
  const own = await open();
  const { world, crm, ports } = own;
  own.hear();
  let count = 0;
  let death: unknown;
  const meet = async () => {
    count += 1;
    if (count === nth) await happens(own).catch((error: unknown) => (death = error));
    if (death !== undefined) throw death;
  };
  const slow: MemoryCrm = {
    ...crm,
    write: async (updates) => {
      await meet();
      const outcomes = await crm.write(updates);
      await meet();
      return outcomes;
    },
  };
  const first = createSyncCrm({ ...ports, table: beforeEachCall(ports.table, meet), crmOf: async () => slow });
  const { failed } = await first([asked('first')]);
  await world.runtime.settle();
  return count < nth ? undefined : { ...own, failed };
};

/** Whatever call it is. Answers how many there are. */
const atEachCall = async (
  happens: (race: Race) => Promise<unknown>,
  then: (race: Race & { failed: readonly string[]; nth: number }) => unknown,
): Promise<number> => {
  for (let nth = 1; ; nth += 1) {
    const ended = await race(nth, happens);
    if (ended === undefined) return nth - 1;
    await then({ ...ended, nth });
    await ended.world.close();
    closing = undefined;
  }
};

const toldIn = ({ calls }: MemoryCrm) => calls.flat().map(({ values }) => values.status);
const standsIn = (world: World) => allOf('sync', world.items())[0];
const isCalm = (world: World) => {
  const { claimedUntil, meanwhile, listPk, written } = standsIn(world)!;
  expect({ claimedUntil, meanwhile, listPk }).toEqual({});
  expect(written).toBeDefined();
  expect(world.embedded.queues.depth('sync-crm')).toEqual({ waiting: 0, dead: 0 });
};

describe('while one tells the CRM', () => {
  it('another is asked for the same, and it is told once, with no message coming again', async () => {
    const calls = await atEachCall(
      async ({ tell }) => expect(await tell('other')).toEqual({ failed: [] }),
      ({ crm, world, failed, nth }) => {
        expect(toldIn(crm), `call ${nth}`).toEqual(['Pre-Qualified']);
        expect(failed).toEqual([]);
        isCalm(world);
      },
    );
    expect(calls).toBeGreaterThan(8);
  });

  it('it becomes another, and that is told last, each once', async () => {
    await atEachCall(
      ({ disqualify }) => disqualify(),
      ({ crm, world, failed, nth }) => {
        expect(['Pre-Qualified,Disqualified', 'Disqualified'], `call ${nth}`).toContain(toldIn(crm).join());
        expect(failed).toEqual([]);
        isCalm(world);
      },
    );
  });

  it('takes longer than anybody may, it becomes another, and that is told last', async () => {
    await atEachCall(
      async ({ pass, disqualify }) => {
        await pass(leaseMs + 1);
        await disqualify();
      },
      ({ crm, world, nth }) => {
        const told = toldIn(crm);
        expect(told.at(-1), `call ${nth}`).toBe('Disqualified');
        expect(told.length).toBeLessThan(5);
        isCalm(world);
      },
    );
  });

  it('takes longer than anybody may, and ends while the other is at it: it is told once more', async () => {
    const { world, crm, tell, hear, disqualify, pass } = await open();
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    crm.before = () => gates[crm.calls.length - 1]?.promise;
    const first = tell('first');
    await vi.waitFor(() => expect(crm.calls).toHaveLength(1));
    await pass(leaseMs + 1);
    await disqualify();
    const second = tell('second');
    await vi.waitFor(() => expect(crm.calls).toHaveLength(2));
    hear();
    gates[0]!.resolve();
    await first;
    gates[1]!.resolve();
    await second;
    await world.runtime.settle();

    expect(toldIn(crm)).toEqual(['Pre-Qualified', 'Disqualified', 'Disqualified']);
    isCalm(world);
  });

  it('dies, and what it was to tell is told all the same, with no message dead', async () => {
    await atEachCall(
      () => Promise.reject(new Error('the worker has died')),
      async ({ crm, world, tell, pass, nth }) => {
        let failed = (await tell('first', 2)).failed;
        if (failed.length > 0) failed = (await tell('first', 3)).failed;
        expect(failed, `call ${nth}`).toEqual([]);
        await pass(10 * 60_000);
        expect(crm.values.get('501'), `call ${nth}`).toMatchObject({ status: 'Pre-Qualified' });
        isCalm(world);
      },
    );
  });
});

it('holds a record longer than the worker lives, and no longer than a message of a dead one waits', () => {
  const { seconds } = functionSizes['sync-crm'];
  expect(leaseMs).toBeGreaterThan(seconds * 1_000);
  // infra/queues.ts: a queue's message comes again after six times as long.
  expect(leaseMs).toBeLessThan(6 * seconds * 1_000);
});
