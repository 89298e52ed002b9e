// The sweep on the embedded adapters: what is due is asked for once, page by page, whatever fails in the middle.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import type { Table, Write } from '../../lib/ports.ts';
import { savePlaybook } from '../../lib/steps/playbooks.ts';
import { createDueSweep } from '../../lib/steps/sweep/due-assessments.ts';
import { createPlaybookRollout } from '../../lib/steps/sweep/playbook-rollout.ts';
import { createSweep } from '../../lib/steps/sweep/sweep.ts';
import { allOf, as } from '../../lib/table/items.ts';
import { dueKey, rolloutKey } from '../../lib/table/keys.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { crm } from '../simulation/lines.ts';
import { openWorld, silent, type World } from '../simulation/world.ts';
import { type Asked, askedOnBus } from './asked.ts';

const begin = '2026-11-20T12:00:00.000Z';
const ends = '2026-11-20T12:01:00.000Z';
let world: World;
let asked: Asked[];
beforeEach(async () => {
  asked = [];
  // Sweeps are the tests' own.
  world = await openWorld(begin, {
    sweepEveryMs: Number.MAX_SAFE_INTEGER,
    wrapPorts: askedOnBus((events) => asked.push(...events)),
  });
});
afterEach(() => world.close());

const customers = (count: number): Promise<void> =>
  world.deliver(
    Array.from({ length: count }, (_, n): Captured[] => [
      crm(`a${n}`, begin, { object: 'account', externalId: `A${n}`, name: `Company ${n}` }),
      crm(`c${n}`, begin, {
        object: 'contract',
        externalId: `C${n}`,
        accountExternalId: `A${n}`,
        startsAt: '2026-01-01T00:00:00.000Z',
        endsAt: ends,
      }),
    ]),
  );
const ports = (table: Table = world.embedded.table) => ({ table, clock: world.embedded.clock, log: silent });
/** A table that fails once, before or after what it was to write. */
const failing = (when: 'before' | 'after', isIt: (write: Write) => boolean): Table => {
  const { table } = world.embedded;
  let left = 1;
  return {
    ...table,
    write: async (write) => {
      if (!isIt(write) || left === 0) return table.write(write);
      left = 0;
      if (when === 'after') await table.write(write);
      throw new Error('crashed');
    },
  };
};
const accounts = () => allOf('account-assessment', world.items());
const statuses = () => new Set(accounts().map(({ assessment }) => assessment.status));
const perAccount = () => [...Map.groupBy(asked, ({ accountId }) => accountId).values()].map(({ length }) => length);

describe('accounts that are due', () => {
  it('are asked for once each, more than a page of them', async () => {
    await customers(130);
    expect(await createDueSweep(ports())()).toBe(0);
    await world.advanceTo(ends);
    expect(await createDueSweep(ports())()).toBe(130);
    expect(await createDueSweep(ports())()).toBe(0);
    expect(statuses()).toEqual(new Set(['Customer']));
    await world.runtime.settle();

    expect(perAccount()).toEqual(Array(130).fill(1));
    expect(asked[0]).toMatchObject({ because: 'time', at: ends });
    expect(statuses()).toEqual(new Set(['Churned']));
    expect(allOf('due', world.items())).toEqual([]);
  });

  it.each(['before', 'after'] as const)('are asked for once when it crashes %s a write', async (when) => {
    await customers(3);
    await world.advanceTo(ends);
    const table = failing(when, (write) => 'put' in write && write.put.type === 'due');
    expect(await createDueSweep(ports(table))()).toBe(2);
    await world.runtime.settle();
    expect(accounts().filter(({ assessment }) => assessment.status === 'Churned')).toHaveLength(
      when === 'after' ? 3 : 2,
    );
    expect(await createDueSweep(ports())()).toBe(when === 'after' ? 0 : 1);
    await world.runtime.settle();

    expect(perAccount()).toEqual([1, 1, 1]);
    expect(statuses()).toEqual(new Set(['Churned']));
  });

  it('are left to whoever assessed them meanwhile', async () => {
    await customers(2);
    await world.advanceTo(ends);
    const { table } = world.embedded;
    const late: Table = {
      ...table,
      list: async (listPk, options) => {
        const items = await table.list(listPk, options);
        // Between the look and the write the first account hears of its renewal.
        if (options?.after === undefined) {
          await world.deliver([
            crm('r', ends, {
              object: 'contract',
              externalId: 'R',
              accountExternalId: 'A0',
              startsAt: ends,
              endsAt: '2027-11-20T00:00:00.000Z',
            }),
          ]);
        }
        return items;
      },
    };
    expect(await createDueSweep(ports(late))()).toBe(1);
    await world.runtime.settle();

    expect(perAccount()).toEqual([1]);
    expect([...statuses()].sort()).toEqual(['Churned', 'Customer']);
    expect(allOf('due', world.items()).map(({ at }) => at)).toEqual(['2027-11-20T00:00:00.000Z']);
  });
});

