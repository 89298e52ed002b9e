// Which company a person says they are from, and in which country, as far as they are believed.
import { countryCode } from './country.ts';
import type { IdentityState } from './lead.ts';
import type { Playbook } from './playbook/playbook.ts';
import { believed } from './register.ts';

export interface StatedCompany {
  company?: string | undefined;
  /** ISO 3166, two capitals. */
  country?: string | undefined;
}

export const statedCompany = (
  { profile: { company, country } }: Pick<IdentityState, 'profile'>,
  { sources }: Pick<Playbook, 'sources'>,
): StatedCompany => ({
  company: company && believed(company, sources).value,
  country: country && countryCode(believed(country, sources).value),
});
