// An account as the matcher compares it, from what the CRM says of it.
import type { AccountFacts } from './account.ts';
import { fateIn } from './account-fate.ts';
import type { KnownAccount } from './account-matching/card.ts';
import { countryCode } from './country.ts';
import { claimableDomains } from './mail-domains.ts';

/** One that was merged into another is a part of it that is only known by its domains: of two of one name nobody could tell which is
 * meant. One that was deleted is known by nothing. */
export const knownAccountOf = (id: string, facts: AccountFacts): KnownAccount => {
  const { mergedInto, deleted } = fateIn(facts);
  if (deleted) return { id, name: '' };
  const known = asTold(id, facts);
  return mergedInto === undefined ? known : { ...known, name: '', parentId: mergedInto };
};

const asTold = (id: string, { name, hosts, domains, namedSince, country, parent }: AccountFacts): KnownAccount => {
  const claimable = claimableDomains(domains?.value ?? []);
  const sites = (hosts ?? domains)?.value.flatMap((host) => {
    const domain = claimable.find((one) => host === one || host.endsWith(`.${one}`));
    return domain === undefined ? [] : [{ domain: host, since: namedSince?.[domain] }];
  });
  return {
    id,
    name: name?.value ?? '',
    domains: sites ?? [],
    country: countryCode(country?.value ?? ''),
    parentId: parent?.value ?? undefined,
  };
};
