// What is known of an account and its deals, as the playbook reads it: the same for everybody there, so it is read once.
import type { AccountStanding } from '../../../events/crm-change-captured.v1.ts';
import type { AccountFacts } from '../account.ts';
import type { ContractFacts, OpportunityFacts } from '../deals.ts';
import type { Playbook } from '../playbook/playbook.ts';
import type { Register } from '../register.ts';
import { type Term, termsOf } from './contracts.ts';
import { accountStage, withStanding } from './crm-stages.ts';
import {
  type Contact,
  counts,
  isClosed,
  isOpen,
  type Opportunity,
  type OwnOpportunity,
  opportunitiesOf,
} from './opportunities.ts';
import type { OwnStage } from './verdict.ts';

interface Known {
  account?: AccountFacts | undefined;
  members: readonly Contact[];
  opportunities: readonly (OpportunityFacts & { id?: string })[];
  contracts: readonly (ContractFacts & { id?: string })[];
}

export interface Reading {
  /** With the standing its stage in the CRM means. */
  account: AccountFacts | undefined;
  stage: (OwnStage & { is: string }) | undefined;
  opportunities: Opportunity[];
  terms: Term[];
}

export const readingOf = ({ account, members, opportunities, contracts }: Known, playbook: Playbook): Reading => ({
  account: account && withStanding(account, playbook),
  stage: account && accountStage(account, playbook).own,
  opportunities: opportunitiesOf(opportunities, members, playbook),
  terms: termsOf(contracts, opportunities, playbook),
});

/** What somebody set of the account, which holds for everybody there. */
export const standingIn = ({ account }: Reading): Register<AccountStanding> | undefined => {
  const standing = account?.standing;
  return standing?.value ? { ...standing, value: standing.value } : undefined;
};

/** Opportunities of which the lead is the primary contact, and whether each is open now (ISO), or has ended. */
export const ownOf = ({ opportunities, terms }: Reading, leadId: string, now: string): OwnOpportunity[] =>
  opportunities
    .filter(({ primary }) => primary === leadId)
    .map((opportunity) => ({
      ...opportunity,
      isOpen: isOpen(opportunity, terms, now),
      isClosed: isClosed(opportunity, terms),
    }));

/** When an opportunity that counts was opened last; empty for never. */
export const lastOpenedAt = ({ opportunities, terms }: Reading, now: string): string =>
  opportunities.findLast((opportunity) => counts(opportunity, terms, now))?.openedAt ?? '';
