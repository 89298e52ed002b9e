// A lead's score and grade from its facts, the playbook and the clock: nothing else, and nothing kept.

import type { AccountFacts } from '../account.ts';
import { dayOf, type Facts, momentOf } from '../facts.ts';
import type { IdentityState } from '../lead.ts';
import type { EmailKind } from '../mail-domains.ts';
import type { EngagementGrade, Grade, Playbook } from '../playbook/playbook.ts';
import { type BehaviourPart, scoreBehaviour, totalOf } from './behaviour.ts';
import { type FitPart, type FitSubject, fitGradeOf, isAtLeast, scoreFit } from './fit.ts';

export interface LeadScore {
  /** The sum of `parts`. */
  score: number;
  parts: BehaviourPart[];
  /** The sum of `fitParts`. */
  fitPoints: number;
  fitParts: FitPart[];
  grade: Grade;
}

const engagementGradeOf = (points: number, { engagement }: Playbook['grades']): EngagementGrade =>
  points >= engagement[1] ? '1' : points >= engagement[2] ? '2' : points >= engagement[3] ? '3' : '4';

const fitSubjectOf = (
  { state, emailKind }: { state: IdentityState; emailKind?: EmailKind },
  account: AccountFacts | undefined,
): FitSubject => {
  const { jobTitle, country, company, industry, employees } = state.profile;
  return {
    jobTitle: jobTitle?.value,
    country: account?.country?.value ?? country?.value,
    company: account?.name?.value ?? company?.value,
    industry: account?.industry?.value ?? industry?.value,
    employees: account?.employees?.value ?? (employees && Number.parseInt(employees.value, 10)),
    emailKind,
  };
};

/** Scores one person as of a moment (ISO). Company fields come from the account where the CRM knows them. */
export const scoreLead = (
  lead: { state: IdentityState; emailKind?: EmailKind },
  account: AccountFacts | undefined,
  playbook: Playbook,
  asOf: string,
): LeadScore => {
  const parts = scoreBehaviour(lead.state.facts, playbook, asOf);
  const score = totalOf(parts);
  const fitParts = scoreFit(fitSubjectOf(lead, account), playbook);
  const fitPoints = totalOf(fitParts);
  const grade: Grade = `${fitGradeOf(fitPoints, playbook.grades)}${engagementGradeOf(score, playbook.grades)}`;
  return { score, parts, fitPoints, fitParts, grade };
};

export interface Qualification {
  /** When the touch happened that first qualified the lead, after what sales last decided. */
  at: string;
  /** One sentence a seller understands. */
  why: string;
}

const firstAfter = (facts: Facts, signal: string, after: string): string | undefined => {
  for (const day of Object.keys(facts).sort()) {
    const count = facts[day]![signal];
    if (count === undefined || momentOf(day, count[2]) <= after) continue;
    const first = momentOf(day, count[1]);
    return first > after ? first : momentOf(day, count[2]);
  }
  return undefined;
};

const byHighValue = (
  { state, score }: { state: IdentityState; score: LeadScore },
  playbook: Playbook,
  after: string,
): Qualification[] => {
  const fit = score.grade.charAt(0) as 'A' | 'B' | 'C' | 'D';
  if (!isAtLeast(fit, playbook.qualification.highValueMinimumFit)) return [];
  return score.parts
    .filter(({ rule }) => playbook.signals[rule]!.highValue)
    .flatMap(({ rule, label }) => {
      const at = firstAfter(state.facts, rule, after);
      return at === undefined ? [] : [{ at, why: `${label} on ${dayOf(at)}; fit ${fit}.` }];
    });
};

/** The day on which the points first reached a qualifying grade with something new since `after`: its last touch. */
const byGrade = (
  { state, score }: { state: IdentityState; score: LeadScore },
  playbook: Playbook,
  after: string,
): Qualification[] => {
  const { grades } = playbook.qualification;
  if (!grades.includes(score.grade)) return [];
  const giving = Object.entries(playbook.signals).filter(([, { points }]) => points > 0);
  for (const day of Object.keys(state.facts).sort()) {
    const moments = giving.flatMap(([signal]) => {
      const count = state.facts[day]![signal];
      return count === undefined ? [] : [momentOf(day, count[2])];
    });
    const at = moments.sort().at(-1);
    if (at === undefined || at <= after) continue;
    const points = totalOf(scoreBehaviour(state.facts, playbook, day));
    const then: Grade = `${score.grade.charAt(0) as 'A'}${engagementGradeOf(points, playbook.grades)}`;
    if (!grades.includes(then)) continue;
    const best = [...score.parts].sort((a, b) => b.points - a.points)[0]!;
    return [{ at, why: `Grade ${score.grade} with ${score.score} points, most of them for: ${best.label}.` }];
  }
  return [];
};

/** The first moment since `after` (ISO, exclusive) at which the lead qualified, and why; undefined if it does not now. */
export const qualificationOf = (
  lead: { state: IdentityState; score: LeadScore },
  playbook: Playbook,
  after: string,
): Qualification | undefined =>
  [...byHighValue(lead, playbook, after), ...byGrade(lead, playbook, after)].sort((a, b) =>
    a.at === b.at ? (a.why < b.why ? -1 : 1) : a.at < b.at ? -1 : 1,
  )[0];
