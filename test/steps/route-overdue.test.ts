// Leads that the clock takes from somebody, where taking is not plain: nobody else has room yet, or the playbook has changed since.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PublishedOf } from '../../events/catalogue.ts';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import type { PlaybookInput } from '../../lib/domain/playbook/playbook.ts';
import { savePlaybook } from '../../lib/steps/playbooks.ts';
import { allOf } from '../../lib/table/items.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { demoRequest } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { ada, assignmentOf, ben, hasIt, loads, routingOf, staged } from './routing-world.ts';

const at = (time: string): string => `2026-11-20T${time}.000Z`;
const [bea, other] = ['bea@acme.example', 'other@globex.example'];

let world: World;
const open = async (changes: Partial<PlaybookInput> = {}) => {
  world = await openWorld(at('11:00:00'), { playbook: testPlaybook({ ...routingOf(), ...changes }) });
};
beforeEach(() => open());
afterEach(() => world.close());

const overdue = async (email: string) => {
  const { accountId, assignmentId } = assignmentOf(world, email)!;
  const about = { accountId, leadId: leadIdOfEmail(email), because: 'overdue', assignmentId } as const;
  const event: PublishedOf<'routing-due.v1'> = { type: 'routing-due.v1', id: 'evt_o', at: at('11:00:00'), ...about };
  await world.embedded.bus.publish([event]);
  await world.runtime.settle();
};
const asks = (email: string) => world.deliver([demoRequest(email, at('09:00:00'), email)]);

it('stays only until somebody else has room, which no calendar tells', async () => {
  await world.close();
  await open(routingOf({}, { [ben]: { capacity: 1 } }));
  await asks(bea);
  await asks(other);
  expect([bea, other].map((email) => hasIt(world, email))).toEqual([ada, ben]);
  await overdue(bea);
  expect(hasIt(world, bea)).toBe(ada);

  await world.deliver([staged('n', at('11:00:00'), other, 'nurture')]);
  await world.advanceTo(at('12:00:00'));
  expect(hasIt(world, bea)).toBe(ben);
  expect(loads(world)).toEqual({ [ada]: 0, [ben]: 1 });
});

it('is looked at no more where nobody else is there to have it at any time', async () => {
  await world.close();
  await open(routingOf({ members: [{ email: ada }] }));
  await asks(bea);
  await overdue(bea);

  expect(hasIt(world, bea)).toBe(ada);
  expect(allOf('wake-up', world.items()).filter(({ name }) => name.startsWith('route.'))).toEqual([]);
});

it('goes round the team it came from, which no rule names any more', async () => {
  const teams = { sdr: { members: [ada, ben] } };
  const { people, routing } = routingOf();
  await world.close();
  await open({ teams, routing: { ...routing, rules: [{ name: 'to-team', to: { team: 'sdr' } }] } });
  await asks(bea);
  expect(assignmentOf(world, bea)).toMatchObject({ owner: { email: ada }, pool: 'team:sdr' });
  await savePlaybook(world.embedded, 'without the rule', testPlaybook({ people, teams, routing }));
  await world.advanceTo(at('11:30:00'));
  await overdue(bea);

  expect(assignmentOf(world, bea)).toMatchObject({ owner: { email: ben }, pool: 'team:sdr', turn: 2 });
  expect(allOf('pool', world.items()).find(({ name }) => name === 'team:sdr')?.counts).toEqual({ [ada]: 1, [ben]: 1 });
});
