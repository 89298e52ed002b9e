// The bench's model in JsonLogic: sums by reduce over the days, one operation added for what it lacks, powers of a half.
import logic from 'json-logic-js';
import { dayNumberOf } from '../../../lib/domain/days.ts';
import type { Subject } from '../../../lib/domain/scoring/subject.ts';
import { countries, deciders, industries, today } from './model.ts';

const now = dayNumberOf(today);
logic.add_operation('remaining', (days: number, halfLife: number) => 0.5 ** (days / halfLife));
logic.add_operation('round', (points: number) => (points < 0 ? -Math.round(-points) : Math.round(points)));
logic.add_operation('hasWord', (text: string | null, words: string[]) => {
  const found = ` ${(text ?? '').toLowerCase()} `;
  return words.some((word) => found.includes(` ${word} `));
});

type Rule = Record<string, unknown>;
const each = (signal: string, points: number, { perDay = 1e9, cap = 1e9, halfLife = 0 } = {}): Rule => {
  const day = { var: 'current.0' };
  const worth: Rule = { max: [-perDay, { min: [perDay, { '*': [{ var: 'current.1' }, points] }] }] };
  const left: Rule = halfLife === 0 ? worth : { '*': [worth, { remaining: [{ '-': [now, day] }, halfLife] }] };
  const sum: Rule = {
    reduce: [{ var: `days.${signal}` }, { '+': [{ var: 'accumulator' }, { if: [{ '<=': [day, now] }, left, 0] }] }, 0],
  };
  return { round: [{ max: [-cap, { min: [cap, sum] }] }] };
};

const behaviour: Rule = {
  '+': [
    each('demo', 60, { cap: 60 }),
    each('pricing', 10, { perDay: 20, cap: 40, halfLife: 14 }),
    each('page', 1, { perDay: 5, cap: 20, halfLife: 14 }),
    each('webinar', 25, { cap: 50, halfLife: 30 }),
    each('newsletter', 5, { cap: 5 }),
    each('careers', -10, { cap: 30 }),
  ],
};

const fit: Rule = {
  '+': [
    { if: [{ hasWord: [{ var: 'title' }, deciders] }, 30, 0] },
    { if: [{ in: [{ var: 'country' }, countries] }, 10, 0] },
    { if: [{ '>=': [{ var: 'employees' }, 500] }, 20, 0] },
    { if: [{ '==': [{ var: 'industry' }, null] }, -5, { in: [{ var: 'industry' }, industries] }, 15, 0] },
  ],
};

export const jsonLogic = ({ state: { facts, profile }, account }: Subject): [number, number] => {
  const data = {
    days: facts.days,
    title: profile.jobTitle?.value ?? null,
    country: profile.country?.value ?? null,
    employees: account?.employees?.value ?? 0,
    industry: account?.industry?.value ?? null,
  };
  return [logic.apply(behaviour as never, data) as number, logic.apply(fit as never, data) as number];
};
