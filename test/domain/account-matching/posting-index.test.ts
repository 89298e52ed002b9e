// The index of keys answers what a Map would, whatever the keys are.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { postingIndex } from '../../../lib/domain/account-matching/posting-index.ts';

const told = 3;
// Keys of one letter in another place, of odd and even length, with zeros and letters of two code units.
const key = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.stringMatching(/^[ab\0]{0,4}$/),
  fc.constantFrom('😀', '東京', ''),
);
const lists = fc.dictionary(key, fc.array(fc.nat(), { minLength: 1, maxLength: told + 1 }), { maxKeys: 60 });

describe('the index of keys', () => {
  it('finds the list of each key and of no other', () => {
    fc.assert(
      fc.property(lists, fc.array(key), (lists, others) => {
        const all = new Map(Object.entries(lists));
        const postingOf = postingIndex(all, told);
        for (const asked of [...all.keys(), ...others]) {
          const list = all.get(asked);
          expect(postingOf(asked)).toEqual(list && { count: list.length, accounts: list.length > told ? [] : list });
        }
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('has nothing where there are no keys', () => {
    expect(postingIndex(new Map(), told)('acme')).toBeUndefined();
  });

  it('parts keys that have the same hash', () => {
    const postingOf = postingIndex(new Map([['c29568', [1]]]), told);
    expect(postingOf('c29568')).toEqual({ count: 1, accounts: [1] });
    expect(postingOf('5949e7')).toBeUndefined();
    const both = postingIndex(new Map(Object.entries({ c29568: [1], '5949e7': [2] })), told);
    expect([both('c29568'), both('5949e7')].map((posting) => posting?.accounts)).toEqual([[1], [2]]);
  });
});
