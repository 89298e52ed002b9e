// What is in one spelling already stays as it is: a value that passes a normaliser twice, by two sources or in a rebuild, is the same
// value. Mailboxes and phones have their own such tests beside their tables.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { profileField } from '../../events/touch-captured.v1.ts';
import { countryCode, countryName } from '../../lib/domain/country.ts';

import { asciiHost } from '../../lib/domain/host.ts';
import { registrableDomain } from '../../lib/domain/mail-domains.ts';
import { foldText } from '../../lib/domain/names/fold-text.ts';
import { normalValue } from '../../lib/domain/normal-profile.ts';
import { line } from '../../lib/sources/contract-shapes.ts';

const seed = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`normalisers: MUSTER_SEED=${seed}`);

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .array(fc.constantFrom('é', 'é', 'ß', 'ẞ', 'İ', 'ŉ', 'Ǆ', 'ﬁ', '㈱', 'Ⅷ', '’', '—', ' ', '\u00a0', '\u0345', 'ς'))
    .map((all) => all.join('')),
);

const holds = <Value>(values: fc.Arbitrary<Value>, check: (value: Value) => void, numRuns = 2_000): void =>
  fc.assert(fc.property(values, check), { seed, numRuns });

/** Figures as people group, shorten and round them, and as no one does. */
const figure = fc.oneof(
  fc.nat().map(String),
  fc.nat({ max: 2_000_000_000 }).map((n) => n.toLocaleString('en-GB')),
  fc.nat({ max: 2_000_000_000 }).map((n) => n.toLocaleString('de-DE')),
  fc
    .tuple(fc.nat({ max: 99_999 }), fc.constantFrom('k', ' Mio.', 'M', ' thousand', '+', ' employees'))
    .map(([n, unit]) => `${n}${unit}`),
  fc.tuple(fc.nat({ max: 5_000 }), fc.nat({ max: 5_000 })).map(([a, b]) => `${a}-${b}`),
  fc.stringMatching(/^[0-9.,' k+-]{1,12}$/),
);
const languages = ['en', 'de', 'fr', 'es', 'ja', 'ru'];
const codes = ['DE', 'AT', 'GB', 'US', 'CI', 'KR', 'TR', 'ST', 'XK', 'AX'];
const country = fc
  .tuple(fc.constantFrom(...codes), fc.constantFrom(...languages))
  .map(([code, language]) => new Intl.DisplayNames([language], { type: 'region' }).of(code)!);
const phone = fc.oneof(
  fc.stringMatching(/^\+?[0-9 ()/.-]{3,18}$/),
  fc.stringMatching(/^0[1-9][0-9 ]{5,12}( ?(ext\.?|x|#) ?[0-9]{1,4})?$/),
);
const typed = fc.oneof(anything, figure, country, phone);

test('the values of a profile, field by field', () => {
  const home = fc.constantFrom(undefined, 'DE', 'US', 'IT', 'GB');
  let normal = 0;
  holds(
    fc.tuple(fc.constantFrom(...profileField.options), typed, home),
    ([field, value, at]) => {
      const once = normalValue(field, value, at);
      if (once === undefined) return;
      normal += 1;
      expect(normalValue(field, once, at)).toBe(once);
      expect(normalValue(field, once, undefined)).toBe(once);
    },
    5_000,
  );
  expect(normal).toBeGreaterThan(500);
});

test('a country, and however its name is written it is the same', () => {
  const written = fc.tuple(
    country,
    fc.constantFrom<(name: string) => string>(
      (name) => name,
      (name) => name.toUpperCase(),
      (name) => ` ${name.replaceAll(' ', '  ')}\t`,
      (name) => name.normalize('NFD'),
      (name) => name.replaceAll(' ', '-'),
    ),
  );
  holds(written, ([name, write]) => {
    const code = countryCode(name)!;
    expect(codes).toContain(code);
    expect(countryCode(write(name))).toBe(code);
    expect(countryCode(code)).toBe(code);
    expect(countryCode(countryName(code))).toBe(code);
  });
});

test('a domain', () => {
  const host = fc.oneof(
    fc.domain(),
    fc
      .tuple(
        fc.constantFrom('www', 'mail.eu', 'a.b.c'),
        fc.constantFrom(
          'acme.co.uk',
          'Bücher.example',
          'xn--bcher-kva.de',
          '例え.jp',
          'acme.s3.amazonaws.com',
          'BÜCHER.co.uk.',
          'faß.de',
        ),
      )
      .map((parts) => parts.join('.')),
    // As addresses and sites come to it: their hosts in ASCII already.
    anything.map(asciiHost),
  );
  holds(host, (name) => {
    const once = registrableDomain(name);
    expect(registrableDomain(once)).toBe(once);
  });
});

test('a line of text, and a text in any script as names are compared', () => {
  holds(fc.tuple(anything, fc.integer({ min: 1, max: 30 })), ([text, length]) => {
    const once = line(text, length);
    expect(line(once, length)).toBe(once);
    expect(foldText(foldText(text))).toBe(foldText(text));
  });
});
