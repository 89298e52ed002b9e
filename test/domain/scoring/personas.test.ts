import { describe, expect, it } from 'vitest';
import { rolesIn } from '../../../lib/domain/scoring/personas.ts';
import { companyOf } from '../../../lib/domain/scoring/subject.ts';
import { testPlaybook } from '../playbooks.ts';
import { subjectOf } from './subjects.ts';

const playbook = testPlaybook({
  personas: {
    buyer: { label: 'Buyer', seniority: ['c-level', 'vp'], function: 'finance' },
    technical: { label: 'Technical', function: ['it', 'engineering'] },
    boss: { label: 'Boss', seniority: 'c-level' },
    user: { label: 'User', title: ['account', 'field service'] },
    leader: { label: 'Leads security', seniority: 'head', title: 'security' },
  },
});
const rolesOf = (jobTitle: string) => rolesIn(playbook, subjectOf({ profile: { jobTitle } }));

describe('a person', () => {
  it.each([
    ['CFO', { seniority: 'c-level', function: 'finance', personas: ['buyer', 'boss'] }],
    ['VP Finance', { seniority: 'vp', function: 'finance', personas: ['buyer'] }],
    ['Head of Finance', { seniority: 'head', function: 'finance', personas: undefined }],
    ['Head of IT', { seniority: 'head', function: 'it', personas: ['technical'] }],
    ['CTO', { seniority: 'c-level', personas: ['technical', 'boss'] }],
    ['Field Service Technician', { personas: ['user'] }],
    ['Accounting', { function: 'finance', personas: undefined }],
    ['Head of Security', { seniority: 'head', personas: ['leader'] }],
    ['Security Director', { seniority: 'director', personas: undefined }],
  ])('plays the parts their title tells: %s', (jobTitle, expected) => {
    expect(rolesOf(jobTitle)).toMatchObject(expected);
  });

  it('whose title says nothing plays none', () => {
    expect(rolesOf('Wizard')).toEqual({ personas: undefined });
  });

  it('without a title is unknown', () => {
    expect(rolesIn(playbook, subjectOf())).toBeUndefined();
  });

  it('is read by the playbook at hand, once a title', () => {
    expect(rolesOf('CFO')).toBe(rolesOf('CFO'));
    const other = testPlaybook({ personas: { money: { label: 'Money', function: 'finance' } } });
    expect(rolesIn(other, subjectOf({ profile: { jobTitle: 'CFO' } }))?.personas).toEqual(['money']);
  });
});

describe('a company', () => {
  it('is called as the CRM says, else as the person typed it', () => {
    expect(companyOf(subjectOf({ profile: { company: 'acme' }, account: { name: 'Acme' } }))).toBe('Acme');
    expect(companyOf(subjectOf({ profile: { company: 'acme' }, account: {} }))).toBe('acme');
    expect(companyOf(subjectOf({ profile: { company: 'acme' } }))).toBe('acme');
    expect(companyOf(subjectOf())).toBeUndefined();
  });
});