describe('a new version of the playbook', () => {
  const another = (name: string) => savePlaybook(world.embedded, name, testPlaybook({ name }));
  const afterMinutes = (minutes: number) => world.runtime.advanceTo(world.embedded.clock.now() + minutes * 60_000);
  const versions = () => new Set(accounts().map(({ assessment }) => assessment.version));
  const rollout = async () => as('rollout', await world.embedded.table.get(rolloutKey));

  it('has every account judged anew, once, page by page', async () => {
    await customers(450);
    expect(versions()).toEqual(new Set([1]));
    await another('two');
    await afterMinutes(2);
    expect(await createPlaybookRollout(ports())()).toBe(450);
    await world.runtime.settle();
    expect(perAccount()).toEqual(Array(450).fill(1));
    expect(asked[0]).toMatchObject({ because: 'playbook' });
    expect(versions()).toEqual(new Set([2]));

    await afterMinutes(60);
    expect(await createPlaybookRollout(ports())()).toBe(0);
    expect((await rollout())?.done).toBe(true);
  });

  it('waits until nobody judges by the one before', async () => {
    await customers(1);
    await another('two');
    await world.runtime.advanceTo(world.embedded.clock.now() + 119_999);
    expect(await createPlaybookRollout(ports())()).toBe(0);
    await world.runtime.advanceTo(world.embedded.clock.now() + 1);
    expect(await createPlaybookRollout(ports())()).toBe(1);
  });

  it.each(['before', 'after'] as const)('goes on where it crashed %s a page was written', async (when) => {
    await customers(450);
    await another('two');
    await afterMinutes(2);
    let pages = 0;
    const table = failing(when, (write) => {
      if (!('put' in write) || write.put.type !== 'rollout') return false;
      pages += 1;
      return pages === 2;
    });
    await expect(createPlaybookRollout(ports(table))()).rejects.toThrow('crashed');
    await world.runtime.settle();
    expect(asked).toHaveLength(when === 'after' ? 400 : 200);
    expect(await createPlaybookRollout(ports())()).toBe(when === 'after' ? 50 : 250);
    await world.runtime.settle();

    expect(perAccount()).toEqual(Array(450).fill(1));
    expect(versions()).toEqual(new Set([2]));
  });

  it('begins from the start when a newer one comes on top', async () => {
    await customers(250);
    await another('two');
    await afterMinutes(2);
    const table = failing('after', (write) => 'put' in write && write.put.type === 'rollout');
    await expect(createPlaybookRollout(ports(table))()).rejects.toThrow('crashed');
    await another('three');
    await afterMinutes(2);
    expect(await createPlaybookRollout(ports())()).toBe(250);
    await world.runtime.settle();

    expect(asked).toHaveLength(450);
    expect(versions()).toEqual(new Set([3]));
  });

  it('is nothing new when the text is the same, nor is the first', async () => {
    await customers(3);
    await afterMinutes(10);
    expect(await savePlaybook(world.embedded, 'test', testPlaybook())).toEqual({ number: 1, saved: false });
    await afterMinutes(10);
    expect(await createPlaybookRollout(ports())()).toBe(0);
  });

  it('asks for what an earlier release judged, which kept no count', async () => {
    await customers(3);
    await world.embedded.table.write({ remove: rolloutKey, condition: { if: 'always' } });
    await afterMinutes(2);
    expect(await createPlaybookRollout(ports())()).toBe(3);
  });
});

it('does each of its parts, though another fails', async () => {
  await customers(1);
  await world.advanceTo(ends);
  const { table } = world.embedded;
  const broken: Table = {
    ...table,
    getMany: async () => {
      throw new Error('throttled');
    },
  };
  const sla = (own: Table) => ({ ...ports(own), playbook: world.playbook, timers: world.embedded.timers });
  await expect(createSweep(sla(broken))()).rejects.toThrow('throttled');
  const { accountId } = accounts()[0]!;
  expect(as('due', await table.get(dueKey(accountId)))?.listPk).toBeUndefined();
  expect(await createSweep(sla(table))()).toEqual({
    ...{ clocks: 0, due: 0, playbook: 0, held: 0, wakeUps: 0, requests: 0, notices: 0 },
  });
});
