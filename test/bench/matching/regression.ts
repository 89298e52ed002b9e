// The arithmetic behind fit.ts: a multinomial logit by Adam, Platt's calibration by Newton's method, thresholds by counting.

export interface Example {
  fold: number;
  /** Evidence of each candidate. */
  rows: number[][];
  /** The right one, -1 for none. */
  right: number;
}

const rounds = 120;
const batch = 64;
/** Pulls weights towards none at all, so that evidence seen twice does not count for much. */
const decay = 1e-4;

/** A generator of numbers from 0 to 1 with a fixed beginning (Park and Miller), so that fitting twice gives the same weights. */
const generator = (): (() => number) => {
  let state = 20_261_122;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

export const sharesUnder = (rows: readonly number[][], weights: ArrayLike<number>): number[] => {
  const sums = rows.map((row) => row.reduce((sum, value, at) => sum + value * weights[at]!, 0));
  const most = Math.max(0, ...sums);
  const odds = sums.map((sum) => Math.exp(sum - most));
  const all = odds.reduce((total, one) => total + one, Math.exp(-most));
  return odds.map((one) => one / all);
};

const shuffle = (order: number[], chance: () => number): void => {
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(chance() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
};

export const fitWeights = (examples: readonly Example[], size: number): Float64Array => {
  const weights = new Float64Array(size);
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  const chance = generator();
  const order = examples.map((_, at) => at);
  let step = 0;
  for (let round = 0; round < rounds; round += 1) {
    shuffle(order, chance);
    const rate = 0.03 * (1 - round / rounds) + 0.0005;
    for (let from = 0; from < order.length; from += batch) {
      const slope = new Float64Array(size);
      for (const at of order.slice(from, from + batch)) {
        const { rows, right } = examples[at]!;
        const shares = sharesUnder(rows, weights);
        for (const [place, row] of rows.entries()) {
          const error = shares[place]! - (place === right ? 1 : 0);
          for (let n = 0; n < size; n += 1) slope[n]! += error * row[n]!;
        }
      }
      step += 1;
      for (let n = 0; n < size; n += 1) {
        const pull = slope[n]! / batch + decay * weights[n]!;
        mean[n] = 0.9 * mean[n]! + 0.1 * pull;
        square[n] = 0.999 * square[n]! + 0.001 * pull * pull;
        weights[n]! -= (rate * (mean[n]! / (1 - 0.9 ** step))) / (Math.sqrt(square[n]! / (1 - 0.999 ** step)) + 1e-8);
      }
    }
  }
  return weights;
};

export interface Answered {
  share: number;
  right: boolean;
}
export interface Calibration {
  slope: number;
  shift: number;
}

const logit = (share: number): number => {
  const bounded = Math.min(1 - 1e-9, Math.max(1e-9, share));
  return Math.log(bounded / (1 - bounded));
};

/** How often answers of a share were right: a logistic curve through them (Platt 1999). */
export const fitCalibration = (answers: readonly Answered[]): Calibration => {
  let slope = 1;
  let shift = 0;
  for (let round = 0; round < 50; round += 1) {
    let [a, b, aa, ab, bb] = [0, 0, 1e-6, 0, 1e-6];
    for (const { share, right } of answers) {
      const x = logit(share);
      const chance = 1 / (1 + Math.exp(-(slope * x + shift)));
      const error = chance - (right ? 1 : 0);
      const spread = chance * (1 - chance);
      a += error * x;
      b += error;
      aa += spread * x * x;
      ab += spread * x;
      bb += spread;
    }
    const determinant = aa * bb - ab * ab;
    slope -= (bb * a - ab * b) / determinant;
    shift -= (aa * b - ab * a) / determinant;
  }
  return { slope, shift };
};

const precisions = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.995];

/** Wilson's lower bound at 95 of 100 samples (one side, z = 1.645): a promise of precision should not hold by luck. */
const atLeast = (right: number, all: number): number => {
  const z = 1.645;
  const part = right / all;
  const spread = z * Math.sqrt((part * (1 - part)) / all + (z * z) / (4 * all * all));
  return (part + (z * z) / (2 * all) - spread) / (1 + (z * z) / all);
};

/** For each precision the least score that gives it. */
export const thresholdsFor = (answers: readonly Answered[], { slope, shift }: Calibration) => {
  const byShare = [...answers].sort((a, b) => b.share - a.share);
  const least = new Map<number, number>();
  let right = 0;
  for (const [at, answer] of byShare.entries()) {
    right += answer.right ? 1 : 0;
    const supported = atLeast(right, at + 1);
    for (const precision of precisions) if (supported >= precision) least.set(precision, answer.share);
  }
  return precisions.flatMap((precision) => {
    const share = least.get(precision);
    const score = share === undefined ? undefined : 1 / (1 + Math.exp(-(slope * logit(share) + shift)));
    return score === undefined ? [] : [{ precision, score: Number(score.toFixed(4)) }];
  });
};
