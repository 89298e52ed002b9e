// What YAML allows and no document can mean is a complaint with its place, never an exception.
import { describe, expect, it, test } from 'vitest';
import * as z from 'zod';
import { complaintsText, readYaml } from '../../lib/domain/yaml-document.ts';

const anything = z.record(z.string(), z.unknown());

const complaints = (source: string): string => {
  const reading = readYaml(source, anything);
  return 'complaints' in reading ? complaintsText('p.yaml', reading.complaints) : '';
};

describe('an alias', () => {
  it('stands for what is above it', () => {
    expect(readYaml('a: &one { b: 1 }\nc: *one\n', anything)).toEqual({ value: { a: { b: 1 }, c: { b: 1 } } });
  });

  test.each([
    ['url: *pricing\n', 'p.yaml:1:6 url: no &pricing stands above *pricing; put text that begins with * in quotes'],
    [
      'a:\n  - x\n  - { b: *later }\nc: &later 1\n',
      'p.yaml:3:10 a.1.b: no &later stands above *later; put text that begins with * in quotes',
    ],
  ])('of nothing is named where it stands: %j', (source, said) => expect(complaints(source)).toBe(said));

  it('of aliases of aliases that would fill the memory is refused', () => {
    const rows = Array.from({ length: 9 }, (_, n) => `r${n + 1}: &r${n + 1} [${Array(9).fill(`*r${n}`).join(', ')}]`);
    expect(complaints(`r0: &r0 [x]\n${rows.join('\n')}\n`)).toMatch(
      /^p\.yaml:10:\d+ r9\.8: aliases stand for too much; write out what is meant here$/,
    );
  });

  it('of what it is part of is no exception', () => {
    expect(() => complaints('a: &a [*a]\n')).not.toThrow();
  });
});

test.each([
  ['a: 1\n__proto__: { b: 1 }\n', 'p.yaml:2:1 __proto__: is a name of the machine’s own; write another'],
  ['a:\n  b: [{ "__proto__": 1 }]\n', 'p.yaml:2:9 a.b.0.__proto__: is a name of the machine’s own; write another'],
])('a key that JavaScript takes for something else is refused, not lost: %j', (source, said) => {
  expect(complaints(source)).toBe(said);
});
