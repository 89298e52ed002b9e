import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  believed,
  type Heard,
  latest,
  latestOfEach,
  latestOfSources,
  type Register,
} from '../../lib/domain/register.ts';

const said = (value: string, at: string, source = 'crm'): Register<string> => ({ value, at, source });

it('keeps what was so last at its source, whichever news comes last', () => {
  const early = said('Analyst', '2026-11-01T00:00:00.000Z');
  const late = said('Head of IT', '2026-11-02T00:00:00.000Z');

  expect(latest(early, late)).toEqual(late);
  expect(latest(late, early)).toEqual(late);
  expect(latest(undefined, early)).toEqual(early);
  expect(latest(early, undefined)).toEqual(early);
});

it('settles ties by source, then by value, the same way from both sides', () => {
  const at = '2026-11-01T00:00:00.000Z';
  expect(latest(said('a', at, 'form'), said('b', at, 'crm'))?.source).toBe('form');
  expect(latest(said('b', at, 'crm'), said('a', at, 'form'))?.source).toBe('form');
  expect(latest(said('a', at), said('b', at))?.value).toBe('b');
  expect(latest(said('b', at), said('a', at))?.value).toBe('b');
});

const register = fc.record({
  value: fc.constantFrom('a', 'b', 'c'),
  at: fc.constantFrom('2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'),
  source: fc.constantFrom('crm', 'form'),
});

it('is the same for any order and any grouping', () => {
  fc.assert(
    fc.property(register, register, register, (a, b, c) => {
      expect(latest(a, b)).toEqual(latest(b, a));
      expect(latest(latest(a, b), c)).toEqual(latest(a, latest(b, c)));
      expect(latest(a, a)).toEqual(a);
    }),
  );
});

it('decides field by field, in an order of fields that does not depend on who spoke first', () => {
  const one = { jobTitle: said('CTO', '2026-11-01T00:00:00.000Z'), company: said('Acme', '2026-11-02T00:00:00.000Z') };
  const two = {
    company: said('Acme Ltd', '2026-11-01T00:00:00.000Z'),
    country: said('DE', '2026-11-01T00:00:00.000Z'),
  };

  expect(JSON.stringify(latestOfEach(one, two))).toBe(JSON.stringify(latestOfEach(two, one)));
  expect(latestOfEach(one, two)).toEqual({ company: one.company, country: two.country, jobTitle: one.jobTitle });
});

it('keeps the latest of each source beside the latest of all', () => {
  const form = said('CTO', '2026-11-03T00:00:00.000Z', 'form');
  const crm = said('CFO', '2026-11-02T00:00:00.000Z', 'crm');
  const older = said('CEO', '2026-11-01T00:00:00.000Z', 'form');

  expect([crm, older, form].reduce<Heard<string> | undefined>(latestOfSources, undefined)).toEqual({
    ...form,
    others: [crm],
  });
});

it('says the same of each source in any order and any grouping, and the same as the latest of all', () => {
  const wide = fc.record({
    value: fc.constantFrom('a', 'b', 'c'),
    at: fc.constantFrom('2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'),
    source: fc.constantFrom('crm', 'form', 'web', 'list'),
  });
  const several = fc
    .array(wide, { minLength: 1, maxLength: 5 })
    .map((all) => all.reduce<Heard<string> | undefined>(latestOfSources, undefined)!);
  fc.assert(
    fc.property(several, several, several, (a, b, c) => {
      const all = latestOfSources(latestOfSources(a, b), c)!;
      expect(latestOfSources(a, latestOfSources(b, c))).toEqual(all);
      expect(latestOfSources(c, latestOfSources(b, a))).toEqual(all);
      expect(latestOfSources(all, b)).toEqual(all);
      const { others: _, ...first } = all;
      expect(first).toEqual(latest(latest(bare(a), bare(b)), bare(c)));
    }),
  );
});

const bare = ({ others: _, ...first }: Heard<string>): Register<string> => first;

it('believes the first of the named sources that spoke, else the latest', () => {
  const form = said('CTO', '2026-11-03T00:00:00.000Z', 'form');
  const crm = said('CFO', '2026-11-02T00:00:00.000Z', 'crm');
  const list = said('CEO', '2026-11-01T00:00:00.000Z', 'list');
  const all = [form, crm, list].reduce<Heard<string> | undefined>(latestOfSources, undefined)!;

  expect(believed(all, []).value).toBe('CTO');
  expect(believed(all, ['list', 'crm'])).toEqual({ ...list, others: [form, crm] });
  expect(believed(all, ['salesforce', 'crm']).value).toBe('CFO');
  expect(believed(all, ['salesforce']).value).toBe('CTO');
  expect(believed(form, ['crm'])).toBe(form);
});
