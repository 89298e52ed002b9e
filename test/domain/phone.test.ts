import fc from 'fast-check';
import { expect, test } from 'vitest';
import { phoneNumber } from '../../lib/domain/phone.ts';

test.each([
  ['030 / 123 45 67', 'DE', '+49301234567'],
  ['+49 (0)30 1234567', undefined, '+49301234567'],
  ['0049 30 1234567', 'DE', '+49301234567'],
  ['(212) 555-0123', 'US', '+12125550123'],
  ['+1 212 555 0123', 'DE', '+12125550123'],
  ['020 7946 0018', 'GB', '+442079460018'],
])('%s in %s is %s', (typed, country, number) => expect(phoneNumber(typed, country)).toBe(number));

test.each([
  ['030 1234567', undefined],
  ['030 1234567', 'ZZ'],
  ['call me', 'DE'],
  ['12', 'DE'],
  ['', 'DE'],
  ['my number is 030 1234567', 'DE'],
])('%j in %s is none', (typed, country) => expect(phoneNumber(typed, country)).toBeUndefined());

test('what is normal stays as it is, whatever the country', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[+0-9 ()-]{3,18}$/), fc.constantFrom('DE', 'US', 'GB', 'FR'), (typed, country) => {
      const number = phoneNumber(typed, country);
      if (number !== undefined) expect(phoneNumber(number)).toBe(number);
    }),
  );
});
