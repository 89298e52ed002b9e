// What changed from one playbook to another, in words; nothing is left out.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { diffPlaybooks } from '../../../lib/domain/playbook/diff-playbooks.ts';
import { type Playbook, playbook } from '../../../lib/domain/playbook/playbook.ts';
import { source } from './complaints-of.ts';

const read = (text: string): Playbook => playbook.parse(parse(text));

/** The change in words, one thing in the source being changed. */
const told = (from: string, to: string): string[] => {
  expect(source.split(from), `${from} stands once`).toHaveLength(2);
  return diffPlaybooks(read(source), read(source.replace(from, () => to)));
};

describe('a change is said', () => {
  test.each([
    ['points', 'points: 10, capPerDay: 20', 'points: 15, capPerDay: 20', 'Signal pricing (Pricing): points 10 → 15.'],
    [
      'several of one thing',
      'points: 10, capPerDay: 20, cap: 40 }',
      'points: 12, cap: 60, halfLifeDays: 14 }',
      'Signal pricing (Pricing): points 10 → 12; points a day at most 20 → none; points at most 40 → 60; half-life none → 14 days.',
    ],
    [
      'the first routing rule',
      'defaultPool: inbound',
      'defaultPool: inbound\n  rules: [{ name: best, when: { grade: A1 }, to: { person: ada@seller.example } }]',
      'New routing rule best: name best, when (grade A1), to (person ada@seller.example).',
    ],
    [
      'a match',
      '{ url: "*/pricing*" }',
      '{ url: "*/plans*" }',
      'Signal pricing (Pricing): match url */pricing* → url */plans*.',
    ],
    [
      'a match of several',
      '{ url: "*/pricing*" }',
      '[{ url: "*/pricing*" }, { event: Quote, title: x }]',
      'Signal pricing (Pricing): match url */pricing* → (url */pricing*), (title x, event Quote).',
    ],
    [
      'how it counts',
      'capPerDay: 20, cap: 40 }',
      'capPerDay: 20, cap: 40, count: once, highValue: true }',
      'Signal pricing (Pricing): counts each → once; high value no → yes.',
    ],
    [
      'a new signal',
      'fit:\n  leads',
      '  call: { label: Called, match: { kind: call }, points: 20 }\nfit:\n  leads',
      'New signal call (Called): match kind call, points 20, counts each, dimension engagement.',
    ],
    [
      'one that is gone',
      '  title: { label: Buys, of: person, field: jobTitle, contains: [purchasing], points: 10 }\n',
      '',
      'Removed fit rule title (Buys).',
    ],
    ['a label', 'label: Buys', 'label: Purchases', 'Fit rule title (Purchases): label Buys → Purchases.'],
    [
      'words',
      '[purchasing]',
      '[buying, category manager]',
      'Fit rule title (Buys): contains: new buying, "category manager", without purchasing.',
    ],
    ['an option', '[soon, later]', '[soon, later, never]', 'Form demo (Demo): fields timeframe options: new never.'],
    [
      'options in another order',
      '[soon, later]',
      '[later, soon]',
      'Form demo (Demo): fields timeframe options: now in the order later, soon.',
    ],
    [
      'a field',
      'options: [soon, later] }',
      'options: [soon, later] }\n      phone: { is: phone }',
      'Form demo (Demo): fields phone none → is phone, max length 500.',
    ],
    ['a letter', 'A: 45', 'A: 50', 'Grade A needs 50 fit points, was 45.'],
    ['a number', '2: 30', '2: 25', 'Engagement 2 needs 25 points, was 30.'],
    [
      'the letters of the person',
      'fit: { A: 45',
      'person: { A: 9, B: 8, C: 7 }\n  fit: { A: 45',
      'Grades: person none → A 9, B 8, C 7.',
    ],
    ['what qualifies', '[A1, B1]', '[A1, A2]', 'Marketing qualified: grades: new A2, without B1.'],
    [
      'for sales',
      'sql: { grades: [A1] }',
      'sql: { score: 90 }',
      'Sales qualified: grades: without A1; score none → 90.',
    ],
    [
      'the least fit',
      'highValueMinimumFit: C',
      'highValueMinimumFit: B',
      'Qualification: high value minimum fit C → B.',
    ],
    ['what stands out', 'need: 20', 'need: 20, budget: 10', 'Strong dimensions: budget none → 10.'],
    [
      'whom a model is for',
      'productLines: [vault], signals',
      'signals',
      'Model buyers (Buyers): speaks for product lines vault → none.',
    ],
    ['what a model changes', 'points: 15', 'points: 16', 'Model buyers (Buyers): signals pricing points 15 → 16.'],
    [
      'who is suppressed',
      '[rival.example]',
      '[rival.example, foe.example]',
      'Suppression rivals (Rivals): domains: new foe.example.',
    ],
    [
      'a threshold',
      'people: 3, within: 5',
      'people: 2, within: 10',
      'Account threshold pricing (Three on pricing): people 3 → 2; within 5 business days → 10 business days.',
    ],
    ['a surge', 'minimumWeeks: 4', 'minimumWeeks: 6', 'Surge: minimum weeks 4 → 6.'],
    [
      'how an account is scored',
      'account:',
      'account:\n  company: { weight: 1 }',
      'Account score: company weight 0 → 1.',
    ],
    [
      'a network',
      '[203.0.113.0/24]',
      '[203.0.113.0/25]',
      'Network acme (acme.example): ranges: new 203.0.113.0/25, without 203.0.113.0/24.',
    ],
    [
      'a manager',
      ', manager: grace@seller.example',
      '',
      'Person ada@seller.example (Ada): manager grace@seller.example → none.',
    ],
    [
      'a weight',
      'members: [{ email: ada@seller.example }]',
      'members: [{ email: ada@seller.example, weight: 2 }]',
      'Pool inbound: members ada@seller.example weight 1 → 2.',
    ],
    [
      'hours',
      'from: "09:00"',
      'from: "08:00"',
      'Working time: monday 09:00–12:00, 13:00–17:00 → 08:00–12:00, 13:00–17:00.',
    ],
    ['a time zone', 'Europe/Berlin', 'Europe/Paris', 'Calendar: timezone Europe/Berlin → Europe/Paris.'],
    [
      'a target',
      'otherwise: { within: 4 hours }',
      'otherwise: { within: 2 hours }',
      'SLA of every other grade: within 4 hours → 2 hours.',
    ],
    [
      'a new target',
      '  otherwise:',
      '  targets: { A1: { within: 1 hour } }\n  otherwise:',
      'New SLA A1: within 1 hour.',
    ],
    ['the reminder', '  otherwise:', '  remindAt: 0.8\n  otherwise:', 'SLA: reminder after 0.5 → 0.8.'],
    ['the points model', 'name: Test', 'name: Test\nscoreIncludesFit: true', 'Playbook: score includes fit no → yes.'],
    ['who speaks', 'name: Test', 'name: Test\nspeaks: best', 'Playbook: the model that speaks first → best.'],
  ])('%s', (_, from, to, expected) => expect(told(from, to)).toEqual([expected]));

  it('models in another order', () => {
    const [first, second] = ['  buyers: {', '  anybody: {'].map(
      (start) => source.split('\n').find((line) => line.startsWith(start))!,
    );
    expect(told(`${first}\n${second}`, `${second}\n${first}`)).toEqual([
      'Models speak in the order anybody, buyers; was buyers, anybody.',
    ]);
  });

  it('people in another order', () => {
    const [ada, grace] = source.split('\n').filter((line) => line.startsWith('  - {'));
    expect(told(`${ada}\n${grace}`, `${grace}\n${ada}`)).toEqual([
      'Playbook: people: now in the order grace@seller.example, ada@seller.example.',
    ]);
  });

  it('a long text as reworded', () => {
    const text = (word: string) =>
      source.replace('{ within: 4 hours }', `{ within: 4 hours, conversation: ${word.repeat(40)} }`);
    expect(diffPlaybooks(read(text('ab')), read(text('abc')))).toEqual([
      'SLA of every other grade: conversation reworded.',
    ]);
  });
});

