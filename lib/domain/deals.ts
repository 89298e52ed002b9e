// Opportunities and contracts as facts. Each is of the account its latest change names.
import type { CrmChangeCaptured, OpportunityState } from '../../events/crm-change-captured.v1.ts';
import { type ChangeOf, hearer } from './crm-change.ts';
import { normaliseEmail } from './email.ts';
import { accountIdOfCrm, leadIdOfCrmPerson } from './ids.ts';
import { latest, type Register } from './register.ts';

export type ContactRole = 'primary' | 'other' | 'none';

export interface OpportunityFacts {
  /** The account it is with; null: with none any more. */
  account?: Register<string | null>;
  state?: Register<OpportunityState>;
  /** The stage in the CRM's own words, and the first it was ever in. */
  crmStage?: Register<string>;
  firstCrmStage?: Register<string>;
  crmType?: Register<string>;
  primaryContactEmail?: Register<string>;
  /** By the ids of CRM persons. */
  contacts?: Record<string, Register<ContactRole>>;
  renewal?: Register<boolean>;
  worked?: Register<boolean>;
  deleted?: Register<boolean>;
  /** When it was first heard to be open, in so many words. */
  openedAt?: string;
}

export interface ContractFacts {
  account?: Register<string | null>;
  startsAt?: Register<string>;
  /** null: until further notice. */
  endsAt?: Register<string | null>;
  draft?: Register<boolean>;
  deleted?: Register<boolean>;
}

const emailIn = (typed: string | undefined): string | undefined =>
  typed === undefined ? undefined : normaliseEmail(typed);

/** The earliest of its kind, as `latest` is the last. */
const earliest = (known: Register<string> | undefined, heard: Register<string> | undefined) =>
  known === undefined || heard === undefined || latest(known, heard) === known ? (heard ?? known) : known;

const contactsHeard = (
  known: OpportunityFacts['contacts'],
  { source, occurredAt: at }: CrmChangeCaptured,
  { contacts = [] }: ChangeOf<'opportunity'>,
): OpportunityFacts['contacts'] => {
  if (contacts.length === 0) return known;
  const heard = { ...known };
  for (const { externalId, is } of contacts) {
    const id = leadIdOfCrmPerson(source, externalId);
    heard[id] = latest(heard[id], { value: is, at, source })!;
  }
  return Object.fromEntries(Object.entries(heard).sort(([a], [b]) => (a < b ? -1 : 1)));
};

const accountHeard = ({ source }: CrmChangeCaptured, { accountExternalId }: ChangeOf<'opportunity' | 'contract'>) =>
  accountExternalId && accountIdOfCrm(source, accountExternalId);

export const hearOpportunity = (
  facts: OpportunityFacts,
  line: CrmChangeCaptured,
  change: ChangeOf<'opportunity'>,
): OpportunityFacts => {
  const { occurredAt: at, source } = line;
  const hear = hearer(line);
  const { crmStage } = change;
  const stage = crmStage === undefined ? undefined : { value: crmStage, at, source };
  const opened = change.state === 'open' ? at : undefined;
  return {
    account: hear(facts.account, accountHeard(line, change)),
    state: hear(facts.state, change.state),
    crmStage: latest(facts.crmStage, stage),
    firstCrmStage: earliest(facts.firstCrmStage, stage),
    crmType: hear(facts.crmType, change.crmType),
    primaryContactEmail: hear(facts.primaryContactEmail, emailIn(change.primaryContactEmail)),
    contacts: contactsHeard(facts.contacts, line, change),
    renewal: hear(facts.renewal, change.renewal),
    worked: hear(facts.worked, change.worked),
    deleted: hear(facts.deleted, change.deleted),
    openedAt: facts.openedAt === undefined || (opened && opened < facts.openedAt) ? opened : facts.openedAt,
  };
};

export const hearContract = (
  facts: ContractFacts,
  line: CrmChangeCaptured,
  change: ChangeOf<'contract'>,
): ContractFacts => {
  const hear = hearer(line);
  return {
    account: hear(facts.account, accountHeard(line, change)),
    startsAt: hear(facts.startsAt, change.startsAt),
    endsAt: hear(facts.endsAt, change.endsAt),
    draft: hear(facts.draft, change.draft),
    deleted: hear(facts.deleted, change.deleted),
  };
};
