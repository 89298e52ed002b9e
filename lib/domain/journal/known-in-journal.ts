// The accounts a journal tells of, as the matcher sees those of the table, and who holds each domain.
import type { AccountFacts } from '../account.ts';
import { fateIn } from '../account-fate.ts';
import { blocksOf, listed } from '../account-matching/blocks.ts';
import { nameIdOf } from '../account-name.ts';
import { claimIn, type DomainClaims } from '../domain-claims.ts';
import { knownAccountOf } from '../known-account.ts';
import { claimableDomains } from '../mail-domains.ts';
import { meantBy } from '../match-decisions.ts';
import type { KnownAccounts } from '../matching.ts';
import type { Heard } from './heard.ts';

/** Who holds each domain, of those any account names. */
export const domainClaimsIn = (accounts: Iterable<[string, AccountFacts]>): Map<string, DomainClaims> => {
  const claims = new Map<string, DomainClaims>();
  for (const [accountId, facts] of accounts) {
    if (facts.namedSince === undefined) continue;
    for (const domain of claimableDomains(Object.keys(facts.namedSince))) {
      const known = claims.get(domain) ?? {};
      known[accountId] = claimIn(facts, domain);
      claims.set(domain, known);
    }
  }
  // What so many name is nobody's.
  for (const [domain, all] of claims) if (Object.keys(all).length > listed) claims.delete(domain);
  return claims;
};

export const knownAccountsIn = <Touch>({ accounts, names, domains }: Heard<Touch>): KnownAccounts => {
  const known = [...accounts].map(([id, facts]) => knownAccountOf(id, facts));
  return {
    ...blocksOf(known),
    decidedName: (text, country) => meantBy(text, names.get(nameIdOf(text)), country),
    decidedDomain: (domain) => meantBy(domain, domains.get(domain)),
    fateOf: (id) => {
      const facts = accounts.get(id);
      return facts && fateIn(facts);
    },
  };
};
