// Models: that everybody is scored by one, and that each has a chance to speak.
import type { Problem } from '../schema-complaints.ts';
import type { Playbook } from './playbook.ts';

type Model = Playbook['models'][string];

const covers = (all: readonly string[] | undefined, some: readonly string[] | undefined): boolean =>
  all === undefined || (some?.every((name) => all.includes(name)) ?? false);

/** Whether one scores everybody whom the other scores. */
const scoresAllOf = (one: Model, other: Model): boolean =>
  covers(one.personas, other.personas) && covers(one.productLines, other.productLines);

export const checkModels = ({ models, speaks }: Playbook): Problem[] => {
  const entries = Object.entries(models);
  if (entries.length === 0) return [];
  // Such keys come first in JavaScript's objects, and the order of models decides who speaks.
  const unordered = entries.filter(([id]) => /^\d+$/.test(id));
  if (unordered.length > 0) {
    const message = 'a name of digits alone loses its place in the order; add a letter';
    return unordered.map(([id]) => ({ path: ['models', id], isKey: true, message }));
  }
  const problems = entries.flatMap(([id, model], index): Problem[] => {
    const before = speaks === 'best' ? undefined : entries.slice(0, index).find(([, one]) => scoresAllOf(one, model));
    if (before === undefined) return [];
    const message = `never speaks: ${before[0]} above it scores everybody it scores; move it above ${before[0]}, or write speaks: best`;
    return [{ path: ['models', id], isKey: true, message }];
  });
  if (!entries.some(([, { personas, productLines }]) => personas === undefined && productLines === undefined)) {
    const message = 'people whom no model is for would have no score; add a last one without personas and productLines';
    problems.push({ path: ['models'], isKey: true, message });
  }
  return problems;
};
