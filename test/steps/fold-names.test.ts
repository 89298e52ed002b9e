// The names of one visitor, on the embedded adapters: whoever one of them turns out to be has them all, in any order of the news.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { anyTouch, noFacts, touchesIn } from '../../lib/domain/facts/facts.ts';
import { leadIdOfVisitor } from '../../lib/domain/ids.ts';
import type { Log } from '../../lib/ports.ts';
import { membersOf } from '../../lib/table/items.ts';
import { demoRequest, pageView, touch } from '../simulation/lines.ts';
import { openWorld, silent, type World } from '../simulation/world.ts';

const at = (time: string): string => `2026-11-20T${time}:00.000Z`;
const bea = 'bea@acme.example';
const ben = 'ben@acme.example';
const warned: object[] = [];
const log: Log = { ...silent, warn: (message, fields) => warned.push({ message, ...fields }) };
let world: World;
beforeEach(async () => {
  warned.length = 0;
  world = await openWorld(at('12:00'), { log });
});
afterEach(() => world.close());

const alias = (id: string, time: string, visitor: string, alsoVisitor: string) =>
  touch({ id, occurredAt: at(time), kind: 'alias', person: { visitor, alsoVisitor } });
const signUp = (id: string, time: string, email: string, visitor: string) =>
  demoRequest(id, at(time), email, { person: { email, visitor } });
const touchesOf = (email: string): number => {
  const member = membersOf(world.items()).find((one) => one.email === email);
  return touchesIn(member?.state.facts ?? noFacts, anyTouch);
};

const orders: [string, (lines: Captured[]) => Captured[][]][] = [
  ['in time order', (lines) => lines.map((line) => [line])],
  ['turned round', (lines) => [...lines].reverse().map((line) => [line])],
  ['at once, and again', (lines) => [lines, lines]],
];

describe.each(orders)('names seen together, %s', (_, batches) => {
  const deliver = async (lines: Captured[]) => {
    for (const batch of batches(lines)) await world.deliver([batch]);
  };

  it('are one person’s along a chain that ends in a circle', async () => {
    await deliver([
      pageView('v1', at('07:00'), 'anon:1'),
      pageView('v2', at('07:10'), 'anon:2'),
      pageView('v3', at('07:20'), 'anon:3'),
      alias('a1', '08:00', 'anon:1', 'anon:2'),
      alias('a2', '08:10', 'anon:2', 'anon:3'),
      alias('a3', '08:20', 'anon:3', 'anon:1'),
      signUp('f', '09:00', bea, 'anon:3'),
    ]);

    // Three visits and one form.
    expect(touchesOf(bea)).toBe(4);
    expect(membersOf(world.items()).length).toBe(1);
  });

  it('go with the name that turns out to be somebody else’s', async () => {
    await deliver([
      pageView('v', at('07:00'), 'anon:1'),
      alias('a', '08:00', 'user:7', 'anon:1'),
      signUp('ben', '09:00', ben, 'user:7'),
      signUp('bea', '08:30', bea, 'user:7'),
    ]);

    // The sign-in was Bea's before it was Ben's.
    expect([touchesOf(bea), touchesOf(ben)]).toEqual([2, 1]);
  });

  it('leave two known people apart who shared a browser', async () => {
    await deliver([
      pageView('v', at('07:00'), 'anon:1'),
      alias('a7', '08:00', 'anon:1', 'user:7'),
      alias('a8', '08:10', 'anon:1', 'user:8'),
      signUp('ben', '08:20', ben, 'user:8'),
      signUp('bea', '09:00', bea, 'user:7'),
    ]);

    // The browser's own visit goes to who signed in first.
    expect([touchesOf(bea), touchesOf(ben)]).toEqual([2, 1]);
    expect(warned).toContainEqual({
      message: 'alias refused',
      names: [leadIdOfVisitor('anon:1'), leadIdOfVisitor('user:8')].sort(),
      reason: 'different people',
    });
  });

  it('leave the company whose network they came from, once they are somebody’s', async () => {
    const visit = { ...pageView('v', at('07:00'), 'anon:1'), ip: '203.0.113.200' };
    await deliver([visit, alias('a', '08:00', 'anon:1', 'anon:2'), signUp('f', '09:00', bea, 'anon:2')]);

    expect(membersOf(world.items()).map(({ email, anonymous }) => ({ email, anonymous }))).toEqual([{ email: bea }]);
  });
});

it('a machine’s call names nobody', async () => {
  const bot = { ...alias('a', '08:00', 'anon:1', 'anon:2'), flag: 'bot' as const };
  await world.deliver([pageView('v', at('07:00'), 'anon:1'), bot, signUp('f', '09:00', bea, 'anon:2')]);
  expect(touchesOf(bea)).toBe(1);
});
