// People merged and separated at random: chains, circles, both ways round, in any order of the news and any number of times. Who stays
// is told beforehand by a model of a few lines, and every id anybody ever had has to answer for that one.
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { IdentityDecided } from '../../events/identity-decided.v1.ts';
import { anyTouch, touchesIn } from '../../lib/domain/facts/facts.ts';
import { leadIdOfEmail, leadIdOfVisitor } from '../../lib/domain/ids.ts';
import { readLead } from '../../lib/steps/read-lead.ts';
import { membersOf } from '../../lib/table/items.ts';
import { deliveries, lastMoment } from './journals.ts';
import { decide, demoRequest, pageView } from './lines.ts';
import { openWorld, type World } from './world.ts';

const seed = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`merging: MUSTER_SEED=${seed}`);

const end = new Date(lastMoment).toISOString();
const at = (hour: number): string => new Date(lastMoment - (48 - hour) * 3_600_000).toISOString();

const emails = ['bea@acme.example', 'ben@acme.example', 'cyd@globex.example', 'dan@gmail.com', 'eve@initech.example'];
const people = emails.map((email, n) => {
  const visitor = `anon:${n}`;
  return { email, visitor, leadId: leadIdOfEmail(email), visitorId: leadIdOfVisitor(visitor) };
});
const touchesEach = 2;
/** Each has read a page and sent a form. */
const touches = people.flatMap(({ email, visitor }, n) => [
  pageView(`page-${n}`, at(n), visitor),
  demoRequest(`form-${n}`, at(n + 1), email, { person: { email, visitor } }),
]);

interface Decided {
  a: number;
  b: number;
  decision: IdentityDecided['decision'];
  hour: number;
}
const decided: fc.Arbitrary<Decided[]> = fc.array(
  fc
    .record({
      a: fc.nat({ max: people.length - 1 }),
      b: fc.nat({ max: people.length - 1 }),
      decision: fc.constantFrom('merge' as const, 'merge' as const, 'merge' as const, 'separate' as const),
      // Few, so that ties are common.
      hour: fc.integer({ min: 10, max: 15 }),
    })
    .filter(({ a, b }) => a !== b),
  { minLength: 1, maxLength: 9 },
);

/** By address, by another spelling of it, or by id. */
const named = (n: number, line: number): string => {
  const { email, leadId } = people[n]!;
  return [email, leadId, email.toUpperCase()][line % 3]!;
};
const linesOf = (decisions: readonly Decided[]) =>
  decisions.map(({ a, b, decision, hour }, line) =>
    decide(`decision-${line}`, at(hour), { a: named(a, line), b: named(b, line + 1), decision }),
  );

/** Who stays of whom, by their numbers: of each pair the last word holds, and of all joined the one named first in the last of what
 * holds. Of equal hours the line's number decides. */
const stayingIn = (decisions: readonly Decided[]): number[] => {
  const inTime = decisions.map((one, line) => ({ ...one, line })).sort((x, y) => x.hour - y.hour || x.line - y.line);
  const lastWord = new Map(inTime.map((one) => [[one.a, one.b].sort().join(' '), one]));
  const holding = inTime.filter(
    (one) => lastWord.get([one.a, one.b].sort().join(' ')) === one && one.decision === 'merge',
  );
  let group = people.map((_, n) => n);
  for (const { a, b } of holding) group = group.map((one) => (one === group[b] ? group[a]! : one));
  return group.map((own, n) => holding.findLast(({ a }) => group[a] === own)?.a ?? n);
};

const seen = { circles: 0, bothWays: 0, chains: 0, separated: 0 };
const note = (decisions: readonly Decided[], staying: readonly number[]): void => {
  const merges = decisions.filter(({ decision }) => decision === 'merge');
  const pairs = new Set(merges.map(({ a, b }) => [a, b].sort().join(' ')));
  if (merges.some(({ a, b }) => merges.some((back) => back.a === b && back.b === a))) seen.bothWays += 1;
  if ([...Map.groupBy(staying, (one) => one).values()].some((all) => all.length > 2)) seen.chains += 1;
  // More pairs than it takes to join those who are joined.
  if (merges.length === decisions.length && pairs.size > people.length - new Set(staying).size) seen.circles += 1;
  if (merges.length > 0 && merges.length < decisions.length) seen.separated += 1;
};

const standing = async (world: World) => {
  const { table } = world.embedded;
  const whose = async (id: string) => (await readLead(table, id))?.leadId;
  return {
    people: await Promise.all(people.map(({ leadId }) => whose(leadId))),
    browsers: await Promise.all(people.map(({ visitorId }) => whose(visitorId))),
    counted: Object.fromEntries(
      membersOf(world.items())
        .map(({ email, state }): [string, number] => [email!, touchesIn(state.facts, anyTouch)])
        .sort(),
    ),
  };
};

test('one stays of all that are merged, with what they all did, and every id answers for that one', {
  timeout: 60_000,
}, async () => {
  const journals = decided.chain((decisions) =>
    fc.tuple(fc.constant(decisions), deliveries([...touches, ...linesOf(decisions)]), fc.integer({ min: 1, max: 10 })),
  );
  await fc.assert(
    fc.asyncProperty(journals, async ([decisions, steps, batchSize]) => {
      const staying = stayingIn(decisions);
      note(decisions, staying);
      const world = await openWorld(end, { batchSizes: { prompt: batchSize, hits: batchSize } });
      try {
        for (const { queue, messages } of steps) await world.deliver(messages, queue);
        const leadIds = staying.map((n) => people[n]!.leadId);
        const counted = [...Map.groupBy(staying, (n) => emails[n]!)].map(([email, all]): [string, number] => [
          email,
          all.length * touchesEach,
        ]);
        expect(await standing(world)).toEqual({
          people: leadIds,
          browsers: leadIds,
          counted: Object.fromEntries(counted.sort()),
        });
      } finally {
        await world.close();
      }
    }),
    { seed, numRuns: 150, interruptAfterTimeLimit: 25_000, markInterruptAsFailure: false },
  );
});

afterAll(() => {
  // What never happened was not tested.
  expect(seen.circles).toBeGreaterThan(0);
  expect(seen.bothWays).toBeGreaterThan(0);
  expect(seen.chains).toBeGreaterThan(0);
  expect(seen.separated).toBeGreaterThan(0);
});
