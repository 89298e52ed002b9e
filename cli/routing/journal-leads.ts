// The leads of a journal that somebody has to act on, in the order in which they qualified.
import { asBelieved } from '../../lib/domain/assessment.ts';
import { isSolo } from '../../lib/domain/ids.ts';
import { traitsOf } from '../../lib/domain/routing/criteria.ts';
import { crmOwnerOf, newestOpen } from '../../lib/domain/routing/crm-owner.ts';
import type { SimulatedLead } from '../../lib/domain/routing/simulate-routing.ts';
import type { ScoredAccount, ScoredLead, Scoring } from '../score/score-journal.ts';

const leadOf = (
  { group, assessment: account }: ScoredAccount,
  { member, assessment }: ScoredLead,
  { playbook }: Scoring,
): SimulatedLead => {
  const { state } = asBelieved(member, playbook);
  return {
    id: member.email ?? member.leadId,
    accountId: isSolo(group.accountId) ? undefined : group.accountId,
    traits: traitsOf(assessment, state, group.account, account.status),
    owners: {
      account: crmOwnerOf(group.account ?? {}, playbook),
      opportunity: crmOwnerOf(newestOpen(group.opportunities, playbook) ?? {}, playbook),
      lead: crmOwnerOf(state, playbook),
    },
  };
};

export const journalLeads = (scoring: Scoring): SimulatedLead[] => {
  const found: { at: string; lead: SimulatedLead }[] = [];
  for (const account of scoring.accounts()) {
    for (const lead of account.leads) {
      const { status, qualifiedAt = '' } = lead.assessment;
      if (status === 'Qualified') found.push({ at: qualifiedAt, lead: leadOf(account, lead, scoring) });
    }
  }
  return found
    .sort((a, b) => (a.at === b.at ? (a.lead.id < b.lead.id ? -1 : 1) : a.at < b.at ? -1 : 1))
    .map(({ lead }) => lead);
};
