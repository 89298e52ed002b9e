// What words of names tell, and that the table is in the matcher's own spelling.
import { describe, expect, it } from 'vitest';
import background from '../../../lib/domain/account-matching/background-words.json' with { type: 'json' };
import { isCommon, weightOf } from '../../../lib/domain/account-matching/word-weights.ts';
import { toldOf } from '../../bench/matching/background.ts';

describe('a word of a name', () => {
  it('tells the less, the more names have it', () => {
    const weights = ['technology', 'university', 'insurance', 'blue', 'vandelay'].map(weightOf);
    expect(weights).toEqual([...weights].sort((a, b) => a - b));
    expect(weights.at(-1)).toBe(1);
    expect(isCommon('vandelay')).toBe(false);
  });

  it('tells half as much where it only says that something is a part', () => {
    expect(weightOf('department')).toBeLessThan(weightOf('institute'));
  });

  it('stands in the table once, as the matcher reads it', () => {
    const words = Object.values(background.words).flatMap((list) => list.split(' '));
    expect(new Set(words).size).toBe(words.length);
    expect(words.every((word) => /^(@[A-Z]{2}|[a-z0-9]{2,})$/.test(word))).toBe(true);
  });

  it('is counted once a name, and no further than the commonest', () => {
    const names = ['Acme Tools Inc.', 'Acme Acme GmbH', 'Globex', 'Blue Acme', 'Blue Tools'];
    expect(toldOf(names, 2)).toEqual([
      ['acme', 32],
      ['blue', 57],
    ]);
  });
});
