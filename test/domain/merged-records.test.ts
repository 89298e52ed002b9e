// Whose merged records of the CRM are, and which people are one by them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import { type CrmRecord, mergedRecords } from '../../lib/domain/merged-records.ts';

const at = (hour: number): string => new Date(Date.UTC(2026, 10, 20, hour)).toISOString();
const lead = (name: string): string => leadIdOfEmail(`${name}@acme.example`);

interface Told {
  email?: string;
  into?: [string, number] | null;
  deleted?: boolean;
  separatedFrom?: string;
}
const recordOf = ({ email, into, deleted, separatedFrom }: Told): CrmRecord => ({
  links: email === undefined ? {} : { [lead(email)]: { email, at: at(1) } },
  fate: {
    mergedInto:
      into === undefined ? undefined : { value: into?.[0] ?? null, at: at(into ? into[1] : 20), source: 'crm' },
    deleted: deleted === undefined ? undefined : { value: deleted, at: at(9), source: 'crm' },
  },
  ...(separatedFrom !== undefined && {
    decisions: {
      [lead(separatedFrom)]: { decision: 'separate', at: at(12), by: 'ops', why: '', lineId: 'l', first: 'a' },
    },
  }),
});
const names = new Map(['a', 'b', 'c', 'd'].map((name) => [lead(name), name]));
const name = (leadId: string): string => names.get(leadId) ?? leadId;
/** Heirs by record, and of decisions by record: who is one with whom, who stays, since when. */
const follows = (told: Record<string, Told>) => {
  const { heirs, decisions } = mergedRecords(new Map(Object.entries(told).map(([id, one]) => [id, recordOf(one)])));
  return {
    heirs: Object.fromEntries([...heirs].map(([id, { leadId }]) => [id, name(leadId)])),
    decisions: Object.fromEntries(
      [...decisions].map(([id, people]) => [
        id,
        [...people].map(([person, { other, decision }]) => {
          const hour = new Date(decision.at).getUTCHours();
          return `${name(person)} is ${name(other)}, ${name(decision.first)} stays since ${hour}`;
        }),
      ]),
    ),
  };
};
const one = (from: string, to: string, hour: number) => [
  `${from} is ${to}, ${to} stays since ${hour}`,
  `${to} is ${from}, ${to} stays since ${hour}`,
];

