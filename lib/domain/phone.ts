// One spelling of a phone number, E.164: what a phone dials and two sources can be compared by.
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** `030 1234567` of somebody in DE → `+49301234567`; undefined where it is no possible number, or national and the country is
 * not known. By length and prefix alone: the tables that tell mobile phones and the numbers in use are four times as large. */
export const phoneNumber = (typed: string, country?: string): string | undefined => {
  const home = country !== undefined && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const number = parsePhoneNumberFromString(typed, { ...(home && { defaultCountry: home }), extract: false });
  return number?.isPossible() ? number.number : undefined;
};
