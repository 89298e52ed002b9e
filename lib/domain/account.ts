// An account as facts: what the CRM says of the company.
import type { AccountStanding, CrmChangeCaptured } from '../../events/crm-change-captured.v1.ts';
import { type ChangeOf, hearer } from './crm-change.ts';
import { writtenEmail } from './email.ts';
import { accountIdOfCrm } from './ids.ts';
import type { Register } from './register.ts';

export interface AccountFacts {
  name?: Register<string>;
  /** Registrable domains, sorted: as the fold step made them. */
  domains?: Register<string[]>;
  /** As they were named: `shop.acme.example` where the registrable one is `acme.example`. */
  hosts?: Register<string[]>;
  /** Every domain it ever named, and since when. */
  namedSince?: Record<string, string>;
  ownerEmail?: Register<string>;
  /** Whom the CRM has as owner, by its own id; null: nobody. */
  ownerId?: Register<string | null>;
  industry?: Register<string>;
  employees?: Register<number>;
  revenue?: Register<number>;
  technologies?: Register<string[]>;
  country?: Register<string>;
  /** The account it is a part of; null: of none any more. */
  parent?: Register<string | null>;
  standing?: Register<AccountStanding | null>;
  /** What the CRM says of it in its own words: the register's source is the connection that has them. */
  crmStage?: Register<string>;
  /** The account that took this one in; null: none any more. */
  mergedInto?: Register<string | null>;
  deleted?: Register<boolean>;
}

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
  const accountNamed = (externalId: string | null | undefined) => externalId && accountIdOfCrm(line.source, externalId);
  return {
    name: hear(facts.name, change.name),
    domains: hear(facts.domains, domains),
    hosts: hear(facts.hosts, hosts),
    namedSince: namedIn(facts.namedSince, domains ?? [], line.occurredAt),
    ownerEmail: hear(facts.ownerEmail, change.ownerEmail === undefined ? undefined : writtenEmail(change.ownerEmail)),
    ownerId: hear(facts.ownerId, change.ownerExternalId),
    industry: hear(facts.industry, change.industry),
    employees: hear(facts.employees, change.employees),
    revenue: hear(facts.revenue, change.revenue),
    technologies: hear(facts.technologies, change.technologies && [...new Set(change.technologies)].sort()),
    country: hear(facts.country, change.country),
    parent: hear(facts.parent, accountNamed(change.parentExternalId)),
    standing: hear(facts.standing, change.standing),
    crmStage: hear(facts.crmStage, change.crmStage),
    mergedInto: hear(facts.mergedInto, accountNamed(change.mergedInto)),
    deleted: hear(facts.deleted, change.deleted),
  };
};
