// The judgement on an account and everyone in it, from one partition's facts: what the assess step saves.
import type { AccountFacts } from './account.ts';
import { dayNumberOf, isoDay } from './days.ts';
import type { ContractFacts, OpportunityFacts } from './deals.ts';
import { anyTouch, factsUpTo, lastMomentOf } from './facts/facts.ts';
import type { IdentityState } from './lead.ts';
import type { EmailKind } from './mail-domains.ts';
import { nameOf } from './person-name.ts';
import type { Playbook } from './playbook/playbook.ts';
import { believedOfEach } from './register.ts';
import type { ScoredMember } from './scoring/account-members.ts';
import { type AccountScore, scoreAccount } from './scoring/account-score.ts';
import { type AccountSurge, accountSurge } from './scoring/account-surge.ts';
import { type ReachedThreshold, thresholdsReached } from './scoring/account-thresholds.ts';
import { type BuyingRole, buyingGroupOf } from './scoring/buying-group.ts';
import { type Level, qualificationOf } from './scoring/qualification.ts';
import { type LeadScore, scoreLead } from './scoring/score-lead.ts';
import { accountStatusOf, type MemberStanding } from './status/account-status.ts';
import { personStage, withStage } from './status/crm-stages.ts';
import { engagedOf } from './status/engaged.ts';
import type { Hold } from './status/flapping.ts';
import { lastActiveAt, leadStatusOf, sentBackAt } from './status/lead-status.ts';
import { lastOpenedAt, ownOf, type Reading, readingOf, standingIn } from './status/reading.ts';
import type { AccountVerdict, LeadVerdict } from './status/verdict.ts';

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
  /** With our ids, as far as they are known. */
  opportunities: readonly (OpportunityFacts & { id?: string })[];
  contracts: readonly (ContractFacts & { id?: string })[];
}

export interface LeadAssessment extends LeadScore, LeadVerdict {
  leadId: string;
  /** How far it qualifies; of leads that are Qualified or being worked. */
  level?: Level;
  /** Its status goes round in circles and is held. */
  hold?: Hold;
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
  /** Its status goes round in circles and is held. */
  hold?: Hold;
}

/** By which a company nobody has named is known: its people's mail, or where its unknown visitors browse from. */
const domainOf = ({ mailDomain, anonymous, state }: Member): string | null | undefined =>
  mailDomain ?? (anonymous && state.network?.value);

interface AssessedLead {
  lead: LeadAssessment;
  engaged: MemberStanding['engaged'];
}

const assessLead = (member: Member, reading: Reading, playbook: Playbook, now: string): AssessedLead => {
  const { leadId, state } = member;
  const subject = { ...member, account: reading.account };
  const scored = { subject, ...scoreLead(subject, playbook, now) };
  const own = ownOf(reading, leadId, now);
  const sales = { sentBackAt: sentBackAt(state, own), lastActiveAt: lastActiveAt(state) };
  const qualification = qualificationOf(scored, sales, now);
  const verdict = leadStatusOf({
    state,
    own,
    qualification,
    accountStanding: standingIn(reading),
    stage: personStage(state, playbook).own,
  });
  const level = verdict.qualifiedAt === undefined ? {} : { level: qualification!.level };
  return {
    lead: { leadId, ...scored.score, ...level, ...verdict },
    engaged: engagedOf(scored, verdict, sales.sentBackAt, lastOpenedAt(reading, now)),
  };
};

/** The member as of a moment: without what was counted for days to come, which clients with a wrong clock send. */
const asOf = (member: Member, now: string): Member => {
  const { facts } = member.state;
  if ((lastMomentOf(facts, anyTouch) ?? '') < isoDay(dayNumberOf(now) + 1)) return member;
  return { ...member, state: { ...member.state, facts: factsUpTo(facts, dayNumberOf(now)) } };
};

/** The member as the playbook has them: by its order of sources, and in the stage that the CRM's own words mean. */
export const asBelieved = <Someone extends Pick<Member, 'state'>>(member: Someone, playbook: Playbook): Someone => {
  const { sources } = playbook;
  const state = withStage(member.state, playbook);
  if (sources.length === 0) return state === member.state ? member : { ...member, state };
  return { ...member, state: { ...state, profile: believedOfEach(state.profile, sources) } };
};

/** Judges the people of a group one by one, at any moment (ISO): what they have in common is read once. */
export const leadsAssessor = (group: AccountGroup, playbook: Playbook) => {
  const reading = readingOf(group, playbook);
  return (member: Member, now: string): LeadAssessment =>
    assessLead(asBelieved(asOf(member, now), playbook), reading, playbook, now).lead;
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
  const reading = readingOf(group, playbook);
  const known = members.filter(({ anonymous }) => !anonymous);
  const visitors = members.filter(({ anonymous }) => anonymous);
  const assessed = known.map((member) => ({ member, ...assessLead(member, reading, playbook, now) }));
  const verdict = accountStatusOf({
    standing: reading.account?.standing,
    stage: reading.stage,
    members: assessed.map(({ member, lead, engaged }) => {
      return { leadId: lead.leadId, name: nameOf(member), facts: member.state.facts, verdict: lead, engaged };
    }),
    opportunities: reading.opportunities,
    terms: reading.terms,
    visitors: visitors.map(({ state }) => state.facts),
    now,
  });
  const { account } = reading;
  const scored = [
    ...assessed.map(({ member, lead }) => scoredMember(member, lead)),
    ...visitors.map((member) => scoredMember(member, scoreLead({ ...member, account }, playbook, now).score)),
  ];
  return {
    account: accountOf({ ...group, account }, members, scored, verdict, playbook, now),
    leads: assessed.map(({ lead }) => lead),
  };
};
