// A lead's score and grade from its facts, the playbook and the day: nothing else, and nothing kept.
import { dayNumberOf } from '../days.ts';
import { type Facts, touchesIn } from '../facts/facts.ts';
import { type Dimension, dimensions } from '../playbook/dimensions.ts';
import type { FitField } from '../playbook/fit.ts';
import { type EngagementGrade, engagementGrade, type FitGrade, fitGrade, type Grade } from '../playbook/grade.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { type BehaviourPart, behaviourParts, behaviourPoints, totalOf } from './behaviour.ts';
import { type FitPart, fitPartsOf, fitPointsOf, letterOf, missingFields } from './fit.ts';
import { type Model, modelsOf } from './model.ts';
import { rolesIn } from './personas.ts';
import type { Subject } from './subject.ts';
import { type Hold, type Suppressed, suppressed, suppressionsOf } from './suppression.ts';

/** What a lead comes to by one model. */
export interface Totals {
  /** Behaviour, fit where the playbook counts it, less what suppression takes. */
  score: number;
  fitPoints: number;
  grade: Grade;
}

export interface LeadScore extends Totals {
  /** The model that speaks for the lead, and the playbook it is of; a draft has no version. */
  model: { id: string; label: string; version?: number };
  /** Adds up to the score, together with `fitParts` where `scoreIncludesFit` and with what `suppressed` took. */
  parts: BehaviourPart[];
  /** Adds up to `fitPoints`. */
  fitParts: FitPart[];
  scoreIncludesFit?: true;
  /** Fields the model asks for that nobody knows; left out where there are none. */
  missing?: FitField[];
  /** Left out where no rule asks. */
  personFit?: FitGrade;
  companyFit?: FitGrade;
  suppressed?: Suppressed;
  /** Dimensions that deserve a look although the total is low. */
  standsOut?: { dimension: Dimension | 'fit'; points: number }[];
  /** Ids in the playbook; left out where there are none. */
  personas?: readonly string[];
  productLines?: string[];
  /** What the other models say that the lead falls under. */
  others?: ({ model: string } & Totals)[];
}

export const engagementGradeOf = (points: number, engagement: Model['engagement']): EngagementGrade =>
  points >= engagement[1] ? '1' : points >= engagement[2] ? '2' : points >= engagement[3] ? '3' : '4';

/** The grid, ready: putting a letter and a number together costs more than the rest of the grade. */
const grid = Object.fromEntries(
  fitGrade.options.map((letter) => [
    letter,
    Object.fromEntries(engagementGrade.options.map((number) => [number, `${letter}${number}`])),
  ]),
) as Record<FitGrade, Record<EngagementGrade, Grade>>;

export const gradeOf = (model: Model, fitPoints: number, score: number): Grade =>
  grid[letterOf(fitPoints, model.letters.fit)][engagementGradeOf(score, model.engagement)];

const taken = (before: number, holds: readonly Hold[]): number =>
  holds.length === 0 ? 0 : suppressed(before, holds)!.points;

/** The same as `explain` comes to, without the explanation. `facts` are those up to `today`, or later ones too. */
export const totalsOf = (
  model: Model,
  subject: Subject,
  facts: Facts,
  today: number,
  holds: readonly Hold[],
): Totals => {
  const fitPoints = fitPointsOf(model.fit, subject);
  const before = behaviourPoints(model.signals, facts, today) + (model.scoreIncludesFit ? fitPoints : 0);
  const score = before + taken(before, holds);
  return { score, fitPoints, grade: gradeOf(model, fitPoints, score) };
};

/** Each dimension's points, before suppression; all of them add up to the parts. */
export const dimensionsOf = (parts: readonly BehaviourPart[]): Record<Dimension, number> => {
  const sums = Object.fromEntries(dimensions.map((name) => [name, 0])) as Record<Dimension, number>;
  for (const part of parts) sums[part.dimension] += part.points;
  return sums;
};

const standingOut = (model: Model, grade: Grade, fitPoints: number, parts: readonly BehaviourPart[]) => {
  if (grade.charAt(1) === '1' || grade.charAt(1) === '2') return [];
  const sums = dimensionsOf(parts);
  const found: NonNullable<LeadScore['standsOut']> = dimensions
    .filter((name) => sums[name] >= (model.strong[name] ?? Number.POSITIVE_INFINITY))
    .map((name) => ({ dimension: name, points: sums[name] }));
  const fitsBest = model.fit.length > 0 && grade.charAt(0) === 'A';
  return fitsBest ? [...found, { dimension: 'fit' as const, points: fitPoints }] : found;
};

const filled = <Value>(list: Value[]): Value[] | undefined => (list.length === 0 ? undefined : list);

