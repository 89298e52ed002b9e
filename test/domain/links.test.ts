// Whose a browser or a CRM record is by what was said of it, in any order.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holderOf, type Linked, type Links, linked } from '../../lib/domain/links.ts';
import { holderIn } from '../../lib/domain/visitor-names.ts';

const at = (hour: number): string => new Date(Date.UTC(2026, 10, 20, hour)).toISOString();
type Said = [leadId: string, heard: Linked];
const form = (name: string, hour: number): Said => [`lead_${name}`, { email: `${name}@acme.example`, at: at(hour) }];
const mail = (name: string, hour: number): Said => [`lead_${name}`, { at: at(hour), byMail: true }];

const linksOf = (said: readonly Said[]): Links =>
  said.reduce((links, [leadId, heard]) => linked('visitor', links, leadId, heard), {} as Links);
const whose = (said: readonly Said[]) => holderIn({ kind: 'visitor', links: linksOf(said) });

describe('a browser', () => {
  it.each<[string, Said[], ReturnType<typeof whose>]>([
    ['is nobody’s of whom nothing was said', [], undefined],
    ['is whose mail was opened in it', [mail('bea', 9)], { leadId: 'lead_bea', byMail: true }],
    ['is whose mail was opened first', [mail('bea', 10), mail('ben', 9)], { leadId: 'lead_ben', byMail: true }],
    ['is who says so, long after somebody’s mail', [mail('bea', 8), form('ben', 20)], { leadId: 'lead_ben' }],
    ['is the first who says so', [mail('cyd', 8), form('ben', 11), form('bea', 10)], { leadId: 'lead_bea' }],
    ['is theirs by what they say, not by their mail', [mail('bea', 8), form('bea', 20)], { leadId: 'lead_bea' }],
  ])('%s', (_, said, expected) => {
    expect(whose(said)).toEqual(expected);
    expect(whose(said.toReversed())).toEqual(expected);
  });

  it('is somebody else’s once it was decided not to be who says so, nor whom the mail went to', () => {
    const decision = { decision: 'separate' as const, at: at(9), by: 'ops', why: 'x', lineId: 'l', first: 'lead_bea' };
    const links = linksOf([form('bea', 8), mail('ben', 9), mail('cyd', 10)]);
    const without = (...names: string[]) =>
      holderIn({
        kind: 'visitor',
        links,
        decisions: Object.fromEntries(names.map((name) => [`lead_${name}`, decision])),
      });
    expect(without('bea')).toEqual({ leadId: 'lead_ben', byMail: true });
    expect(without('bea', 'ben')).toEqual({ leadId: 'lead_cyd', byMail: true });
  });

  it('is whose another name of it is, whatever mail was opened in it', () => {
    const links = linksOf([mail('bea', 8)]);
    expect(holderIn({ kind: 'visitor', links, heir: { leadId: 'lead_ben' } })).toEqual({ leadId: 'lead_ben' });
  });
});

it('links are the same in any order of what was said, and however often', () => {
  const said = fc.oneof(
    fc.tuple(fc.constantFrom('bea', 'ben'), fc.integer({ min: 1, max: 4 })).map(([name, hour]) => form(name, hour)),
    fc.tuple(fc.constantFrom('bea', 'ben'), fc.integer({ min: 1, max: 4 })).map(([name, hour]) => mail(name, hour)),
  );
  const orders = fc
    .array(said, { minLength: 1, maxLength: 6 })
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })));
  fc.assert(
    fc.property(orders, ([all, shuffled]) => {
      expect(linksOf(shuffled)).toEqual(linksOf(all));
    }),
  );
});

it.each(['visitor', 'crm'] as const)('links of a %s are bounded, and the same in any order', (kind) => {
  const lead = fc.integer({ min: 0, max: 79 }).map((n) => `p${n}`);
  const hour = fc.integer({ min: 1, max: 40 });
  const said = fc.oneof(
    fc.tuple(lead, hour).map(([name, at]) => form(name, at)),
    fc.tuple(lead, hour).map(([name, at]) => (kind === 'crm' ? form(name, at) : mail(name, at))),
  );
  // Of a record whoever comes again after fifty others is known since then: here each address is heard once.
  const all = fc.uniqueArray(said, {
    ...{ minLength: 60, maxLength: 160 },
    selector: ([leadId, { at, byMail }]) => (kind === 'crm' ? leadId : `${leadId} ${at} ${byMail}`),
  });
  const orders = all.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
  const sum = (news: readonly Said[]): Links =>
    news.reduce<Links>((links, [leadId, heard]) => linked(kind, links, leadId, heard), {});
  fc.assert(
    fc.property(orders, ([all, shuffled]) => {
      const links = sum(all);
      expect(sum(shuffled)).toEqual(links);
      const kept = Object.values(links);
      expect(kept.filter(({ byMail }) => !byMail).length).toBeLessThanOrEqual(50);
      expect(kept.filter(({ byMail, mailAt }) => byMail || mailAt).length).toBeLessThanOrEqual(5);
      // Nobody is its holder who would not be without the bound.
      const own = all.filter(([, { byMail }]) => !byMail).sort(([a, x], [b, y]) => (x.at + a < y.at + b ? -1 : 1));
      const last = own.at(-1)?.[1].at;
      const first = kind === 'visitor' ? own[0]?.[0] : own.find(([, { at }]) => at === last)?.[0];
      expect(holderOf(kind, links)).toBe(first);
    }),
    { numRuns: 60 },
  );
});

it('reads links as they were kept before mails had any', () => {
  const links: Links = { lead_bea: { email: 'bea@acme.example', at: at(9) } };
  expect(holderIn({ kind: 'visitor', links })).toEqual({ leadId: 'lead_bea' });
  expect(linked('crm', links, ...form('ben', 10))).toMatchObject({ lead_ben: { email: 'ben@acme.example' } });
});
