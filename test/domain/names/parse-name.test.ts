// What is read out of a company's name: parts, words by meaning, legal forms, short forms, countries.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../../lib/domain/names/fold-text.ts';
import { parseName } from '../../../lib/domain/names/parse-name.ts';

const wordsOf = (name: string): string => parseName(name).segments.flat().join(' ');

describe('a name loses its legal form', () => {
  it.each([
    ['Acme GmbH', 'acme'],
    ['Acme GmbH & Co. KG', 'acme'],
    ['ACME AKTIENGESELLSCHAFT', 'acme'],
    ['Acme, Inc.', 'acme'],
    ['Acme Holdings Pty Ltd', 'acme holding'],
    ['Acme S.A. de C.V.', 'acme'],
    ['Acme, S.A.B. de C.V.', 'acme'],
    ['Acme Sp. z o.o.', 'acme'],
    ['Acme spol. s r.o.', 'acme'],
    ['Acme S.p.A.', 'acme'],
    ['Acme Sdn. Bhd.', 'acme'],
    ['Acme Oy Ab', 'acme'],
    ['Acme A/S', 'acme'],
    ['PT Acme Tbk', 'acme'],
    ['ООО «Ромашка»', 'romashka'],
    ['株式会社日立', '日立'],
    ['北京百度有限公司', '北京 京百 百度'],
    ['AMAZON COM INC', 'amazon'],
    ['Amazon.com', 'amazon'],
    ['CORNING INC /NY', 'corning'],
  ])('%s', (name, words) => expect(wordsOf(name)).toBe(words));

  it('but not its only word', () => {
    expect(wordsOf('Co.')).toBe('co');
    expect(wordsOf('The')).toBe('the');
  });
});

describe('words of several languages mean the same', () => {
  it.each([
    ['Universität Wien', 'University of Vienna'],
    ['Universitaet Wien', 'Universidad de Viena'],
    ['Univ. of Göttingen', 'University of Goettingen'],
    ['Hrvatski institut', 'Croatian Institute'],
    ['Universitätsklinikum Münster', 'University Hospital Münster'],
    ['Krebsforschungszentrum', 'Krebs Forschung Zentrum'],
    ['Министерство', 'Ministry'],
    ['South Korea', 'Südkorea'],
  ])('%s, %s', (one, other) => expect(wordsOf(one)).toBe(wordsOf(other)));

  it.each([
    'Workday',
    'Westinghouse',
    'Trustmark',
    'Russell',
    'Northrop',
    'Cypress',
    'Parker',
  ])('%s only begins like a word that has a meaning', (name) => expect(wordsOf(name)).toBe(name.toLowerCase()));
});

describe('letters that belong together', () => {
  it.each([
    ['AT&T Inc.', 'att'],
    ['A. O. Smith', 'ao smith'],
    ['SMITH A O CORP', 'smith ao'],
    ['Zhejiang A& F University', 'zhejiang af university'],
    ["Lowe's", 'lowe'],
    ["Laboratoire de l'œuf", 'laboratory oeuf'],
  ])('%s', (name, words) => expect(wordsOf(name)).toBe(words));
});

describe('a line of several parts', () => {
  it('is parted at commas, and a country by itself is the country', () => {
    const { segments, countries } = parseName('Department of Chemistry, University of Oslo 5 , Oslo, Norway');
    expect(segments).toEqual([['department', 'chemistry'], ['university', 'oslo'], ['oslo']]);
    expect(countries).toEqual(['NO']);
  });

  it('has short forms and countries in brackets', () => {
    expect(parseName('Manipal Academy (MAHE)')).toMatchObject({ acronyms: ['mahe'], countries: [] });
    expect(parseName('Nippon Steel (Germany)')).toMatchObject({ acronyms: [], countries: ['DE'] });
    expect(parseName('Walt Disney Company (The)').segments).toEqual([['walt', 'disney']]);
  });

  it('of a state that is called like a country has no country', () => {
    expect(parseName('University of New Mexico').segments).toEqual([['university', 'new', 'mexico']]);
    expect(parseName('Emory University, Atlanta, Georgia').countries).toEqual([]);
  });
});

describe('whatever is typed', () => {
  it('is read without an error, and folding twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const { segments, spelt, whole } = parseName(text);
        expect(spelt.map((words) => words.length)).toEqual(segments.map((words) => words.length));
        expect(whole).toHaveLength(segments.length);
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  it('may be as long as it likes', () => {
    const begun = performance.now();
    parseName('(((('.repeat(50_000) + ' a,'.repeat(50_000));
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