describe('no change is said', () => {
  test.each([
    ['of what a setting has anyway', 'points: 10,', 'points: 10, count: each, dimension: engagement,'],
    ['of one thing written as a list', '{ url: "*/pricing*" }', '[{ url: "*/pricing*" }]'],
    ['of the order of settings', 'A: 45, B: 30', 'B: 30, A: 45'],
    ['of the editor’s schema', 'name: Test', '$schema: x\nname: Test'],
  ])('%s', (_, from, to) => expect(told(from, to)).toEqual([]));
});

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Every place in a document, as keys from its root. */
const places = (value: Json, path: string[] = []): string[][] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]))]
    : [path];

const edits = {
  drop: () => undefined,
  more: (value: Json): Json =>
    typeof value === 'number' ? value + 1 : Array.isArray(value) ? [...value, ...value.slice(0, 1)] : value,
  other: (value: Json): Json => (typeof value === 'string' ? `${value}x` : typeof value === 'boolean' ? !value : value),
  turn: (value: Json): Json => (Array.isArray(value) ? value.toReversed() : value),
  rename: (value: Json): Json =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([key, inner], index) => [index === 0 ? `${key}x` : key, inner]))
      : value,
  swap: (value: Json): Json =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toReversed())
      : value,
} satisfies Record<string, (value: Json) => Json | undefined>;

