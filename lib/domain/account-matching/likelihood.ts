// How likely each candidate is the lead's company, and how likely none is: the candidates share one certainty among them, so
// two of nearly the same name leave neither of them likely. Weights and thresholds were fitted to labelled names, by
// `test/bench/matching/fit.ts`.
import { evidenceNames, measures } from './evidence.ts';
import fitted from './fitted.json' with { type: 'json' };
import type { Standing } from './standing.ts';

const weightsByName: Record<string, number> = fitted.weights;
const weights = evidenceNames.map((name) => {
  const weight = weightsByName[name];
  if (weight === undefined) throw new Error(`fitted.json has no weight for ${name}: run test/bench/matching/fit.ts`);
  return weight;
});

/** Probabilities of rows of evidence under weights; they and that of none, whose sum is 0, add up to 1. */
const shares = (sums: readonly number[]): number[] => {
  const most = Math.max(0, ...sums);
  const odds = sums.map((sum) => Math.exp(sum - most));
  const all = odds.reduce((total, one) => total + one, Math.exp(-most));
  return odds.map((one) => one / all);
};

const sumOf = (standing: Standing): number => {
  let sum = 0;
  for (let at = 0; at < weights.length; at += 1) sum += weights[at]! * measures[at]!(standing);
  return sum;
};

const { slope, shift } = fitted.calibration;

/** How often an answer of this share was right among labelled names that the weights had not seen. */
const calibrated = (share: number): number => {
  const bounded = Math.min(1 - 1e-9, Math.max(1e-9, share));
  return 1 / (1 + Math.exp(-(slope * Math.log(bounded / (1 - bounded)) + shift)));
};

/** 0 to 1 for each, in their order. */
export const likelihoods = (standings: readonly Standing[]): number[] => shares(standings.map(sumOf)).map(calibrated);

/** The least score that answers may have so that at least this part of them is right. Between two precisions of the table
 * the stricter counts; above the last one nothing but certainty would do. */
export const leastScore = (precision: number): number => {
  if (precision <= 0) return 0;
  const found = fitted.thresholds.find((threshold) => threshold.precision >= precision);
  return found?.score ?? 1;
};
