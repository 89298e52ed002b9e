import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AccountGroup } from '../../lib/domain/assessment.ts';
import { addedUp, dataQuality } from '../../lib/domain/data-quality.ts';
import { emptyState, type IdentityState } from '../../lib/domain/lead.ts';
import { latestOfEach, type Registers } from '../../lib/domain/register.ts';

const at = '2026-11-20T09:00:00.000Z';
const said = (source: string, values: Record<string, string>): Registers =>
  Object.fromEntries(Object.entries(values).map(([field, value]) => [field, { value, at, source }]));

let people = 0;
const member = (...profiles: Registers[]): AccountGroup['members'][number] => {
  const profile = profiles.reduce(latestOfEach, {}) as IdentityState['profile'];
  people += 1;
  return { leadId: `lead_${people}`, state: { ...emptyState, profile } };
};
const group = (members: AccountGroup['members'], account?: AccountGroup['account']): AccountGroup => ({
  members,
  opportunities: [],
  contracts: [],
  ...(account && { account }),
});
const countOf = (groups: AccountGroup[], field: string, source: string) => {
  const { people, missing, malformed, contradictory } = dataQuality(groups).find(
    (count) => count.field === field && count.source === source,
  )!;
  return { people, missing, malformed, contradictory };
};

test('a field a source never filled is missing, of those the source spoke of at all', () => {
  const groups = [
    group([member(said('form', { jobTitle: 'CTO' })), member(said('form', { company: 'Acme' }))]),
    group([member(said('crm', { company: 'Acme' }))]),
  ];

  expect(countOf(groups, 'jobTitle', 'form')).toEqual({ people: 2, missing: 1, malformed: 0, contradictory: 0 });
  expect(countOf(groups, 'jobTitle', 'crm')).toEqual({ people: 1, missing: 1, malformed: 0, contradictory: 0 });
});

test('a name in one piece stands for its two, and they for it', () => {
  const groups = [group([member(said('crm', { name: 'Bea Buyer' })), member(said('crm', { firstName: 'Cyd' }))])];

  expect(countOf(groups, 'firstName', 'crm').missing).toBe(0);
  expect(countOf(groups, 'name', 'crm').missing).toBe(0);
  expect(countOf(groups, 'lastName', 'crm').missing).toBe(1);
});

test.each([
  ['phone', 'call me', '+49 30 1234567'],
  ['country', 'Atlantis', 'Allemagne'],
  ['employees', 'many', '1,200'],
  ['jobTitle', '-', 'CTO'],
])('a %s that is %j is malformed, and %j is not', (field, bad, good) => {
  expect(countOf([group([member(said('form', { [field]: bad }))])], field, 'form').malformed).toBe(1);
  expect(countOf([group([member(said('form', { [field]: good }))])], field, 'form').malformed).toBe(0);
});

test('a national phone number is one where the country is known, from the company too', () => {
  const phone = said('form', { phone: '030 1234567' });
  const account = { country: { value: 'DE', at, source: 'crm' } };

  expect(countOf([group([member(phone)])], 'phone', 'form').malformed).toBe(1);
  expect(countOf([group([member(phone)], account)], 'phone', 'form').malformed).toBe(0);
});

test('two sources that mean different things contradict each other; two spellings of one do not', () => {
  const differ = member(said('form', { country: 'Germany' }), said('crm', { country: 'AT' }));
  const agree = member(said('form', { country: 'Germany' }), said('crm', { country: 'DE' }));
  const groups = [group([differ, agree])];

  expect(countOf(groups, 'country', 'form')).toEqual({ people: 2, missing: 0, malformed: 0, contradictory: 1 });
  expect(countOf(groups, 'country', 'crm').contradictory).toBe(1);
});

test('the company in the CRM contradicts what its people say of it', () => {
  const account = { employees: { value: 500, at, source: 'crm' } };
  const members = [member(said('form', { employees: '20' })), member(said('form', { employees: '500' }))];

  expect(countOf([group(members, account)], 'employees', 'form').contradictory).toBe(1);
});

test('visitors nobody knows are no people, and nobody counts for nothing', () => {
  const visitor = { ...member(said('web', { country: 'DE' })), anonymous: true as const };
  expect(dataQuality([group([visitor])])).toEqual([]);
  expect(dataQuality([])).toEqual([]);
});

test('counts of parts add up to the count of all, however they are cut', () => {
  const seed = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`data-quality: MUSTER_SEED=${seed}`);
  const values = fc.record(
    {
      country: fc.constantFrom('Germany', 'DE', 'AT', 'Atlantis'),
      phone: fc.constantFrom('call me', '030 1234567', '+49 30 1234567'),
      employees: fc.constantFrom('20', 'many'),
    },
    { requiredKeys: [] },
  );
  const person = fc
    .array(fc.tuple(fc.constantFrom('form', 'crm', 'web'), values), { maxLength: 3 })
    .map((profiles) => member(...profiles.map(([source, given]) => said(source, given))));
  const groups = fc.array(
    fc.array(person, { maxLength: 3 }).map((members) => group(members)),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(groups, fc.array(fc.nat({ max: 6 })), (all, cuts) => {
      const bounds = [0, ...cuts.sort(), all.length];
      const parts = bounds.slice(1).map((end, n) => dataQuality(all.slice(bounds[n], end)));
      expect(addedUp(parts)).toEqual(dataQuality(all));
      expect(addedUp(parts.toReversed())).toEqual(dataQuality(all));
    }),
    { seed },
  );
});
