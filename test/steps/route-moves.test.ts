// A lead that comes to another account takes along who has it, since when, and who had it before.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { allOf } from '../../lib/table/items.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { crm, demoRequest } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { action, ada, assignmentOf, ben, loads, routingOf, staged } from './routing-world.ts';

const at = (time: string): string => `2026-11-20T${time}.000Z`;
const bea = 'bea@acme.example';

let world: World;
beforeEach(async () => {
  world = await openWorld(at('11:00:00'), { playbook: testPlaybook(routingOf()) });
});
afterEach(() => world.close());

const account = (externalId: string, ownerEmail?: string) =>
  crm(`a${externalId}`, at('08:00:00'), { object: 'account', externalId, name: `Company ${externalId}`, ownerEmail });
const belongsTo = (accountExternalId: string, time = at('10:00:00')) =>
  crm(`b${accountExternalId}`, time, { object: 'person', externalId: 'p', email: bea, accountExternalId });
const has = () => assignmentOf(world, bea)!;
const told = () =>
  allOf('assignment', world.items()).flatMap(({ outbox }) => (outbox ? (JSON.parse(outbox) as object[]) : []));

it('stays with who has it: the same assignment, told to nobody anew', async () => {
  await world.deliver([demoRequest('f', at('09:00:00'), bea)]);
  await world.deliver([account('B')]);
  const before = has();
  await world.deliver([belongsTo('B')]);
  const after = has();

  expect(after.accountId).not.toBe(before.accountId);
  expect(after).toMatchObject({
    owner: { email: ada },
    assignmentId: before.assignmentId,
    turn: 1,
    at: before.at,
    cameFrom: before.accountId,
    open: true,
  });
  expect(told()).toEqual([
    expect.objectContaining({
      assignmentId: before.assignmentId,
      cameFrom: before.accountId,
      accountId: after.accountId,
    }),
  ]);
  expect(allOf('assignment', world.items()).find(({ accountId }) => accountId === before.accountId)).toMatchObject({
    movedTo: after.accountId,
  });
  expect(loads(world)).toEqual({ [ada]: 1 });
});

it('goes to the owner of the account it came to, as another turn', async () => {
  await world.deliver([demoRequest('f', at('09:00:00'), bea)]);
  await world.deliver([account('B', ben)]);
  const before = has();
  await world.deliver([belongsTo('B')]);

  expect(has()).toMatchObject({
    owner: { email: ben },
    turn: 2,
    reason: 'Owns the account in the CRM.',
    history: [{ assignmentId: before.assignmentId, owner: { email: ada }, why: 'The lead came to another account.' }],
  });
  expect(loads(world)).toEqual({ [ada]: 0, [ben]: 1 });
});

it('stays with who works it', async () => {
  await world.deliver([demoRequest('f', at('09:00:00'), bea)]);
  await world.deliver([action('r', at('09:30:00'), bea, { does: 'reassign', to: ben })]);
  await world.deliver([staged('w', at('09:40:00'), bea, 'working'), account('B')]);
  const before = has();
  await world.deliver([belongsTo('B')]);

  expect(has()).toMatchObject({ owner: { email: ben }, assignmentId: before.assignmentId, cameFrom: before.accountId });
  expect(has().history).toEqual(before.history);
  expect(loads(world)).toEqual({ [ada]: 0, [ben]: 1 });
});

it('comes back to the account it was in, still theirs', async () => {
  await world.deliver([demoRequest('f', at('09:00:00'), bea)]);
  await world.deliver([account('B'), account('C')]);
  await world.deliver([belongsTo('B', at('10:00:00'))]);
  const { assignmentId, accountId } = has();
  await world.deliver([belongsTo('C', at('10:10:00'))]);
  await world.deliver([{ ...belongsTo('B', at('10:20:00')), id: 'back' }]);

  expect(has()).toMatchObject({ accountId, assignmentId, owner: { email: ada }, turn: 1 });
  expect(loads(world)).toEqual({ [ada]: 1 });
});
