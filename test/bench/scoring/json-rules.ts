// The bench's model for json-rules-engine: a rule each, whose event carries points. It has no arithmetic, so the points of a
// signal are a fact computed in JavaScript, which favours it.
import { Engine } from 'json-rules-engine';
import { dayNumberOf } from '../../../lib/domain/days.ts';
import type { DayCount } from '../../../lib/domain/facts/counts.ts';
import type { Subject } from '../../../lib/domain/scoring/subject.ts';
import { countries, deciders, industries, today } from './model.ts';

const now = dayNumberOf(today);

const pointsOf = (
  days: DayCount[] | undefined,
  points: number,
  perDay: number,
  cap: number,
  halfLife: number,
): number => {
  let sum = 0;
  for (const [day, count] of days ?? []) {
    if (day > now) continue;
    const worth = Math.max(-perDay, Math.min(perDay, count * points));
    sum += halfLife === 0 ? worth : worth * 0.5 ** ((now - day) / halfLife);
  }
  const capped = Math.max(-cap, Math.min(cap, sum));
  return capped < 0 ? -Math.round(-capped) : Math.round(capped);
};

const none = Number.POSITIVE_INFINITY;
const signals: [signal: string, points: number, perDay: number, cap: number, halfLife: number][] = [
  ['demo', 60, none, 60, 0],
  ['pricing', 10, 20, 40, 14],
  ['page', 1, 5, 20, 14],
  ['webinar', 25, none, 50, 30],
  ['newsletter', 5, none, 5, 0],
  ['careers', -10, none, 30, 0],
];

const engine = new Engine([], { allowUndefinedFacts: true, replaceFactsInEventParams: true });
engine.addOperator('hasWord', (text: unknown, words: string[]) => {
  const found = ` ${String(text ?? '').toLowerCase()} `;
  return words.some((word) => found.includes(` ${word} `));
});
for (const [signal, ...worth] of signals) {
  engine.addFact(signal, async (_, almanac) =>
    pointsOf((await almanac.factValue<Record<string, DayCount[]>>('days'))[signal], ...worth),
  );
  engine.addRule({
    conditions: { all: [{ fact: signal, operator: 'notEqual', value: 0 }] },
    event: { type: 'behaviour', params: { points: { fact: signal } } },
  });
}
const fits: [fact: string, operator: string, value: unknown, points: number][] = [
  ['title', 'hasWord', deciders, 30],
  ['country', 'in', countries, 10],
  ['employees', 'greaterThanInclusive', 500, 20],
  ['industry', 'in', industries, 15],
  ['industry', 'equal', null, -5],
];
for (const [fact, operator, value, points] of fits) {
  engine.addRule({ conditions: { all: [{ fact, operator, value }] }, event: { type: 'fit', params: { points } } });
}

export const jsonRules = async ({ state: { facts, profile }, account }: Subject): Promise<[number, number]> => {
  const { events } = await engine.run({
    days: facts.days,
    title: profile.jobTitle?.value ?? null,
    country: profile.country?.value ?? null,
    employees: account?.employees?.value ?? 0,
    industry: account?.industry?.value ?? null,
  });
  const sum = (type: string): number =>
    events.reduce((all, event) => (event.type === type ? all + Number(event.params?.points) : all), 0);
  return [sum('behaviour'), sum('fit')];
};
