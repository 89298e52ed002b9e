// What holds of every score, whatever somebody did in two years and whatever the playbook makes of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TouchCaptured } from '../../../events/touch-captured.v1.ts';
import { dayNumberOf, dayOf, isoDay } from '../../../lib/domain/days.ts';
import { factsOfDay } from '../../../lib/domain/facts/count-day.ts';
import { contentsIn, type DayCount } from '../../../lib/domain/facts/counts.ts';
import {
  type Facts,
  factsOfDays,
  factsUpTo,
  noFacts,
  unionOfFacts,
  withDays,
} from '../../../lib/domain/facts/facts.ts';
import type { Playbook, PlaybookInput } from '../../../lib/domain/playbook/playbook.ts';
import { behaviourPoints, totalOf } from '../../../lib/domain/scoring/behaviour.ts';
import { modelsOf, type SignalWorth } from '../../../lib/domain/scoring/model.ts';
import { qualificationOf } from '../../../lib/domain/scoring/qualification.ts';
import { dimensionsOf, scoreLead, totalsFor, totalsOf } from '../../../lib/domain/scoring/score-lead.ts';
import { suppressionsOf } from '../../../lib/domain/scoring/suppression.ts';
import { touch } from '../../simulation/lines.ts';
import { testPlaybook } from '../playbooks.ts';
import { subjectOf } from './subjects.ts';

const seed = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`scores: MUSTER_SEED=${seed}`);
const runs = (numRuns: number) => ({ seed, numRuns });

const today = dayNumberOf('2026-11-20');
const days = 730;
const dayMilliseconds = 86_400_000;
const endOf = (day: number): string => `${isoDay(day)}T23:59:59.999Z`;

/** Which touches each signal is about; what they are worth is the property's to choose. */
const matches = {
  trial: { form: 'demo-request' },
  newsletter: { form: 'newsletter' },
  pricing: { url: '*/pricing*' },
  page: { kind: 'page' },
  articles: { url: '*/articles/*' },
  stories: { url: '*/stories/*' },
  long: { kind: 'page', minimumDwellSeconds: 60 },
  webinar: { kind: 'webinar' },
  played: { event: 'Played*' },
  careers: { url: '*/careers*' },
} as const satisfies Record<string, PlaybookInput['signals'][string]['match']>;
type Rule = keyof typeof matches;
const rules = Object.keys(matches) as Rule[];

// No more than 12 pages, for facts keep so many contents a day.
const paths = ['pricing', 'pricing/plans', 'careers', 'about', ...Array.from('abcdef', (name) => `articles/${name}`)];
const pages = [...paths, ...Array.from('ab', (name) => `stories/${name}`)];

