// Thresholds nobody can reach: what all signals and fit rules of a model can give at most, against what its grades ask for.

import type { Problem } from '../schema-complaints.ts';
import { type FitCheck, type LetterThresholds, letterOf } from '../scoring/fit.ts';
import { type Model, modelsOf, type SignalWorth } from '../scoring/model.ts';
import { engagementGradeOf } from '../scoring/score-lead.ts';
import { isNumber } from './check-fit.ts';
import type { FitRule } from './fit.ts';
import type { Playbook } from './playbook.ts';

/** The furthest from zero one signal can take a score: touches every day for ever, as caps, decay and count allow. */
const mostOf = ({ points, count, cap, capPerDay, remaining }: SignalWorth): number => {
  const one = Math.abs(points);
  if (count === 'once') return Math.min(one, cap, capPerDay);
  const day = count === 'per-day' ? Math.min(one, capPerDay) : capPerDay;
  const lasting = remaining === undefined ? Number.POSITIVE_INFINITY : day / (1 - remaining.after(1));
  return Math.min(Math.round(lasting), cap);
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const mostGiven = (signals: readonly SignalWorth[]): number =>
  sum(signals.filter(({ points }) => points > 0).map(mostOf));
const mostTaken = (signals: readonly SignalWorth[]): number =>
  sum(signals.filter(({ points }) => points < 0).map(mostOf));

/** The values of a field that rules tell apart; undefined for not known. */
const valuesFor = (rules: readonly FitRule[]): (string | number | undefined)[] => [
  undefined,
  ...(rules.some(({ field }) => isNumber(field))
    ? rules.flatMap(({ atLeast, below }) => [atLeast, below, below !== undefined ? below - 0.001 : undefined])
    : ['', ...rules.flatMap(({ is }) => is ?? [])]),
];

/** The most a field's rules give together: of a text that has any words, of a value that is one of several. */
const mostOfField = (rules: readonly (FitRule & FitCheck)[]): number => {
  const isOne = !['persona', 'technologies'].includes(rules[0]!.field);
  const known = (rule: FitRule & FitCheck, value: string | number): number => {
    const mayHold = isOne && (rule.contains === undefined || rule.is) ? rule.holds(value) : rule.points > 0;
    return mayHold ? rule.points : 0;
  };
  return Math.max(
    ...valuesFor(rules).map((value) =>
      sum(rules.map((rule) => (value === undefined ? rule.whenMissing : known(rule, value)))),
    ),
  );
};

/** The most fit points somebody can have; rules on one field exclude each other where their values do. */
const mostFit = (checks: readonly FitCheck[], fit: Playbook['fit']): number => {
  const rules = checks.map((check) => ({ ...fit[check.rule]!, ...check }));
  const fields = Map.groupBy(rules, ({ of, field }) => (field === 'country' ? `${of} ${field}` : field));
  return sum([...fields.values()].map(mostOfField));
};

interface Reach {
  model: Model;
  fit: number;
  score: number;
  playbook: Playbook;
}

type Found = readonly [setting: string[], message: string];

const givenAtMost = (what: string, most: number, raise = 'points or caps'): string =>
  `${what} give ${most} at most; take ${most} or less, or raise ${raise}`;

const allSignals = 'all signals together, with their caps,';

/** Everybody has 0 fit points there. */
const withoutRules = (of: 'fit' | FitRule['of'], { A }: LetterThresholds): Found[] => {
  if (A <= 0) return [];
  const rules = of === 'fit' ? 'fit rule' : `fit rule of the ${of}`;
  return [[['grades', of], `nobody can reach ${A}: no ${rules} counts; add one, or leave this out: then all are A`]];
};

const checkLetters = ({ model, playbook }: Reach): Found[] =>
  (['fit', 'person', 'company'] as const).flatMap((of) => {
    const own = (playbook.models[model.id]?.grades ?? playbook.grades)[of];
    if (own === undefined) return [];
    const checks = of === 'fit' ? model.fit : model.fit.filter((check) => check.of === of);
    if (checks.length === 0) return withoutRules(of, own);
    const most = mostFit(checks, playbook.fit);
    return Object.entries(own)
      .filter(([, least]) => least > most)
      .map(([letter, least]): Found => {
        const rules = of === 'fit' ? 'all fit rules together' : `all fit rules of the ${of} together`;
        return [['grades', of, letter], `nobody can reach ${least}: ${givenAtMost(rules, most, 'their points')}`];
      });
  });

const checkEngagement = ({ model, score }: Reach): Found[] =>
  Object.entries(model.engagement)
    .filter(([, least]) => least > score)
    .map(([number, least]) => [
      ['grades', 'engagement', number],
      `nobody can reach ${least}: ${givenAtMost(allSignals, score)}`,
    ]);

/** The most points somebody with a fit letter can have, where fit points are part of the score. */
const mostWith = (letter: string, { model, fit, score }: Reach): number => {
  if (!model.scoreIncludesFit) return score;
  const { A, B, C } = model.letters.fit;
  const ends: Record<string, number> = { A: fit, B: A - 1, C: B - 1, D: C - 1 };
  return score - fit + Math.min(fit, ends[letter]!);
};

const checkQualification = (reach: Reach): Found[] => {
  const { model, score, fit } = reach;
  const { mql, sql, highValueMinimumFit } = model.qualification;
  const bestLetter = letterOf(fit, model.letters.fit);
  const found: Found[] = [];
  for (const [level, { grades, score: least }] of Object.entries({ mql, sql })) {
    grades.forEach((grade, index) => {
      // A letter or a number that nobody reaches is told where it stands, under `grades`.
      const isPossible = engagementGradeOf(score, model.engagement) <= grade.charAt(1) && bestLetter <= grade.charAt(0);
      if (!isPossible || engagementGradeOf(mostWith(grade.charAt(0), reach), model.engagement) <= grade.charAt(1))
        return;
      const message = `nobody can reach ${grade}: with so few fit points the score stays lower; take another grade, or a score`;
      found.push([['qualification', level, 'grades', String(index)], message]);
    });
    if (least !== undefined && least > score) {
      found.push([['qualification', level, 'score'], `nobody can reach ${least}: ${givenAtMost(allSignals, score)}`]);
    }
  }
  if (bestLetter > highValueMinimumFit) {
    const message = `nobody fits as well: with ${fit} points the best is ${bestLetter}; take ${bestLetter}, or change \`grades.fit\``;
    found.push([['qualification', 'highValueMinimumFit'], message]);
  }
  return found;
};

/** A dimension stands out when it has its points and the total is still low, at engagement 3 or 4. */
const checkStrong = ({ model }: Reach): Found[] =>
  Object.entries(model.strong).flatMap(([dimension, least]): Found[] => {
    const most = mostGiven(model.signals.filter((signal) => signal.dimension === dimension));
    if (most === 0)
      return [[['strong', dimension], `no signal of ${dimension} gives points: nobody can reach it; leave it out`]];
    if (least > most) {
      return [
        [
          ['strong', dimension],
          `nobody can reach ${least}: ${givenAtMost(`all signals of ${dimension}, with their caps,`, most)}`,
        ],
      ];
    }
    const others = mostTaken(model.signals.filter((signal) => signal.dimension !== dimension));
    const fit = model.scoreIncludesFit
      ? sum(model.fit.map(({ points, whenMissing }) => Math.min(points, whenMissing, 0)))
      : 0;
    if (least - others + fit < model.engagement[2]) return [];
    const message = `whoever has ${least} has engagement 2 already, and does not stand out; take less than ${model.engagement[2]}`;
    return [[['strong', dimension], message]];
  });

/** Each threshold where it stands: with the model that has it of its own, else at the top level. */
export const checkReach = (playbook: Playbook): Problem[] => {
  const found = modelsOf(playbook).flatMap((model) => {
    const fit = mostFit(model.fit, playbook.fit);
    const score = mostGiven(model.signals) + (model.scoreIncludesFit ? fit : 0);
    const reach = { model, fit, score, playbook };
    return [...checkLetters(reach), ...checkEngagement(reach), ...checkQualification(reach), ...checkStrong(reach)].map(
      ([setting, message]) => {
        const own = playbook.models[model.id];
        const isOwn = own?.[setting[0] as 'grades'] !== undefined;
        return {
          path: isOwn ? ['models', model.id, ...setting] : setting,
          message,
          model: own && !isOwn ? model.id : '',
        };
      },
    );
  });
  return [...Map.groupBy(found, ({ path }) => path.join('.')).values()].map(([first]) => {
    const { path, message, model } = first!;
    return { path, message: model === '' ? message : `in model ${model} ${message}` };
  });
};
