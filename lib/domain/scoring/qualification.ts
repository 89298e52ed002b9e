// When somebody has to act on a lead, and why, in one sentence a seller understands. What cannot be said does not qualify.
import { dayNumberOf, dayOf, momentIn } from '../days.ts';
import { type Facts, firstMomentAfter } from '../facts/facts.ts';
import type { Grade } from '../playbook/fit.ts';
import type { Threshold } from '../playbook/models.ts';
import type { BehaviourPart } from './behaviour.ts';
import { isAtLeast } from './fit.ts';
import type { Model, SignalWorth } from './model.ts';
import { type LeadScore, totalsOf } from './score-lead.ts';
import type { Subject } from './subject.ts';
import type { Hold } from './suppression.ts';

/** Marketing qualified: worth a look; sales qualified: worth a seller's time at once. */
export type Level = 'MQL' | 'SQL';

export interface Qualification {
  level: Level;
  /** When the touch happened that first qualified the lead, after what sales last decided. ISO. */
  at: string;
  why: string;
}

export interface Scored {
  subject: Subject;
  score: LeadScore;
  model: Model;
  holds: readonly Hold[];
}

const meets = ({ grades, score: least }: Threshold, { grade, score }: { grade: Grade; score: number }): boolean =>
  grades.includes(grade) || (least !== undefined && score >= least);

export const levelOf = (
  { qualification: { mql, sql } }: Model,
  totals: { grade: Grade; score: number },
): Level | undefined => (meets(sql, totals) ? 'SQL' : meets(mql, totals) ? 'MQL' : undefined);

const byHighValue = ({ subject, score, model }: Scored, after: string): Qualification[] => {
  const fit = score.grade.charAt(0) as 'A' | 'B' | 'C' | 'D';
  if (!isAtLeast(fit, model.qualification.highValueMinimumFit)) return [];
  return model.signals
    .filter(({ highValue }) => highValue)
    .flatMap(({ rule, label }): Qualification[] => {
      const at = firstMomentAfter(subject.state.facts, rule, after);
      if (at === undefined) return [];
      return [{ level: levelOf(model, score) ?? 'MQL', at, why: `${label} on ${dayOf(at)}; fit ${fit}.` }];
    });
};

/** The last moment of each day since `after` on which something happened that gives points; in order. */
const newsSince = ({ days }: Facts, signals: readonly SignalWorth[], after: string): string[] => {
  const last = new Map<number, number>();
  for (const { rule, points } of signals) {
    if (points <= 0) continue;
    for (const [day, , , end] of days[rule] ?? []) last.set(day, Math.max(last.get(day) ?? 0, end));
  }
  return [...last]
    .sort(([a], [b]) => a - b)
    .map(([day, end]) => momentIn(day, end))
    .filter((at) => at > after);
};

const named = new Intl.ListFormat('en-GB');

/** The most valuable things they did, which are most of the score, or the first three of them. */
const reasonsIn = (parts: readonly BehaviourPart[]): string[] => {
  const giving = parts.filter(({ points }) => points > 0).sort((a, b) => b.points - a.points);
  const half = giving.reduce((sum, { points }) => sum + points, 0) / 2;
  let sum = 0;
  const reasons: string[] = [];
  for (const { label, points } of giving) {
    if (sum >= half || reasons.length === 3) break;
    sum += points;
    reasons.push(label);
  }
  return reasons;
};

/** The first day with something new since `after` by whose end the lead had reached what it holds now. */
const byThreshold = ({ subject, score, model, holds }: Scored, after: string): Qualification[] => {
  const level = levelOf(model, score);
  const reasons = reasonsIn(score.parts);
  if (level === undefined || reasons.length === 0) return [];
  const { facts } = subject.state;
  const at = newsSince(facts, model.signals, after).find(
    (moment) => levelOf(model, totalsOf(model, subject, facts, dayNumberOf(moment), holds)) !== undefined,
  );
  if (at === undefined) return [];
  return [
    { level, at, why: `Grade ${score.grade} with ${score.score} points, most of them for: ${named.format(reasons)}.` },
  ];
};

/** The first moment since `after` (ISO, exclusive) at which the lead qualified, and why; undefined if it does not now, which
 * includes whoever is suppressed wholly. */
export const qualificationOf = (scored: Scored, after: string): Qualification | undefined => {
  if (scored.score.suppressed?.factor === 0) return undefined;
  return [...byHighValue(scored, after), ...byThreshold(scored, after)].sort((a, b) =>
    a.at === b.at ? (a.why < b.why ? -1 : 1) : a.at < b.at ? -1 : 1,
  )[0];
};
