// An account's status from its leads, opportunities and contracts: computed, never typed in, except Disqualified and Partner.
import type { AccountFacts } from '../account.ts';
import { dayOf } from '../days.ts';
import type { ContractFacts, OpportunityFacts } from '../deals.ts';
import { anyTouch, type Facts, lastMomentOf } from '../facts/facts.ts';
import { isOpen, type LeadVerdict } from './lead-status.ts';

export type AccountStatus =
  | 'Pre-Qualified'
  | 'Nurture'
  | 'Qualified'
  | 'Sales Working'
  | 'Opportunity Open'
  | 'Customer'
  | 'Customer Engaged'
  | 'Customer Opportunity'
  | 'Churned'
  | 'Disqualified'
  | 'Partner';

export interface AccountVerdict {
  status: AccountStatus;
  reason: string;
}

export interface MemberStanding {
  name: string;
  facts: Facts;
  verdict: LeadVerdict;
}

const hasBegun = ({ startsAt }: ContractFacts, now: string): boolean => startsAt !== undefined && startsAt.value <= now;
const isActive = (contract: ContractFacts, now: string): boolean =>
  hasBegun(contract, now) && (!contract.endsAt?.value || contract.endsAt.value > now);

/** The first rule that holds, in the order of the requirements (T3 to T8). `now` is ISO. */
export const accountStatusOf = (
  account: AccountFacts | undefined,
  members: readonly MemberStanding[],
  opportunities: readonly OpportunityFacts[],
  contracts: readonly ContractFacts[],
  now: string,
  /** What unknown visitors from its network did: they engage an account, and qualify nothing. */
  visitors: readonly Facts[] = [],
): AccountVerdict => {
  const standing = account?.standing;
  if (standing?.value === 'disqualified')
    return { status: 'Disqualified', reason: `Set in the CRM on ${dayOf(standing.at)}.` };
  if (standing?.value === 'partner') return { status: 'Partner', reason: `Set in the CRM on ${dayOf(standing.at)}.` };

  const open = opportunities.filter(isOpen);
  const qualified = members.find(({ verdict }) => verdict.status === 'Qualified');
  const working = members.find(
    ({ verdict }) => verdict.status === 'Sales Working' && verdict.qualifiedAt !== undefined,
  );
  const begun = contracts.filter((contract) => hasBegun(contract, now));
  if (contracts.some((contract) => isActive(contract, now))) {
    if (open.length > 0)
      return { status: 'Customer Opportunity', reason: 'An active contract, and an open opportunity.' };
    if (qualified)
      return { status: 'Customer Engaged', reason: `A customer; ${qualified.name}: ${qualified.verdict.reason}` };
    return { status: 'Customer', reason: 'An active contract.' };
  }
  if (open.length > 0)
    return {
      status: 'Opportunity Open',
      reason: `${open.length === 1 ? 'An open opportunity' : `${open.length} open opportunities`}.`,
    };
  if (working) return { status: 'Sales Working', reason: `${working.name}: ${working.verdict.reason}` };
  if (qualified) return { status: 'Qualified', reason: `${qualified.name}: ${qualified.verdict.reason}` };

  const lastOf = (all: readonly Facts[]): string =>
    all
      .map((facts) => lastMomentOf(facts, anyTouch) ?? '')
      .sort()
      .at(-1) ?? '';
  const lastByName = lastOf(members.map(({ facts }) => facts));
  const lastTouch = lastOf([...members.map(({ facts }) => facts), ...visitors]);
  if (begun.length > 0) {
    const ended = begun
      .map(({ endsAt }) => endsAt!.value!)
      .sort()
      .at(-1)!;
    if (lastTouch <= ended)
      return { status: 'Churned', reason: `The last contract ended on ${dayOf(ended)}; nothing since.` };
  }
  if (lastTouch !== '')
    return {
      status: 'Nurture',
      reason:
        lastByName === ''
          ? `Unknown visitors from its network, last on ${dayOf(lastTouch)}.`
          : `Last engaged on ${dayOf(lastTouch)}; nobody qualifies now.`,
    };
  if (members.some(({ verdict }) => verdict.status === 'Nurture'))
    return { status: 'Nurture', reason: 'Sent back by sales.' };
  return { status: 'Pre-Qualified', reason: 'Nothing has been heard from anybody there.' };
};
