// What goes before what: decisions of people, shared domains, names that contradict a mail, and why each rule had no answer.
import { describe, expect, it } from 'vitest';
import type { LeadCompany } from '../../../lib/domain/account-matching/answer.ts';
import { blocksOf } from '../../../lib/domain/account-matching/blocks.ts';
import type { KnownAccount } from '../../../lib/domain/account-matching/card.ts';
import { matchCompany } from '../../../lib/domain/account-matching/match-company.ts';
import { policyOf } from '../../../lib/domain/account-matching/policy.ts';

const account = (id: string, name: string, domain = '', more: Partial<KnownAccount> = {}): KnownAccount => ({
  ...{ id, name, domains: [{ domain }], country: 'US' },
  ...more,
});
const known = [
  account('acme', 'Acme Tools', 'acme.example'),
  account('globex', 'Globex Pharma', 'globex.example'),
  account('globex-fr', 'Globex Pharma France', 'globex.example', { country: 'FR', parentId: 'globex' }),
  account('hooli', 'Hooli', 'hooli.example'),
  account('nucleus', 'Nucleus Video', 'nucleus.example', { parentId: 'hooli' }),
  account('vehement', 'Vehement Capital Partners', 'vehement.example'),
];
const answer = (lead: LeadCompany, policy = policyOf(0.95), accounts = known) =>
  matchCompany(lead, blocksOf(accounts), policy);

describe('a decision of a person', () => {
  const decidedDomain = { accountId: 'elsewhere', evidence: 'Bea said so.' };

  it('about a domain goes before who has it, after the CRM, and needs no account that is known', () => {
    const lead = { company: 'Acme Tools', mailDomain: 'acme.example', decidedDomain };
    expect(answer(lead)).toMatchObject({ accountId: 'elsewhere', rule: 'domain', score: 1, evidence: 'Bea said so.' });
    expect(answer({ ...lead, crmAccountId: 'acme' })).toMatchObject({ accountId: 'acme', rule: 'crm-id' });
  });

  it('about a name goes before every name, however much precision is asked for', () => {
    const lead = {
      company: 'Acme Tools',
      country: 'US',
      decidedName: { accountId: 'hooli', evidence: 'Cyd said so.' },
    };
    expect(answer(lead, policyOf(1))).toMatchObject({ accountId: 'hooli', rule: 'exact-name', score: 1 });
  });

  it('is not asked where the playbook leaves its rule out', () => {
    const lead = { company: 'Acme Tools', country: 'US', decidedDomain };
    expect(answer(lead, policyOf(0.8, ['fuzzy-name']))).toMatchObject({ accountId: 'acme', rule: 'fuzzy-name' });
  });
});

describe('a domain of several accounts', () => {
  it('is that of the one the name says, though others are above it', () => {
    const match = answer({ company: 'Globex Pharma France', country: 'FR', mailDomain: 'globex.example' });
    expect(match).toMatchObject({ accountId: 'globex-fr', rule: 'domain' });
    expect(match.evidence).toContain('of 2 accounts with it the name says this one');
    expect(match.candidates.map(({ accountId }) => accountId).sort()).toEqual(['globex', 'globex-fr']);
  });

  it('is the parent’s where no name is given', () => {
    expect(answer({ mailDomain: 'globex.example' })).toMatchObject({
      accountId: 'globex',
      candidates: [
        { accountId: 'globex', rejected: '' },
        { accountId: 'globex-fr', rejected: 'part of the one chosen' },
      ],
    });
  });

  it('is that of the smaller id where nothing else tells, whatever was read first', () => {
    const twins = [account('b', 'Beta Works', 'shared.example'), account('a', 'Alpha Works', 'shared.example')];
    for (const accounts of [twins, twins.toReversed()])
      expect(answer({ mailDomain: 'shared.example' }, policyOf(0.95), accounts).accountId).toBe('a');
  });

  it('goes to review by policy, unless name or parent decides', () => {
    const review = policyOf(0.95, undefined, 'review');
    const twins = [account('b', 'Beta Works', 'shared.example'), account('a', 'Alpha Works', 'shared.example')];
    const undecided = answer({ mailDomain: 'shared.example' }, review, twins);
    expect(undecided).toMatchObject({ rule: 'ambiguous', candidates: [{ accountId: 'a' }, { accountId: 'b' }] });
    expect(undecided.accountId).toBeUndefined();
    expect(answer({ company: 'Beta Works', mailDomain: 'shared.example' }, review, twins).accountId).toBe('b');
    expect(answer({ mailDomain: 'globex.example' }, review).accountId).toBe('globex');
  });

  it('of a network is asked of nobody', () => {
    const twins = [account('b', 'Beta Works', 'shared.example'), account('a', 'Alpha Works', 'shared.example')];
    const match = answer({ networkDomain: 'shared.example' }, policyOf(0.95, undefined, 'review'), twins);
    expect(match.rule).toBe('unmatched');
  });
});

describe('a company that contradicts the mail', () => {
  it('is doubted, and the domain’s account stays', () => {
    const { accountId, rule, doubt } = answer({ company: 'Globex Pharma', country: 'US', mailDomain: 'acme.example' });
    expect({ accountId, rule }).toEqual({ accountId: 'acme', rule: 'domain' });
    expect(doubt).toMatchObject({
      accountId: 'globex',
      name: 'Globex Pharma',
      why: 'The domain is that of "Acme Tools", but the company\'s name is that of "Globex Pharma".',
    });
  });

  it.each([
    ['is of the same family', { company: 'Nucleus Video', country: 'US', mailDomain: 'hooli.example' }],
    ['is nobody’s name', { company: 'Stark Industries', country: 'US', mailDomain: 'acme.example' }],
    ['is like the account’s', { company: 'ACME Tool Co.', country: 'US', mailDomain: 'acme.example' }],
    ['is short for the account’s', { company: 'VCP', country: 'US', mailDomain: 'vehement.example' }],
    ['is none', { company: '', country: 'US', mailDomain: 'acme.example' }],
  ])('is not doubted where it %s', (_, lead) => {
    const match = answer(lead);
    expect(match.rule).toBe('domain');
    expect(match.doubt).toBeUndefined();
  });
});

describe('of every rule before the answer', () => {
  it('it is said why it had none', () => {
    const { rule, tried } = answer({ company: 'Acme Tools', country: 'US', mailDomain: 'mail.nobody.example' });
    expect(rule).toBe('exact-name');
    expect(tried).toEqual([
      { rule: 'crm-id', why: 'No CRM record puts the person in an account.' },
      { rule: 'domain', why: 'Nobody has the domain mail.nobody.example.' },
      { rule: 'subsidiary-domain', why: 'No account has a site under nobody.example.' },
    ]);
  });

  it('all are told where none answers', () => {
    const { rule, tried } = answer({ company: 'Initrode', country: 'US', mailKind: 'freemail' });
    expect(rule).toBe('unmatched');
    expect(tried.map(({ why }) => why)).toEqual([
      'No CRM record puts the person in an account.',
      'The mail is personal.',
      'The mail is personal.',
      'No account has a word of "Initrode".',
      'No account has a word of "Initrode".',
      'No visit came from a network of a company.',
    ]);
    expect(answer({ company: 'Acme', country: 'FR' }).tried[3]?.why).toMatch(
      /^The likeliest, "Acme Tools", has 0\.\d\d where 0\.\d\d is asked for\.$/,
    );
  });
});
