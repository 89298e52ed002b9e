// Browsers in which a mail was opened whose link names a lead, on the embedded adapters: theirs until somebody says who they are.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import type { TouchCaptured } from '../../events/touch-captured.v1.ts';
import { anyTouch, touchesIn } from '../../lib/domain/facts/facts.ts';
import { accountIdOfCrm, accountIdOfDomain, leadIdOfEmail, leadIdOfVisitor } from '../../lib/domain/ids.ts';
import { readLead } from '../../lib/steps/read-lead.ts';
import { allOf, membersOf } from '../../lib/table/items.ts';
import { crm, decide, demoRequest, pageView, touch } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';

const at = (time: string): string => `2026-11-20T${time}:00.000Z`;
const [bea, ben] = ['bea@acme.example', 'ben@acme.example'];
const [beaId, benId] = [bea, ben].map(leadIdOfEmail) as [string, string];
const inGlobex = '203.0.113.200';
let world: World;
beforeEach(async () => {
  world = await openWorld(at('12:00'));
});
afterEach(() => world.close());

const page = (id: string, time: string, visitor = 'anon:1'): TouchCaptured => ({
  ...pageView(id, at(time), visitor),
  ip: inGlobex,
});
const opened = (id: string, time: string, lead: string, given: Partial<TouchCaptured> = {}): TouchCaptured =>
  touch({ id, occurredAt: at(time), person: { visitor: 'anon:1', lead }, ip: inGlobex, ...given });
const form = (id: string, time: string, email: string, visitor?: string): TouchCaptured =>
  demoRequest(id, at(time), email, visitor === undefined ? {} : { person: { email, visitor } });

/** Touches by whom they count for: an address, or the id of somebody nobody knows; and where those count. */
const counted = () =>
  Object.fromEntries(
    membersOf(world.items()).map(({ leadId, email, accountId, anonymous, state }) => [
      email ?? `${anonymous ? 'anonymous' : 'lead'} ${leadId} in ${accountId}`,
      touchesIn(state.facts, anyTouch),
    ]),
  );
const anonymous = (leadId: string, accountId = accountIdOfDomain('globex.example')) =>
  `anonymous ${leadId} in ${accountId}`;
const visitor = leadIdOfVisitor('anon:1');
const whose = async (id: string) => (await readLead(world.embedded.table, id))?.leadId;

const orders: [string, (lines: Captured[]) => Captured[][]][] = [
  ['in time order', (lines) => lines.map((line) => [line])],
  ['turned round', (lines) => [...lines].reverse().map((line) => [line])],
  ['at once, and again', (lines) => [lines, lines]],
];

