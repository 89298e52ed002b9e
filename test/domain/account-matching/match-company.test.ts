// Which account a lead is given, by which rule, and above all when it is given none. Each case is a pitfall of its own.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LeadCompany } from '../../../lib/domain/account-matching/answer.ts';
import { blocksOf } from '../../../lib/domain/account-matching/blocks.ts';
import type { KnownAccount } from '../../../lib/domain/account-matching/card.ts';
import { matchCompany } from '../../../lib/domain/account-matching/match-company.ts';
import { policyOf } from '../../../lib/domain/account-matching/policy.ts';

const crowd: KnownAccount[] = [
  'Globex|US',
  'Initech Software|US',
  'Initech Hardware|US',
  'University of Lund|SE',
  'Lund Hospital|SE',
  'Stark Industries|US',
  'Wayne Enterprises|US',
  'Umbrella Research|GB',
  'Hooli|US',
  'Vandelay Imports|US',
  'Black Rock Mining|AU',
  'University of Oslo|NO',
  'University of Bergen|NO',
  'Oslo University Hospital|NO',
  'Bergen Institute of Marine Science|NO',
  'Zaporizhzhia Polytechnic|UA',
  'Cambridge Analytical|GB',
  'University of Cambridge|GB',
].map((row, at) => {
  const [name = '', country = ''] = row.split('|');
  return { id: `c${at}`, name, country };
});
const asked = policyOf(0.95);
const answer = (lead: LeadCompany, accounts: KnownAccount[] = [], policy = asked) =>
  matchCompany(lead, blocksOf([...crowd, ...accounts]), policy);
const named = (name: string, more: Partial<KnownAccount> = {}): KnownAccount => ({
  id: 'it',
  name,
  country: 'DE',
  ...more,
});

describe('a name', () => {
  it.each([
    ['Müller Maschinenbau GmbH', 'MUELLER MASCHINENBAU AG', 'another legal form and spelling'],
    ['Siemens Energy', 'Siemens Energy AG', 'no legal form'],
    ['Technische Universität Kassel', 'Technical University of Kassel', 'another language'],
    ['Kassel Robotics Institute', 'Institute of Robotics, Kassel', 'another order'],
    ['Газпром', 'Gazprom', 'another script'],
    ['Procter and Gamble', 'Procter & Gamble', 'a sign for a word'],
  ])('%s is %s: %s', (company, name) => {
    expect(answer({ company, country: 'DE' }, [named(name)])).toMatchObject({ accountId: 'it' });
  });

  it('shares more than common words with its account', () => {
    expect(answer({ company: 'University of Malmö', country: 'SE' }).accountId).toBeUndefined();
    expect(answer({ company: 'Wonka Industries', country: 'US' }).accountId).toBeUndefined();
  });

  it('with a slip of the finger is found', () => {
    expect(answer({ company: 'Vandelai Imports', country: 'US' })).toMatchObject({
      accountId: 'c9',
      rule: 'fuzzy-name',
    });
  });

  it('in a department is its organisation', () => {
    const lead = { company: 'Department of Chemistry, University of Oslo, Oslo, Norway' };
    expect(answer(lead)).toMatchObject({ accountId: 'c11' });
  });

  it('says why, and why not the others', () => {
    const { rule, evidence, candidates } = answer({ company: 'University of Oslo', country: 'NO' });
    expect(rule).toBe('exact-name');
    expect(evidence).toBe('"University of Oslo" has the same words; both are of NO.');
    expect(candidates[0]).toMatchObject({ accountId: 'c11', rejected: '' });
    expect(candidates.find(({ accountId }) => accountId === 'c13')?.rejected).toBe(
      'its name has "hospital", the lead\'s has not',
    );
  });
});

describe('no guess', () => {
  const twins = [named('Acme Tools', { id: 'one' }), named('Acme Tools', { id: 'two' })];

  it('is made between accounts of the same name, however little precision is asked for', () => {
    const match = answer({ company: 'Acme Tools', country: 'DE' }, twins, policyOf(0));
    expect(match.accountId).toBeUndefined();
    expect(match.rule).toBe('ambiguous');
    expect(match.candidates.map(({ accountId }) => accountId).slice(0, 2)).toEqual(['one', 'two']);
  });

  it('is needed where the country tells them apart', () => {
    const apart = [twins[0]!, { ...twins[1]!, country: 'FR' }];
    expect(answer({ company: 'Acme Tools', country: 'FR' }, apart)).toMatchObject({ accountId: 'two' });
  });

  it('is made where nothing was typed', () => {
    for (const company of [undefined, '', '?', '   '])
      expect(answer({ company })).toEqual({
        rule: 'unmatched',
        score: 0,
        evidence: expect.any(String),
        tried: expect.any(Array),
        candidates: [],
      });
  });
});

