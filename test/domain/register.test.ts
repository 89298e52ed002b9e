import fc from 'fast-check';
import { expect, it } from 'vitest';
import { latest, latestOfEach, type Register } from '../../lib/domain/register.ts';

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
