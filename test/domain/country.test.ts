import { expect, test } from 'vitest';
import { countryCode, countryName } from '../../lib/domain/country.ts';

test.each([
  ['DE', 'DE'],
  ['de', 'DE'],
  ['DEU', 'DE'],
  ['Germany', 'DE'],
  [' deutschland ', 'DE'],
  ['Allemagne', 'DE'],
  ['Alemania', 'DE'],
  ['ドイツ', 'DE'],
  ['Германия', 'DE'],
  ['Österreich', 'AT'],
  ['Osterreich', 'AT'],
  ['UK', 'GB'],
  ['England', 'GB'],
  ['USA', 'US'],
  ['U.S.A.', 'US'],
  ['United States', 'US'],
  ['The Netherlands', 'NL'],
  ['Czech Republic', 'CZ'],
  ['Czechia', 'CZ'],
  ['Türkiye', 'TR'],
  ['Turkey', 'TR'],
  ['South Korea', 'KR'],
  ["Côte d'Ivoire", 'CI'],
  ['Georgia', 'GE'],
  ['Jersey', 'JE'],
  ['Kosovo', 'XK'],
])('%s is %s', (text, code) => expect(countryCode(text)).toBe(code));

test.each(['', '-', 'Germany and Austria', 'EMEA', 'EU', 'XX', 'Atlantis', 'Bavaria'])('%j is none', (text) =>
  expect(countryCode(text)).toBeUndefined());

test('a code has one name, which is its own again', () => {
  for (const code of ['DE', 'GB', 'US', 'KR', 'CD', 'CG', 'GN', 'GQ', 'GW', 'NE', 'NG']) {
    expect(countryCode(countryName(code))).toBe(code);
  }
});