describe('records merged into another', () => {
  it.each<[string, Record<string, Told>, Record<string, string>, Record<string, string[]>]>([
    ['nothing', { r1: { email: 'a' }, r2: { email: 'b' } }, {}, {}],
    ['two of two people', { r1: { email: 'a', into: ['r2', 5] }, r2: { email: 'b' } }, {}, { r1: one('a', 'b', 5) }],
    ['two of one person', { r1: { email: 'a', into: ['r2', 5] }, r2: { email: 'a' } }, {}, {}],
    ['taken back', { r1: { email: 'a', into: null }, r2: { email: 'b' } }, {}, {}],
    ['the one without an address', { r1: { into: ['r2', 5] }, r2: { email: 'b' } }, { r1: 'b' }, {}],
    ['into one without an address', { r1: { email: 'a', into: ['r2', 5] }, r2: {} }, { r2: 'a' }, {}],
    ['no address on either side', { r1: { into: ['r2', 5] }, r2: {} }, {}, {}],
    [
      'two into one without an address: it is whoever was merged last',
      { r1: { email: 'a', into: ['r3', 5] }, r2: { email: 'b', into: ['r3', 6] }, r3: {} },
      { r3: 'b' },
      { r1: one('a', 'b', 5) },
    ],
    [
      'at the same moment: whoever has the smaller id',
      { r2: { email: 'b', into: ['r3', 5] }, r1: { email: 'a', into: ['r3', 5] }, r3: {} },
      { r3: 'a' },
      { r2: one('b', 'a', 5) },
    ],
    [
      'a chain: all are the last',
      { r1: { email: 'a', into: ['r2', 6] }, r2: { email: 'b', into: ['r3', 5] }, r3: { email: 'c' } },
      {},
      { r1: one('a', 'c', 6), r2: one('b', 'c', 5) },
    ],
    [
      'a chain through one without an address',
      { r1: { email: 'a', into: ['r2', 6] }, r2: { into: ['r3', 5] }, r3: { email: 'c' } },
      { r2: 'c' },
      { r1: one('a', 'c', 6) },
    ],
    [
      'a circle: the smallest id',
      { r2: { email: 'b', into: ['r1', 5] }, r1: { email: 'a', into: ['r3', 6] }, r3: { email: 'c', into: ['r2', 7] } },
      {},
      { r2: one('b', 'a', 5), r3: one('c', 'a', 7) },
    ],
    [
      'into a circle: who is in it',
      { r1: { email: 'a', into: ['r3', 5] }, r2: { email: 'b', into: ['r3', 6] }, r3: { email: 'c', into: ['r2', 7] } },
      {},
      { r1: one('a', 'b', 5), r3: one('c', 'b', 7) },
    ],
    ['into one nobody has told of', { r1: { email: 'a', into: ['r9', 5] } }, {}, {}],
    [
      'and deleted, as CRMs do',
      { r1: { email: 'a', into: ['r2', 5], deleted: true }, r2: { email: 'b' } },
      {},
      { r1: one('a', 'b', 5) },
    ],
    [
      'into one that is deleted by now: among those left',
      { r1: { email: 'a', into: ['r3', 5] }, r2: { email: 'b', into: ['r3', 6] }, r3: { email: 'c', deleted: true } },
      {},
      { r1: one('a', 'b', 5) },
    ],
    ['that is deleted too', { r1: { into: ['r2', 5], deleted: true }, r2: { email: 'b' } }, { r1: 'b' }, {}],
    ['of whom it was separated', { r1: { into: ['r2', 5], separatedFrom: 'b' }, r2: { email: 'b' } }, {}, {}],
  ])('%s', (_, told, heirs, decisions) => {
    expect(follows(told)).toEqual({ heirs, decisions });
  });

  it('are the same in any order of the news', () => {
    const ids = ['r1', 'r2', 'r3', 'r4'];
    const told = fc.record({
      email: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
      into: fc.option(fc.tuple(fc.constantFrom(...ids), fc.integer({ min: 1, max: 3 })), { nil: undefined }),
      deleted: fc.option(fc.boolean(), { nil: undefined }),
    });
    const all = fc.tuple(...ids.map(() => told)).map((each) => each.map((one, n): [string, Told] => [ids[n]!, one]));
    const shuffled = all.chain((entries) =>
      fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: 4 })),
    );
    fc.assert(
      fc.property(shuffled, ([entries, others]) => {
        expect(follows(Object.fromEntries(others))).toEqual(follows(Object.fromEntries(entries)));
      }),
    );
  });
});

describe('whose a merged record was counts as of the merge', () => {
  const links = (...had: [name: string, since: number, last: number][]) =>
    Object.fromEntries(
      had.map(([who, since, last]) => [
        lead(who),
        { email: who, at: at(last), ...(since < last && { since: at(since) }) },
      ]),
    );
  const merged = (hour: number) => ({ mergedInto: { value: 'r1', at: at(hour), source: 'crm' } });
  const decisions = (r1: CrmRecord, r2: CrmRecord) =>
    [...mergedRecords(new Map(Object.entries({ r1, r2 }))).decisions].map(([id, people]) => [
      id,
      [...people.keys()].map(name),
    ]);

  it('so that who gets the record afterwards is not one with who had it', () => {
    const reused: CrmRecord = { links: links(['a', 1, 2], ['c', 6, 6]) };
    expect(decisions(reused, { links: links(['a', 1, 1]), fate: merged(5) })).toEqual([]);
    expect(decisions(reused, { links: links(['b', 1, 1]), fate: merged(5) })).toEqual([['r2', ['b', 'a']]]);
  });

  it('but for an address that was only heard of later', () => {
    const late: CrmRecord = { links: links(['c', 6, 6]) };
    expect(decisions(late, { links: links(['b', 1, 1]), fate: merged(5) })).toEqual([['r2', ['b', 'c']]]);
  });
});
