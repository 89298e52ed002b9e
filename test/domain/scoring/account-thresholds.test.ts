import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { dayMilliseconds, dayNumberOf, isoDay, momentIn } from '../../../lib/domain/days.ts';
import { anyTouch } from '../../../lib/domain/facts/facts.ts';
import type { PlaybookInput } from '../../../lib/domain/playbook/playbook.ts';
import { thresholdsReached } from '../../../lib/domain/scoring/account-thresholds.ts';
import { testPlaybook } from '../playbooks.ts';
import { type Given, member } from './members.ts';

// A Friday.
const now = '2026-11-20T12:00:00.000Z';
type Threshold = NonNullable<NonNullable<PlaybookInput['account']>['thresholds']>[string];
const playbookOf = (threshold: Partial<Threshold>) =>
  testPlaybook({
    account: { thresholds: { crowd: { label: 'A crowd', signals: ['pricing'], within: 5, ...threshold } } },
  });
const reached = (given: Given[], threshold: Partial<Threshold> = {}, asOf = now) =>
  thresholdsReached(given.map(member), playbookOf(threshold), asOf)[0];

/** Who read the pricing page on each of these days: at one moment, or more often than once from one to another. */
const reader = (leadId: string, days: Record<string, number | [number, number, number]>): Given => ({
  leadId,
  facts: Object.fromEntries(
    Object.entries(days).map(([day, given]) => {
      const count: [number, number, number] = typeof given === 'number' ? [1, given, given] : given;
      return [day, { [anyTouch]: count, pricing: count }];
    }),
  ),
});

describe('a threshold', () => {
  const three = [
    reader('a', { '2026-11-16': 5_000 }),
    reader('b', { '2026-11-18': [2, 3_000, 9_000] }),
    reader('c', { '2026-11-19': 1_000 }),
  ];

  it('holds when so many people made so many touches within the business days', () => {
    expect(reached(three, { people: 3, touches: 4 })).toEqual({
      id: 'crowd',
      label: 'A crowd',
      since: '2026-11-19T00:00:01.000Z',
      until: '2026-11-23T00:00:00.000Z',
      people: ['Name b', 'Name a', 'Name c'],
      peopleCount: 3,
      touches: 4,
      why: 'Name b, Name a and Name c within 5 business days, 4 times in all: Read the pricing page.',
    });
  });

  it('does not hold with a person or a touch less', () => {
    expect(reached(three, { people: 4 })).toBeUndefined();
    expect(reached(three, { touches: 5 })).toBeUndefined();
    expect(reached([])).toBeUndefined();
  });

  it('holds within the window and not a day longer', () => {
    expect(reached([reader('a', { '2026-11-16': 0 })])).toBeDefined();
    expect(reached([reader('a', { '2026-11-15': 0 })])).toBeUndefined();
    expect(reached([reader('a', { '2026-11-16': 0 })], {}, '2026-11-22T23:59:59.999Z')).toBeDefined();
    expect(reached([reader('a', { '2026-11-16': 0 })], {}, '2026-11-23T00:00:00.000Z')).toBeUndefined();
  });

  it('knows nothing of days to come', () => {
    expect(reached([reader('a', { '2026-11-21': 0 })])).toBeUndefined();
  });

  it('holds until so much has dropped out that it does not', () => {
    expect(reached(three, { people: 2 })?.until).toBe('2026-11-25T00:00:00.000Z');
    expect(reached(three, { people: 1 })?.until).toBe('2026-11-26T00:00:00.000Z');
    expect(reached(three, { touches: 2 })?.until).toBe('2026-11-25T00:00:00.000Z');
  });

  it('asks for none but its signals, any of them', () => {
    const given: Given[] = [
      { leadId: 'a', facts: { '2026-11-19': { [anyTouch]: 1, pricing: 1 } } },
      { leadId: 'b', facts: { '2026-11-19': { [anyTouch]: 1, webinar: 1 } } },
      { leadId: 'c', facts: { '2026-11-19': { [anyTouch]: 1, newsletter: 1 } } },
    ];
    expect(reached(given, { signals: ['newsletter', 'webinar', 'any-page'], people: 2 })).toMatchObject({
      people: ['Name b', 'Name c'],
      touches: 2,
      why: 'Name b and Name c within 5 business days, 2 times in all: Subscribed and Attended a webinar.',
    });
  });

  it('does not count whoever is suppressed wholly', () => {
    const [a, b] = [reader('a', { '2026-11-19': 0 }), reader('b', { '2026-11-19': 0 })];
    expect(reached([{ ...a, factor: 0 }, b])).toMatchObject({ people: ['Name b'], touches: 1 });
    expect(reached([{ ...a, factor: 0.5 }, b])).toMatchObject({ peopleCount: 2, touches: 2 });
  });

  it('takes unknown visitors for touches and not for people', () => {
    const visitor: Given = { ...reader('v', { '2026-11-20': [4, 0, 10] }), anonymous: true };
    expect(reached([visitor])).toBeUndefined();
    expect(reached([visitor, reader('a', { '2026-11-19': 0 })], { touches: 5 })).toMatchObject({
      people: ['Name a'],
      peopleCount: 1,
      touches: 5,
      since: '2026-11-20T00:00:00.010Z',
    });
  });

  it('stands in the order of the playbook, each judged alone', () => {
    const thresholds = {
      busy: { label: 'Busy', signals: ['pricing'], touches: 4, within: 5 },
      never: { label: 'Never', signals: ['webinar'], within: 5 },
      anybody: { label: 'Anybody', signals: ['pricing'], within: 2 },
    };
    const found = thresholdsReached(three.map(member), testPlaybook({ account: { thresholds } }), now);
    expect(found.map(({ id, touches }) => [id, touches])).toEqual([
      ['busy', 4],
      ['anybody', 1],
    ]);
    expect(thresholdsReached(three.map(member), testPlaybook(), now)).toEqual([]);
  });
});