describe.each(orders)('a mail opened, %s', (_, batches) => {
  const deliver = async (...lines: Captured[]) => {
    for (const batch of batches(lines)) await world.deliver([batch]);
  };

  it('gives the browser to whom it was sent', async () => {
    await deliver(page('p1', '07:00'), form('f', '08:00', bea), opened('o', '09:00', beaId), page('p2', '10:00'));

    expect(counted()).toEqual({ [bea]: 4 });
    expect(await whose(visitor)).toBe(beaId);
  });

  it('by a colleague gives them nothing: what they say of themselves is worth more', async () => {
    await deliver(
      form('f1', '07:00', bea),
      opened('o', '08:00', beaId),
      page('p', '09:00'),
      form('f2', '10:00', ben, 'anon:1'),
    );

    expect(counted()).toEqual({ [bea]: 1, [ben]: 3 });
    expect(await whose(visitor)).toBe(benId);
  });

  it('leaves the browser with the first of two', async () => {
    await deliver(
      form('f1', '07:00', bea),
      form('f2', '07:10', ben),
      opened('o1', '08:00', benId),
      opened('o2', '09:00', beaId),
    );

    expect(counted()).toEqual({ [bea]: 1, [ben]: 3 });
  });

  it('makes nobody a lead whom nothing else tells of: they count as the unknown visitor they are', async () => {
    await deliver(page('p', '08:00'), opened('o', '09:00', beaId));

    expect(counted()).toEqual({ [anonymous(beaId)]: 2 });
    for (const type of ['lead-assessment', 'assignment', 'sla', 'notice'] as const) {
      expect(allOf(type, world.items()), type).toEqual([]);
    }
  });

  it('waits for its lead, who has all of it once they say who they are elsewhere', async () => {
    await deliver(page('p', '08:00'), opened('o', '09:00', beaId), form('f', '10:00', bea));

    expect(counted()).toEqual({ [bea]: 3 });
  });

  it('by a machine says nothing', async () => {
    await deliver(page('p', '08:00'), opened('o', '09:00', beaId, { flag: 'bot' }), form('f', '10:00', bea));

    expect(counted()).toEqual({ [bea]: 1, [anonymous(visitor)]: 1 });
  });

  it('by somebody who is signed in says nothing of the sign-in, whose owner the browser’s is', async () => {
    const signedIn = { person: { visitor: 'anon:1', alsoVisitor: 'user:7', lead: beaId } };
    await deliver(form('f', '07:00', bea), page('p', '08:00', 'user:7'), opened('o', '09:00', beaId, signedIn));

    expect(counted()).toEqual({ [bea]: 1, [anonymous(leadIdOfVisitor('user:7'))]: 2 });
    expect(await whose(visitor)).toBe(beaId);

    await deliver(
      touch({ id: 'i', occurredAt: at('10:00'), kind: 'identify', person: { email: ben, visitor: 'user:7' } }),
    );
    expect(counted()).toEqual({ [bea]: 1, [ben]: 2 });
    expect(await whose(visitor)).toBe(benId);
  });

  it('goes with its lead into whom they are merged, and makes nobody a lead by that either', async () => {
    const merged = decide('d', at('10:00'), { a: benId, b: beaId });
    await deliver(page('p', '08:00'), opened('o', '09:00', beaId), merged);
    expect(counted()).toEqual({ [anonymous(benId)]: 2 });

    await deliver(form('f', '11:00', ben));
    expect(counted()).toEqual({ [ben]: 3 });
  });

  it('counts for whoever has the network’s domain, and no more as a lead once the CRM’s record is another’s', async () => {
    const record = (id: string, time: string, email: string) =>
      crm(id, at(time), { object: 'person', externalId: 'P', email });
    await deliver(record('c1', '07:00', bea), opened('o', '08:00', beaId));
    expect(counted()).toEqual({ [bea]: 1 });

    await deliver(
      record('c2', '09:00', ben),
      crm('c3', at('10:00'), { object: 'account', externalId: 'G', domains: ['globex.example'] }),
    );
    expect(counted()).toEqual({ [ben]: 0, [anonymous(beaId, accountIdOfCrm('crm', 'G'))]: 1 });
  });
});

it('is told of the person among hundreds of browsers that were put together', async () => {
  const all = Array.from({ length: 230 }, (_, n) =>
    opened(`o${n}`, '09:00', beaId, { person: { visitor: `anon:${n}`, lead: beaId } }),
  );
  await world.deliver(all);
  expect(allOf('lead', world.items()).some(({ earlier }) => earlier !== undefined)).toBe(true);
  expect(counted()).toEqual({ [anonymous(beaId)]: 230 });

  await world.deliver([form('f', '10:00', ben, 'anon:3')]);
  expect(counted()).toEqual({ [anonymous(beaId)]: 229, [ben]: 2 });
});

describe('of more people than one browser has', () => {
  const minute = (n: number): string => `08:${String(n).padStart(2, '0')}`;

  it('by mails’ links only the first few hear, though anybody may make them up', async () => {
    const madeUp = (n: number): string => `lead_${n.toString(16).padStart(16, '0')}`;
    for (let n = 0; n < 40; n += 1) await world.deliver([opened(`o${n}`, minute(n), madeUp(n))]);

    const all = allOf('lead', world.items()).map(({ leadId }) => leadId);
    expect(all.sort()).toEqual([...Array.from({ length: 5 }, (_, n) => madeUp(n)), visitor]);
  });

  it('whoever had it lets it go, though the first of fifty others leave no room for a link to them', async () => {
    await world.deliver([[form('f', '10:00', bea), page('p', '11:00'), form('g', '11:30', bea, 'anon:1')]]);
    expect(counted()).toEqual({ [bea]: 3 });

    const others = Array.from({ length: 60 }, (_, n) => {
      const person = { email: `p${n}@globex.example`, visitor: 'anon:1' };
      return touch({ id: `i${n}`, occurredAt: at(minute(n)), kind: 'identify', person });
    });
    await world.deliver([others]);

    expect(counted()[bea]).toBe(2);
    expect(await whose(visitor)).toBe(leadIdOfEmail('p0@globex.example'));
    const item = allOf('lead', world.items()).find(({ leadId }) => leadId === visitor);
    expect(Object.keys(item?.links ?? {})).toHaveLength(50);
  });
});