const edited = (
  document: Json,
  [key, ...rest]: readonly string[],
  edit: (value: Json) => Json | undefined,
): Json | undefined => {
  if (key === undefined) return edit(document);
  if (Array.isArray(document)) {
    return document.flatMap((inner, index) => {
      const changed = String(index) === key ? edited(inner, rest, edit) : inner;
      return changed === undefined ? [] : [changed];
    });
  }
  const object = document as { [key: string]: Json };
  const changed = edited(object[key]!, rest, edit);
  const { [key]: _, ...others } = object;
  return changed === undefined ? others : { ...object, [key]: changed };
};

const documents = ['starter', 'enterprise', 'points'].map(
  (name): Json => parse(readFileSync(`docs/playbooks/${name}.yaml`, 'utf8')),
);

/** Some edits, anywhere; those that leave no playbook are let go. */
const revisions = fc.integer({ min: 0, max: 2 }).chain((index) =>
  fc
    .array(fc.tuple(fc.constantFrom(...places(documents[index]!)), fc.constantFrom(...Object.values(edits))), {
      maxLength: 4,
    })
    .map((steps) => {
      let document: Json = documents[index]!;
      for (const [path, edit] of steps) {
        if (!places(document).some((place) => place.join() === path.join())) continue;
        const next = edited(document, path, edit);
        if (next !== undefined && playbook.safeParse(next).success) document = next;
      }
      return playbook.parse(document);
    }),
);

const sameMeaning = (a: Playbook, b: Playbook): boolean => {
  const comparable = (one: Playbook): string => {
    const sorted = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(sorted)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .map(([key, inner]) => [key, sorted(inner)] as const)
                .sort(([x], [y]) => (x < y ? -1 : 1)),
            )
          : value;
    return JSON.stringify([sorted({ ...one, $schema: undefined }), Object.keys(one.models)]);
  };
  return comparable(a) === comparable(b);
};

describe('any two playbooks', () => {
  const parameters = { numRuns: 100, ...(process.env.MUSTER_SEED && { seed: Number(process.env.MUSTER_SEED) }) };

  it('differ in words exactly when they differ, there and back', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(revisions, revisions, (before, after) => {
        const isSame = sameMeaning(before, after);
        expect(diffPlaybooks(before, after).length === 0).toBe(isSame);
        expect(diffPlaybooks(after, before).length === 0).toBe(isSame);
        expect(diffPlaybooks(before, structuredClone(before))).toEqual([]);
      }),
      parameters,
    );
  });

  it('that differ in one place are told apart', { timeout: 60_000 }, () => {
    let different = 0;
    for (const document of documents) {
      const before = playbook.parse(document);
      for (const path of places(document)) {
        for (const edit of Object.values(edits)) {
          let isEdited = false;
          const next = edited(document, path, (value) => {
            const to = edit(value);
            isEdited = to !== value;
            return to;
          });
          if (!isEdited) continue;
          const after = next === undefined ? undefined : playbook.safeParse(next);
          if (!after?.success) continue;
          const isSame = sameMeaning(before, after.data);
          expect(diffPlaybooks(before, after.data).length === 0, path.join('.')).toBe(isSame);
          if (!isSame) different += 1;
        }
      }
    }
    expect(different).toBeGreaterThan(1_000);
  });
});
