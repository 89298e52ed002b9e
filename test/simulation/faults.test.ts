// The whole system while everything that may fail does: afterwards nothing is lost, nothing counted twice, nobody told twice
// of one breach, and the state is the one a world without faults comes to.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { anyTouch, touchesIn } from '../../lib/domain/facts/facts.ts';
import type { Playbook } from '../../lib/domain/playbook/playbook.ts';
import type { QueueName } from '../../lib/ports.ts';
import { assess } from '../../lib/steps/assess.ts';
import { allOf } from '../../lib/table/items.ts';
import { linesOf } from '../../lib/table/trail.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { faultsFrom, randomFrom } from './faulty-world.ts';
import { firstMoment, inOrder, journal, lastMoment } from './journals.ts';
import { crm, demoRequest } from './lines.ts';
import { overdueIn } from './overdue.ts';
import { redriven } from './redrive.ts';
import { openWorld, stateOf, type World } from './world.ts';

const given = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`faults: MUSTER_SEED=${given}`);

const hour = 3_600_000;
const queues: readonly QueueName[] = ['prompt', 'hits', 'assess', 'route', 'sla', 'timers', 'notify'];
const iso = (time: number): string => new Date(time).toISOString();
const end = iso(lastMoment + 14 * 24 * hour);

/** A wild journal, and among it people who ask for a demo; sales calls every third back within the day. */
const linesFrom = (seed: number): Captured[] => {
  const random = randomFrom(seed);
  const [wild] = fc.sample(journal(60), { seed, numRuns: 1 });
  const buyers = Array.from({ length: 24 }, (_, n): Captured[] => {
    const at = firstMoment + Math.floor(random() * (lastMoment - firstMoment));
    const email = `buyer${n}@company${n % 5}.example`;
    const asked = demoRequest(`demo${n}`, iso(at), email, { profile: { jobTitle: 'Head of IT' } });
    if (n % 3 > 0) return [asked];
    const call = { object: 'activity', externalId: `call${n}`, personEmail: email, kind: 'call' } as const;
    return [asked, crm(`call${n}`, iso(at + Math.floor(random() * 24 * hour)), call)];
  });
  return inOrder([...wild!, ...buyers.flat()]);
};

/** Each line when it is received, some twice, a few at once; then two weeks in which clocks run out. */
const live = async (world: World, lines: readonly Captured[], random?: () => number): Promise<void> => {
  for (const line of lines) {
    await world.runtime.advanceTo(Date.parse(line.receivedAt));
    const twice = random !== undefined && random() < 0.2;
    await world.send(twice ? [line, line] : [line], random !== undefined && random() < 0.5 ? 'hits' : 'prompt');
  }
  await world.advanceTo(end);
};

/** The judgement of that day on everyone, whenever their last news came. */
const judgeAll = async (world: World): Promise<void> => {
  const { embedded, playbook, log } = world;
  const ids = new Set(
    world.items().flatMap(({ pk }) => (pk.startsWith('ACCOUNT#') ? [pk.slice('ACCOUNT#'.length)] : [])),
  );
  for (const id of ids) await assess({ table: embedded.table, clock: embedded.clock, playbook, log }, id);
  await world.runtime.settle();
};

const deadIn = (world: World) => queues.flatMap((name) => world.embedded.queues.deadLetters(name));

/** Points that wear off within days, so that time alone changes judgements in the short life of this world. */
const playbook = ((): Playbook => {
  const base = testPlaybook();
  const fading = Object.entries(base.signals).map(([id, signal]) => [id, { ...signal, halfLifeDays: 1 }]);
  return { ...base, signals: Object.fromEntries(fading) };
})();

const run = async (seed: number) => {
  const lines = linesFrom(seed);
  const reference = await openWorld(iso(firstMoment), { playbook });
  const faults = faultsFrom(seed);
  const world = await openWorld(iso(firstMoment), { playbook, batchSizes: { route: 5, notify: 5 }, ...faults });
  try {
    await live(reference, lines);
    await judgeAll(reference);

    const { queues: inbox } = world.embedded;
    await inbox.queue('prompt').send(['{"not":"ours"}']);
    await live(world, lines, randomFrom(seed + 1));

    // Before anybody repairs anything: every accepted line is in the table, quarantined or with the dead letters.
    const kept = new Set([
      ...allOf('trail', world.items()).flatMap((item) => linesOf(item).map(({ id }) => id)),
      ...allOf('quarantine', world.items()).map(({ line }) => line.id),
    ]);
    const dead = deadIn(world).map(({ body }) => body);
    const lost = lines.filter(({ id }) => !kept.has(id) && !dead.some((body) => body.includes(`"${id}"`)));
    expect(lost.map(({ id }) => id)).toEqual([]);

    // Then the faults end, and somebody redrives.
    await faults.end();
    for (let round = 0; round < 3; round += 1) {
      await redriven(world.embedded, ...queues);
      await world.runtime.advanceTo(world.embedded.clock.now() + 2 * hour);
    }
    // Who was only heard of now has a clock that has to run out, over a weekend too.
    await world.runtime.advanceTo(world.embedded.clock.now() + 96 * hour);
    await judgeAll(world);
    await reference.runtime.advanceTo(world.embedded.clock.now());
    await judgeAll(reference);
    return {
      lines,
      world,
      reference: reference.items(),
      faults,
      items: world.items(),
      outbox: world.embedded.mailer.outbox(),
    };
  } finally {
    await reference.close();
  }
};

