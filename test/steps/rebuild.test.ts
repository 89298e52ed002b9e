// Rebuilding beside intake, call by call; by many slices; and of what hangs on an item alone.
import { afterEach, expect, it } from 'vitest';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import type { Item, Table } from '../../lib/ports.ts';
import { rebuildLead } from '../../lib/steps/operate/rebuild/rebuild-lead.ts';
import { readOperation } from '../../lib/steps/read-operation.ts';
import { allOf } from '../../lib/table/items.ts';
import { packed } from '../../lib/table/packing.ts';
import { crm, demoRequest, pageView } from '../simulation/lines.ts';
import { openWorld, stateOf, type World } from '../simulation/world.ts';
import { beforeEachCall, foldAll } from './meanwhile.ts';

const now = '2026-11-23T12:00:00.000Z';
const email = 'bea@acme.example';
const account = crm('a', '2026-11-23T08:00:00.000Z', { object: 'account', externalId: 'A', domains: ['acme.example'] });
const first = demoRequest('f1', '2026-11-20T09:00:00.000Z', email, { person: { email, visitor: 'anon:1' } });
const second = demoRequest('f2', '2026-11-23T10:00:00.000Z', email);

const opened: World[] = [];
const open = async (): Promise<World> => {
  const world = await openWorld(now, { sweepEveryMs: 1e12 });
  opened.push(world);
  return world;
};
afterEach(async () => {
  for (const world of opened.splice(0)) await world.close();
});

const change = (world: World, item: Item, fields: object): Promise<void> =>
  world.embedded.table.write({ put: packed({ ...item, ...fields }), condition: { if: 'always' } });
const rebuild = async (world: World): Promise<Record<string, number> | undefined> => {
  const request = { type: 'operation-requested.v1', operationId: 'op_1', at: now, by: 'ops', why: 'Spoilt.' };
  const body = JSON.stringify({ ...request, asked: { operation: 'rebuild' } });
  await world.embedded.queues.queue('operate').send([body]);
  await world.runtime.settle();
  return (await readOperation(world.embedded.table, 'op_1'))?.report?.counts;
};

it('loses nothing that is folded at any moment of it', async () => {
  const whole = await open();
  await whole.deliver([account, first, second]);
  const should = stateOf(whole.items());
  for (let nth = 1; ; nth += 1) {
    const world = await open();
    await world.deliver([account, first]);
    const [lead] = allOf('lead', world.items()).filter(({ leadId }) => leadId === leadIdOfEmail(email));
    await change(world, lead!, { own: { ...lead!.own, facts: { days: {} } } });
    let calls = 0;
    const table: Table = beforeEachCall(world.embedded.table, async () => {
      calls += 1;
      if (calls === nth) await foldAll(world, [second]);
    });
    const { scan, page } = world.embedded.table;
    const ports = {
      ...{ ...world.embedded, log: world.log, playbook: world.playbook, prompt: world.embedded.queues.queue('prompt') },
      table: { ...table, scan, page },
    };
    expect(await rebuildLead(ports, lead!.leadId)).toBe('mended');
    await world.runtime.settle();
    if (calls < nth) {
      expect(nth).toBeGreaterThan(5);
      return;
    }
    expect(stateOf(world.items()), `before call ${nth}`).toEqual(should);
  }
});

it('goes on where the slice before came to, through more than one slice looks at', async () => {
  const world = await open();
  await world.deliver([account, first]);
  const should = stateOf(world.items());
  const leads = allOf('lead', world.items());
  // What comes first in the table is looked at first; what is spoilt comes behind more than a slice's pages.
  const put = (sk: string) =>
    ({ put: { pk: 'OTHER', sk, type: 'other', version: 1 }, condition: { if: 'always' } }) as const;
  for (let from = 0; from < 2_100; from += 100)
    await world.embedded.table.transact(Array.from({ length: 100 }, (_, n) => put(String(from + n))));
  for (const lead of leads) {
    await world.embedded.table.write({ remove: lead, condition: { if: 'always' } });
    await change(world, lead, { own: { ...lead.own, profile: {}, facts: { days: {} } } });
  }

  await rebuild(world);

  expect((await readOperation(world.embedded.table, 'op_1'))?.slices).toBe(2);
  expect(stateOf(world.items())).toEqual(should);
});

it.each(['member', 'opportunity'] as const)('mends a %s that alone is not as it should be', async (type) => {
  const world = await open();
  const deal = crm('o', '2026-11-23T11:00:00.000Z', {
    ...{ object: 'opportunity', externalId: 'O', accountExternalId: 'A', primaryContactEmail: email, state: 'open' },
  });
  await world.deliver([account, first, deal, pageView('p', '2026-11-23T11:30:00.000Z', 'anon:1')]);
  const should = stateOf(world.items());
  const [item] = world.items().filter((one) => one.type === type && !one.gone);
  await world.embedded.table.write({ remove: item!, condition: { if: 'always' } });
  expect(stateOf(world.items())).not.toEqual(should);

  expect(await rebuild(world)).toMatchObject({ mended: 1, couldNot: 0 });
  expect(stateOf(world.items())).toEqual(should);
});
