// Leads a second by one model of ten rules: this engine with and without its explanation, json-rules-engine, json-logic-js and
// plain JavaScript written for that model; all on the same leads, with the same answers.
import { dayNumberOf } from '../../lib/domain/days.ts';
import { scoreLead, totalsFor } from '../../lib/domain/scoring/score-lead.ts';
import type { Subject } from '../../lib/domain/scoring/subject.ts';
import { jsonLogic } from './scoring/json-logic.ts';
import { jsonRules } from './scoring/json-rules.ts';
import { leads, tenRules, today } from './scoring/model.ts';
import { plain } from './scoring/plain.ts';

type Answer = readonly [behaviour: number, fit: number];
type Engine = (subject: Subject) => Answer | Promise<Answer>;

const now = dayNumberOf(today);
const asOf = `${today}T12:00:00.000Z`;

const engines: Record<string, Engine> = {
  plain,
  muster: (subject) => {
    const { score, fitPoints } = totalsFor(subject, tenRules, now);
    return [score, fitPoints];
  },
  explained: (subject) => {
    const { score, fitPoints } = scoreLead(subject, tenRules, asOf).score;
    return [score, fitPoints];
  },
  jsonLogic,
  jsonRules,
};

const agree = async (subjects: readonly Subject[]): Promise<void> => {
  for (const subject of subjects) {
    const expected = plain(subject).join();
    for (const [name, engine] of Object.entries(engines)) {
      const answer = (await engine(subject)).join();
      if (answer !== expected)
        throw new Error(`${name} says ${answer}, plain JavaScript ${expected}: ${JSON.stringify(subject)}`);
    }
  }
};

/** Of each engine in each round; the test of the command is content with less. */
const roundMilliseconds = Number(process.argv[3] ?? 300);
const rounds = 5;

/** Leads a second over one round; the sum keeps the work from being optimised away. */
const timed = async (engine: Engine, subjects: readonly Subject[]): Promise<number> => {
  let sum = 0;
  let done = 0;
  const begun = performance.now();
  let elapsed = 0;
  for (let at = 0; elapsed < roundMilliseconds; ) {
    for (let n = 0; n < 100; n += 1) {
      const answer = engine(subjects[at]!);
      sum += answer instanceof Promise ? (await answer)[0] : answer[0];
      at = at + 1 === subjects.length ? 0 : at + 1;
    }
    done += 100;
    elapsed = performance.now() - begun;
  }
  if (Number.isNaN(sum)) throw new Error('a score is no number');
  return (done * 1_000) / elapsed;
};

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

export const benchScoring = async () => {
  const subjects = leads(5_000);
  await agree(subjects.slice(0, 1_000));
  const speeds = new Map<string, number[]>();
  // Taking turns, so that what else the machine does falls on all alike; the first round only warms up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, engine] of Object.entries(engines)) {
      const speed = await timed(engine, subjects);
      if (round > 0) speeds.set(name, [...(speeds.get(name) ?? []), speed]);
    }
  }
  const per = Object.fromEntries([...speeds].map(([name, list]) => [name, Math.round(median(list))]));
  for (const [name, speed] of Object.entries(per))
    console.error(`${name.padEnd(10)} ${speed.toLocaleString('en')} leads/s`);
  const ratio = (a: string, b: string): number => Number((per[a]! / per[b]!).toFixed(2));
  return {
    leadsPerSecond: per.muster,
    explainedPerSecond: per.explained,
    ratioToJsonRulesEngine: ratio('muster', 'jsonRules'),
    ratioToJsonLogic: ratio('muster', 'jsonLogic'),
    ratioToPlainJs: ratio('muster', 'plain'),
  };
};
