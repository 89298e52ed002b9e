import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Register } from '../../lib/domain/register.ts';
import { alsoSaid, latestSaid, type Said } from '../../lib/domain/said.ts';

const seed = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`said: MUSTER_SEED=${seed}`);

const at = (n: number): string => new Date(Date.UTC(2026, 9, 1) + n * 3_600_000).toISOString();
const one = (value: string, n: number): Register<string> => ({ value, at: at(n), source: 'salesforce' });
const said = (...all: Register<string>[]): Said => all.reduce<Said>(alsoSaid, []);

describe('a property whose news come with the whole record', () => {
  it('is since it was first said, however often it is said again', () => {
    expect(latestSaid(said(one('Working', 1), one('Working', 2), one('Working', 9)))).toEqual(one('Working', 1));
  });

  it('is something new when it comes back', () => {
    const all = said(one('Working', 1), one('Nurturing', 2), one('Working', 3), one('Working', 4));
    expect(latestSaid(all)).toEqual(one('Working', 3));
  });

  it('is older once it is heard that it was said before', () => {
    expect(latestSaid(said(one('Working', 4), one('Working', 2)))).toEqual(one('Working', 2));
  });

  it('may be nothing, which is as much a word as any', () => {
    const none = (n: number): Register<string | null> => ({ value: null, at: at(n), source: 'salesforce' });
    const all = [none(3), one('p2', 1), none(2), one('p2', 5)].reduce<Said<string | null>>(alsoSaid, []);
    expect(all.map(({ value }) => value)).toEqual(['p2', null, null, 'p2']);
    expect(latestSaid(all)?.at).toBe(at(5));
    expect(latestSaid(all.slice(0, 3))).toEqual(none(2));
  });

  it('is nothing of which nothing was said', () => {
    expect(latestSaid([])).toBeUndefined();
  });

  it('is the same in any order, and said any number of times', () => {
    const anyOne = fc
      .tuple(fc.constantFrom('Open', 'Working', 'Nurturing'), fc.nat(40))
      .map(([value, n]) => one(value, n));
    fc.assert(
      fc.property(
        fc
          .array(anyOne, { maxLength: 25 })
          .chain((all) =>
            fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
          ),
        ([all, shuffled]) => {
          expect(said(...shuffled)).toEqual(said(...all));
        },
      ),
      { seed },
    );
  });

  it('keeps since when, through hundreds of edits of something else', () => {
    const edits = Array.from({ length: 300 }, (_, n) => one('Working', n + 2));
    const all = said(one('Open', 0), one('Working', 1), ...edits);
    expect(all.length).toBeLessThanOrEqual(30);
    expect(latestSaid(all)).toEqual(one('Working', 1));
  });
});
