// An account's score: its people, its unknown visitors, its company's fit and its activity, as parts that add up exactly.
//
// Every part is weighed, rounded to whole points (half away from zero) and then capped, and the score is their sum. One loud
// person does not outweigh three quiet ones: unless the playbook sets a cap, a person adds at most three times what one who has
// just reached engagement 3 adds, and takes no more away.
import type { AccountFacts } from '../account.ts';
import { dayNumberOf, momentIn } from '../days.ts';
import { activeDays } from '../facts/facts.ts';
import { emptyState } from '../lead.ts';
import type { FitField } from '../playbook/fit.ts';
import type { FitGrade } from '../playbook/grade.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { byLeadId, isCounted, type ScoredMember } from './account-members.ts';
import { rounded, totalOf } from './behaviour.ts';
import { type BusinessWeek, businessWeekOf, dropsOutOn, firstDayOfWindow } from './business-days.ts';
import { type FitPart, fitPartsOf, letterOf, missingFields } from './fit.ts';
import { modelsOf } from './model.ts';

export interface AccountPart {
  kind: 'member' | 'others' | 'anonymous' | 'company' | 'activity';
  /** Of a member. */
  leadId?: string;
  label: string;
  /** What it adds to the account's score. */
  points: number;
  /** What was weighed: the score or fit points, of several people together, or person-days. */
  of: number;
  weight: number;
  /** Points the cap took: `points + trimmed` is `of` times `weight`, rounded (of others: person by person). */
  trimmed: number;
  /** How many people or visitors, where they are several. */
  people?: number;
}

export interface AccountScore {
  score: number;
  /** Members first, the largest before the smaller, then the others. None of zero points. */
  parts: AccountPart[];
  /** Undefined where nothing is known of the company, or no rule asks. */
  companyFit?: FitGrade;
  /** Adds up to what the company's part was made of. */
  companyFitParts: FitPart[];
  /** What rules ask of the company in vain; left out where there is nothing. */
  companyMissing?: FitField[];
}

/** An account's item must stay small however many people it has; a part is some 100 bytes. */
const membersShown = 50;

type Measure = Pick<AccountPart, 'points' | 'of' | 'weight' | 'trimmed'>;

const weighed = (of: number, weight: number, most: number): Measure => {
  const whole = rounded(of * weight);
  const points = Math.max(-most, Math.min(whole, most));
  return { points, of, weight, trimmed: whole - points };
};

/** Points that people add at most. Without a cap it is reckoned from the rounded points of a quiet one, so that three of them
 * come to as much whatever the weight. */
const mostOf = ({ weight, cap }: Playbook['account']['members'], { grades }: Playbook): number => {
  if (cap !== undefined) return rounded(cap * weight);
  // Where everybody has grade 3 from the start, a quiet one is who reaches the next.
  const { 1: first, 2: second, 3: third } = grades.engagement;
  const quiet = [third, second, first].find((least) => least > 0);
  return quiet === undefined ? Number.POSITIVE_INFINITY : 3 * rounded(quiet * weight);
};

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const memberParts = (members: readonly ScoredMember[], playbook: Playbook): AccountPart[] => {
  const { weight } = playbook.account.members;
  const most = mostOf(playbook.account.members, playbook);
  const parts = members
    .map(({ leadId, name, score }) => ({
      kind: 'member' as const,
      leadId,
      label: name,
      ...weighed(score.score, weight, most),
    }))
    .filter(({ points }) => points !== 0)
    // The cap makes many equal: of those who reach it the higher score comes first.
    .sort((a, b) => b.points - a.points || b.of - a.of || byLeadId(a, b));
  const others = parts.slice(membersShown);
  if (others.length === 0) return parts;
  const sum = (field: 'points' | 'of' | 'trimmed'): number => others.reduce((all, part) => all + part[field], 0);
  return [
    ...parts.slice(0, membersShown),
    {
      kind: 'others',
      label: plural(others.length, 'other'),
      points: sum('points'),
      of: sum('of'),
      weight,
      trimmed: sum('trimmed'),
      people: others.length,
    },
  ];
};

