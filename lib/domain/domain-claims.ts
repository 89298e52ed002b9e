// Whose a domain is: every account that ever named it, since when, and whether it still does.
import type { AccountFacts } from './account.ts';
import { fateIn } from './account-fate.ts';

/** Who ever said a domain is theirs, since when, and whether they still say so. */
export interface DomainClaim {
  since: string;
  held: boolean;
  /** The domain itself or hosts below it, as the account names them; absent where that is the domain alone. */
  hosts?: string[];
}
export type DomainClaims = Record<string, DomainClaim>;

/** Of the accounts that hold a domain, the one that claimed it first; ties go to the smaller id. */
export const claimantOf = (claims: DomainClaims): string | undefined =>
  Object.entries(claims)
    .filter(([, claim]) => claim.held)
    .sort(([a, { since: sinceA }], [b, { since: sinceB }]) =>
      sinceA === sinceB ? (a < b ? -1 : 1) : sinceA < sinceB ? -1 : 1,
    )
    .map(([accountId]) => accountId)[0];

/** What an account says of a domain it named: computed from its facts alone, so that no order of news changes it. */
export const claimIn = (facts: AccountFacts, domain: string): DomainClaim => {
  const { domains, hosts, namedSince } = facts;
  const below = hosts?.value.filter((host) => host === domain || host.endsWith(`.${domain}`)) ?? [];
  return {
    since: namedSince![domain]!,
    held: domains?.value.includes(domain) === true && !fateIn(facts).deleted,
    ...(below.some((host) => host !== domain) && { hosts: below }),
  };
};
