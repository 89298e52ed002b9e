// Ten thousand hits, some delivered twice, while fold fails for a while: nothing that was accepted is lost or counted double.
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { anyTouch, touchesIn } from '../../lib/domain/facts/facts.ts';
import { leadIdOfVisitor } from '../../lib/domain/ids.ts';
import { capturedBatch } from '../../lib/steps/capture.ts';
import { allOf } from '../../lib/table/items.ts';
import { leadKey, quarantinePartition } from '../../lib/table/keys.ts';
import { linesOf } from '../../lib/table/trail.ts';
import type { Edition } from './edition.ts';
import { eventually } from './eventually.ts';
import { postHits } from './post.ts';

const hits = 10_000;
const visitors = 500;
const perBatch = 20;
/** Hits of one visitor that are sent together; the rest of theirs comes later, in other batches. */
const together = 4;
/** One batch in ten is delivered again, as clients do whose answer got lost. */
const repeatEvery = 10;
const outageMs = 4_000;

const nameOf = (visitor: number): string => `5d1c7a52-1111-4000-8000-${String(visitor).padStart(12, '0')}`;

const hitOf = (number: number) => ({
  type: 'page',
  messageId: `ten-thousand-${number}`,
  anonymousId: nameOf(Math.floor(number / together) % visitors),
  timestamp: new Date().toISOString(),
  properties: { url: `https://www.example.com/article-${number % 7}`, title: `Article ${number % 7}` },
});
type Hit = ReturnType<typeof hitOf>;

const batches = (): Hit[][] => {
  const first = Array.from({ length: hits / perBatch }, (_, batch) =>
    Array.from({ length: perBatch }, (_, index) => hitOf(batch * perBatch + index)),
  );
  return first.flatMap((batch, index) => (index % repeatEvery === 0 ? [batch, batch] : [batch]));
};

/** Posts all, a few at a time; answers the hits of every batch that was answered 2xx. */
const postAll = async (edition: Edition, all: readonly Hit[][], onPosted: (count: number) => void): Promise<Hit[]> => {
  const accepted: Hit[] = [];
  const left = [...all];
  let posted = 0;
  const work = async (): Promise<void> => {
    for (let batch = left.shift(); batch !== undefined; batch = left.shift()) {
      const response = await postHits(edition, batch);
      if (response.ok) accepted.push(...batch);
      posted += 1;
      onPosted(posted);
    }
  };
  await Promise.all(Array.from({ length: edition.postsInFlight }, work));
  return accepted;
};

const failForAWhile = async (edition: Edition): Promise<void> => {
  const mend = await edition.breakFold();
  await wait(outageMs);
  await mend();
};

const isTouch = (line: Captured) => line.type === 'touch-captured.v1';

/** The ids in a visitor's trail, and how many touches their facts count. */
const storedOf = async ({ table }: Edition, visitor: number) => {
  const items = await table.query(leadKey(leadIdOfVisitor(`anon:${nameOf(visitor)}`)).pk);
  const ids = allOf('trail', items)
    .flatMap((item) => linesOf(item).filter(isTouch))
    .map(({ id }) => id);
  const counts = allOf('lead', items).map(({ own }) => touchesIn(own.facts, anyTouch));
  return { ids, counted: counts.reduce((sum, count) => sum + count, 0) };
};

const storedOfAll = async (edition: Edition) => {
  const stored: Awaited<ReturnType<typeof storedOf>>[] = [];
  const left = Array.from({ length: visitors }, (_, visitor) => visitor);
  while (left.length > 0)
    stored.push(...(await Promise.all(left.splice(0, 25).map((visitor) => storedOf(edition, visitor)))));
  return stored;
};

const givenUp = async (edition: Edition): Promise<string[]> => {
  const bodies = await edition.deadLetters('hits');
  const quarantined = allOf('quarantine', await edition.table.query(quarantinePartition));
  return [
    ...bodies.flatMap((body) => capturedBatch.parse(JSON.parse(body))).map(({ id }) => id),
    ...quarantined.map(({ line }) => line.id),
  ];
};

export const tenThousandHits = (current: () => Edition): void => {
  it('keeps every hit it accepted, once, though fold fails for a while', { timeout: 400_000 }, async () => {
    const edition = current();
    const all = batches();
    const failuresBefore = edition.foldFailures();
    let outage: Promise<void> | undefined;
    const accepted = await postAll(edition, all, (count) => {
      if (count === Math.floor(all.length * 0.3)) outage = failForAWhile(edition);
    });
    await outage;
    expect(edition.foldFailures()).toBeGreaterThan(failuresBefore);
    const ids = new Set(accepted.map(({ messageId }) => `web:${messageId}`));
    expect(ids.size).toBe(hits);

    const { applied, counted, dead } = await eventually(
      { what: `${hits} hits accounted for`, withinMs: 240_000, diagnosis: edition.diagnosis },
      async () => {
        const stored = await storedOfAll(edition);
        const dead = await givenUp(edition);
        const applied = stored.flatMap((visitor) => visitor.ids);
        const there = new Set([...applied, ...dead]);
        const complete = stored.every((visitor) => visitor.counted === visitor.ids.length);
        const counted = stored.reduce((sum, visitor) => sum + visitor.counted, 0);
        return there.size >= ids.size && complete ? { applied, counted, dead } : undefined;
      },
    );
    console.log(`${hits} hits: ${applied.length} applied, ${new Set(dead).size} in dead letters or quarantined`);
    const there = new Set([...applied, ...dead]);
    expect([...ids].filter((id) => !there.has(id))).toEqual([]);
    expect(new Set(applied).size).toBe(applied.length);
    expect(counted).toBe(applied.length);
  });
};