const seeds = [20261122, given];
const happened: Record<string, number> = {};
let askedInTime = 0;
const outcomes = new Set<string | undefined>();

describe.each(seeds)('seed %i', (seed) => {
  test('nothing is lost, doubled, early or told to a stranger', { timeout: 120_000 }, async () => {
    const { lines, world, reference, faults, items, outbox } = await run(seed);

    // Only what no step could ever read is left over.
    expect(deadIn(world).map(({ body }) => body)).toEqual(['{"not":"ours"}']);
    for (const name of queues) expect(world.embedded.queues.depth(name).waiting, name).toBe(0);

    // Counts are those of the distinct ids. To say who one is counts as nothing one did.
    const isCounted = (line: Captured): boolean =>
      line.type === 'touch-captured.v1' && line.flag === undefined && !['alias', 'identify'].includes(line.kind);
    const touches = lines.filter(isCounted);
    const quarantined = new Set(allOf('quarantine', items).map(({ line }) => line.id));
    const counted = allOf('lead', items).map(({ own }) => touchesIn(own.facts, anyTouch));
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(
      touches.filter(({ id }) => !quarantined.has(id)).length,
    );

    expect(stateOf(items)).toEqual(stateOf(reference));
    const now = iso(world.embedded.clock.now());
    expect(overdueIn(items, await world.playbook(), now)).toEqual([]);
    expect(overdueIn(reference, await world.playbook(), now)).toEqual([]);
    askedInTime += faults.assessmentsDue.size;
    await world.close();

    // Breaches: once a generation, never early, and always when nobody answered.
    const breaches = new Map(faults.breaches.map((event) => [`${event.generation} ${event.at}`, event]));
    expect(breaches.size).toBeGreaterThan(0);
    expect(new Set(faults.breaches.map(({ generation }) => generation)).size).toBe(breaches.size);
    for (const { generation, at } of breaches.values()) expect(at >= faults.clocks.get(generation)!.dueAt).toBe(true);
    const clocks = new Map(allOf('sla', items).map((item) => [`${item.accountId} ${item.leadId}`, item.clock]));
    for (const { accountId, assessment, generation, gone } of allOf('lead-assessment', items)) {
      if (gone || assessment.status !== 'Qualified') continue;
      const clock = clocks.get(`${accountId} ${assessment.leadId}`);
      expect(clock?.generation).toBe(generation);
      expect(clock?.breachedAt ?? clock?.stoppedAt, 'due two weeks ago').toBeDefined();
    }
    for (const clock of clocks.values()) {
      if (clock.stoppedAt === undefined) expect(clock.breachedAt, clock.dueAt).toBeDefined();
    }

    // Mails: every notice went out, to the people it is for, and a second time only when something failed.
    const notices = allOf('notice', items);
    const told = notices.filter(({ outcome }) => outcome === 'sent');
    const mailIds = new Set(outbox.map(({ messageId }) => messageId));
    expect(told.filter(({ messageId = '' }) => !mailIds.has(messageId))).toEqual([]);
    // What was held out of hours went out since, or was over by then.
    for (const { outcome } of notices) outcomes.add(outcome);
    const asked = new Set(lines.flatMap((line) => (line.type === 'touch-captured.v1' && line.form ? [line.id] : [])));
    expect(notices.filter(({ notice }) => notice.kind === 'auto-response').length).toBeLessThanOrEqual(asked.size);
    const sellers = ['ada@seller.example', 'ben@seller.example', 'zoe@seller.example', 'grace@seller.example'];
    const inquirers = new Set(allOf('lead', items).flatMap(({ email }) => email ?? []));
    for (const { notice } of notices) {
      if (notice.kind === 'auto-response') expect(inquirers).toContain(notice.to);
      else expect(sellers).toContain(notice.to);
    }
    const failures = Object.values(faults.happened).reduce((sum, count) => sum + count, 0);
    // Several held ones are one mail. One that was handed over by who died of it comes again, or is over by then.
    expect(outbox.length - new Set(told.map(({ messageId }) => messageId)).size).toBeLessThanOrEqual(failures);

    for (const [fault, count] of Object.entries(faults.happened)) happened[fault] = (happened[fault] ?? 0) + count;
  });
});

test('every fault really happened, or this proved nothing', () => {
  expect(askedInTime).toBeGreaterThan(0);
  expect(outcomes).toEqual(new Set(['sent', 'dropped']));
  expect(Object.keys(happened).length).toBeGreaterThan(10);
  for (const [fault, count] of Object.entries(happened)) expect(count, fault).toBeGreaterThan(0);
});
