import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { normaliseEmail } from '../../lib/domain/email.ts';

test.each([
  ['BEA@Acme.Example ', 'bea@acme.example'],
  ['ｂｅａ＠acme.example', 'bea@acme.example'],
  ['bea+demo@acme.example', 'bea+demo@acme.example'],
  ["o'neil@acme.example", "o'neil@acme.example"],
  ['bea@bücher.example', 'bea@xn--bcher-kva.example'],
  ['bea@BÜCHER.example', 'bea@xn--bcher-kva.example'],
  ['bea@xn--bcher-kva.example', 'bea@xn--bcher-kva.example'],
])('%j is %j', (typed, normal) => expect(normaliseEmail(typed)).toBe(normal));

describe('no address', () => {
  it.each([
    '',
    'bea',
    'bea@',
    '@acme.example',
    'bea@acme',
    'bea@acme.example.',
    'bea@acme..example',
    'bea@@acme.example',
    'a b@acme.example',
    'bea@acme.example\r\nBcc: eve@evil.example',
    'bea@acme.example\u0000',
    'Bea <bea@acme.example>',
    'bea@acme.example,evil.example',
    'bea@acme.example;eve',
    'bea@[127.0.0.1]',
    `${'a'.repeat(65)}@acme.example`,
    `bea@${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.example`,
  ])('%j', (typed) => expect(normaliseEmail(typed)).toBeUndefined());
});

test('what is normal stays as it is', () => {
  const part = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.emailAddress(),
        fc.tuple(part, part).map(([a, b]) => `${a}@${b}.example`),
      ),
      (typed) => {
        const normal = normaliseEmail(typed);
        if (normal !== undefined) expect(normaliseEmail(normal)).toBe(normal);
      },
    ),
    { numRuns: 300 },
  );
});

test('every single character, in either part, is settled the first time', () => {
  let accepted = 0;
  for (let code = 0; code <= 0xffff; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const character = String.fromCodePoint(code);
    for (const typed of [`x${character}y@acme.example`, `x@a${character}b.example`]) {
      const normal = normaliseEmail(typed);
      if (normal === undefined) continue;
      accepted += 1;
      if (normaliseEmail(normal) !== normal) expect.fail(`U+${code.toString(16)}: ${normal} became something else`);
      if (/[\r\n,<>"]/.test(normal)) expect.fail(`U+${code.toString(16)} made ${JSON.stringify(normal)}`);
    }
  }
  expect(accepted).toBeGreaterThan(50_000);
});