describe('the moment it was reached', () => {
  const since = (given: Given[], threshold: Partial<Threshold>, asOf = now) => reached(given, threshold, asOf)?.since;

  it('is that of the touch that completed it', () => {
    const given = [
      reader('a', { '2026-11-18': 4_000 }),
      reader('b', { '2026-11-18': 2_000 }),
      reader('c', { '2026-11-18': 9_000 }),
    ];
    expect(since(given, { people: 1 })).toBe('2026-11-18T00:00:02.000Z');
    expect(since(given, { people: 2 })).toBe('2026-11-18T00:00:04.000Z');
    expect(since(given, { people: 3 })).toBe('2026-11-18T00:00:09.000Z');
  });

  it('is the last of a day for all but the first touch: no other moment is known', () => {
    const given = [reader('a', { '2026-11-18': [5, 2_000, 8_000] })];
    expect(since(given, { touches: 1 })).toBe('2026-11-18T00:00:02.000Z');
    expect(since(given, { touches: 2 })).toBe('2026-11-18T00:00:08.000Z');
    expect(since(given, { touches: 5 })).toBe('2026-11-18T00:00:08.000Z');
  });

  it('stays while it holds without a break, however long', () => {
    const daily = Object.fromEntries(
      Array.from({ length: 300 }, (_, back) => [isoDay(dayNumberOf(now) - back), 1_000 + back]),
    );
    expect(since([reader('a', daily)], { touches: 3 })).toBe(momentIn(dayNumberOf(now) - 297, 1_297));
    expect(since([reader('a', daily)], { within: 2 })).toBe(momentIn(dayNumberOf(now) - 299, 1_299));
    // At midnight only one of two was left in the window.
    expect(since([reader('a', daily)], { touches: 2, within: 2 })).toBe('2026-11-20T00:00:01.000Z');
  });

  it('begins anew after a break', () => {
    // From Thursday to Wednesday is five business days, to Thursday is six.
    expect(since([reader('a', { '2026-11-12': 1_000, '2026-11-18': 2_000 })], {})).toBe('2026-11-12T00:00:01.000Z');
    expect(since([reader('a', { '2026-11-12': 1_000, '2026-11-19': 2_000 })], {})).toBe('2026-11-19T00:00:02.000Z');
  });

  it('is found from the first day there can be', () => {
    const given = [reader('a', { '1970-01-01': 7, '1970-01-02': 8 })];
    expect(since(given, {}, '1970-01-02T00:00:00.000Z')).toBe('1970-01-01T00:00:00.007Z');
  });
});

