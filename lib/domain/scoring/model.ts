// A playbook's models, made ready to score with: what each counts, and what it is worth there.

import type { Dimension } from '../playbook/dimensions.ts';
import type { Grades } from '../playbook/fit.ts';
import type { Qualification } from '../playbook/models.ts';
import type { Playbook } from '../playbook/playbook.ts';
import type { Signal } from '../playbook/signals.ts';
import { type FitCheck, fitChecksOf, type LetterThresholds, lettersOf } from './fit.ts';

export interface Remaining {
  /** For the first 1,024 days. */
  table: Float64Array;
  after: (days: number) => number;
}

export interface SignalWorth {
  /** The signal's id in the playbook. */
  rule: string;
  label: string;
  dimension: Dimension;
  count: Signal['count'];
  /** Whether a touch may count less for what came before it: once, or once a content. */
  isDistinct: boolean;
  highValue: boolean;
  points: number;
  /** Infinity where there is no cap. */
  capPerDay: number;
  cap: number;
  /** What is left of a point by its age in days; undefined where nothing is lost. */
  remaining: Remaining | undefined;
}

export interface Model {
  id: string;
  label: string;
  /** The playbook's number; a draft has none. */
  version: number | undefined;
  /** Whom it scores; undefined: anybody. */
  personas: readonly string[] | undefined;
  productLines: readonly string[] | undefined;
  /** In the playbook's order. */
  signals: readonly SignalWorth[];
  fit: readonly FitCheck[];
  scoreIncludesFit: boolean;
  letters: { fit: LetterThresholds; person: LetterThresholds; company: LetterThresholds };
  engagement: Grades['engagement'];
  qualification: Qualification;
  strong: Playbook['strong'];
}

/** The one model of a playbook that names none. */
const standardModel = 'standard';

/** Powers cost ten times a look in a table. */
const daysInTable = 1_024;

const halvingEvery = (days: number): Remaining => {
  const after = (age: number): number => 0.5 ** (age / days);
  return { table: Float64Array.from({ length: daysInTable }, (_, age) => after(age)), after };
};

type ModelRules = Playbook['models'][string];
const noChanges: Pick<ModelRules, 'signals' | 'fit'> = { signals: {}, fit: {} };

const signalsOf = (playbook: Playbook, changes: ModelRules['signals']): SignalWorth[] =>
  Object.entries(playbook.signals).flatMap(([rule, signal]): SignalWorth[] => {
    const { label, dimension, count, highValue, points, capPerDay, cap, halfLifeDays } = {
      ...signal,
      ...changes[rule],
    };
    if (changes[rule]?.points === 0) return [];
    return [
      {
        rule,
        label,
        dimension,
        count,
        isDistinct: count === 'once' || count === 'per-content',
        highValue,
        points,
        capPerDay: capPerDay ?? Number.POSITIVE_INFINITY,
        cap: cap ?? Number.POSITIVE_INFINITY,
        remaining: halfLifeDays === undefined ? undefined : halvingEvery(halfLifeDays),
      },
    ];
  });

const modelOf = (playbook: Playbook, id: string, label: string, rules: Partial<ModelRules>): Model => {
  const { signals, fit } = { ...noChanges, ...rules };
  const grades = rules.grades ?? playbook.grades;
  const checks = fitChecksOf(playbook, fit);
  return {
    id,
    label,
    version: playbook.version,
    personas: rules.personas,
    productLines: rules.productLines,
    signals: signalsOf(playbook, signals),
    fit: checks,
    scoreIncludesFit: playbook.scoreIncludesFit,
    letters: lettersOf(checks, grades),
    engagement: grades.engagement,
    qualification: rules.qualification ?? playbook.qualification,
    strong: rules.strong ?? playbook.strong,
  };
};

/** Made once per playbook object; playbooks are replaced, never changed in place. */
const known = new WeakMap<Playbook, readonly Model[]>();

/** The playbook's models in its order; without any, the standard one. */
export const modelsOf = (playbook: Playbook): readonly Model[] => {
  let models = known.get(playbook);
  if (models === undefined) {
    const named = Object.entries(playbook.models);
    models =
      named.length === 0
        ? [modelOf(playbook, standardModel, playbook.name, {})]
        : named.map(([id, rules]) => modelOf(playbook, id, rules.label, rules));
    known.set(playbook, models);
  }
  return models;
};
