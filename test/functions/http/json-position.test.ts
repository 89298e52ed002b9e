import fc from 'fast-check';
import { expect, test } from 'vitest';
import { syntaxErrorAt } from '../../../functions/http/json-position.ts';

const seed = Number(process.env.MUSTER_SEED ?? 20261122);

test.each([
  ['', 0],
  ['nul', 0],
  ['tru ', 0],
  ['1 2', 2],
  ['01', 1],
  ['-', 0],
  ['[1 2]', 3],
  ['[1,]', 3],
  ['[}', 1],
  ['{a:1}', 1],
  ['{"a" 1}', 5],
  ['{"a":1 "b":2}', 7],
  ['{"a":"x\ny"}', 5],
  ['{"a":"\\x"}', 5],
  ['{"a":"unterminated', 5],
  ['{"a":[1,{"b":null}]', 19],
  ['{}]', 2],
])('%j breaks at %i', (json, position) => {
  expect(syntaxErrorAt(json)).toBe(position);
});

test.each([
  ['nesting', '['.repeat(65_536), 65_536],
  ['a string without an end', `"${'a'.repeat(65_535)}`, 0],
  ['a string of escapes without an end', `"${'\\n'.repeat(32_767)}`, 0],
  ['a number', '1'.repeat(65_536), 65_536],
])('%s as long as a body can be takes no time', (_, json, position) => {
  expect(syntaxErrorAt(json)).toBe(position);
});

const fails = (text: string): boolean => {
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
};

test(`what stands before the fault is sound as far as it goes (seed ${seed})`, () => {
  const spoilt = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('§', '}', ']', ',,', '"', 'x'))
    .map(([json, n, junk]) => json.slice(0, n % (json.length + 1)) + junk + json.slice(n % (json.length + 1)))
    .filter(fails);
  fc.assert(
    fc.property(spoilt, (text) => {
      const position = syntaxErrorAt(text);
      const before = text.slice(0, position);

      expect(position).toBeLessThanOrEqual(text.length);
      // Cut there, a text either is JSON or only ends too soon.
      if (fails(before)) expect(syntaxErrorAt(before)).toBe(before.length);
    }),
    { seed, numRuns: 2_000 },
  );
});
