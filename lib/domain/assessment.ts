// The judgement on an account and everyone in it, from one partition's facts: what the assess step saves.
import type { AccountFacts, ContractFacts, OpportunityFacts } from './account.ts';
import { dayNumberOf, isoDay } from './days.ts';
import { anyTouch, factsUpTo, lastMomentOf } from './facts/facts.ts';
import type { IdentityState } from './lead.ts';
import type { EmailKind } from './mail-domains.ts';
import type { Playbook } from './playbook/playbook.ts';
import { totalOf } from './scoring/behaviour.ts';
import { type Level, qualificationOf } from './scoring/qualification.ts';
import { type LeadScore, scoreLead } from './scoring/score-lead.ts';
import { type AccountVerdict, accountStatusOf } from './status/account-status.ts';
import { type LeadVerdict, leadStatusOf, sentBackAt } from './status/lead-status.ts';

export interface Member {
  leadId: string;
  email?: string;
  emailKind?: EmailKind;
  /** The registrable domain of business mail. */
  mailDomain?: string;
  state: IdentityState;
}

export interface AccountGroup {
  account?: AccountFacts;
  members: readonly Member[];
  opportunities: readonly OpportunityFacts[];
  contracts: readonly ContractFacts[];
}

export interface LeadAssessment extends LeadScore, LeadVerdict {
  leadId: string;
  /** How far it qualifies now; absent when it does not. */
  level?: Level;
}

export interface AccountPart {
  label: string;
  points: number;
}

export interface AccountAssessment extends AccountVerdict {
  name?: string;
  domain?: string;
  score: number;
  parts: AccountPart[];
}

/** How people are named in reasons: by name, else by address; never by id. */
export const nameOf = ({ email, state: { profile } }: Member): string => {
  const full = [profile.firstName?.value, profile.lastName?.value].filter(Boolean).join(' ');
  return full || profile.name?.value || email || 'Somebody';
};

const assessLead = (member: Member, group: AccountGroup, playbook: Playbook, now: string): LeadAssessment => {
  const subject = { ...member, account: group.account };
  const { score, model, holds } = scoreLead(subject, playbook, now);
  const own = group.opportunities.filter(
    ({ primaryContactEmail }) => primaryContactEmail !== undefined && primaryContactEmail.value === member.email,
  );
  const qualification = qualificationOf({ subject, score, model, holds }, sentBackAt(member.state, own));
  const verdict = leadStatusOf(member.state, own, qualification);
  return { leadId: member.leadId, ...score, ...(qualification && { level: qualification.level }), ...verdict };
};

/** The member as of a moment: without what was counted for days to come, which clients with a wrong clock send. */
const asOf = (member: Member, now: string): Member => {
  const { facts } = member.state;
  if ((lastMomentOf(facts, anyTouch) ?? '') < isoDay(dayNumberOf(now) + 1)) return member;
  return { ...member, state: { ...member.state, facts: factsUpTo(facts, dayNumberOf(now)) } };
};

/** Pure: the same group, playbook and moment (ISO) always give the same judgement. Leads are in order of their ids. */
export const assessGroup = (
  group: AccountGroup,
  playbook: Playbook,
  now: string,
): { account: AccountAssessment; leads: LeadAssessment[] } => {
  const members = group.members.map((member) => asOf(member, now)).sort((a, b) => (a.leadId < b.leadId ? -1 : 1));
  const leads = members.map((member) => assessLead(member, group, playbook, now));
  const parts = members
    .map((member, index) => ({ label: nameOf(member), points: leads[index]!.score }))
    .filter(({ points }) => points !== 0);
  const verdict = accountStatusOf(
    group.account,
    members.map((member, index) => ({ name: nameOf(member), facts: member.state.facts, verdict: leads[index]! })),
    group.opportunities,
    group.contracts,
    now,
  );
  const companies = members.flatMap(({ state }) => state.profile.company ?? []).sort((a, b) => (a.at < b.at ? 1 : -1));
  const account: AccountAssessment = {
    ...verdict,
    name: group.account?.name?.value ?? companies[0]?.value,
    domain: group.account?.domains?.value[0] ?? members.flatMap(({ mailDomain }) => mailDomain ?? []).sort()[0],
    score: totalOf(parts),
    parts,
  };
  return { account, leads };
};
