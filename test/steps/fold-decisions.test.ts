// What people decide of identities, on the embedded adapters: merged people are one lead, and separated as if they never had been.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { anyTouch, noFacts, touchesIn } from '../../lib/domain/facts/facts.ts';
import { leadIdOfCrmPerson, leadIdOfEmail, leadIdOfVisitor } from '../../lib/domain/ids.ts';
import { allOf, membersOf } from '../../lib/table/items.ts';
import { type Delivery, deliveries, journal, lastMoment } from '../simulation/journals.ts';
import { crm, decide, demoRequest, pageView } from '../simulation/lines.ts';
import { openWorld, type State, stateOf, type World } from '../simulation/world.ts';

const seed = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`fold-decisions: MUSTER_SEED=${seed}`);

const at = (time: string): string => `2026-11-20T${time}:00.000Z`;
const [bea, ben, cyd, dan] = ['bea@acme.example', 'ben@acme.example', 'cyd@globex.example', 'dan@gmail.com'];
let world: World;
beforeEach(async () => {
  world = await openWorld(at('12:00'));
});
afterEach(() => world.close());

const leads = (): Record<string, number> =>
  Object.fromEntries(
    membersOf(world.items())
      .map(({ email = '', state }): [string, number] => [email, touchesIn(state.facts ?? noFacts, anyTouch)])
      .sort(),
  );
const asked = (email: string, visitor?: string) =>
  demoRequest(`form ${email}`.replaceAll(' ', '-'), at('09:00'), email, {
    person: { email, ...(visitor && { visitor }) },
  });
const merge = (id: string, time: string, a: string, b: string) => decide(id, at(time), { a, b });
const separate = (id: string, time: string, a: string, b: string) =>
  decide(id, at(time), { a, b, decision: 'separate', why: 'Two people after all.' });
const survivorOf = (email: string) =>
  allOf('lead', world.items()).find(({ leadId }) => leadId === leadIdOfEmail(email))?.mergedInto;

describe.each<[string, (lines: Captured[]) => Captured[][]]>([
  ['in time order', (lines) => lines.map((line) => [line])],
  ['turned round', (lines) => [...lines].reverse().map((line) => [line])],
  ['at once, and again', (lines) => [lines, lines]],
])('two people merged, %s', (_, batches) => {
  const deliver = async (...lines: Captured[]) => {
    for (const batch of batches(lines)) await world.deliver([batch]);
  };

  it('are the one named first, who has what both did', async () => {
    await deliver(
      asked(bea),
      asked(dan, 'anon:1'),
      pageView('v', at('08:00'), 'anon:1'),
      merge('m', '10:00', bea, dan),
    );

    expect(leads()).toEqual({ [bea]: 3 });
    expect(survivorOf(dan)).toBe(leadIdOfEmail(bea));
  });

  it('are one along a chain, the one named first in its last decision', async () => {
    await deliver(
      ...[bea, ben, cyd, dan].map((email) => asked(email)),
      merge('1', '10:00', bea, ben),
      merge('2', '10:20', dan, cyd),
      merge('3', '10:10', ben, cyd),
    );

    expect(leads()).toEqual({ [dan]: 4 });
    expect([bea, ben, cyd].map(survivorOf)).toEqual(Array(3).fill(leadIdOfEmail(dan)));
  });

  it('are one where both ways round were decided, and in a circle', async () => {
    await deliver(
      ...[bea, ben, cyd].map((email) => asked(email)),
      merge('1', '10:00', bea, ben),
      merge('2', '10:10', leadIdOfEmail(ben), leadIdOfEmail(bea)),
      merge('3', '10:05', ben, cyd),
      merge('4', '10:06', cyd, bea),
    );

    expect(leads()).toEqual({ [ben]: 3 });
  });

  it('are two again when that is decided later', async () => {
    await deliver(asked(bea), asked(dan), separate('s', '10:10', dan, bea), merge('m', '10:00', bea, dan));

    expect(leads()).toEqual({ [bea]: 1, [dan]: 1 });
    expect(survivorOf(dan)).toBeUndefined();
  });

  it('let go of a browser, and of a record of the CRM, that is not theirs', async () => {
    await deliver(
      asked(bea, 'anon:1'),
      pageView('v', at('08:00'), 'anon:1'),
      crm('p', at('08:30'), { object: 'person', externalId: 'p1', email: bea, profile: { jobTitle: 'CTO' } }),
      separate('s', '10:00', bea, leadIdOfVisitor('anon:1')),
      merge('m', '10:10', ben, leadIdOfCrmPerson('crm', 'p1')),
    );

    expect(leads()).toEqual({ [bea]: 1, [ben]: 0 });
    expect(
      membersOf(world.items())
        .map(({ email, state }) => [email, state.profile.jobTitle?.value])
        .sort(),
    ).toEqual([
      [bea, undefined],
      [ben, 'CTO'],
    ]);
  });
});

