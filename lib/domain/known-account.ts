// An account as the matcher compares it, from what the CRM says of it.
import type { AccountFacts } from './account.ts';
import type { KnownAccount } from './account-matching/card.ts';
import { countryCode } from './country.ts';
import { claimableDomains } from './mail-domains.ts';

export const knownAccountOf = (id: string, { name, hosts, domains, namedSince, country, parent }: AccountFacts) => {
  const claimable = claimableDomains(domains?.value ?? []);
  const sites = (hosts ?? domains)?.value.flatMap((host) => {
    const domain = claimable.find((one) => host === one || host.endsWith(`.${one}`));
    return domain === undefined ? [] : [{ domain: host, since: namedSince?.[domain] }];
  });
  const known: KnownAccount = {
    id,
    name: name?.value ?? '',
    domains: sites ?? [],
    country: countryCode(country?.value ?? ''),
    parentId: parent?.value ?? undefined,
  };
  return known;
};
