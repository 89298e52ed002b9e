import { expect, test } from 'vitest';
import { asBelieved } from '../../lib/domain/assessment.ts';
import { emptyState, type IdentityState } from '../../lib/domain/lead.ts';
import { normalValue, shownProfile } from '../../lib/domain/normal-profile.ts';
import { latestOfEach, type Registers } from '../../lib/domain/register.ts';
import { testPlaybook } from './playbooks.ts';

const said = (source: string, at: string, values: Record<string, string>): Registers =>
  Object.fromEntries(Object.entries(values).map(([field, value]) => [field, { value, at, source }]));
const form = said('form', '2026-11-20T09:00:00.000Z', {
  jobTitle: 'CTO',
  country: 'Deutschland',
  phone: '030 1234567',
});
const crm = said('crm', '2026-11-01T09:00:00.000Z', { jobTitle: 'Head of IT', country: 'AT' });
const profile = latestOfEach(form, crm) as IdentityState['profile'];

test('shows the phone as it is dialled and the country by its name, all else as typed', () => {
  expect(shownProfile(profile, undefined)).toEqual({ jobTitle: 'CTO', country: 'Germany', phone: '+49301234567' });
});

test('shows what is malformed as typed', () => {
  const odd = said('form', '2026-11-20T09:00:00.000Z', { country: 'Atlantis', phone: '030 1234567' });
  expect(shownProfile(odd as IdentityState['profile'], undefined)).toEqual({
    country: 'Atlantis',
    phone: '030 1234567',
  });
});

test('what is normal stays as it is', () => {
  for (const [field, typed] of Object.entries({ country: 'Allemagne', phone: '030 1234567', employees: '1,200' })) {
    const normal = normalValue(field as 'phone', typed, 'DE')!;
    expect(normalValue(field as 'phone', normal, undefined)).toBe(normal);
  }
});

test('whom the playbook believes speaks, in whatever order they spoke; without a word from it the latest', () => {
  const titleBy = (sources: string[]) =>
    asBelieved({ state: { ...emptyState, profile } }, testPlaybook({ sources })).state.profile.jobTitle?.value;

  expect(titleBy([])).toBe('CTO');
  expect(titleBy(['crm', 'form'])).toBe('Head of IT');
  expect(titleBy(['salesforce'])).toBe('CTO');
});