it.each([
  ['somebody and themselves', bea, bea.toUpperCase(), 'both are the same'],
  ['two browsers', leadIdOfVisitor('1'), leadIdOfVisitor('2'), 'neither of both is a person'],
  ['somebody and nothing', bea, 'nobody', 'neither a valid e-mail nor an id'],
])('a decision on %s is quarantined', async (_, a, b, reason) => {
  await world.deliver([decide('d', at('10:00'), { a, b })]);
  expect(allOf('quarantine', world.items()).map((item) => item.reason)).toEqual([reason]);
});

it('un-merging gives everybody back exactly', { timeout: 60_000 }, async () => {
  const people = [bea, ben, cyd, dan];
  const merges = fc.array(fc.tuple(fc.constantFrom(...people), fc.constantFrom(...people)), {
    minLength: 1,
    maxLength: 5,
  });
  const end = new Date(lastMoment).toISOString();
  const kept = ({ decided: _, trails, ...state }: State) => state;
  const stateAfter = async (steps: readonly Delivery[]): Promise<State> => {
    const one = await openWorld(end);
    try {
      for (const { queue, messages } of steps) await one.deliver(messages, queue);
      return stateOf(one.items());
    } finally {
      await one.close();
    }
  };
  const asOne = (...batches: Captured[][]): Delivery[] =>
    batches.map((lines) => ({ queue: 'prompt', messages: [lines] }));
  let merged = 0;
  // Who separates people takes back what the CRM made of their records too: then nobody is given back what they were.
  const isMerge = (line: Captured): boolean =>
    line.type === 'crm-change-captured.v1' && line.change.object === 'person' && Boolean(line.change.mergedInto);
  const journals = fc.tuple(journal(20, { touches: 2, changes: 1 }), merges).chain(([all, pairs]) => {
    const lines = all.filter((line) => !isMerge(line));
    const both = pairs.filter(([a, b]) => a !== b);
    const undone = [...new Set(both.map((pair) => [...pair].sort().join(' ')))].map((pair) => pair.split(' '));
    const merging = both.map(([a, b], n) => decide(`m${n}`, end, { a, b }));
    const separating = undone.map(([a, b], n) => decide(`s${n}`, end, { a: b!, b: a!, decision: 'separate' }));
    const orders = fc.oneof(
      fc.constant(asOne(lines, merging, separating)),
      fc.constant(asOne(merging, separating, lines)),
      deliveries([...lines, ...merging, ...separating]),
    );
    return fc.record({ lines: fc.constant(lines), merging: fc.constant(merging), steps: orders });
  });
  await fc.assert(
    fc.asyncProperty(journals, async ({ lines, merging, steps }) => {
      const between = await stateAfter(asOne(lines, merging));
      if (Object.values(between.decided).some(({ mergedInto }) => mergedInto !== undefined)) merged += 1;
      expect(kept(await stateAfter(steps))).toEqual(kept(await stateAfter(asOne(lines))));
    }),
    { seed, numRuns: 60, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false },
  );
  expect(merged).toBeGreaterThan(0);
});
