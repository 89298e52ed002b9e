// The day on which time alone may move a lead: into another grade or level, or under another model that speaks for it.
//
// Points decay by whole UTC days and are rounded signal by signal, so each signal's points fall towards zero step by step and
// never turn back: what gives points only gives less, what takes them only takes less. Between two days a score therefore lies
// between what it would be with the later gifts and the earlier penalties, and the other way round. A stretch whose bounds
// stand alike is skipped whole, any other is halved, the earlier half first: so the very first day is found, and where there
// are no penalties in as many looks as a bisection takes. Fit, suppression and what has no half-life do not change with time.
import type { Facts } from '../facts/facts.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { behaviourPoints } from './behaviour.ts';
import { type Model, modelsOf, type SignalWorth } from './model.ts';
import { levelOf } from './qualification.ts';
import { gradeOf, isBetter, type LeadScore, type Totals } from './score-lead.ts';
import { type Hold, suppressed } from './suppression.ts';

/** What a model makes of somebody's facts, by what time does to it. */
interface Curve {
  model: Model;
  fitPoints: number;
  /** Points that time leaves alone, fit included where the model counts it. */
  lasting: number;
  /** Something lasting gives points: there will always be a reason to name. */
  alwaysGives: boolean;
  /** What time takes from, as places in `fading`. */
  places: number[];
}

interface Curves {
  /** In the playbook's order. */
  all: Curve[];
  /** Signals with a half-life; what models value alike stands here once. Each in a list, as it is counted. */
  fading: (readonly [SignalWorth])[];
}

/** What is left of each fading signal on a day. */
type Left = readonly number[];

const isThere = ({ days, months, years }: Facts, rule: string): boolean =>
  days[rule] !== undefined || months?.[rule] !== undefined || years?.[rule] !== undefined;

const isValuedAlike = (a: SignalWorth, b: SignalWorth): boolean =>
  a.rule === b.rule &&
  a.points === b.points &&
  a.capPerDay === b.capPerDay &&
  a.cap === b.cap &&
  a.remaining?.table[1] === b.remaining?.table[1];

const placeOf = (fading: Curves['fading'], signal: SignalWorth): number => {
  const known = fading.findIndex(([other]) => isValuedAlike(signal, other));
  return known === -1 ? fading.push([signal]) - 1 : known;
};

/** Of the model that speaks and, where the best one does, of all that may. */
const curvesOf = (lead: LeadScore, playbook: Playbook, facts: Facts, today: number): Curves => {
  const fitPointsOf = new Map([[lead.model.id, lead.fitPoints]]);
  if (playbook.speaks === 'best') for (const other of lead.others ?? []) fitPointsOf.set(other.model, other.fitPoints);
  const fading: Curves['fading'] = [];
  const all = modelsOf(playbook).flatMap((model): Curve[] => {
    const fitPoints = fitPointsOf.get(model.id);
    if (fitPoints === undefined) return [];
    const signals = model.signals.filter(({ rule }) => isThere(facts, rule));
    const lasting = signals.filter(({ remaining }) => remaining === undefined);
    const giving = lasting.filter(({ points }) => points > 0);
    return [
      {
        model,
        fitPoints,
        lasting: behaviourPoints(lasting, facts, today) + (model.scoreIncludesFit ? fitPoints : 0),
        alwaysGives: behaviourPoints(giving, facts, today) > 0,
        places: signals.filter(({ remaining }) => remaining !== undefined).map((signal) => placeOf(fading, signal)),
      },
    ];
  });
  return { all, fading };
};

const holdsOf = ({ suppressed }: LeadScore): Hold[] =>
  (suppressed?.rules ?? []).map((rule) => ({ ...rule, factor: suppressed!.factor }));

/** Half of what is compared: the least and the most of points that only ever move one way, from one day to another. */
const sumOf = (places: readonly number[], pick: (a: number, b: number) => number, from: Left, to: Left): number =>
  places.reduce((sum, place) => sum + pick(from[place]!, to[place]!), 0);