describe('a touch that feeds two of its signals', () => {
  const both = (facts: Given['facts']) => [{ leadId: 'a', facts }];
  const signals = ['pricing', 'any-page', 'pricing'];

  it('counts once', () => {
    const given = both({ '2026-11-19': { [anyTouch]: [3, 1, 9], pricing: [2, 1, 5], 'any-page': [3, 1, 9] } });
    expect(reached(given, { signals })?.touches).toBe(3);
    expect(reached(given, { signals, touches: 4 })).toBeUndefined();
  });

  it('counts once on each of its days', () => {
    const day = { [anyTouch]: [1, 1, 1] as [number, number, number], pricing: 1, 'any-page': 1 };
    expect(reached(both({ '2026-11-18': day, '2026-11-19': day }), { signals })?.touches).toBe(2);
  });

  it('counts from the first of all, and for the rest from the last', () => {
    const given = both({ '2026-11-19': { [anyTouch]: [2, 1, 5], pricing: [1, 5, 5], 'any-page': [2, 1, 5] } });
    expect(reached(given, { signals, touches: 1 })?.since).toBe('2026-11-19T00:00:00.001Z');
    expect(reached(given, { signals, touches: 2 })?.since).toBe('2026-11-19T00:00:00.005Z');
    const late = both({ '2026-11-19': { [anyTouch]: [2, 1, 9], pricing: [1, 1, 1], 'any-page': [2, 1, 9] } });
    expect(reached(late, { signals, touches: 2 })?.since).toBe('2026-11-19T00:00:00.009Z');
  });

  it('counts once whatever else they did that day', () => {
    const read: [number, number, number, number, string] = [1, 5, 5, 0, 'price'];
    const given = both({ '2026-11-19': { [anyTouch]: [2, 5, 9], pricing: read, 'any-page': read } });
    expect(reached(given, { signals })?.touches).toBe(1);
    const between = both({ '2026-11-19': { pricing: [3, 5, 9, 0, 'price'], 'any-page': [4, 5, 9, 0, 'otherprice'] } });
    expect(reached(between, { signals })?.touches).toBe(4);
  });

  it('counts twice where there were two', () => {
    const given = both({ '2026-11-19': { [anyTouch]: [5, 1, 9], pricing: [2, 1, 5], webinar: [2, 2, 9] } });
    expect(reached(given, { signals: ['pricing', 'webinar'] })?.touches).toBe(4);
  });

  it('is none where they have no content in common, so that all count', () => {
    const facts = (webinar: string) => ({
      '2026-11-19': {
        pricing: [3, 1, 1, 0, 'price'] as [number, number, number, number, string],
        webinar: [2, 1, 1, 0, webinar] as [number, number, number, number, string],
      },
    });
    const touches = (webinar: string) => reached(both(facts(webinar)), { signals: ['pricing', 'webinar'] })?.touches;
    expect(touches('talk1')).toBe(5);
    expect(touches('price')).toBe(3);
    // Of twelve that facts keep there may be a thirteenth.
    const contents = (count: number) => Array.from({ length: count }, (_, n) => `c${n}`.padEnd(5, 'x')).join('');
    const read = (count: number): Given['facts'] => ({
      '2026-11-19': { pricing: [3, 1, 1, 0, 'price'], webinar: [count, 1, 1, 0, contents(count)] },
    });
    const withMany = (count: number) => reached(both(read(count)), { signals: ['pricing', 'webinar'] })?.touches;
    expect([withMany(11), withMany(12)]).toEqual([14, 13]);
  });

  it('is told apart through a third that shares with both', () => {
    const day: Record<string, [number, number, number, number, string]> = {
      pricing: [2, 1, 1, 0, 'aaaaa'],
      webinar: [2, 1, 1, 0, 'bbbbb'],
      'any-page': [3, 1, 1, 0, 'aaaaabbbbb'],
    };
    const of = (...wanted: string[]) => reached(both({ '2026-11-19': day }), { signals: wanted })?.touches;
    expect(of('pricing', 'webinar')).toBe(4);
    expect(of('pricing', 'any-page', 'webinar')).toBe(3);
    expect(of('pricing', 'webinar', 'any-page')).toBe(3);
  });
});