type What = Partial<TouchCaptured>;
const page = fc.constantFrom(...pages).map((path): What => ({ page: { url: `https://www.seller.example/${path}` } }));
const what: fc.Arbitrary<What> = fc.oneof(
  { weight: 6, arbitrary: page },
  {
    weight: 2,
    arbitrary: fc
      .tuple(page, fc.integer({ min: 0, max: 200 }))
      .map(([{ page }, dwellSeconds]): What => ({ page: { ...page, dwellSeconds } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('demo-request', 'newsletter')
      .map((id): What => ({ kind: 'form', form: { id, answers: {} } })),
  },
  { weight: 1, arbitrary: fc.constant<What>({ kind: 'webinar', campaign: 'spring' }) },
  { weight: 1, arbitrary: fc.constantFrom('Played', 'Played on').map((event): What => ({ kind: 'event', event })) },
  { weight: 1, arbitrary: page.map((one): What => ({ ...one, flag: 'bot' })) },
);
// Some on a few days more than others, that caps a day and contents seen again come up.
const age = fc.oneof(fc.integer({ min: 0, max: days }), fc.constantFrom(0, 1, 2, 14, 15, 90, 400));
const touchesOn = (age: fc.Arbitrary<number>): fc.Arbitrary<TouchCaptured[]> =>
  fc
    .array(fc.tuple(age, fc.integer({ min: 0, max: dayMilliseconds - 1 }), what), { maxLength: 80, size: 'max' })
    .map((list) =>
      list.map(([age, millisecond, given], n) =>
        touch({
          id: `touch-${n}`,
          occurredAt: new Date((today - age) * dayMilliseconds + millisecond).toISOString(),
          ...given,
        }),
      ),
    );
const touches = touchesOn(age);
const crowded = touchesOn(fc.integer({ min: 0, max: 3 }));

type Worth = Omit<PlaybookInput['signals'][string], 'label' | 'match'>;
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const worth = (points: fc.Arbitrary<number>): fc.Arbitrary<Worth> =>
  fc.record({
    points,
    count: fc.constantFrom('each', 'per-day', 'per-content', 'once'),
    capPerDay: maybe(fc.integer({ min: 1, max: 60 })),
    cap: maybe(fc.integer({ min: 1, max: 150 })),
    halfLifeDays: maybe(fc.integer({ min: 1, max: 400 })),
    dimension: fc.constantFrom('engagement', 'interest', 'need'),
    highValue: fc.boolean(),
  });
const gifts = fc.integer({ min: 1, max: 40 });
const signalsFrom = (points: fc.Arbitrary<number>): fc.Arbitrary<PlaybookInput['signals']> =>
  fc
    .tuple(...rules.map(() => worth(points)))
    .map((worths) =>
      Object.fromEntries(rules.map((rule, n) => [rule, { label: rule, match: matches[rule], ...worths[n]! }])),
    );

const models: PlaybookInput['models'] = {
  technical: { label: 'Technical', personas: ['it'], signals: { articles: { points: 30 }, webinar: { points: 0 } } },
  tools: { label: 'Tools', productLines: ['tools'], fit: { decider: { points: 0 } } },
  everybody: { label: 'Everybody' },
};
const playbooksFrom = (points: fc.Arbitrary<number>): fc.Arbitrary<Playbook> =>
  fc
    .record({
      signals: signalsFrom(points),
      scoreIncludesFit: fc.boolean(),
      speaks: fc.constantFrom('first' as const, 'best' as const),
      models: fc.constantFrom({}, models),
      factor: maybe(fc.constantFrom(0, 0.3, 0.5)),
    })
    .map(({ factor, ...changes }) =>
      testPlaybook({
        ...changes,
        personas: { it: { label: 'IT', function: 'it' } },
        productLines: { tools: { label: 'Tools', signals: ['stories'] } },
        qualification: { mql: { score: 40 }, sql: { score: 100 }, highValueMinimumFit: 'C' },
        suppression:
          factor === undefined
            ? {}
            : {
                seeker: { label: 'Job seeker', share: { signal: 'careers', atLeast: 0.2, touches: 1 }, factor },
                student: { label: 'Student', titles: ['student'], factor: 0.7 },
              },
      }),
    );
const playbooks = playbooksFrom(fc.integer({ min: -40, max: 40 }));
const rewarding = playbooksFrom(gifts);
const jobTitle = fc.constantFrom('Head of IT', 'Student', 'Clerk');

const leadOf = (facts: Facts, jobTitle = 'Clerk') =>
  subjectOf({ facts, profile: { jobTitle }, emailKind: 'business', account: { employees: 900 } });
const signalsOf = (playbook: Playbook): readonly SignalWorth[] => modelsOf(playbook).at(-1)!.signals;

/** The facts of a set of touches: each day's counts, from that day's. */
const folded = (list: readonly TouchCaptured[], playbook: Playbook): Facts =>
  factsOfDays([...Map.groupBy(list, (one) => dayOf(one.occurredAt)).values()].map((day) => factsOfDay(day, playbook)));

/** Line by line as they arrive: the day's counts are those of all that is known of it, and replace what stood there. */
const foldedAsTheyCome = (list: readonly TouchCaptured[], playbook: Playbook): Facts => {
  const trail = new Map<string, Map<string, TouchCaptured>>();
  let facts = noFacts;
  for (const one of list) {
    const day = dayOf(one.occurredAt);
    trail.set(day, (trail.get(day) ?? new Map<string, TouchCaptured>()).set(one.id, one));
    facts = withDays(facts, day, [factsOfDay([...trail.get(day)!.values()], playbook)]);
  }
  return facts;
};

describe('facts', { timeout: 60_000 }, () => {
  const playbook = testPlaybook({
    signals: Object.fromEntries(rules.map((rule) => [rule, { label: rule, match: matches[rule], points: 1 }])),
  });

  it('are those of the set of touches, in whatever order and however often they arrive', () => {
    const arriving = touches.chain((list) =>
      fc.tuple(fc.constant(list), fc.subarray(list)).chain(([all, again]) =>
        fc.record({
          all: fc.constant(all),
          arrived: fc.shuffledSubarray([...all, ...again], {
            minLength: all.length + again.length,
            maxLength: all.length + again.length,
          }),
        }),
      ),
    );
    fc.assert(
      fc.property(arriving, ({ all, arrived }) => {
        expect(foldedAsTheyCome(arrived, playbook)).toEqual(folded(all, playbook));
      }),
      runs(60),
    );
  });

  it('of identities united in any order and grouping are those of one person', () => {
    const identities = touches.chain((list) =>
      fc
        .array(fc.integer({ min: 0, max: 2 }), { minLength: list.length, maxLength: list.length })
        .map((owners) => [0, 1, 2].map((owner) => list.filter((_, n) => owners[n] === owner))),
    );
    fc.assert(
      fc.property(identities, (parts) => {
        const [a, b, c] = parts.map((part) => folded(part, playbook)) as [Facts, Facts, Facts];
        const all = folded(parts.flat(), playbook);
        expect(unionOfFacts([unionOfFacts([a, b]), c])).toEqual(all);
        expect(unionOfFacts([a, unionOfFacts([b, c])])).toEqual(all);
        expect(unionOfFacts([c, a, b])).toEqual(all);
        expect(unionOfFacts([noFacts, all])).toEqual(all);
      }),
      runs(60),
    );
  });
});

describe('a score', { timeout: 60_000 }, () => {
  it('is what its explanation adds up to, part by part', () => {
    fc.assert(
      fc.property(playbooks, touches, jobTitle, age, (playbook, list, title, ago) => {
        const day = today - ago;
        const subject = leadOf(factsUpTo(folded(list, playbook), day), title);
        const { score, model } = scoreLead(subject, playbook, endOf(day));
        const { parts, fitParts, fitPoints, suppressed } = score;

        expect(totalOf(fitParts)).toBe(fitPoints);
        const before = totalOf(parts) + (score.scoreIncludesFit ? fitPoints : 0);
        expect(score.score).toBe(before + (suppressed?.points ?? 0));
        if (suppressed) expect(suppressed.before).toBe(before);
        expect(Object.values(dimensionsOf(parts)).reduce((sum, points) => sum + points, 0)).toBe(totalOf(parts));
        for (const part of parts) {
          const { points } = model.signals.find(({ rule }) => rule === part.rule)!;
          expect(part.points + part.trimmed + part.decayed).toBe(part.count * points);
          for (const share of [part.points, part.trimmed, part.decayed]) {
            expect(Number.isInteger(share)).toBe(true);
            expect(share * Math.sign(points)).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      runs(120),
    );
  });

  it('is the same with and without an explanation', () => {
    fc.assert(
      fc.property(playbooks, touches, jobTitle, (playbook, list, title) => {
        const subject = leadOf(folded(list, playbook), title);
        const { score, model, holds } = scoreLead(subject, playbook, endOf(today));
        const totals = { score: score.score, fitPoints: score.fitPoints, grade: score.grade };
        expect(totalsFor(subject, playbook, today)).toEqual(totals);
        expect(totalsOf(model, subject, subject.state.facts, today, holds)).toEqual(totals);
        const known = new Map(modelsOf(playbook).map((one) => [one.id, one]));
        for (const { model: id, ...others } of score.others ?? []) {
          expect(totalsOf(known.get(id)!, subject, subject.state.facts, today, holds)).toEqual(others);
        }
      }),
      runs(80),
    );
  });

  it('keeps to every cap and count', () => {
    fc.assert(
      fc.property(playbooks, touches, (playbook, list) => {
        const facts = folded(list, playbook);
        const { score, model } = scoreLead(leadOf(facts), playbook, endOf(today));
        for (const part of score.parts) {
          const signal = model.signals.find(({ rule }) => rule === part.rule)!;
          const [worth, given] = [Math.abs(signal.points), Math.abs(part.points + part.decayed)];
          const counts = facts.days[part.rule]!;
          const contents = new Set(counts.flatMap((count) => contentsIn(count[5])));
          const most = { each: part.count, 'per-day': counts.length, 'per-content': contents.size, once: 1 };

          expect(part.count).toBe(counts.reduce((sum, [, count]) => sum + count, 0));
          expect(Math.abs(part.points)).toBeLessThanOrEqual(signal.cap);
          expect(given).toBeLessThanOrEqual(most[signal.count] * worth);
          expect(given).toBeLessThanOrEqual(counts.length * signal.capPerDay);
          // And nothing is trimmed that no limit asks for, nothing lost to time that does not decay.
          const isOpen = signal.cap === Number.POSITIVE_INFINITY && signal.capPerDay === Number.POSITIVE_INFINITY;
          if (isOpen) expect(given).toBe(most[signal.count] * worth);
          if (signal.remaining === undefined) expect(part.decayed).toBe(0);
        }
      }),
      runs(120),
    );
  });

  it('as of a past day is the one computed from the touches up to then alone', () => {
    fc.assert(
      fc.property(playbooks, touches, jobTitle, age, (playbook, list, title, ago) => {
        const day = today - ago;
        const asOf = endOf(day);
        const all = folded(list, playbook);
        const then = folded(
          list.filter((one) => one.occurredAt <= asOf),
          playbook,
        );
        expect(factsUpTo(all, day)).toEqual(then);

        const subject = leadOf(factsUpTo(all, day), title);
        const scored = scoreLead(subject, playbook, asOf);
        const replayed = scoreLead(leadOf(then, title), playbook, asOf);
        expect(scored.score).toEqual(replayed.score);
        const nobody = { sentBackAt: '', lastActiveAt: '' };
        expect(qualificationOf({ subject, ...scored }, nobody, asOf)).toEqual(
          qualificationOf({ subject: leadOf(then, title), ...replayed }, nobody, asOf),
        );
        // Behaviour by itself leaves later days out.
        expect(behaviourPoints(signalsOf(playbook), all, day)).toBe(behaviourPoints(signalsOf(playbook), then, day));
      }),
      runs(80),
    );
  });

  it('that only gives points is never lowered by more touches, whatever their day', () => {
    fc.assert(
      fc.property(rewarding, fc.oneof(touches, crowded), (playbook, list) => {
        const all = folded(list, playbook);
        for (let left = 0; left < list.length; left += 4) {
          const fewer = folded(list.toSpliced(left, 1), playbook);
          for (const signal of signalsOf(playbook)) {
            const points = behaviourPoints([signal], fewer, today);
            if (behaviourPoints([signal], all, today) < points)
              expect.fail(`${signal.rule} gave ${points} without ${left}`);
          }
        }
      }),
      runs(80),
    );
  });

  it('that only gives points is never raised by time alone, suppressed or not', () => {
    fc.assert(
      fc.property(rewarding, touches, jobTitle, (playbook, list, title) => {
        const subject = leadOf(folded(list, playbook), title);
        const { facts } = subject.state;
        const holds = suppressionsOf(subject, facts, playbook);
        for (const model of modelsOf(playbook)) {
          let before = Number.POSITIVE_INFINITY;
          for (let day = today; day <= today + 366; day += 1) {
            const { score } = totalsOf(model, subject, facts, day, holds);
            expect(score).toBeLessThanOrEqual(before);
            before = score;
          }
        }
      }),
      runs(15),
    );
  });
});

describe('of somebody active for years, what is no longer kept by day', { timeout: 60_000 }, () => {
  const random = (from: number): (() => number) => {
    let state = from;
    return () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
  };
  /** Every signal on about every other day of 900, as facts would stand were they never compacted. */
  const busy = (from: number): Facts => {
    const next = random(from);
    const count = (day: number): DayCount[] => {
      if (next() < 0.5) return [];
      const first = Math.floor(next() * 40_000_000);
      const contents = Array.from('abcdefgh', (name) => (next() < 0.3 ? name.repeat(5) : '')).join('');
      return [[day, 1 + Math.floor(next() * 4), first, first + Math.floor(next() * 40_000_000), 0, contents]];
    };
    const list = (): DayCount[] => Array.from({ length: 900 }, (_, n) => today - 900 + n).flatMap(count);
    return { days: Object.fromEntries(rules.map((rule) => [rule, list()])) };
  };
  const years = fc.integer({ min: 1, max: 2 ** 31 }).map((from) => {
    const daily = busy(from);
    return { daily, compacted: unionOfFacts([noFacts, daily]) };
  });

  it('never gives more than its days did, nor takes more', () => {
    fc.assert(
      fc.property(years, playbooks, age, ({ daily, compacted }, playbook, later) => {
        expect(compacted.months).toBeDefined();
        for (const signal of signalsOf(playbook)) {
          const [by, of] = [compacted, daily].map((facts) => behaviourPoints([signal], facts, today + later));
          expect(by! * Math.sign(signal.points), signal.rule).toBeLessThanOrEqual(of! * Math.sign(signal.points));
        }
      }),
      runs(20),
    );
  });

  it('only ever fades', () => {
    fc.assert(
      fc.property(years, playbooks, ({ compacted }, playbook) => {
        for (const signal of signalsOf(playbook)) {
          let before = Number.POSITIVE_INFINITY;
          for (let day = today; day <= today + 366; day += 1) {
            const points = behaviourPoints([signal], compacted, day) * Math.sign(signal.points);
            if (points > before) expect(points, `${signal.rule} on ${isoDay(day)}`).toBeLessThanOrEqual(before);
            before = points;
          }
        }
      }),
      runs(2),
    );
  });
});