/** Whether two models make the same grade of the same points. */
const isGradedAlike = (a: Curve, b: Curve): boolean =>
  gradeOf(a.model, a.fitPoints, 0).charAt(0) === gradeOf(b.model, b.fitPoints, 0).charAt(0) &&
  ([1, 2, 3] as const).every((number) => a.model.engagement[number] === b.model.engagement[number]);

/** The first day after `today`, up to `last`, on which the lead may stand otherwise than today: on which its grade, its level,
 * its model, or whether anything can be named as a reason for the level, is another. No facts may begin between. */
export const nextShift = (
  lead: LeadScore,
  playbook: Playbook,
  facts: Facts,
  today: number,
  last: number,
): number | undefined => {
  const { all, fading } = curvesOf(lead, playbook, facts, today);
  const holds = holdsOf(lead);
  const own = all.find(({ model }) => model.id === lead.model.id)!;
  const others = all.filter((curve) => curve !== own);
  const leftOn = (day: number): Left => fading.map((signal) => behaviourPoints(signal, facts, day));

  const totalsWith = ({ model, fitPoints, lasting }: Curve, left: number): Totals => {
    const before = lasting + left;
    const score = before + (suppressed(before, holds)?.points ?? 0);
    return { score, fitPoints, grade: gradeOf(model, fitPoints, score) };
  };
  const standingOf = (totals: Totals, left: Left): string => {
    const level = levelOf(own.model, totals);
    const gives = own.alwaysGives || own.places.some((place) => left[place]! > 0);
    return `${totals.grade} ${level} ${level !== undefined && gives}`;
  };
  const start = leftOn(today);
  const standing = standingOf(totalsWith(own, sumOf(own.places, Math.min, start, start)), start);

  /** Whether the model that speaks does so on every day between: since it is the better at its worst against the other at its
   * best, or, where both grade alike, by what they value differently. Of equals the first in the playbook speaks. */
  const speaksOver = (other: Curve, worst: Totals, from: Left, to: Left): boolean => {
    const isEarlier = all.indexOf(own) < all.indexOf(other);
    const best = totalsWith(other, sumOf(other.places, Math.max, from, to));
    if (isEarlier ? !isBetter(best, worst) : isBetter(worst, best)) return true;
    if (!isGradedAlike(own, other)) return false;
    const mine = own.places.filter((place) => !other.places.includes(place));
    const theirs = other.places.filter((place) => !own.places.includes(place));
    const ahead = own.lasting + sumOf(mine, Math.min, from, to) - other.lasting - sumOf(theirs, Math.max, from, to);
    // What suppression leaves of more points may be as much: then the first speaks.
    return isEarlier ? ahead >= 0 : ahead > 0 && holds.length === 0;
  };

  /** Whether the lead may stand otherwise on some day from one to another: for certain where both are the same. The grade
   * falls and rises with the score, and so does the level within a grade: what holds at both ends holds between. */
  const mayShift = (from: Left, to: Left): boolean => {
    const worst = totalsWith(own, sumOf(own.places, Math.min, from, to));
    if (standingOf(worst, to) !== standing) return true;
    if (standingOf(totalsWith(own, sumOf(own.places, Math.max, from, to)), from) !== standing) return true;
    return others.some((other) => !speaksOver(other, worst, from, to));
  };

  /** The first day in (from, to] with another standing; it has not shifted on `from`. */
  const within = (from: number, atFrom: Left, to: number, atTo: Left): number | undefined => {
    if (!mayShift(atFrom, atTo)) return undefined;
    if (to - from === 1) return mayShift(atTo, atTo) ? to : undefined;
    const middle = Math.floor((from + to) / 2);
    const atMiddle = leftOn(middle);
    return within(from, atFrom, middle, atMiddle) ?? within(middle, atMiddle, to, atTo);
  };

  const end = fading.map(() => 0);
  let [from, atFrom] = [today, start];
  // Twice as far each time, until there is nothing left that could move it. Most leads end before the first look.
  for (let step = Number.isFinite(last) ? last - today : 1; from < last && mayShift(atFrom, end); step *= 2) {
    const to = Math.min(from + step, last);
    const atTo = leftOn(to);
    const found = within(from, atFrom, to, atTo);
    if (found !== undefined) return found;
    [from, atFrom] = [to, atTo];
  }
  return undefined;
};
