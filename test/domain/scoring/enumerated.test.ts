import { expect, it } from 'vitest';
import { enumerated } from '../../../lib/domain/scoring/enumerated.ts';

it('says what the list format of British English says', () => {
  const format = new Intl.ListFormat('en-GB');
  for (const texts of [[], ['a'], ['a', 'b'], ['a', 'b', 'c'], ['a, too', 'b and c', 'd', 'e']]) {
    expect(enumerated(texts)).toBe(format.format(texts));
  }
});
