// A person's values in one spelling each, whoever typed them: what the console shows and what sources are compared by.

import type { ProfileField } from '../../events/touch-captured.v1.ts';
import type { AccountFacts } from './account.ts';
import { countryCode, countryName } from './country.ts';
import { phoneNumber } from './phone.ts';
import type { Registers } from './register.ts';
import { typedNumber } from './typed-number.ts';

/** The country somebody's national phone number is of: their own, else their company's. */
export const homeOf = (profile: Registers<ProfileField>, account: AccountFacts | undefined): string | undefined =>
  countryCode(profile.country?.value ?? '') ?? countryCode(account?.country?.value ?? '');

const letter = /\p{L}/u;

/** The value in one spelling; undefined where it cannot be what it is said to be. `home` is a code of `countryCode`. */
export const normalValue = (field: ProfileField, typed: string, home: string | undefined): string | undefined => {
  if (field === 'phone') return phoneNumber(typed, home);
  if (field === 'country') return countryCode(typed);
  if (field === 'employees') return typedNumber(typed)?.toString();
  return letter.test(typed) ? typed : undefined;
};

/** What is shown: the phone as E.164, the country by its English name, all else, and what is malformed, as typed. */
export const shownProfile = (
  profile: Registers<ProfileField>,
  account: AccountFacts | undefined,
): Record<string, string> => {
  const home = homeOf(profile, account);
  const shown = (field: ProfileField, typed: string): string => {
    if (field !== 'phone' && field !== 'country') return typed;
    const normal = normalValue(field, typed, home);
    if (normal === undefined) return typed;
    return field === 'country' ? countryName(normal) : normal;
  };
  return Object.fromEntries(
    Object.entries(profile).map(([field, register]) => [field, shown(field as ProfileField, register!.value)]),
  );
};
