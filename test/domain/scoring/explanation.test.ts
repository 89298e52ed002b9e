// The lines that explain a score add up to it, whatever the playbook and whatever somebody did.
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { isoDay } from '../../../lib/domain/days.ts';
import { anyTouch } from '../../../lib/domain/facts/facts.ts';
import { emptyState } from '../../../lib/domain/lead.ts';
import type { PlaybookInput } from '../../../lib/domain/playbook/playbook.ts';
import { type ExplanationLine, explanationOf } from '../../../lib/domain/scoring/explanation.ts';
import { scoreLead } from '../../../lib/domain/scoring/score-lead.ts';
import { factsOf } from '../facts-of.ts';
import { testPlaybook } from '../playbooks.ts';

const seed = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`explanation: MUSTER_SEED=${seed}`);

const now = '2026-11-22T12:00:00.000Z';
const today = 20_779;
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const points = fc.integer({ min: -40, max: 60 });
const names = ['one', 'two', 'three'] as const;

const signal = fc.record({
  label: fc.constant('Signal'),
  match: fc.constant({ kind: 'page' as const }),
  points,
  capPerDay: maybe(fc.integer({ min: 1, max: 50 })),
  cap: maybe(fc.integer({ min: 1, max: 100 })),
  halfLifeDays: maybe(fc.integer({ min: 1, max: 40 })),
  count: fc.constantFrom('each' as const, 'per-day' as const, 'per-content' as const, 'once' as const),
});
const base: PlaybookInput = {
  ...testPlaybook(),
  fit: {
    head: { label: 'Leads', of: 'person', field: 'jobTitle', contains: ['head'], points: 30, whenMissing: -7 },
    large: { label: 'Large', of: 'company', field: 'employees', atLeast: 500, points: 20, whenMissing: -3 },
  },
};
const playbook = fc
  .record({
    signals: fc.record({ one: signal, two: signal, three: signal }),
    scoreIncludesFit: fc.boolean(),
    factors: fc.array(fc.integer({ min: 0, max: 19 }), { maxLength: 2 }),
  })
  .map(({ signals, scoreIncludesFit, factors }) =>
    testPlaybook({
      ...base,
      signals,
      scoreIncludesFit,
      suppression: Object.fromEntries(
        factors.map((factor, n) => [
          `rule-${n}`,
          { label: `Rule ${n}`, emailKinds: ['business' as const], factor: factor / 20 },
        ]),
      ),
    }),
  );
const content = fc.constantFrom('aaaaa', 'aaaaabbbbb', 'ccccc');
const count = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.constant(1_000), fc.constant(2_000), fc.constant(0), content);
const days = fc.array(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.constantFrom(...names), count), { maxLength: 30 });
const title = maybe(fc.constantFrom('Head of IT', 'Analyst'));

const seen = { behaviour: 0, fit: 0, suppression: 0, trimmed: 0, decayed: 0, taken: 0 };
const note = (lines: readonly ExplanationLine[]): void => {
  for (const line of lines) {
    seen[line.kind] += 1;
    if (line.kind === 'suppression' && line.points < 0) seen.taken += 1;
    if (line.kind !== 'behaviour') continue;
    if (line.trimmed !== 0) seen.trimmed += 1;
    if (line.decayed !== 0) seen.decayed += 1;
  }
};

describe('an explanation', () => {
  it('adds up to the score exactly', () => {
    fc.assert(
      fc.property(playbook, days, title, (playbook, touched, jobTitle) => {
        const facts = factsOf(
          Object.fromEntries(
            [...Map.groupBy(touched, ([age]) => isoDay(today - age))].map(([day, signals]) => [
              day,
              { ...Object.fromEntries(signals.map(([, name, one]) => [name, one])), [anyTouch]: 1 },
            ]),
          ),
        );
        const profile = jobTitle === undefined ? {} : { jobTitle: { value: jobTitle, at: now, source: 'form' } };
        const subject = { state: { ...emptyState, facts, profile }, emailKind: 'business' as const };
        const { score } = scoreLead(subject, playbook, now);
        const lines = explanationOf(score);
        note(lines);

        expect(lines.reduce((sum, { points }) => sum + points, 0)).toBe(score.score);
        for (const line of lines) {
          expect(Number.isInteger(line.points)).toBe(true);
          if (line.kind !== 'behaviour') continue;
          // What was not given is all accounted for: count times points is what the touches were worth when they happened.
          const worth = playbook.signals[line.rule]!.points * line.count;
          expect(line.points + line.trimmed + line.decayed).toBe(worth);
        }
      }),
      { seed, numRuns: 500 },
    );
  });

  afterAll(() => {
    // What never happened was not tested.
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0);
  });
});

describe('several suppressions', () => {
  const competitor = { label: 'Competitor', domains: ['rival.example'], factor: 0 };
  const student = { label: 'Student', emailKinds: ['business' as const], factor: 0.5 };
  const scored = (suppression: PlaybookInput['suppression']) =>
    explanationOf(
      scoreLead(
        {
          state: { ...emptyState, facts: factsOf({ '2026-11-22': { newsletter: 1 } }) },
          emailKind: 'business',
          mailDomain: 'rival.example',
        },
        testPlaybook({ suppression }),
        now,
      ).score,
    );

  it('are one line, which takes what the strictest takes and names all', () => {
    const lines = scored({ student, competitor });
    expect(lines).toMatchObject([
      { kind: 'behaviour', rule: 'newsletter', points: 5 },
      {
        kind: 'suppression',
        rule: 'student, competitor',
        label: 'Student, Competitor',
        why: 'the mail is business, the domain is rival.example',
        points: -5,
        factor: 0,
        before: 5,
      },
    ]);
  });

  it('without any are no line', () => {
    expect(scored({}).map(({ kind }) => kind)).toEqual(['behaviour']);
  });
});
