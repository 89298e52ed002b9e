// What the matcher reads, and that it is known beforehand: a name is kept under its keys, and matched again when an account comes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LeadCompany } from '../../../lib/domain/account-matching/answer.ts';
import { type Blocks, blocksOf } from '../../../lib/domain/account-matching/blocks.ts';
import { accountKeys, type KnownAccount } from '../../../lib/domain/account-matching/card.ts';
import { lookupKeys } from '../../../lib/domain/account-matching/lead-keys.ts';
import { matchCompany } from '../../../lib/domain/account-matching/match-company.ts';
import { policyOf } from '../../../lib/domain/account-matching/policy.ts';

const isOfDomain = (key: string): boolean => key.startsWith('.') || key.startsWith('^');

/** Blocks that write down which keys of names they are asked for. */
const watched = (accounts: readonly KnownAccount[]): { blocks: Blocks; asked: Set<string> } => {
  const blocks = blocksOf(accounts);
  const asked = new Set<string>();
  const accountsOf = (key: string) => {
    if (!isOfDomain(key)) asked.add(key);
    return blocks.accountsOf(key);
  };
  return { blocks: { ...blocks, accountsOf }, asked };
};

const word = fc.oneof(
  fc.constantFrom(
    'acme',
    'Globex',
    'Zürich',
    'University',
    'of',
    'AG',
    'GmbH',
    'Department',
    'Forschungszentrum',
    '東京大学',
  ),
  fc.constantFrom('(MIT)', 'A.', 'O.', ',', ', ', '&', 'Germany', 'Snap-on', "L'Oréal", 'Газпром', 'инститut', 'N.V.'),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.stringMatching(/^[a-z]{3,14}$/),
);
const name = fc.array(word, { minLength: 1, maxLength: 40 }).map((words) => words.join(' '));
const accounts = fc
  .array(fc.record({ name, domain: fc.constantFrom('', 'acme.example', 'lab.acme.example', 'globex.example') }), {
    maxLength: 20,
  })
  .map((all) => all.map(({ name, domain }, at): KnownAccount => ({ id: `a${at}`, name, domains: [{ domain }] })));
const lead = fc.record({
  company: name,
  country: fc.constantFrom(undefined, 'DE', 'US'),
  mailDomain: fc.constantFrom(undefined, 'acme.example', 'globex.example'),
});

describe('the keys a company may be looked up by', () => {
  it('hold every key the matcher asks for, whatever accounts there are', () => {
    fc.assert(
      fc.property(lead, accounts, fc.boolean(), (company, all, isAmong) => {
        const more = isAmong ? [{ id: 'same', name: company.company, country: 'US' }] : [];
        const { blocks, asked } = watched([...all, ...more]);
        matchCompany(company, blocks, policyOf(0.5));
        const keys = new Set(lookupKeys(company.company));
        expect([...asked].filter((key) => !keys.has(key))).toEqual([]);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('are at most 100, each once, and of a length a table takes', () => {
    fc.assert(
      fc.property(name, (company) => {
        const keys = lookupKeys(company);
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.length).toBeLessThanOrEqual(100);
        for (const key of [...keys, ...accountKeys({ id: 'it', name: company })])
          expect(Buffer.byteLength(key)).toBeLessThan(1_000);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('meet those of an account whose name is alike', () => {
    const meet = (one: string, other: string): string[] =>
      lookupKeys(one).filter((key) => accountKeys({ id: 'it', name: other }).includes(key));
    expect(meet('Acme Tools', 'Tools Acme, Inc.')).toContain('=acme tool');
    expect(meet('Vandelai', 'Vandelay')).toContain('~fndl');
    expect(meet('Sun Gard', 'Sungard')).toContain('sungard');
    expect(meet('IBM', 'International Business Machines')).toContain('#ibm');
  });

  it('are no domain’s', () => {
    expect(
      accountKeys({ id: 'it', name: '.Net ^Experts', domains: [{ domain: 'net.example' }] }).filter(isOfDomain),
    ).toEqual([]);
  });
});

describe('names are looked up only where they are needed', () => {
  const known: KnownAccount[] = [
    { id: 'acme', name: 'Acme Tools', domains: [{ domain: 'acme.example' }] },
    { id: 'one', name: 'Globex One', domains: [{ domain: 'globex.example' }] },
    { id: 'two', name: 'Globex Two', domains: [{ domain: 'globex.example' }] },
  ];
  const askedBy = (lead: LeadCompany): number => {
    const { blocks, asked } = watched(known);
    matchCompany(lead, blocks, policyOf(0.95));
    return asked.size;
  };

  it.each<[string, LeadCompany]>([
    ['the CRM says it', { company: 'Acme', crmAccountId: 'acme', mailDomain: 'globex.example' }],
    [
      'a person said it of the domain',
      { company: 'Acme', mailDomain: 'acme.example', decidedDomain: { accountId: 'two', evidence: '' } },
    ],
    ['one account has the domain and a name like it', { company: 'ACME', mailDomain: 'acme.example' }],
    ['one account has the domain and no name is given', { mailDomain: 'acme.example' }],
  ])('not where %s', (_, lead) => expect(askedBy(lead)).toBe(0));

  it('but where nobody has the domain, or the name is another’s', () => {
    expect(askedBy({ company: 'Acme', mailDomain: 'nobody.example' })).toBeGreaterThan(0);
    expect(askedBy({ company: 'Globex One', mailDomain: 'acme.example' })).toBeGreaterThan(0);
  });
});
