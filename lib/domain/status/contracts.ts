// Which terms an account is a customer for: its contracts, and won opportunities where the CRM has no contracts.

import { dayOf } from '../days.ts';
import type { ContractFacts, OpportunityFacts } from '../deals.ts';
import { monthsAfter } from '../months.ts';
import { crmMappingOf } from '../playbook/crm-mapping.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { opportunityStage } from './crm-stages.ts';

export interface Term {
  /** As we have it, as far as it is known. */
  id?: string | undefined;
  /** ISO; empty where nobody said when it began. */
  from: string;
  /** Absent: until further notice. */
  until?: string;
}

type Known<Facts> = Facts & { id?: string };

/** What is deleted or not agreed yet is none, nor is one of which no term was heard. */
const termOfContract = ({ id, startsAt, endsAt, draft, deleted }: Known<ContractFacts>): Term[] => {
  if (deleted?.value === true || draft?.value === true) return [];
  if (startsAt === undefined && endsAt === undefined) return [];
  return [{ id, from: startsAt?.value ?? '', ...(endsAt?.value && { until: endsAt.value }) }];
};

/** From the day it was won, for as many months as the playbook says of its CRM. */
const termOfWon = (opportunity: Known<OpportunityFacts>, playbook: Playbook): Term[] => {
  const { register } = opportunityStage(opportunity, playbook);
  if (register?.value !== 'won' || opportunity.deleted?.value === true) return [];
  const { contractMonths } = crmMappingOf(playbook, register.source);
  if (contractMonths === undefined) return [];
  const from = `${dayOf(register.at)}T00:00:00.000Z`;
  return [{ id: opportunity.id, from, until: monthsAfter(from, contractMonths) }];
};

/** The latest to end first, so that what is named of several does not hang on who came first. */
const byEnd = (a: Term, b: Term): number => {
  const [keyA, keyB] = [a, b].map(({ id = '', from, until = '~' }) => `${until} ${from} ${id}`) as [string, string];
  return keyA < keyB ? 1 : -1;
};

export const termsOf = (
  contracts: readonly Known<ContractFacts>[],
  opportunities: readonly Known<OpportunityFacts>[],
  playbook: Playbook,
): Term[] =>
  [
    ...contracts.flatMap(termOfContract),
    ...opportunities.flatMap((opportunity) => termOfWon(opportunity, playbook)),
  ].sort(byEnd);

export const hasBegun = ({ from }: Term, now: string): boolean => from <= now;
export const isActive = (term: Term, now: string): boolean =>
  hasBegun(term, now) && (term.until === undefined || term.until > now);

const renewalMonths = 3;

/** From when on a renewal of it counts though nobody has worked it: three months before its end, and no longer than it lasts. */
const renewalFrom = ({ until }: Term): string | undefined =>
  until === undefined ? undefined : monthsAfter(until, -renewalMonths);

export const isUpForRenewal = (term: Term, now: string): boolean =>
  isActive(term, now) && term.until !== undefined && renewalFrom(term)! <= now;

/** Every moment (ISO) at which time alone changes what the terms are. */
export const momentsOf = (terms: readonly Term[]): string[] =>
  terms.flatMap((term) => [term.from, term.until, renewalFrom(term)].filter((moment) => moment !== undefined));
