import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { anyTouch, touchesIn } from '../../lib/domain/facts/facts.ts';
import { unionOfLines } from '../../lib/domain/journal/union-of-lines.ts';
import { isSame } from '../../lib/table/is-same.ts';
import { allOf, as, membersOf, replacing } from '../../lib/table/items.ts';
import { leadTrailKey } from '../../lib/table/keys.ts';
import { linesOf, trailItem } from '../../lib/table/trail.ts';
import { pageView } from '../simulation/lines.ts';
import { openWorld } from '../simulation/world.ts';

const day = '2026-11-20';
const key = leadTrailKey('lead_1', day);
const views = (count: number, from = 0): Captured[] =>
  Array.from({ length: count }, (_, n) =>
    pageView(`v${String(from + n).padStart(5, '0')}`, `${day}T09:00:00.000Z`, 'anon:1'),
  );

describe('a trail item', () => {
  it('keeps a short day as it is, and a long one packed, with nothing lost', () => {
    const short = trailItem(key, 'lead_1', day, views(1));
    const long = trailItem(key, 'lead_1', day, views(10));

    expect(short.lines).toEqual(views(1));
    expect(long.lines).toBeUndefined();
    expect(JSON.stringify(long).length).toBeLessThan(1_000);
    for (const [item, count] of [
      [short, 1],
      [long, 10],
    ] as const) {
      expect(linesOf(as('trail', { ...item, version: 1 }))).toEqual(views(count));
    }
    expect(linesOf(undefined)).toEqual([]);
  });
});

describe('the union of lines', () => {
  const received = (line: Captured, at: string): Captured => ({ ...line, receivedAt: at });
  const [one, two] = views(2) as [Captured, Captured];
  const early = received(one, `${day}T10:00:00.000Z`);
  const late = received(one, `${day}T11:00:00.000Z`);

  it('has each id once, the first received, in order of ids', () => {
    expect(unionOfLines([late], [two, early])).toEqual([early, two]);
    expect(unionOfLines([early], [late])).toEqual([early]);
  });

  it('does not depend on order or grouping, even where two lines say different things under one id', () => {
    const twin = { ...early, source: 'other' };
    const some = fc.subarray<Captured>([early, late, two, twin]);
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        const all = unionOfLines([], [...a, ...b, ...c]);
        expect(unionOfLines(unionOfLines(unionOfLines([], c), a), b)).toEqual(all);
        expect(unionOfLines(unionOfLines([], b), unionOfLines(unionOfLines([], a), c))).toEqual(all);
        expect(unionOfLines(all, a)).toEqual(all);
      }),
    );
  });
});

it('holds a day far longer than an item, each line counted once, also when it comes again', {
  timeout: 60_000,
}, async () => {
  const world = await openWorld('2026-11-20T12:00:00.000Z');
  const all = views(1_500);
  const batches = Array.from({ length: 15 }, (_, n) => all.slice(n * 100, n * 100 + 100));
  await world.deliver(batches, 'hits');
  await world.deliver([batches[0]!, batches[7]!, batches[14]!], 'hits');
  const items = world.items();
  await world.close();
  const trails = allOf('trail', items);

  expect(linesOf(trails.find(({ sk }) => sk === key.sk))).toHaveLength(500);
  expect(trails.length).toBe(17);
  expect(trails.flatMap(linesOf).length).toBe(1_500);
  expect(touchesIn(allOf('lead', items)[0]!.own.facts, anyTouch)).toBe(1_500);
});

describe('two values are the same', () => {
  it.each<[unknown, unknown, boolean]>([
    [{ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 }, true],
    [{ a: 1, b: undefined }, { a: 1 }, true],
    [{ a: 1 }, { a: 1, b: undefined }, true],
    [{ a: 1 }, { a: 1, b: null }, false],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [[], {}, false],
    [null, {}, false],
    [null, null, true],
    [0, -0, false],
    ['1', 1, false],
    [undefined, {}, false],
  ])('%j and %j: %s', (a, b, expected) => {
    expect(isSame(a, b)).toBe(expected);
    expect(isSame(b, a)).toBe(expected);
  });
});

describe('an item', () => {
  const stored = { ...trailItem(key, 'lead_1', day, []), version: 3 };

  it('is read as what it is, and nothing else', () => {
    expect(as('trail', undefined)).toBeUndefined();
    expect(as('trail', stored)).toBe(stored);
    expect(() => as('lead', stored)).toThrow('is a trail, not a lead');
  });

  it('replaces the one that was read, and only that', () => {
    const next = trailItem(key, 'lead_1', day, views(1));
    expect(replacing(stored, next)).toMatchObject({ put: { version: 4 }, condition: { if: 'version', is: 3 } });
    expect(replacing(undefined, next)).toMatchObject({ put: { version: 1 }, condition: { if: 'absent' } });
  });

  it('of somebody who left is no member', () => {
    const member = { pk: 'ACCOUNT#a', sk: 'MEMBER#l', type: 'member', version: 1, leadId: 'l' };
    expect(
      membersOf([member, { ...member, sk: 'MEMBER#m', leadId: 'm', gone: true }]).map(({ leadId }) => leadId),
    ).toEqual(['l']);
  });
});