const explain = (model: Model, subject: Subject, asOf: string, holds: readonly Hold[]): LeadScore => {
  const parts = behaviourParts(model.signals, subject.state.facts, asOf);
  const fitParts = fitPartsOf(model.fit, subject);
  const fitPoints = totalOf(fitParts);
  const before = totalOf(parts) + (model.scoreIncludesFit ? fitPoints : 0);
  const less = suppressed(before, holds);
  const score = before + (less?.points ?? 0);
  const grade = gradeOf(model, fitPoints, score);
  const pointsOf = (of: FitPart['of']): number => totalOf(fitParts.filter((part) => part.of === of));
  const letterFor = (of: FitPart['of']): FitGrade | undefined =>
    model.fit.some((check) => check.of === of) ? letterOf(pointsOf(of), model.letters[of]) : undefined;
  const { id, label, version } = model;
  return {
    model: { id, label, ...(version !== undefined && { version }) },
    score,
    parts,
    fitPoints,
    fitParts,
    ...(model.scoreIncludesFit && { scoreIncludesFit: true }),
    grade,
    personFit: letterFor('person'),
    companyFit: letterFor('company'),
    missing: filled(missingFields(model.fit, subject)),
    ...(less && { suppressed: less }),
    ...(less === undefined && { standsOut: filled(standingOut(model, grade, fitPoints, parts)) }),
  };
};

const interestsIn = ({ state }: Subject, { productLines }: Playbook): string[] =>
  Object.entries(productLines)
    .filter(([, { signals }]) => signals.some((signal) => touchesIn(state.facts, signal) > 0))
    .map(([id]) => id);

const isFor = (model: Model, personas: readonly string[], productLines: readonly string[]): boolean =>
  (model.personas === undefined || model.personas.some((persona) => personas.includes(persona))) &&
  (model.productLines === undefined || model.productLines.some((line) => productLines.includes(line)));

/** Better grades come first: by letter and number together, A1 before A2 and B1, then by score. */
export const isBetter = (a: Totals, b: Totals): boolean => {
  const [x, y] = [a, b].map(({ grade }) => 'ABCD'.indexOf(grade.charAt(0)) + Number(grade.charAt(1)));
  return x === y ? a.score > b.score : x! < y!;
};

/** The models that score this person, in the playbook's order. */
const fallenUnder = (subject: Subject, playbook: Playbook): readonly Model[] => {
  const models = modelsOf(playbook);
  // One alone scores everybody: the check of the playbook sees to that.
  if (models.length === 1) return models;
  const personas = rolesIn(playbook, subject)?.personas ?? [];
  const productLines = interestsIn(subject, playbook);
  return models.filter((model) => isFor(model, personas, productLines));
};

interface Spoken {
  speaker: Model;
  others: { model: Model; totals: Totals }[];
}

/** Which of the models that score this person speaks for them, and what the others come to. */
const spoken = (subject: Subject, playbook: Playbook, today: number, holds: readonly Hold[]): Spoken => {
  const [first, ...rest] = fallenUnder(subject, playbook);
  if (first === undefined) throw new Error(`no model of playbook ${playbook.name} scores everybody`);
  if (rest.length === 0) return { speaker: first, others: [] };
  const scored = [first, ...rest].map((model) => ({
    model,
    totals: totalsOf(model, subject, subject.state.facts, today, holds),
  }));
  // A stable sort: of equals the first in the playbook speaks.
  if (playbook.speaks === 'best') {
    scored.sort((a, b) => (isBetter(a.totals, b.totals) ? -1 : isBetter(b.totals, a.totals) ? 1 : 0));
  }
  const [speaker, ...others] = scored;
  return { speaker: speaker!.model, others };
};

/** The model that speaks for the lead on a day. */
export const speakerOf = (subject: Subject, playbook: Playbook, today: number, holds: readonly Hold[]): Model =>
  spoken(subject, playbook, today, holds).speaker;

/** What the model that speaks for the lead comes to on a day: as `scoreLead`, without the explanation. */
export const totalsFor = (subject: Subject, playbook: Playbook, today: number): Totals => {
  const { facts } = subject.state;
  const holds = suppressionsOf(subject, facts, playbook);
  return totalsOf(speakerOf(subject, playbook, today, holds), subject, facts, today, holds);
};

/** Scores one person as of a moment (ISO), by the end of its day; facts of later days must not be among theirs. Throws when no
 * model scores them, which the check of a playbook rules out. */
export const scoreLead = (
  subject: Subject,
  playbook: Playbook,
  asOf: string,
): { score: LeadScore; model: Model; holds: Hold[] } => {
  const holds = suppressionsOf(subject, subject.state.facts, playbook);
  const { speaker: model, others } = spoken(subject, playbook, dayNumberOf(asOf), holds);
  const score = explain(model, subject, asOf, holds);
  const personas = rolesIn(playbook, subject)?.personas;
  if (personas) score.personas = personas;
  const productLines = filled(interestsIn(subject, playbook));
  if (productLines) score.productLines = productLines;
  if (others.length > 0) score.others = others.map((other) => ({ model: other.model.id, ...other.totals }));
  return { score, model, holds };
};
