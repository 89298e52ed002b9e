// What routing hears in another order than it happened, or while something else happens: no lead is lost by it, and no room leaks.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Published } from '../../events/catalogue.ts';
import { published } from '../../events/catalogue.ts';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import type { Table } from '../../lib/ports.ts';
import { createRoute } from '../../lib/steps/route.ts';
import { assessmentKey } from '../../lib/table/keys.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { crm, demoRequest } from '../simulation/lines.ts';
import { openWorld, silent, type World } from '../simulation/world.ts';
import { action, ada, assignmentOf, ben, hasIt, loads, routingOf, staged } from './routing-world.ts';

const friday = (time: string): string => `2026-11-20T${time}.000Z`;
const saturday = (time: string): string => `2026-11-21T${time}.000Z`;
const monday = (time: string): string => `2026-11-23T${time}.000Z`;
const bea = 'bea@acme.example';

let world: World;
let isHeld = false;
let held: string[] = [];
beforeEach(async () => {
  [isHeld, held] = [false, []];
  world = await openWorld(friday('12:00:00'), {
    playbook: testPlaybook(routingOf({ whenNobody: 'wait' })),
    wrapConsumer: (name, consumer) => async (batch) => {
      if (name !== 'route' || !isHeld) return consumer(batch);
      held.push(...batch.map(({ body }) => body));
      return { failed: [] };
    },
  });
  await world.deliver([demoRequest('f', friday('09:00:00'), bea)]);
  expect(hasIt(world, bea)).toBe(ada);
});
afterEach(() => world.close());

const eventsHeld = (): Published[] => held.map((body) => published.parse(JSON.parse(body)));
const hear = async (events: readonly Published[], table: Table = world.embedded.table) => {
  const route = createRoute({ ...world.embedded, table, playbook: world.playbook, log: silent });
  for (const event of events) {
    expect(await route([{ id: 'm', body: JSON.stringify(event), attempt: 1 }])).toEqual({ failed: [] });
  }
};
const isLeaving = (event: Published): boolean => event.type === 'lead-status-changed.v1' && event.to === 'Moved';
const isActed = ({ type }: Published): boolean => type === 'lead-acted.v1';

const company = (name: string) =>
  crm(`a${name}`, friday('08:00:00'), { object: 'account', externalId: name, name: `Company ${name}` });
const belongsTo = (accountExternalId: string, time: string) =>
  crm('moves', time, { object: 'person', externalId: 'p', email: bea, accountExternalId });

it('counts a lead that is worked again while it is being taken off its owner’s', async () => {
  await world.deliver([staged('w', friday('12:00:00'), bea, 'working')]);
  isHeld = true;
  await world.deliver([staged('n', friday('12:00:01'), bea, 'nurture')]);
  const { table } = world.embedded;
  let times = 0;
  const racing: Table = {
    ...table,
    transact: async (writes) => {
      times += 1;
      if (times === 1) {
        const [before, left] = [held.length, eventsHeld()];
        await world.deliver([staged('v', friday('12:00:02'), bea, 'working')]);
        expect(left).toHaveLength(before);
        await hear(eventsHeld().slice(before));
      }
      await table.transact(writes);
    },
  };
  await hear(eventsHeld(), racing);

  expect(times).toBeGreaterThan(0);
  expect(assignmentOf(world, bea)).toMatchObject({ owner: { email: ada }, open: true });
  expect(loads(world)).toEqual({ [ada]: 1 });
});

it.each([
  'before',
  'after',
])('finds somebody for a lead that waited, is worked and moves, heard of %s it left', async (order) => {
  await world.deliver([staged('w', friday('12:00:00'), bea, 'working'), company('B')]);
  await world.advanceTo(saturday('12:00:00'));
  await world.deliver([action('r', saturday('12:00:00'), bea, { does: 'reassign' })]);
  expect(assignmentOf(world, bea)).toMatchObject({
    waiting: { pool: 'inbound' },
    history: [{ owner: { email: ada } }],
  });
  isHeld = true;
  await world.deliver([belongsTo('B', saturday('12:10:00'))]);
  const events = eventsHeld();
  const [left, came] = [events.filter(isLeaving), events.filter((event) => !isLeaving(event))];
  expect([left.length, came.length]).toEqual([1, 1]);
  await hear(order === 'after' ? [...left, ...came] : [...came, ...left]);
  isHeld = false;
  await world.advanceTo(monday('09:00:00'));

  const has = assignmentOf(world, bea)!;
  expect(has.owner).toBeDefined();
  expect(loads(world)[has.owner!.email]).toBe(1);
});

it('gives a lead to whom somebody names while it comes to another account', async () => {
  await world.deliver([company('B')]);
  isHeld = true;
  await world.deliver([belongsTo('B', friday('12:10:00'))]);
  await world.deliver([action('r', friday('12:20:00'), bea, { does: 'reassign', to: ben })]);
  const events = eventsHeld();
  await hear([...events.filter(isActed), ...events.filter((event) => !isActed(event))]);

  expect(assignmentOf(world, bea)).toMatchObject({
    owner: { email: ben },
    turn: 2,
    history: [{ owner: { email: ada } }],
  });
  expect(loads(world)).toEqual({ [ada]: 0, [ben]: 1 });
});

it('hears of what somebody did while the lead is between two accounts once it is judged in the other', async () => {
  await world.deliver([company('B'), belongsTo('B', friday('10:00:00'))]);
  isHeld = true;
  await world.deliver([action('r', friday('12:30:00'), bea, { does: 'reassign', to: ben })]);
  const acted = eventsHeld().filter(isActed);
  expect(acted).toHaveLength(1);
  const { table } = world.embedded;
  const { pk, sk } = assessmentKey(assignmentOf(world, bea)!.accountId, leadIdOfEmail(bea));
  const unjudged: Table = {
    ...table,
    getMany: async (keys) => (await table.getMany(keys)).filter((item) => item.pk !== pk || item.sk !== sk),
  };
  const route = createRoute({ ...world.embedded, table: unjudged, playbook: world.playbook, log: silent });
  const message = { id: 'm', body: JSON.stringify(acted[0]), attempt: 1 };
  expect(await route([message])).toEqual({ failed: ['m'] });
  expect(hasIt(world, bea)).toBe(ada);

  await hear(acted);
  expect(hasIt(world, bea)).toBe(ben);
});
