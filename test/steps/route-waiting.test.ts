// Leads for which nobody is available: they wait, are found again, and are forgotten by nobody.
import { afterEach, expect, it } from 'vitest';
import { allOf } from '../../lib/table/items.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { demoRequest } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { action, ada, assignmentOf, ben, grace, hasIt, loads, routingOf, staged } from './routing-world.ts';

const friday = (time: string): string => `2026-11-20T${time}.000Z`;
const saturday = (time: string): string => `2026-11-21T${time}.000Z`;
const monday = (time: string): string => `2026-11-23T${time}.000Z`;

let world: World;
afterEach(() => world.close());
const open = async (start: string, ...changes: Parameters<typeof routingOf>) => {
  world = await openWorld(start, { playbook: testPlaybook(routingOf(...changes)) });
};
const asks = (email: string, at: string) => demoRequest(email, at, email);
const routedEvents = () =>
  allOf('assignment', world.items()).filter(({ outbox }) => outbox?.includes('lead-routed.v1')).length;

it('waits over the weekend for the first who is at work, and then counts as theirs', async () => {
  await open(saturday('15:00:00'), { whenNobody: 'wait' });
  await world.deliver([asks('bea@acme.example', saturday('15:00:00'))]);

  expect(assignmentOf(world, 'bea@acme.example')).toMatchObject({
    waiting: { since: saturday('15:00:00'), until: monday('09:00:00'), pool: 'inbound' },
    turn: 1,
    reason: 'Nobody of pool inbound is available until 2026-11-23 09:00 UTC.',
  });
  expect(routedEvents()).toBe(0);
  await world.advanceTo(monday('08:59:00'));
  expect(hasIt(world, 'bea@acme.example')).toBeUndefined();
  await world.advanceTo(monday('09:00:00'));

  const assignment = assignmentOf(world, 'bea@acme.example')!;
  expect(assignment).toMatchObject({ owner: { email: ada }, turn: 1, at: monday('09:00:00') });
  expect(assignment.waiting).toBeUndefined();
  expect(assignment.listPk).toBe(`OWNED#${ada}`);
  expect(routedEvents()).toBe(1);
  expect(loads(world)).toEqual({ [ada]: 1 });
});

it('is given anyway where the pool says so, to be answered in their own hours', async () => {
  await open(saturday('15:00:00'), { whenNobody: 'anyway' });
  await world.deliver([asks('bea@acme.example', saturday('15:00:00'))]);

  expect(assignmentOf(world, 'bea@acme.example')).toMatchObject({
    owner: { email: ada },
    reason: 'Nobody is available; likeliest to be next in pool inbound.',
  });
});

it('goes to who has room again as soon as a lead of theirs left sales', async () => {
  await open(friday('12:00:00'), { whenNobody: 'wait' }, { [ada]: { capacity: 1 }, [ben]: { capacity: 1 } });
  const people = ['a@acme.example', 'b@globex.example', 'c@initech.example', 'd@hooli.example'];
  for (const email of people) await world.deliver([asks(email, friday('11:00:00'))]);
  expect(people.map((email) => hasIt(world, email))).toEqual([ada, ben, undefined, undefined]);

  await world.deliver([staged('n', friday('12:00:00'), people[1]!, 'nurture')]);

  expect(people.map((email) => hasIt(world, email))).toEqual([ada, ben, ben, undefined]);
  expect(loads(world)).toEqual({ [ada]: 1, [ben]: 1 });
});

it('goes to who has room again as soon as a lead of theirs went to somebody else', async () => {
  await open(friday('12:00:00'), { whenNobody: 'wait' }, { [ada]: { capacity: 1 }, [ben]: { capacity: 1 } });
  const people = ['a@acme.example', 'b@globex.example', 'c@initech.example'];
  for (const email of people) await world.deliver([asks(email, friday('11:00:00'))]);
  await world.deliver([action('r', friday('12:00:00'), people[1]!, { does: 'reassign', to: grace })]);

  expect(people.map((email) => hasIt(world, email))).toEqual([ada, grace, ben]);
  expect(loads(world)).toEqual({ [ada]: 1, [ben]: 1, [grace]: 1 });
});

it('keeps the room taken while a lead is worked', async () => {
  await open(friday('12:00:00'), { whenNobody: 'wait' }, { [ada]: { capacity: 1 }, [ben]: { capacity: 1 } });
  const people = ['a@acme.example', 'b@globex.example', 'c@initech.example'];
  for (const email of people) await world.deliver([asks(email, friday('11:00:00'))]);
  await world.deliver([staged('w', friday('12:00:00'), people[0]!, 'working')]);
  expect(loads(world)).toEqual({ [ada]: 1, [ben]: 1 });
  expect(hasIt(world, people[2]!)).toBeUndefined();

  await world.deliver([staged('d', friday('12:00:01'), people[0]!, 'disqualified')]);
  await world.deliver([staged('v', friday('12:00:02'), people[0]!, 'working')]);
  // Worked again: beyond their capacity, since nobody else is at it.
  expect(hasIt(world, people[2]!)).toBe(ada);
  expect(loads(world)).toEqual({ [ada]: 2, [ben]: 1 });
});

it('waits for nobody any more once it has left sales', async () => {
  await open(saturday('15:00:00'), { whenNobody: 'wait' });
  await world.deliver([asks('bea@acme.example', saturday('15:00:00'))]);
  await world.deliver([staged('n', saturday('15:00:00'), 'bea@acme.example', 'nurture')]);
  await world.advanceTo(monday('10:00:00'));

  expect(assignmentOf(world, 'bea@acme.example')?.waiting?.over).toBe(saturday('15:00:00'));
  expect(assignmentOf(world, 'bea@acme.example')?.listPk).toBeUndefined();
  expect(loads(world)).toEqual({});

  await world.deliver([asks('bea@acme.example', monday('10:00:00'))].map((line) => ({ ...line, id: 'again' })));
  expect(assignmentOf(world, 'bea@acme.example')).toMatchObject({ owner: { email: ada }, turn: 1 });
});

it('is whose who works it, where nobody was given it', async () => {
  await open(saturday('15:00:00'), { whenNobody: 'wait' });
  await world.deliver([asks('bea@acme.example', saturday('15:00:00'))]);
  await world.deliver([staged('w', saturday('15:00:00'), 'bea@acme.example', 'working')]);
  await world.advanceTo(monday('10:00:00'));

  expect(assignmentOf(world, 'bea@acme.example')).toMatchObject({ waiting: { over: monday('09:00:00') } });
  expect(loads(world)).toEqual({});
});

it('looks again within the hour where no calendar tells when there will be room', async () => {
  await open(friday('12:00:00'), { whenNobody: 'wait' }, { [ada]: { capacity: 1 }, [ben]: { capacity: 1 } });
  const people = ['a@acme.example', 'b@globex.example', 'c@initech.example'];
  for (const email of people) await world.deliver([asks(email, friday('11:00:00'))]);
  const wakeUps = allOf('wake-up', world.items()).filter(({ listPk }) => listPk !== undefined);
  expect(wakeUps.map(({ at }) => at)).toEqual([friday('13:00:00')]);
  await world.advanceTo(friday('13:00:00'));

  const later = allOf('wake-up', world.items()).filter(({ listPk }) => listPk !== undefined);
  expect(later.map(({ at }) => at)).toEqual([friday('14:00:00')]);
  expect(assignmentOf(world, people[2]!)?.waiting?.since).toBe(friday('12:00:00'));
});
