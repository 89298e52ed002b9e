// Years of one identity on the embedded adapters, which refuse what DynamoDB refuses: items stay small, and late lines count.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { maxItemBytes } from '../../lib/adapters/limits.ts';
import { dayMilliseconds } from '../../lib/domain/days.ts';
import { anyTouch, type Facts, touchesIn } from '../../lib/domain/facts/facts.ts';
import { leadIdOfEmail, leadIdOfVisitor } from '../../lib/domain/ids.ts';
import type { PlaybookInput } from '../../lib/domain/playbook/playbook.ts';
import { allOf, as, membersOf } from '../../lib/table/items.ts';
import { leadKey } from '../../lib/table/keys.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { demoRequest, pageView, touch } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';

const now = '2026-11-20T12:00:00.000Z';
const dayBefore = (days: number): string => new Date(Date.parse(now) - days * dayMilliseconds).toISOString();
const bea = 'bea@acme.example';
const signalsOf = (count: number): PlaybookInput['signals'] =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`signal-${n}`, { label: `${n}`, match: { kind: 'page' }, points: 1 }]),
  );
const view = (id: string, daysAgo: number): Captured =>
  touch({ id, occurredAt: dayBefore(daysAgo), person: { email: bea }, page: { url: `https://s.example/${id}` } });
const daily = (days: number, each: (day: number) => Captured): Captured[] =>
  Array.from({ length: days }, (_, n) => each(n));
const inHundreds = (lines: readonly Captured[]): Captured[][] =>
  Array.from({ length: Math.ceil(lines.length / 100) }, (_, n) => lines.slice(n * 100, n * 100 + 100));

let world: World;
const open = async (signals: number): Promise<World> =>
  openWorld(now, { playbook: testPlaybook({ signals: signalsOf(signals) }) });
const factsOfBea = (): Facts => membersOf(world.items())[0]!.state.facts;
const largest = (): number => Math.max(...world.items().map((item) => Buffer.byteLength(JSON.stringify(item))));
const dead = (): number => world.embedded.queues.deadLetters('prompt').length;
afterEach(() => world.close());

it('a day in 60 signals on every day of five years is folded, in items far below what the table takes', {
  timeout: 120_000,
}, async () => {
  world = await open(60);
  const years = daily(5 * 365, (n) => view(`v${n}`, 5 * 365 - n));
  await world.deliver(inHundreds(years));

  expect(dead()).toBe(0);
  expect(touchesIn(factsOfBea(), anyTouch)).toBe(5 * 365);
  expect(touchesIn(factsOfBea(), 'signal-59')).toBe(5 * 365);
  expect(factsOfBea().years).toBeDefined();
  expect(largest()).toBeLessThan(maxItemBytes / 5);
});

describe('a late line', () => {
  // 20 signals on each of 400 days are 8,400 counts: nine months are kept by month.
  const lines = daily(400, (n) => view(`v${n}`, 400 - n));
  const late = [view('late', 380), view('latest', 200)];
  beforeEach(async () => {
    world = await open(20);
  });

  it('for a month that is not kept by day any more counts once, as if it had come in time', {
    timeout: 60_000,
  }, async () => {
    await world.deliver(inHundreds([...late, ...lines].sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1))));
    const inTime = factsOfBea();
    await world.close();

    world = await open(20);
    await world.deliver(inHundreds(lines));
    expect(factsOfBea().months).toBeDefined();
    for (const line of [...late, late[0]!, lines[19]!]) await world.deliver([line]);
    expect(factsOfBea()).toEqual(inTime);
    expect(touchesIn(factsOfBea(), anyTouch)).toBe(402);
    expect(dead()).toBe(0);
  });

  it('counts the same in any order', { timeout: 60_000 }, async () => {
    const states: Facts[] = [];
    for (const shuffled of fc.sample(fc.shuffledSubarray([...late, ...lines], { minLength: 402 }), {
      numRuns: 2,
      seed: 7,
    })) {
      world = await open(20);
      await world.deliver(inHundreds(shuffled));
      states.push(factsOfBea());
      await world.close();
    }
    world = await open(20);
    await world.deliver(inHundreds([...lines, ...late]));
    for (const facts of states) expect(facts).toEqual(factsOfBea());
  });
});

describe('somebody with 300 browsers', () => {
  const browsers = 300;
  const identified = (n: number): Captured =>
    demoRequest(`f${n}`, dayBefore(browsers - n), bea, { person: { email: bea, visitor: `anon:${n}` } });
  const visit = (id: string, n: number, daysAgo = browsers - n): Captured =>
    pageView(id, dayBefore(daysAgo), `anon:${n}`);
  const all = daily(2 * browsers, (n) => (n < browsers ? visit(`v${n}`, n) : identified(n - browsers)));
  const lead = async () => as('lead', await world.embedded.table.get(leadKey(leadIdOfEmail(bea))))!;
  beforeEach(async () => {
    world = await openWorld(now);
  });

  it('has the latest apart, those before as one, and every visit counted', { timeout: 60_000 }, async () => {
    await world.deliver(all);

    const { parts, earlier } = await lead();
    expect(Object.keys(parts).length + Object.keys(earlier!.versions).length).toBe(browsers);
    expect(Object.keys(parts).length).toBeLessThanOrEqual(200);
    expect(parts).toHaveProperty(leadIdOfVisitor(`anon:${browsers - 1}`));
    expect(earlier!.versions).toHaveProperty(leadIdOfVisitor('anon:0'));
    expect(touchesIn(factsOfBea(), anyTouch)).toBe(2 * browsers);
    expect(dead()).toBe(0);
  });

  it('gets news of an old browser once, and loses it to who had it first', { timeout: 60_000 }, async () => {
    await world.deliver(all);
    const stirred = visit('again', 0, 1);
    await world.deliver([stirred]);
    await world.deliver([stirred]);

    expect((await lead()).parts).toHaveProperty(leadIdOfVisitor('anon:0'));
    expect(touchesIn(factsOfBea(), anyTouch)).toBe(2 * browsers + 1);

    // Ben used browser 5 before she did: her visit there is his, the form stays hers.
    const ben = 'ben@acme.example';
    await world.deliver([
      demoRequest('ben', dayBefore(browsers + 9), ben, { person: { email: ben, visitor: 'anon:5' } }),
    ]);
    expect(touchesIn(factsOfBea(), anyTouch)).toBe(2 * browsers);
    const his = membersOf(world.items()).find(({ email }) => email === ben)!;
    expect(touchesIn(his.state.facts, anyTouch)).toBe(2);
  });

  it('is the same person in another order', { timeout: 60_000 }, async () => {
    await world.deliver(all);
    const facts = factsOfBea();
    await world.close();

    world = await openWorld(now);
    await world.deliver(inHundreds(all.toReversed()));
    expect(factsOfBea()).toEqual(facts);
    expect(allOf('lead', world.items())).toHaveLength(browsers + 1);
  });
});
