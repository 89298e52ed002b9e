// Whose a visitor's names are that nobody identified.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Aliases,
  aliased,
  heirsOf,
  mostAliases,
  mostTogether,
  type VisitorName,
} from '../../lib/domain/visitor-names.ts';

const at = (hour: number): string => new Date(Date.UTC(2026, 10, 20, hour)).toISOString();

/** Names called `u…` are sign-ins. */
const names = (
  pairs: readonly (readonly [string, string, number])[],
  identified: Record<string, string> = {},
): Map<string, VisitorName> => {
  const all = new Map<string, VisitorName>();
  const of = (id: string): VisitorName => {
    const email = identified[id];
    const known = all.get(id) ?? {
      links: email === undefined ? {} : { [`lead_${email}`]: { email, at: at(9) } },
      signedIn: id.startsWith('u') ? true : undefined,
    };
    all.set(id, known);
    return known;
  };
  for (const [a, b, hour] of pairs) {
    of(a).aliases = aliased(of(a).aliases ?? {}, b, at(hour));
    of(b).aliases = aliased(of(b).aliases ?? {}, a, at(hour));
  }
  return all;
};
const whose = (...given: Parameters<typeof names>): Record<string, string> =>
  Object.fromEntries(
    [...heirsOf(names(...given)).heirs].map(([id, { leadId }]) => [id, leadId.replace('lead_', '')]).sort(),
  );

describe('names nobody identified', () => {
  it.each<[string, [string, string, number][], Record<string, string>]>([
    [
      'a chain',
      [
        ['a', 'b', 1],
        ['b', 'c', 2],
        ['c', 'd', 3],
      ],
      { b: 'bea', c: 'bea', d: 'bea' },
    ],
    [
      'a cycle',
      [
        ['a', 'b', 1],
        ['b', 'c', 2],
        ['c', 'a', 3],
      ],
      { b: 'bea', c: 'bea' },
    ],
    [
      'both ways round',
      [
        ['a', 'b', 1],
        ['b', 'a', 2],
      ],
      { b: 'bea' },
    ],
    ['nobody near', [['c', 'd', 1]], {}],
  ])('of %s are whoever one of them is', (_, pairs, expected) => {
    expect(whose(pairs, { a: 'bea' })).toEqual(expected);
  });

  it('stay with whom they were seen first, whoever came later', () => {
    expect(
      whose(
        [
          ['browser', 'u1', 2],
          ['browser', 'u2', 1],
        ],
        { u1: 'bea', u2: 'ben' },
      ),
    ).toEqual({ browser: 'ben' });
  });

  it('do not join two people known by name, nor a stranger who signs in on the same browser', () => {
    const { heirs, refusals } = heirsOf(
      names(
        [
          ['browser', 'u1', 1],
          ['browser', 'u2', 2],
          ['browser', 'u3', 3],
        ],
        { u1: 'bea', u2: 'ben' },
      ),
    );
    expect([...heirs.keys()]).toEqual(['browser']);
    expect(refusals).toEqual([
      { names: ['browser', 'u2'], reason: 'different people' },
      { names: ['browser', 'u3'], reason: 'different sign-ins' },
    ]);
  });

  it('are one person’s where a call says that one sign-in is the other', () => {
    expect(whose([['u1', 'u2', 1]], { u1: 'bea' })).toEqual({ u2: 'bea' });
  });

  it('are nobody’s when they are too many for one visitor', () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, n): [string, string, number] => [`a${n}`, `a${n + 1}`, 1]);
    expect(Object.keys(whose(chain(mostTogether), { a0: 'bea' })).length).toBe(mostTogether);
    expect(whose(chain(mostTogether + 1), { a0: 'bea' })).toEqual({});
  });
});

it('of too many names the earliest stay, in whatever order they come', () => {
  const many = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 20 })), {
    minLength: mostAliases,
    maxLength: 150,
  });
  const heard = (facts: readonly [number, number][]): Aliases =>
    facts.reduce((known: Aliases, [name, hour]) => aliased(known, `a${name}`, at(hour)), {});
  fc.assert(
    fc.property(
      many.chain((facts) => fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length }))),
      ([facts, shuffled]) => {
        expect(heard(shuffled)).toEqual(heard(facts));
        expect(Object.keys(heard(facts)).length).toBeLessThanOrEqual(mostAliases);
      },
    ),
  );
});