describe('the reason', () => {
  const readers = (count: number): Given[] =>
    Array.from({ length: count }, (_, index) => reader(String.fromCharCode(97 + index), { '2026-11-20': 0 }));

  test.each([
    [1, 'Name a within 5 business days, once: Read the pricing page.'],
    [2, 'Name a and Name b within 5 business days, 2 times in all: Read the pricing page.'],
    [3, 'Name a, Name b and Name c within 5 business days, 3 times in all: Read the pricing page.'],
    [12, 'Name a, Name b, Name c and 9 more within 5 business days, 12 times in all: Read the pricing page.'],
  ])('names three of %i people', (count, why) => {
    expect(reached(readers(count))?.why).toBe(why);
  });

  it('names ten of them beside it, the most active first, equal ones by id', () => {
    const busy = reader('z', { '2026-11-20': [2, 0, 1] });
    const found = reached([...readers(12).reverse(), busy]);
    expect(found?.people.join()).toBe('Name z,Name a,Name b,Name c,Name d,Name e,Name f,Name g,Name h,Name i');
    expect(found?.peopleCount).toBe(13);
  });

  it('says one business day in words', () => {
    expect(reached(readers(1), { within: 1 })?.why).toBe(
      'Name a within one business day, once: Read the pricing page.',
    );
  });

  it('names three of the signals heard, each once, and one the playbook does not know by its id', () => {
    const once = (content: string): [number, number, number, number, string] => [1, 1_000, 1_000, 0, content];
    const heard = {
      ...{ pricing: once('price'), webinar: once('webin'), newsletter: once('newsl'), old: once('older') },
      ...{ [anyTouch]: 9, 'demo-request': once('demor') },
    };
    const given = [{ leadId: 'a', facts: { '2026-11-13': { [anyTouch]: 1, 'any-page': 1 }, '2026-11-20': heard } }];
    expect(reached(given, { signals: ['old', 'old', 'any-page', 'webinar', 'pricing', 'newsletter'] })?.why).toBe(
      'Name a within 5 business days, 4 times in all: old, Attended a webinar, Read the pricing page and 1 more.',
    );
  });
});