/** All together, since three browsers may be one person. Those without points are not told of. */
const anonymousPart = (visitors: readonly ScoredMember[], playbook: Playbook): AccountPart => {
  const { anonymous } = playbook.account;
  const scores = visitors.map(({ score }) => score.score).filter((score) => score !== 0);
  const sum = scores.reduce((all, score) => all + score, 0);
  return {
    kind: 'anonymous',
    label: plural(scores.length, 'anonymous visitor'),
    ...weighed(sum, anonymous.weight, mostOf(anonymous, playbook)),
    people: scores.length,
  };
};

/** The company's fit as the playbook's first model has it: what is asked of a company knows no person. */
const companyFitOf = (account: AccountFacts | undefined, playbook: Playbook): Omit<AccountScore, 'score' | 'parts'> => {
  const { fit, letters } = modelsOf(playbook)[0]!;
  const checks = fit.filter(({ of }) => of === 'company');
  if (account === undefined || checks.length === 0) return { companyFitParts: [] };
  const subject = { state: emptyState, account };
  const companyFitParts = fitPartsOf(checks, subject);
  const missing = missingFields(checks, subject);
  return {
    companyFit: letterOf(totalOf(companyFitParts), letters.company),
    companyFitParts,
    ...(missing.length > 0 && { companyMissing: missing }),
  };
};

interface Activity {
  week: BusinessWeek;
  /** Days of the window with the number of people and visitors active on each, oldest first. */
  days: [day: number, people: number][];
  personDays: number;
}

const activityOf = (members: readonly ScoredMember[], playbook: Playbook, asOf: string): Activity => {
  const today = dayNumberOf(asOf);
  const week = businessWeekOf(playbook);
  const from = firstDayOfWindow(week, today, playbook.account.activity.days);
  const people = new Map<number, number>();
  for (const member of members.filter(isCounted)) {
    for (const [day] of activeDays(member.facts, from, today)) {
      people.set(day, (people.get(day) ?? 0) + 1);
    }
  }
  const days = [...people].sort(([a], [b]) => a - b);
  return { week, days, personDays: days.reduce((sum, [, count]) => sum + count, 0) };
};

const measured = (personDays: number, { account: { activity } }: Playbook): Measure =>
  weighed(personDays, activity.weight, activity.cap ?? Number.POSITIVE_INFINITY);

/** The account's score by the end of the day of `asOf` (ISO); members must be scored as of the same. */
export const scoreAccount = (
  members: readonly ScoredMember[],
  account: AccountFacts | undefined,
  playbook: Playbook,
  asOf: string,
): AccountScore => {
  const company = companyFitOf(account, playbook);
  const { personDays } = activityOf(members, playbook, asOf);
  const { days } = playbook.account.activity;
  const known = members.filter(({ anonymous }) => !anonymous);
  const visitors = members.filter(({ anonymous }) => anonymous);
  const fitPoints = totalOf(company.companyFitParts);
  const all: AccountPart[] = [
    ...memberParts(known, playbook),
    anonymousPart(visitors, playbook),
    {
      kind: 'company',
      label: `Company fit ${company.companyFit}`,
      ...weighed(fitPoints, playbook.account.company.weight, Number.POSITIVE_INFINITY),
    },
    {
      kind: 'activity',
      label: `${plural(personDays, 'person-day')} in ${plural(days, 'business day')}`,
      ...measured(personDays, playbook),
    },
  ];
  const parts = all.filter(({ points }) => points !== 0);
  return { score: totalOf(parts), parts, ...company };
};

/** The next midnight (ISO, UTC) at which the activity part changes if nothing more happens; undefined if it never does. */
export const activityChangesAt = (
  members: readonly ScoredMember[],
  playbook: Playbook,
  asOf: string,
): string | undefined => {
  const { week, days, personDays } = activityOf(members, playbook, asOf);
  const { points } = measured(personDays, playbook);
  let left = personDays;
  for (const [day, people] of days) {
    left -= people;
    if (measured(left, playbook).points !== points)
      return momentIn(dropsOutOn(week, day, playbook.account.activity.days));
  }
  return undefined;
};