describe('a domain', () => {
  const group = named('Initech Group', { id: 'top', domains: [{ domain: 'initech.example' }] });
  const branch = named('Initech Lab', { id: 'lab', domains: [{ domain: 'initech.example' }], parentId: 'top' });
  const site = named('Initech Site', { id: 'site', domains: [{ domain: 'site.umbrella.example' }], parentId: 'owner' });

  it('goes before the name', () => {
    const match = answer({ company: 'Globex', country: 'US', mailDomain: 'initech.example' }, [group]);
    expect(match).toMatchObject({ accountId: 'top', rule: 'domain' });
  });

  it('of several accounts is the parent’s, unless the name says which', () => {
    expect(answer({ mailDomain: 'initech.example' }, [branch, group])).toMatchObject({ accountId: 'top' });
    const lead = { company: 'Initech Lab', country: 'DE', mailDomain: 'initech.example' };
    expect(answer(lead, [branch, group])).toMatchObject({ accountId: 'lab' });
  });

  it('of several strangers is the first one’s to name it, or somebody has to look', () => {
    const lead = { mailDomain: 'initech.example' };
    const stranger = { ...group, id: 'other', domains: [{ domain: 'initech.example', since: '2026-03-01T00:00:00Z' }] };
    const later = { ...group, domains: [{ domain: 'initech.example', since: '2026-04-01T00:00:00Z' }] };
    expect(answer(lead, [later, stranger])).toMatchObject({
      accountId: 'other',
      evidence: "The mail is of initech.example, the account's domain; of 2 accounts with it the first to name it.",
      candidates: [
        { accountId: 'other', rejected: '' },
        { accountId: 'top', rejected: 'named the domain later' },
      ],
    });
    expect(answer(lead, [later, stranger], policyOf(0.95, undefined, 'review'))).toMatchObject({
      rule: 'ambiguous',
      candidates: [{ accountId: 'other' }, { accountId: 'top' }],
    });
  });

  it('under which a subsidiary lies is the parent’s', () => {
    const owner = named('Umbrella Owner', { id: 'owner' });
    expect(answer({ mailDomain: 'umbrella.example' }, [site, owner])).toMatchObject({
      accountId: 'owner',
      rule: 'subsidiary-domain',
    });
  });

  it('of parents in a circle ends', () => {
    const circle = [
      { ...group, parentId: 'lab' },
      { ...branch, parentId: 'top' },
    ];
    expect(answer({ mailDomain: 'initech.example' }, circle).accountId).toBeDefined();
  });
});

describe('rules', () => {
  it('are tried in the order given, and no other', () => {
    const lead = { company: 'University of Oslo', country: 'NO', crmAccountId: 'c0', networkDomain: 'hooli.example' };
    const hooli = named('Hooli Net', { domains: [{ domain: 'hooli.example' }] });
    expect(answer(lead, [hooli])).toMatchObject({ accountId: 'c0', rule: 'crm-id' });
    expect(answer(lead, [hooli], policyOf(0.95, ['exact-name', 'crm-id']))).toMatchObject({ accountId: 'c11' });
    const unstated = { ...lead, company: undefined };
    expect(answer(unstated, [hooli], policyOf(0.95, ['network', 'crm-id']))).toMatchObject({
      accountId: 'it',
      rule: 'network',
    });
    expect(answer(lead, [hooli], policyOf(0.95, ['fuzzy-name']))).toMatchObject({
      accountId: 'c11',
      rule: 'fuzzy-name',
    });
    expect(answer(lead, [hooli], policyOf(0.95, ['domain'])).accountId).toBeUndefined();
  });

  it('answer no less the more precision is asked for', () => {
    const scores = [0, 0.5, 0.8, 0.9, 0.95, 0.99, 1].map((precision) => policyOf(precision).least);
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    expect(scores.at(-1)).toBe(1);
  });
});

describe('whatever the names', () => {
  const word = fc.constantFrom(
    'acme',
    'globex',
    'north',
    'steel',
    'bank',
    'lund',
    'oslo',
    'research',
    'media',
    'zeta',
    'kappa',
  );
  const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
  const accounts = fc
    .uniqueArray(name, { minLength: 2, maxLength: 12 })
    .map((names) => names.map((one, at) => ({ id: `a${at}`, name: one, country: 'DE' })));
  const held = (check: (names: KnownAccount[], lead: string) => void): void =>
    fc.assert(fc.property(accounts, name, check), { seed: 4, numRuns: 150 });

  it('the order of the accounts changes nothing', () => {
    held((all, company) => {
      const lead = { company, country: 'DE' };
      const backwards = matchCompany(lead, blocksOf([...all].reverse()), asked);
      expect(matchCompany(lead, blocksOf(all), asked)).toEqual(backwards);
    });
  });

  it('case, accents and the place of a comma change nothing', () => {
    held((all, company) => {
      const blocks = blocksOf(all);
      const plain = matchCompany({ company, country: 'DE' }, blocks, asked).accountId;
      const loud = company.toUpperCase().replaceAll('O', 'Ö');
      expect(matchCompany({ company: loud, country: 'DE' }, blocks, asked).accountId).toBe(plain);
    });
  });

  it('an account twice is answered for nobody', () => {
    held((all, company) => {
      const doubled = blocksOf([...all, ...all.map((account) => ({ ...account, id: `${account.id}x` }))]);
      expect(matchCompany({ company, country: 'DE' }, doubled, policyOf(0)).accountId).toBeUndefined();
    });
  });
});