describe('whatever happened', () => {
  const dayBack = fc.constantFrom(...Array.from({ length: 34 }, (_, index) => isoDay(dayNumberOf(now) + 3 - index)));
  const moments = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 }))
    .map(([count, a, b]): [number, number, number] => [
      count,
      Math.min(a, b),
      count === 1 ? Math.min(a, b) : Math.max(a, b),
    ]);
  const kind = fc.oneof(
    { weight: 6, arbitrary: fc.constant({}) },
    fc.constant({ anonymous: true as const }),
    fc.constantFrom({ factor: 0 }, { factor: 0.5 }),
  );
  const days = fc.dictionary(dayBack, moments, { minKeys: 3, maxKeys: 12, size: 'max' });
  const people = fc
    .uniqueArray(fc.tuple(fc.constantFrom(...'abcdef'), kind, days), {
      selector: ([leadId]) => leadId,
      size: 'max',
      minLength: 2,
      maxLength: 6,
    })
    .map((list) => list.map(([leadId, rest, on]): Given => ({ ...reader(leadId, on), ...rest })));
  const threshold = fc.record({
    people: fc.integer({ min: 1, max: 3 }),
    touches: fc.integer({ min: 1, max: 6 }),
    within: fc.integer({ min: 1, max: 12 }),
  });
  const settings = { seed: 20_261_122, numRuns: 400 };

  /** What stands in the definition, touch by touch, with no window moved. Weekdays are business days. */
  const plainly = (
    given: Given[],
    { people: atLeast, touches, within }: Required<Pick<Threshold, 'people' | 'touches' | 'within'>>,
  ) => {
    const all = given
      .filter(({ factor }) => factor !== 0)
      .flatMap(({ leadId, anonymous, facts }) =>
        Object.entries(facts!).flatMap(([day, { pricing }]) => {
          const [count, first, last] = pricing as [number, number, number];
          const at = (millisecond: number) => ({
            leadId,
            anonymous,
            day: dayNumberOf(day),
            at: Date.parse(day) + millisecond,
          });
          return [at(first), ...Array.from({ length: count - 1 }, () => at(last))];
        }),
      )
      .filter(({ day }) => day <= dayNumberOf(now))
      .sort((a, b) => a.at - b.at);
    const firstDay = (day: number): number => {
      for (let left = within; ; day -= 1) {
        if (![0, 6].includes(new Date(day * dayMilliseconds).getUTCDay())) left -= 1;
        if (left === 0) return day;
      }
    };
    const holds = (some: typeof all, day: number): boolean => {
      const seen = some.filter((one) => one.day >= firstDay(day));
      const known = new Set(seen.filter(({ anonymous }) => !anonymous).map(({ leadId }) => leadId));
      return seen.length >= touches && known.size >= atLeast;
    };
    if (!holds(all, dayNumberOf(now))) return undefined;
    const last = all.findLastIndex((one, index) => !holds(all.slice(0, index), one.day));
    let until = dayNumberOf(now);
    while (holds(all, until)) until += 1;
    return { since: new Date(all[last]!.at).toISOString(), until: momentIn(until) };
  };

  it('it holds, since and until when the definition says', () => {
    let held = 0;
    fc.assert(
      fc.property(people, threshold, (given, rule) => {
        const found = reached(given, rule);
        if (found) held += 1;
        expect(found && { since: found.since, until: found.until }).toEqual(plainly(given, rule));
      }),
      settings,
    );
    expect(held).toBeGreaterThan(settings.numRuns / 4);
  });

  it('the order of members changes nothing, nor do days to come', () => {
    fc.assert(
      fc.property(
        people.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length }))),
        threshold,
        ([given, shuffled], rule) => {
          const later = shuffled.map((one) => ({
            ...one,
            facts: { ...one.facts, '2026-11-30': { [anyTouch]: 1, pricing: 1 } },
          }));
          expect(reached(later, rule)).toEqual(reached(given, rule));
        },
      ),
      settings,
    );
  });

  it('it still holds just before it ceases, since the same moment', () => {
    fc.assert(
      fc.property(people, threshold, (given, rule) => {
        const past = given.map((one) => ({
          ...one,
          facts: Object.fromEntries(Object.entries(one.facts!).filter(([day]) => day <= '2026-11-20')),
        }));
        const found = reached(past, rule);
        if (found === undefined) return;
        const last = new Date(Date.parse(found.until) - 1).toISOString();
        expect(reached(past, rule, last)).toMatchObject({ since: found.since, until: found.until });
        expect(reached(past, rule, found.until)).toBeUndefined();
      }),
      settings,
    );
  });
});
