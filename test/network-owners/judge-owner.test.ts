import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../lib/domain/phrases.ts';
import { kindOfOwner } from '../../lib/network-owners/judge-owner.ts';
import { keptBeginnings } from '../../lib/network-owners/kept-owners.ts';
import { judged } from '../../lib/network-owners/pack-owners.ts';
import { rowOf, rows } from './database.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures');
const owners = judged(rows);
const isCompany = (asn: number): boolean => owners.get(asn)?.kind === 'company';

describe('an owner by its name and space', () => {
  const small = { v4: 1024, v4Ranges: 1, v6Sites: 1 };

  test.each([
    ['Acme Corporation', 'company'],
    ['First Bank of Acme', 'company'],
    ['Acme Health Network', 'company'],
    ['Acme Telecom LLC', 'provider'],
    ['Acme Telecomunicações Ltda', 'provider'],
    ['Acmenet s.r.o.', 'provider'],
    ['Acme Communications Inc.', 'provider'],
    ['Planet Foods GmbH', 'company'],
    ['Hotel Acme AG', 'company'],
    ['Acme Hosting B.V.', 'hoster'],
    ['AcmeServers Ltd', 'hoster'],
    ['Acme Data Centers Inc', 'hoster'],
    ['Acme VPN Ltd', 'vpn'],
    ['Universität Acme', 'education'],
    ['Acme County Schools', 'education'],
    ['Ivanov Ivan trading as Acme', 'provider'],
    ['Microsoft Corporation', 'hoster'],
    ['Bloomberg, LP', 'company'],
  ])('%s: %s', (name, kind) => {
    expect(kindOfOwner({ asn: 64_500, name }, small)).toBe(kind);
  });

  test.each<[string, number, string, Partial<typeof small>, string]>([
    ['a provider’s share of IPv6', 64_500, 'Acme Inc.', { v6Sites: 65_536 }, 'provider'],
    ['a provider’s share, but a bank', 64_500, 'Acme Bank', { v6Sites: 65_536 }, 'company'],
    ['a provider’s share, and a town’s works', 64_500, 'Acme Power', { v6Sites: 65_536 }, 'provider'],
    ['a quarter of a million addresses', 64_500, 'Acme Inc.', { v4: 262_144 }, 'provider'],
    ['scattered', 64_500, 'Acme Inc.', { v4: 20 * 512, v4Ranges: 20 }, 'hoster'],
    ['of Latin America', 262_200, 'Acme Ltda', {}, 'provider'],
    ['of Latin America, but a bank', 262_200, 'Banco Acme', {}, 'company'],
    ['of Europe without a legal form', 210_000, 'Erika Mustermann', {}, 'provider'],
    ['of Europe with one', 210_000, 'Mustermann GmbH', {}, 'company'],
    ['a number for a name', 64_500, 'AS64500', {}, 'provider'],
  ])('%s', (_, asn, name, space, kind) => {
    expect(kindOfOwner({ asn, name }, { ...small, ...space })).toBe(kind);
  });

  test('what is kept by hand is in the database', () => {
    const beginnings = new Set<string>();
    for (const { name } of owners.values()) {
      let beginning = ' ';
      for (const word of wordsOf(name.normalize('NFD').replace(/\p{M}/gu, '')).trim().split(' ').slice(0, 8)) {
        beginning += `${word} `;
        beginnings.add(beginning);
      }
    }
    const unused = keptBeginnings().filter((beginning) => !beginnings.has(beginning));
    expect(unused).toEqual([]);
  });
});

/** Columns `asn` and `verdict` of a list judged by hand. */
const verdictsIn = (file: string): { asn: number; verdict: string }[] => {
  const [head = '', ...lines] = readFileSync(join(fixtures, 'network-owners', file), 'utf8')
    .trim()
    .split('\n');
  const columns = head.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    return { asn: Number(cells[columns.indexOf('asn')]), verdict: cells[columns.indexOf('verdict')] ?? '' };
  });
};

/** How many of those judged companies, or not, are so by hand too. */
const tally = (file: string, asCompanies: boolean): Record<string, number> => {
  const count: Record<string, number> = { company: 0, not: 0, unknown: 0 };
  for (const { asn, verdict } of verdictsIn(file)) if (isCompany(asn) === asCompanies) count[verdict]! += 1;
  return count;
};

describe('measured by hand', () => {
  test('of owners drawn from all, six in seven of those known are companies where the rule says so', () => {
    expect(tally('sample.tsv', true)).toEqual({ company: 23, not: 4, unknown: 13 });
    // The rest of the companies are lost to it: a provider's share of addresses, a network's word.
    expect(tally('sample.tsv', false)).toEqual({ company: 10, not: 28, unknown: 2 });
  });

  test('of owners in whose names a well-known company’s stands, 37 of 40 are that company', () => {
    expect(tally('named.tsv', true)).toEqual({ company: 37, not: 3, unknown: 0 });
  });

  test('of the owners of a real log’s addresses all that are judged companies are, and 39 of 40 others are none', () => {
    expect(tally('log-sample.tsv', true)).toEqual({ company: 6, not: 0, unknown: 0 });
    expect(tally('log-sample.tsv', false)).toEqual({ company: 1, not: 39, unknown: 0 });
  });
});

test('of 409 visitors of a real log seven come from a company’s network', () => {
  const log = readFileSync(join(fixtures, 'hits', 'apache_combined_2000.txt'), 'utf8');
  const visitors = new Set(log.split('\n').flatMap((line) => line.split(' ', 1).filter(Boolean)));
  const count: Record<string, number> = {};
  for (const address of visitors) {
    const row = rowOf(address);
    const kind = row === undefined ? 'nobody' : owners.get(row.asn)!.kind;
    count[kind] = (count[kind] ?? 0) + 1;
  }
  expect(count).toEqual({ provider: 233, hoster: 153, company: 7, education: 7, vpn: 2, nobody: 7 });
});
