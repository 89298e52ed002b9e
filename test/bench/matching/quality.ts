// How good answers are at their best threshold, and how many come at 95 of 100 right. An answer where none is right is wrong.
import type { LabelledLead } from './labelled.ts';

export interface Answer {
  accountId: string | undefined;
  score: number;
}
export interface Quality {
  f1: number;
  precision: number;
  recall: number;
  /** The least score of the answers counted for `f1`. */
  threshold: number;
  recallAtP95: number;
}

/** Answers of one score stand or fall together. */
export const qualityOf = (leads: readonly LabelledLead[], answers: readonly Answer[]): Quality => {
  const expected = leads.filter((lead) => lead.expected !== '').length;
  const given = answers
    .map(({ accountId, score }, at) => ({ accountId, score, right: accountId === leads[at]!.expected }))
    .filter(({ accountId }) => accountId !== undefined)
    .sort((a, b) => b.score - a.score);
  const best: Quality = { f1: 0, precision: 0, recall: 0, threshold: 1, recallAtP95: 0 };
  let right = 0;
  for (const [at, answer] of given.entries()) {
    if (answer.right) right += 1;
    if (given[at + 1]?.score === answer.score) continue;
    const precision = right / (at + 1);
    const recall = right / expected;
    const f1 = right === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    if (f1 > best.f1) Object.assign(best, { f1, precision, recall, threshold: answer.score });
    if (precision >= 0.95 && recall > best.recallAtP95) best.recallAtP95 = recall;
  }
  return best;
};
