// When somebody has to act on a lead, and why, in one sentence a seller understands. What cannot be said does not qualify.
import { dayNumberOf, dayOf, isoDay, momentIn } from '../days.ts';
import { type Facts, firstMomentAfter } from '../facts/facts.ts';
import type { Grade } from '../playbook/grade.ts';
import type { Threshold } from '../playbook/models.ts';
import { type BehaviourPart, behaviourParts } from './behaviour.ts';
import { enumerated } from './enumerated.ts';
import { isAtLeast } from './fit.ts';
import type { Model, SignalWorth } from './model.ts';
import { type LeadScore, totalsOf } from './score-lead.ts';
import type { Subject } from './subject.ts';
import type { Hold } from './suppression.ts';

/** Marketing qualified: worth a look; sales qualified: worth a seller's time at once. */
export type Level = 'MQL' | 'SQL';

export interface Qualification {
  level: Level;
  /** When the touch happened that qualified the lead and that a seller has to answer, or has answered. ISO. */
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

/** What sales did last, so that it is known which touches still wait for an answer. Both ISO, empty for never. */
export interface Sales {
  /** It sent the lead back: only what came later qualifies. */
  sentBackAt: string;
  /** It last did something: what came later is unanswered. */
  lastActiveAt: string;
}

/** The first such touch that nobody has answered; where all are answered, the first since the lead was sent back. */
const byHighValue = ({ subject, score, model }: Scored, { sentBackAt, lastActiveAt }: Sales): Qualification[] => {
  const fit = score.grade.charAt(0) as 'A' | 'B' | 'C' | 'D';
  if (!isAtLeast(fit, model.qualification.highValueMinimumFit)) return [];
  const { facts } = subject.state;
  return model.signals
    .filter(({ highValue }) => highValue)
    .flatMap(({ rule, label }): Qualification[] => {
      const answered = firstMomentAfter(facts, rule, sentBackAt);
      const at = sentBackAt > lastActiveAt ? answered : (firstMomentAfter(facts, rule, lastActiveAt) ?? answered);
      if (at === undefined) return [];
      return [{ level: levelOf(model, score) ?? 'MQL', at, why: `${label} on ${dayOf(at)}; fit ${fit}.` }];
    });
};

/** The first high-value touch after a moment (ISO, exclusive; empty for any), whatever the fit; undefined if there is none. */
export const highValueAfter = (
  { subject, model }: Pick<Scored, 'subject' | 'model'>,
  after: string,
): { at: string; label: string } | undefined =>
  model.signals
    .filter(({ highValue }) => highValue)
    .flatMap(({ rule, label }) => {
      const at = firstMomentAfter(subject.state.facts, rule, after);
      return at === undefined ? [] : [{ at, label }];
    })
    .sort((a, b) => (a.at === b.at ? (a.label < b.label ? -1 : 1) : a.at < b.at ? -1 : 1))[0];

/** The last moment of each day on which something happened that gives points; in order. */
const newsIn = ({ days }: Facts, signals: readonly SignalWorth[]): string[] => {
  const last = new Map<number, number>();
  for (const { rule, points } of signals) {
    if (points <= 0) continue;
    for (const [day, , , end] of days[rule] ?? []) last.set(day, Math.max(last.get(day) ?? 0, end));
  }
  return [...last].sort(([a], [b]) => a - b).map(([day, end]) => momentIn(day, end));
};

/** When what is kept by month or year began; undefined where everything is kept by day. */
const begunBefore = ({ months, years }: Facts, signals: readonly SignalWorth[]): string | undefined => {
  const firsts = signals
    .filter(({ points }) => points > 0)
    .flatMap(({ rule }) => [...(years?.[rule] ?? []), ...(months?.[rule] ?? [])].map(([, , , first]) => first));
  return firsts.length === 0 ? undefined : new Date(Math.min(...firsts)).toISOString();
};

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

/** Days for which a lead that qualified and that nobody has answered stays so, though its points wear off meanwhile: a seller
 * who is to call within hours must not lose the lead to the night. */
export const heldDays = 30;

/** From the day on which a level was reached and not lost since, as far as the days with something new show: who cooled off
 * and came back qualifies by coming back. */
const runUpTo = (latest: number, news: readonly string[], isHeldOn: (day: number) => boolean): readonly string[] => {
  let first = latest;
  while (first > 0) {
    const before = dayNumberOf(news[first - 1]!);
    if (!isHeldOn(dayNumberOf(news[first]!) - 1) || !isHeldOn(before)) break;
    first -= 1;
  }
  return news.slice(first);
};

const sentence = (grade: Grade, score: number, reasons: readonly string[], when = ''): string =>
  `Grade ${grade} with ${score} points${when}, most of them for: ${enumerated(reasons)}.`;

/** By what the lead holds now, or has held within `heldDays` and nobody has answered. */
const byThreshold = (scored: Scored, { sentBackAt, lastActiveAt }: Sales, today: number): Qualification[] => {
  const { subject, score, model, holds } = scored;
  const { facts } = subject.state;
  const news = newsIn(facts, model.signals);
  const totalsOn = (day: number) => totalsOf(model, subject, facts, day, holds);
  const isHeldOn = (day: number): boolean => levelOf(model, totalsOn(day)) !== undefined;
  const level = levelOf(model, score);
  const latest = news.findLastIndex(
    (at) => (level !== undefined || dayNumberOf(at) >= today - heldDays) && isHeldOn(dayNumberOf(at)),
  );
  if (latest === -1) return [];
  const run = runUpTo(latest, news, isHeldOn);
  // Of somebody who held it since the first day that is kept, the days before are taken to have been the same: what is
  // compacted must not make an answered lead new.
  const begun = run.length === news.length ? begunBefore(facts, model.signals) : undefined;
  const at = [...(begun === undefined ? [] : [begun]), ...run].find((moment) => moment > sentBackAt);
  if (at === undefined) return [];
  if (level !== undefined) {
    const reasons = reasonsIn(score.parts);
    return reasons.length === 0 ? [] : [{ level, at, why: sentence(score.grade, score.score, reasons) }];
  }
  if (at <= lastActiveAt || dayNumberOf(at) < today - heldDays) return [];
  const day = dayNumberOf(news[latest]!);
  const then = totalsOn(day);
  const reasons = reasonsIn(behaviourParts(model.signals, facts, momentIn(day)));
  if (reasons.length === 0) return [];
  const why = sentence(then.grade, then.score, reasons, ` on ${isoDay(day)}`);
  return [{ level: levelOf(model, then)!, at, why }];
};

const byMoment = (a: Qualification, b: Qualification): number =>
  a.at === b.at ? (a.why < b.why ? -1 : 1) : a.at < b.at ? -1 : 1;

/** What a seller has to answer: the first moment at which the lead qualified that nobody has answered, else the first since
 * it was sent back; undefined if it does not qualify now, which includes whoever is suppressed wholly. `asOf` is ISO. */
export const qualificationOf = (scored: Scored, sales: Sales, asOf: string): Qualification | undefined => {
  if (scored.score.suppressed?.factor === 0) return undefined;
  const all = [...byHighValue(scored, sales), ...byThreshold(scored, sales, dayNumberOf(asOf))].sort(byMoment);
  return all.find(({ at }) => at > sales.lastActiveAt) ?? all[0];
};
