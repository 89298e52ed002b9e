// An account as facts: what the CRM says of the company, its opportunities and its contracts.
import type { CrmChangeCaptured } from '../../events/crm-change-captured.v1.ts';
import { normaliseEmail, writtenEmail } from './email.ts';
import { accountIdOfCrm } from './ids.ts';
import { latest, type Register } from './register.ts';

type ChangeOf<Kind extends CrmChangeCaptured['change']['object']> = Extract<
  CrmChangeCaptured['change'],
  { object: Kind }
>;

export interface AccountFacts {
  name?: Register<string>;
  /** Registrable domains, sorted: as the fold step made them. */
  domains?: Register<string[]>;
  /** As they were named: `shop.acme.example` where the registrable one is `acme.example`. */
  hosts?: Register<string[]>;
  /** Every domain it ever named, and since when. */
  namedSince?: Record<string, string>;
  ownerEmail?: Register<string>;
  industry?: Register<string>;
  employees?: Register<number>;
  revenue?: Register<number>;
  technologies?: Register<string[]>;
  country?: Register<string>;
  /** The account it is a part of; null: of none any more. */
  parent?: Register<string | null>;
  standing?: Register<'disqualified' | 'partner' | null>;
}

export interface OpportunityFacts {
  state?: Register<'open' | 'won' | 'lost'>;
  primaryContactEmail?: Register<string>;
  renewal?: Register<boolean>;
  worked?: Register<boolean>;
  /** When it was first heard to be open. */
  openedAt?: string;
}

export interface ContractFacts {
  term?: Register<{ startsAt: string; endsAt?: string }>;
}

const hearer =
  ({ occurredAt: at, source }: CrmChangeCaptured) =>
  <Value>(known: Register<Value> | undefined, value: Value | undefined): Register<Value> | undefined =>
    value === undefined ? known : latest(known, { value, at, source });

const emailIn = (typed: string | undefined): string | undefined =>
  typed === undefined ? undefined : normaliseEmail(typed);

/** The earliest naming of each domain, in alphabetical order. */
const namedIn = (
  known: AccountFacts['namedSince'],
  domains: readonly string[],
  at: string,
): AccountFacts['namedSince'] => {
  if (domains.length === 0) return known;
  const since = new Map(Object.entries(known ?? {}));
  for (const domain of domains) {
    const first = since.get(domain);
    if (first === undefined || at < first) since.set(domain, at);
  }
  return Object.fromEntries([...since].sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** The hosts a company names as its sites, and the registrable domains of these; both sorted. */
export interface Sites {
  hosts: string[];
  domains: string[];
}

export const hearAccount = (
  facts: AccountFacts,
  line: CrmChangeCaptured,
  change: ChangeOf<'account'>,
  sites: Sites | undefined,
): AccountFacts => {
  const hear = hearer(line);
  const { hosts, domains } = sites ?? {};
  const parent = change.parentExternalId && accountIdOfCrm(line.source, change.parentExternalId);
  return {
    name: hear(facts.name, change.name),
    domains: hear(facts.domains, domains),
    hosts: hear(facts.hosts, hosts),
    namedSince: namedIn(facts.namedSince, domains ?? [], line.occurredAt),
    ownerEmail: hear(facts.ownerEmail, change.ownerEmail === undefined ? undefined : writtenEmail(change.ownerEmail)),
    industry: hear(facts.industry, change.industry),
    employees: hear(facts.employees, change.employees),
    revenue: hear(facts.revenue, change.revenue),
    technologies: hear(facts.technologies, change.technologies && [...new Set(change.technologies)].sort()),
    country: hear(facts.country, change.country),
    parent: hear(facts.parent, parent),
    standing: hear(facts.standing, change.standing),
  };
};

export const hearOpportunity = (
  facts: OpportunityFacts,
  line: CrmChangeCaptured,
  change: ChangeOf<'opportunity'>,
): OpportunityFacts => {
  const hear = hearer(line);
  const opened = change.state === 'open' ? line.occurredAt : undefined;
  return {
    state: hear(facts.state, change.state),
    primaryContactEmail: hear(facts.primaryContactEmail, emailIn(change.primaryContactEmail)),
    renewal: hear(facts.renewal, change.renewal),
    worked: hear(facts.worked, change.worked),
    openedAt: facts.openedAt === undefined || (opened && opened < facts.openedAt) ? opened : facts.openedAt,
  };
};

export const hearContract = (
  facts: ContractFacts,
  line: CrmChangeCaptured,
  change: ChangeOf<'contract'>,
): ContractFacts => ({
  term: hearer(line)(facts.term, {
    startsAt: change.startsAt,
    ...(change.endsAt === undefined ? {} : { endsAt: change.endsAt }),
  }),
});

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
export const claimIn = ({ domains, hosts, namedSince }: AccountFacts, domain: string): DomainClaim => {
  const below = hosts?.value.filter((host) => host === domain || host.endsWith(`.${domain}`)) ?? [];
  return {
    since: namedSince![domain]!,
    held: domains?.value.includes(domain) === true,
    ...(below.some((host) => host !== domain) && { hosts: below }),
  };
};
