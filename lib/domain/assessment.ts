// The judgement on an account and everyone in it, from one partition's facts: what the assess step saves.
import type { AccountFacts } from './account.ts';
import { dayNumberOf, isoDay } from './days.ts';
import type { ContractFacts, OpportunityFacts } from './deals.ts';
import { anyTouch, factsUpTo, lastMomentOf } from './facts/facts.ts';
import type { IdentityState } from './lead.ts';
import type { EmailKind } from './mail-domains.ts';
import type { Playbook } from './playbook/playbook.ts';
import { believedOfEach } from './register.ts';
import type { ScoredMember } from './scoring/account-members.ts';
import { type AccountScore, scoreAccount } from './scoring/account-score.ts';
import { type AccountSurge, accountSurge } from './scoring/account-surge.ts';
import { type ReachedThreshold, thresholdsReached } from './scoring/account-thresholds.ts';
import { type BuyingRole, buyingGroupOf } from './scoring/buying-group.ts';
import { type Level, qualificationOf } from './scoring/qualification.ts';
import { type LeadScore, scoreLead } from './scoring/score-lead.ts';
import { type AccountVerdict, accountStatusOf } from './status/account-status.ts';
import { type LeadVerdict, lastActiveAt, leadStatusOf, sentBackAt } from './status/lead-status.ts';

export interface Member {
  leadId: string;
  email?: string;
  emailKind?: EmailKind;
  /** The registrable domain of business mail. */
  mailDomain?: string;
  /** Nobody knows who it is: a visitor from the account's network, which counts for the account and is no lead. */
  anonymous?: true;
  /** The ids of the CRM's persons they are: by these opportunities name their contacts. */
  records?: string[];
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
  /** How far it qualifies; of leads that are Qualified or being worked. */
  level?: Level;
}

export interface AccountAssessment extends AccountVerdict, AccountScore {
  name?: string;
  domain?: string;
  /** Left out where there are none. */
  reached?: ReachedThreshold[];
  surge?: AccountSurge;
  buyingGroup?: BuyingRole[];
  /** The playbook's number; a draft has none. */
  version?: number;
}

/** How people are named in reasons: by name, else by address; never by id. */
export const nameOf = ({ email, anonymous, state: { profile } }: Member): string => {
  const full = [profile.firstName?.value, profile.lastName?.value].filter(Boolean).join(' ');
  return full || profile.name?.value || email || (anonymous ? 'An unknown visitor' : 'Somebody');
};

/** By which a company nobody has named is known: its people's mail, or where its unknown visitors browse from. */
const domainOf = ({ mailDomain, anonymous, state }: Member): string | null | undefined =>
  mailDomain ?? (anonymous && state.network?.value);

const assessLead = (member: Member, group: AccountGroup, playbook: Playbook, now: string): LeadAssessment => {
  const subject = { ...member, account: group.account };
  const { score, model, holds } = scoreLead(subject, playbook, now);
  const own = group.opportunities.filter(
    ({ primaryContactEmail }) => primaryContactEmail !== undefined && primaryContactEmail.value === member.email,
  );
  const sales = { sentBackAt: sentBackAt(member.state, own), lastActiveAt: lastActiveAt(member.state) };
  const qualification = qualificationOf({ subject, score, model, holds }, sales, now);
  const verdict = leadStatusOf(member.state, own, qualification);
  return {
    leadId: member.leadId,
    ...score,
    ...(verdict.qualifiedAt !== undefined && { level: qualification!.level }),
    ...verdict,
  };
};

/** The member as of a moment: without what was counted for days to come, which clients with a wrong clock send. */
const asOf = (member: Member, now: string): Member => {
  const { facts } = member.state;
  if ((lastMomentOf(facts, anyTouch) ?? '') < isoDay(dayNumberOf(now) + 1)) return member;
  return { ...member, state: { ...member.state, facts: factsUpTo(facts, dayNumberOf(now)) } };
};

/** The member as the playbook's order of sources has them. */
export const asBelieved = <Someone extends Pick<Member, 'state'>>(member: Someone, { sources }: Playbook): Someone => {
  if (sources.length === 0) return member;
  return { ...member, state: { ...member.state, profile: believedOfEach(member.state.profile, sources) } };
};

const scoredMember = (member: Member, score: LeadScore): ScoredMember => ({
  leadId: member.leadId,
  name: nameOf(member),
  ...(member.anonymous && { anonymous: true }),
  facts: member.state.facts,
  score,
});

const filled = <Value>(list: Value[]): Value[] | undefined => (list.length === 0 ? undefined : list);

const accountOf = (
  group: AccountGroup,
  members: readonly Member[],
  scored: readonly ScoredMember[],
  verdict: AccountVerdict,
  playbook: Playbook,
  now: string,
): AccountAssessment => {
  const companies = members.flatMap(({ state }) => state.profile.company ?? []).sort((a, b) => (a.at < b.at ? 1 : -1));
  return {
    ...verdict,
    name: group.account?.name?.value ?? companies[0]?.value,
    domain: group.account?.domains?.value[0] ?? members.flatMap((member) => domainOf(member) ?? []).sort()[0],
    ...scoreAccount(scored, group.account, playbook, now),
    reached: filled(thresholdsReached(scored, playbook, now)),
    surge: accountSurge(scored, playbook, now),
    buyingGroup: filled(buyingGroupOf(scored, playbook)),
    version: playbook.version,
  };
};

/** Pure: the same group, playbook and moment (ISO) always give the same judgement. Leads are in order of their ids. */
export const assessGroup = (
  group: AccountGroup,
  playbook: Playbook,
  now: string,
): { account: AccountAssessment; leads: LeadAssessment[] } => {
  const members = group.members
    .map((member) => asBelieved(asOf(member, now), playbook))
    .sort((a, b) => (a.leadId < b.leadId ? -1 : 1));
  const known = members.filter(({ anonymous }) => !anonymous);
  const leads = known.map((member) => assessLead(member, group, playbook, now));
  const visitors = members.filter(({ anonymous }) => anonymous);
  const verdict = accountStatusOf(
    group.account,
    known.map((member, index) => ({ name: nameOf(member), facts: member.state.facts, verdict: leads[index]! })),
    group.opportunities,
    group.contracts,
    now,
    visitors.map(({ state }) => state.facts),
  );
  const scored = [
    ...known.map((member, index) => scoredMember(member, leads[index]!)),
    ...visitors.map((member) =>
      scoredMember(member, scoreLead({ ...member, account: group.account }, playbook, now).score),
    ),
  ];
  return { account: accountOf(group, members, scored, verdict, playbook, now), leads };
};
