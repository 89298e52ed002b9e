// What is normal stays as it is: folding, legal forms and names read a second time.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../../lib/domain/names/fold-text.ts';
import { formNamed, legalFormAt } from '../../../lib/domain/names/legal-forms.ts';
import { type ParsedName, parseName } from '../../../lib/domain/names/parse-name.ts';
import { understoodAs } from '../../../lib/domain/names/word-meaning.ts';

/** A name written anew from what was read of it: a word that says two things stands once. */
const written = ({ spelt }: ParsedName): string =>
  spelt
    .map((words) => {
      const kept: string[] = [];
      for (let at = 0; at < words.length; at += understoodAs(words[at]!).meanings.length) kept.push(words[at]!);
      return kept.join(' ');
    })
    .join(', ');

const word = fc.oneof(
  fc.constantFrom('Universität', 'universidad', 'Hospital', 'Forschungszentrum', 'Institut', 'Ministério', 'Klinikum'),
  fc.constantFrom(
    'Wien',
    'München',
    'Łódź',
    'Газпром',
    'Αθήνα',
    'Chemistry',
    'chimie',
    'Deutschland Reisen',
    'South Korea Steel',
  ),
  fc.constantFrom(
    'of the Rhine',
    'für Physik',
    'de la Mancha',
    'GmbH',
    'GmbH & Co. KG',
    'Inc.',
    'S.p.A.',
    'Sp. z o.o.',
    'Pty Ltd',
    '株式会社',
  ),
  fc.stringMatching(/^[A-Z][a-z]{2,11}$/),
);
const name = fc
  .array(fc.array(word, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.map((words) => words.join(' ')).join(', '));

const forms = [
  'GmbH',
  'GmbH & Co. KG',
  'Inc.',
  'Incorporated',
  'S.p.A.',
  'Sp. z o.o.',
  'S.A. de C.V.',
  'Pty Ltd',
  'AG',
  'Oy Ab',
];

describe('what is normal stays as it is', () => {
  const always = { seed: 17, numRuns: 1_000 };

  it('folded text', () => {
    fc.assert(
      fc.property(fc.oneof(name, fc.string({ unit: 'grapheme', maxLength: 60 })), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
      always,
    );
  });

  it('a name written anew from its words', () => {
    fc.assert(
      fc.property(name, (text) => {
        const once = parseName(text);
        const twice = parseName(written(once));
        expect(twice.segments).toEqual(once.segments.filter((words) => words.length > 0));
        expect(twice.spelt).toEqual(once.spelt);
      }),
      always,
    );
  });

  it('a name with its legal form, however often that is said', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z][a-z]{4,11}$/), fc.constantFrom(...forms), (text, form) => {
        const plain = parseName(text).segments;
        expect(parseName(`${text} ${form}`).segments).toEqual(plain);
        expect(parseName(`${text} ${form}, ${form}`).segments).toEqual(plain);
      }),
      always,
    );
  });

  it('a legal form in its short spelling', () => {
    for (const form of [
      'incorporated',
      'corporation',
      'aktiengesellschaft',
      'public limited company',
      's p a',
      'gmbh',
    ]) {
      expect(formNamed(formNamed(form))).toBe(formNamed(form));
      expect(legalFormAt(formNamed(form).split(' '), 0)).toBe(1);
    }
  });
});
